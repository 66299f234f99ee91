//! Findings as they are printed.

use proptest::prelude::*;

use super::*;
use crate::source::{Source, Span};

fn error(span: &Span) -> Finding {
    Finding::error(Kind::Syntax, "what").at(span).why("why").help("help")
}

fn rendered(finding: &Finding) -> String {
    render([("basic", finding)], false)
}

#[test]
fn an_error_shows_what_where_why_and_what_to_do() {
    let source = Source::new("specs/basic/page.md", "one\ntwo three\nfour\n");
    let expected = "  × error[syntax]: what
  ╰─▶ note: why
   ╭─[specs/basic/page.md:2:5]
 1 │ one
 2 │ two three
   ·     ─────
 3 │ four
   ╰────
  help: help

";
    assert_eq!(rendered(&error(&source.span(8..13))), expected);
}

#[test]
fn errors_come_first_and_notes_last_and_brief() {
    let source = Source::new("specs/basic/page.md", "one\ntwo\n");
    let findings = [
        Finding::note(Kind::Inferred, "note").at(&source.span(4..5)).help("not shown"),
        Finding::untyped(Kind::Tuple, "untyped").at(&source.span(4..5)),
        Finding::loss(Kind::ExternalReference, "loss").why("").help(""),
        Finding::error(Kind::Syntax, "error").why("").help(""),
    ];
    let text = render(findings.iter().map(|finding| ("basic", finding)), false);
    let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let expected = [
        "  × error[syntax] basic: error",
        "  ⚠ loss[external-reference] basic: loss",
        "untyped[tuple] specs/basic/page.md:2: untyped",
        "note[inferred] specs/basic/page.md:2: note",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn what_is_the_same_in_many_places_is_shown_once() {
    let source = Source::new("page.md", "1\n2\n3\n4\n");
    let deviation =
        |line: usize| Finding::deviation(Kind::NoSuccess, "what").at(&source.span(line..line + 1));
    // One that is accepted is a note.
    let note = Finding { severity: Severity::Note, span: None, ..deviation(0) };
    let many = [deviation(0), deviation(2), note, deviation(4)];
    let text = render(many.iter().map(|finding| ("basic", finding)), false);
    assert_eq!(
        text,
        "deviation[no-success] page.md:1: what (and in 2 more places)\nnote[no-success] basic: what\n"
    );
    let two = [deviation(0), deviation(6)];
    let text = render(two.iter().map(|finding| ("basic", finding)), false);
    assert_eq!(text, "deviation[no-success] page.md:1: what (and in one more place)\n");
}

#[test]
fn no_line_ends_inside_a_path() {
    let path = "specs/basic/create-team-invite.md:50";
    for length in 40..100 {
        let what = format!("{} {path}", "x".repeat(length));
        let text = rendered(&Finding::error(Kind::Syntax, &what).why(&what).help(what));
        assert_eq!(text.matches(path).count(), 3, "{text}");
    }
}

#[test]
fn a_page_cannot_speak_to_the_terminal() {
    let text = "ok \u{1b}]0;x\u{7}\u{202e}\t\u{9b}1m end\r\n";
    let source = Source::new("specs/a/\u{1b}[31m.md", text);
    let finding = Finding::error(Kind::Syntax, text).at(&source.span(3..4)).why(text).help(text);
    let shown = rendered(&finding);
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    assert!(!shown.contains('\u{202e}'));
    assert!(shown.contains("1 │ ok ␛]0;x␇\u{fffd} \u{fffd}1m end\n   ·    ─\n"), "{shown}");
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_the_place() {
    let text = format!("{}HERE{}", "a".repeat(500_000), "b".repeat(500_000));
    let source = Source::new("page.json", text);
    let shown = rendered(&error(&source.span(500_000..500_004)));
    let expected = format!(
        "   ╭─[page.json:1:500001]\n 1 │ …{}HERE{}…\n   ·  {}────\n",
        "a".repeat(30),
        "b".repeat(54),
        " ".repeat(30)
    );
    assert!(shown.contains(&expected), "{shown}");
}

#[test]
fn long_texts_are_cut() {
    let finding = Finding::error(Kind::Syntax, "x".repeat(100_000)).why("y\n".repeat(100_000));
    assert!(rendered(&finding).len() < 10_000);
}

#[test]
fn a_place_over_many_lines_marks_its_first() {
    let source = Source::new("page.md", "a: 1\nb: 2\nc: 3\nd: 4\n");
    let shown = rendered(&error(&source.span(5..21)));
    assert!(shown.contains(" 2 │ b: 2\n   · ────\n 3 │ c: 3\n   ╰────"), "{shown}");
}

#[test]
fn places_at_the_edges_have_a_snippet() {
    for text in ["", "\n", "a", "a\n", "a\r\n", "\r", "é"] {
        let source = Source::new("page.md", text);
        for start in 0..=text.len() {
            let shown = rendered(&error(&source.span(start..start)));
            assert!(shown.contains("╭─[page.md:"), "{text:?} {start}: {shown}");
        }
    }
}

proptest! {
    #[test]
    fn any_place_in_any_text_is_shown(text in "(?s).{0,200}", start in 0..300usize, len in 0..300usize) {
        let source = Source::new("page.md", text);
        let shown = rendered(&error(&source.span(start..start + len)));
        prop_assert!(shown.contains("help: help"));
        prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'));
        prop_assert!(!shown.contains("Failed to read"), "{}", shown);
    }
}
