//! Rust without its comments, so that what is documented well does not count as large.

/// Returns the source without comments, documentation included, and without the lines that are blank then. What looks like
/// a comment inside of a literal stays.
pub(super) fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let (mut rest, mut line_start) = (source, 0);
    while let Some(first) = rest.chars().next() {
        let (piece, after) = rest.split_at_checked(length(rest, first)).unwrap_or((rest, ""));
        rest = after;
        if first == '\n' {
            end_line(&mut code, &mut line_start);
        } else if !is_comment(piece) {
            code.push_str(piece);
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

fn is_comment(piece: &str) -> bool {
    piece.starts_with("//") || piece.starts_with("/*")
}

/// Returns the length of what a text begins with: a comment, a literal, a word, or else one character.
fn length(text: &str, first: char) -> usize {
    match first {
        '/' if text.starts_with("//") => text.find('\n').unwrap_or(text.len()),
        '/' if text.starts_with("/*") => block_comment(text),
        '"' => quoted(text, '"'),
        '\'' if is_character(text) => quoted(text, '\''),
        _ if is_of_word(first) => word(text),
        _ => first.len_utf8(),
    }
}

/// Block comments may be inside of each other.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let (opens, closes) = (rest.starts_with("/*"), rest.starts_with("*/"));
        at += match opens || closes {
            true => 2,
            false => rest.chars().next().map_or(1, char::len_utf8),
        };
        depth = (depth + usize::from(opens)).saturating_sub(usize::from(closes));
        if depth == 0 {
            break;
        }
    }
    at
}

/// A literal up to the quote that is not escaped.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, it) in text.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if it == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Whether a single quote begins a character, and not a lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    let (first, second) = (chars.next(), chars.next());
    first == Some('\\') || second == Some('\'')
}

fn is_of_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// A word, and the raw string behind it if it begins one.
fn word(text: &str) -> usize {
    let end = text.find(|it| !is_of_word(it)).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let raw = rest.trim_start_matches('#');
    match matches!(word, "r" | "br" | "cr") && raw.starts_with('"') {
        true => {
            let close = format!("\"{}", "#".repeat(rest.len() - raw.len()));
            let open = text.len() - raw.len() + 1;
            let after = text.get(open..).and_then(|it| it.find(&close));
            after.map_or(text.len(), |it| open + it + close.len())
        }
        false => end,
    }
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
