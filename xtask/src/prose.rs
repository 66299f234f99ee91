//! How vendors' texts are quoted in Markdown.

use crate::sanitize::visible;

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

/// Returns texts as they stand in a sentence: "a, b and c".
pub fn listed(texts: &[String]) -> String {
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => texts.concat(),
    }
}

/// `1 error`, `2 errors`
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn longest_fence(text: &str) -> usize {
    text.split(|it| it != '`').map(str::len).max().unwrap_or(0)
}

/// Returns a sentence with its first letter as it begins a sentence.
pub fn capitalized(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.collect::<String>() + characters.as_str()
}

/// Returns a sentence with its first letter as it stands within one.
pub fn decapitalized(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    first.collect::<String>() + characters.as_str()
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
