//! Rust without its comments, so that what is documented well does not count as large.

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

/// Returns the source without comments, documentation included, and without the lines that are blank then. What looks
/// like a comment inside of a literal stays.
pub(super) fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let (mut rest, mut line_start) = (source, 0);
    for token in tokenize(source, FrontmatterAllowed::No) {
        let length = usize::try_from(token.len).unwrap_or(usize::MAX);
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        match token.kind {
            TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => {}
            TokenKind::Whitespace => {
                for space in piece.chars() {
                    match space {
                        '\n' => end_line(&mut code, &mut line_start),
                        space => code.push(space),
                    }
                }
            }
            _ => code.push_str(piece),
        }
    }
    end_line(&mut code, &mut line_start);
    code
}

/// Ends a line, or takes it back if nothing is in it.
fn end_line(code: &mut String, start: &mut usize) {
    let line = code.get(*start..).unwrap_or_default();
    match line.trim().is_empty() {
        true => code.truncate(*start),
        false => code.push('\n'),
    }
    *start = code.len();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_what_looks_like_one_stays() {
        let source = r##"//! A module.

/// A type of `"`.
fn a<'a>() { // A comment.
    /* /* both */ gone */
    "// \" /*"; b"\\"; r#"" // "#; r#type; 'a'; '"'; '\''; '/'; // It's.
    "two
// lines";
    /** Documentation. */ é / 2;
}"##;
        let expected = r##"fn a<'a>() { 
    "// \" /*"; b"\\"; r#"" // "#; r#type; 'a'; '"'; '\''; '/'; 
    "two
// lines";
     é / 2;
}
"##;
        assert_eq!(without_comments(source), expected);
    }

    #[test]
    fn what_does_not_end_is_counted_to_the_end() {
        for source in ["/* /* */", "// a", ""] {
            assert_eq!(without_comments(source), "");
        }
        for source in ["\"a", "r#\"a\"", "'\\"] {
            assert_eq!(without_comments(source), format!("{source}\n"));
        }
    }
}
