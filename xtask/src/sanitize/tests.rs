//! Which characters are hidden, and what becomes of them where.

use proptest::prelude::*;

use super::*;

/// What the text of a page may try, in pieces.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "::",
        "##[",
        "###vso[",
        "#",
        "[",
        "]",
        "error",
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u{a0}",
        "\u{85}",
        "\u{1b}[31m",
        "\u{1b}[2J",
        "\u{1b}",
        "[1;31m",
        "\u{9b}",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{3164}",
        "\u{fe0f}",
        "\u{e0041}",
        "\u{2028}",
        "\0",
        "é",
        "\"",
        "\\",
    ]);
    let any = any::<char>().prop_map(String::from);
    let piece = prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_character_that_is_not_seen_is_hidden() {
    let hidden = [
        '\0',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{17b4}',
        '\u{180e}',
        '\u{200b}',
        '\u{200d}',
        '\u{200e}',
        '\u{2028}',
        '\u{2029}',
        '\u{202a}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff9}',
        '\u{1d173}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e0100}',
    ];
    for it in hidden {
        assert!(is_hidden(it), "{it:?}");
    }
    for it in ['a', ' ', 'é', '\u{301}', '\u{a0}', '\u{3000}', '\u{5d0}', '\u{1f600}', '\u{fffd}']
    {
        assert!(!is_hidden(it), "{it:?}");
    }
}

#[test]
fn a_hidden_character_becomes_what_fits_the_destination() {
    let text = "a\u{202e}b\u{0}c\r\nd\te";
    assert_eq!(visible(text), "abc\nd\te");
    assert_eq!(line(text), "abc d e");
    assert_eq!(line(" a\u{2028}b\u{200b} "), "a b");
    assert_eq!(plain(text, 99), "a\u{fffd}b␀c␍\nd e");
    assert_eq!(plain_line(text, 4), "a\u{fffd}b␀…");
    assert_eq!(json("\"a\u{202e}\u{e0041}\""), r#""a\u202e\udb40\udc41""#);
    let file_of = |name: &str| file(name.into(), "\"a\u{3164}\"\n".to_owned());
    assert_eq!(file_of("src/types.rs"), "\"a\\u{3164}\"\n");
    assert_eq!(file_of("openapi.json"), "\"a\\u3164\"\n");
    assert_eq!(file_of("Cargo.toml"), "\"a\"\n");
}

#[test]
fn a_command_to_a_log_is_text() {
    let log = |text: &str| printed(text, false);
    assert_eq!(
        log("::add-mask::x\n \u{a0}::set-output name=a::b\n"),
        ": :add-mask::x\n \u{a0}: :set-output name=a::b\n"
    );
    assert_eq!(
        log("a ##[stop-commands]b ##vso[c] ###[d]"),
        "a # #[stop-commands]b # #vso[c] ## #[d]"
    );
    assert_eq!(log("a\r::error::b"), "a␍::error::b");
    assert_eq!(log("\u{feff}::error::b"), "\u{fffd}: :error::b");
    assert_eq!(
        log("\u{70f}:\u{70f}:error::b #\u{70f}#[c]"),
        "\u{70f}: \u{70f}:error::b # \u{70f}#[c]"
    );
    let fine = "a::b\n## Title\n# [x]\n##x y[0]\n#[derive(X)]\n";
    assert_eq!(log(fine), fine);
}

#[test]
fn only_colours_of_ours_reach_a_terminal() {
    let text = "\u{1b}[1;31ma\u{1b}[0m \u{1b}[2J\u{1b}]0;x\u{7}\u{1b}[31";
    assert_eq!(printed(text, true), "\u{1b}[1;31ma\u{1b}[0m ␛[2J␛]0;x␇␛[31");
    assert_eq!(printed(text, false), "␛[1;31ma␛[0m ␛[2J␛]0;x␇␛[31");
}

/// Whether a line is one that GitHub, Azure Pipelines or TeamCity carries out: what their runners look for.
fn is_command(line: &str) -> bool {
    let bracket = line.char_indices().any(|(at, _)| {
        let word =
            line[at..].strip_prefix("##").map(|it| it.trim_start_matches(char::is_alphanumeric));
        word.is_some_and(|it| it.starts_with('['))
    });
    line.trim_start().starts_with("::") || bracket
}

proptest! {
    #[test]
    fn nothing_that_is_printed_is_hidden_or_a_command(text in text()) {
        let shown = printed(&text, false);
        for line in shown.split(['\n', '\r']) {
            prop_assert!(!line.chars().any(is_hidden) && !is_command(line), "{line:?}");
        }
        prop_assert_eq!(&printed(&shown, false), &shown);
        prop_assert_eq!(shown.lines().count(), text.split_inclusive('\n').count());
    }

    #[test]
    fn json_means_the_same_and_hides_nothing(text in text()) {
        let escaped = json(&serde_json::to_string(&text).unwrap());
        prop_assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
        prop_assert!(!escaped.chars().any(is_hidden) && !is_command(&escaped), "{escaped:?}");
    }

    #[test]
    fn rust_means_the_same_and_hides_nothing(text in text()) {
        let literal = proc_macro2::Literal::string(&text).to_string();
        let escaped = file("a.rs".into(), literal);
        prop_assert!(!escaped.chars().any(is_hidden), "{escaped:?}");
        prop_assert_eq!(syn::parse_str::<syn::LitStr>(&escaped).unwrap().value(), text);
    }
}
