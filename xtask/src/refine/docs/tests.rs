//! The vendor's words, harmless and hostile.

use proptest::prelude::*;

use super::markdown::{is_sanitized, plain};
use super::*;

#[test]
fn code_of_a_page_is_never_a_test_of_ours() {
    assert_eq!(markdown("```rust\nfn main() {}\n```"), "```text\nfn main() {}\n```");
    assert_eq!(markdown("a\n\n    indented()"), "a\n\n```text\nindented()\n```");
    assert_eq!(markdown("a\n\n<u>    indented()</u>"), "a\n\nindented()");
    assert_eq!(markdown("a\n\n&#32;&#32;&#32;&#32;indented()"), "a\n\nindented()");
}

#[test]
fn html_becomes_text() {
    assert_eq!(markdown("one<br/>two <b>three</b>"), "one\\\ntwo **three**");
    assert_eq!(markdown("<script>alert(1)</script>"), "");
    assert_eq!(markdown("&lt;script&gt;"), "\\<script>");
}

#[test]
fn brackets_link_to_nothing_of_ours() {
    assert_eq!(markdown("see [Client] and [x](javascript:alert)"), "see \\[Client\\] and x");
    assert_eq!(markdown("[docs](https://example.com)"), "[docs](https://example.com)");
}

#[test]
fn addresses_are_links() {
    let text = "See https://example.com/a_b, or http.";
    assert_eq!(markdown(text), "See <https://example.com/a_b>, or http.");
    assert_eq!(markdown("`https://example.com`"), "`https://example.com`");
    assert_eq!(markdown("(https://example.com)"), "(<https://example.com>)");
    assert_eq!(markdown("http:// https://"), "http:// https://");
}

#[test]
fn nothing_hides_in_the_text() {
    assert_eq!(markdown("a\u{202e}b\u{1b}[31m"), "ab\\[31m");
    assert_eq!(markdown("a&#x202e;b"), "ab");
    assert_eq!(markdown("\u{200b}```rust\nmain()\n```"), "```text\nmain()\n```");
}

#[test]
fn tables_stay_tables() {
    let table = markdown("| a | b |\n| - | - |\n| 1<br>2 | `x\\|y` |");
    assert_eq!(table, "|a|b|\n|-|-|\n|1 2|`x\\|y`|");
}

#[test]
fn what_cannot_be_printed_is_shown_as_words() {
    assert_eq!(plain("# A *b*\n\n- `c_d`\n- e<br>f"), "A b\n\nc\\_d\n\nef");
    assert_eq!(plain("1\\. a\n\n\\- b, http://a.b/c_d."), "1\\. a\n\n\\- b, <http://a.b/c_d>.");
    assert_eq!(plain("    let x;\n    y"), "let x; y");
}

#[test]
fn a_block_of_code_stands_in_lines_of_its_own() {
    assert_eq!(item("`a`", "text"), "- `a`: text");
    assert_eq!(item("`a`", "```text\nx\n```"), "- `a`:\n  \n  ```text\n  x\n  ```");
    assert_eq!(item("`a`", "1. x\n\n   y"), "- `a`:\n  \n  1. x\n  \n     y");
    assert_eq!(item("`a`", "- x"), "- `a`: - x");
    assert_eq!(item("`a`", "2. x"), "- `a`: 2. x");
    assert_eq!(cell("a|b\\|c\nd"), "a\\|b\\|c d");
}

/// Pieces that mean something to Rust, to Markdown, to TOML or to a terminal.
const PIECES: &[&str] = &[
    "*/",
    "/*",
    "//!",
    "`",
    "```",
    "```rust\n",
    "````",
    "~~~",
    "\"",
    "\\",
    "\n",
    "\r",
    "\t",
    "    ",
    "#![deny(x)]",
    "#",
    "# ",
    "\u{202e}",
    "\u{200b}",
    "\u{2028}",
    "\u{3164}",
    "\u{fe0f}",
    "\u{e0041}",
    "\0",
    "##[error]",
    "::error::",
    "{",
    "}",
    "{x}",
    "[",
    "]",
    "](x)",
    "[Client]",
    "<b>",
    "<br>",
    "<p>",
    "<ul><li>",
    "</ul>",
    "<a href=\"https://a.b\"x>",
    "</a>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "</b>",
    "<!--",
    "-->",
    "&#32;",
    "&#9;",
    "&lt;",
    "&#x202e;",
    "|",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "===",
    "---",
    "***",
    "_",
    "https://example.com/",
    "![i](https://a.b)",
    "a",
    "B",
    "1",
    " ",
    "é",
    "fn main() {}",
    "'''",
    "[dependencies]\nevil = \"1\"",
    "CRATE",
    "types::",
    "\u{1b}[31m",
];

/// Texts that want to be more than text.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_becomes_anything_else(text in hostile()) {
        let markdown = markdown(&text);
        prop_assert!(is_sanitized(&markdown), "{markdown:?}");
        let words = plain(&text);
        prop_assert!(is_sanitized(&words) && !words.contains("```"), "{words:?}");
        let list = [item("`a`", &markdown), item("`b`", "c")].join("\n");
        prop_assert!(is_sanitized(&list), "{list:?}");
        let about = format!("{}\n\nb", about_with("`a`", &markdown));
        prop_assert!(is_sanitized(&about), "{about:?}");
        let code = format!("{}\n\nb", prose::code(&text));
        prop_assert!(is_sanitized(&code), "{code:?}");
    }
}

#[test]
fn a_table_cannot_stand_for_more_than_its_page() {
    let row = |cells: usize| "|b".repeat(cells) + "\n";
    let table = row(500) + &"|-".repeat(500) + "\n" + &row(1).repeat(500);
    let shown = super::markdown(&table);
    assert!(shown.len() < 4 * table.len(), "{} of {}", shown.len(), table.len());
    assert!(shown.contains('b'));
    // One that is filled stays one.
    let table = row(3) + "|-|-|-\n" + &row(3).repeat(100);
    assert!(super::markdown(&table).lines().count() > 100);
}
