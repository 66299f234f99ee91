//! The characters of vendors' texts: which may be seen, and how they are quoted.

/// Text without control characters, without characters that have no width and without those that change the
/// direction of writing. Lines stay; every way to end one becomes `\n`.
pub fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|it| *it == '\n' || *it == '\t' || !is_hidden(*it)).collect()
}

/// Whether a character is not seen, or makes others be seen where they are not.
pub fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text of any kind as inline code in Markdown, in one line.
pub fn code(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    match longest_fence(&text) {
        0 => format!("`{text}`"),
        longest => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// A text of any kind as a block of code in Markdown that is no test.
pub fn block(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_fence(&text).max(2) + 1);
    format!("{fence}text\n{}\n{fence}", text.trim_end())
}

/// `1 error`, `2 errors`
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn longest_fence(text: &str) -> usize {
    text.split(|it| it != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_where_it_should() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b`c"), "``` a``b`c ```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(""), "`\"\"`");
        assert_eq!(code("a\r\nb\u{202e}c\u{1b}[0m"), "`a bc[0m`");
        assert_eq!(block("a\n````\n"), "`````text\na\n````\n`````");
    }
}
