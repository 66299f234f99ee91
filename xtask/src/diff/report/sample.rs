//! Comparisons that the tests of the formats show.

use std::sync::Arc;

use super::super::change::{ApiSummary, Bump, Cause, Change, Comparison, Rust, Verdict, Wire};
use crate::source::{Source, Span};
use crate::surface::Effect;

pub(super) const OLD: &str = "title: Invites\nrole:\n  type: string\n  required: true\nname: x\n";
pub(super) const NEW: &str = "title: Invites\nrole:\n  type: integer\nname: x\nage: 1\n";

/// What each text of a comparison is, by what it is for.
pub(super) trait Texts {
    fn text(&self, of: &str) -> String;
}

/// Texts as they mostly are.
pub(super) struct Harmless;

impl Texts for Harmless {
    fn text(&self, of: &str) -> String {
        match of {
            "api" => "basic",
            "path" => "specs/basic/invites.md",
            "rule" => "response-property-type-changed",
            "pointer" => "/components/schemas/Invite/properties/role",
            "operation" => "POST /teams/{id}/invites",
            "before" => "string",
            "after" => "integer",
            "item" => "types::Invite::role",
            "item before" => "role: Role",
            "item after" => "role: Option<Role>",
            "what" => "the type changed",
            _ => "the type of the response property `role` changed",
        }
        .to_owned()
    }
}

/// The same text everywhere.
pub(super) struct Everywhere(pub(super) String);

impl Texts for Everywhere {
    fn text(&self, _: &str) -> String {
        self.0.clone()
    }
}

/// A change of each kind: breaking on both sides, to review, additive and without effect; in one operation, in
/// several and in none; of the page and of the generator.
pub(super) fn sample(texts: &dyn Texts) -> Comparison {
    let old = Source::new(texts.text("path"), OLD);
    let new = Source::new(texts.text("path"), NEW);
    let at = |source: &Arc<Source>, part: &str| -> Option<Span> {
        let start = source.text().find(part)?;
        Some(source.span(start..start + part.len()))
    };
    let base = change(texts, Wire::Breaking, Rust::Breaking);
    let changes = vec![
        Change { was: at(&old, "type: string"), now: at(&new, "type: integer"), ..base.clone() },
        Change {
            cause: Cause::Generator,
            wire: Wire::None,
            operations: Vec::new(),
            pointer: String::new(),
            was: None,
            now: None,
            ..base.clone()
        },
        Change {
            wire: Wire::Review,
            rust: Rust::Unknown,
            effects: Vec::new(),
            was: at(&old, "required: true"),
            now: at(&new, "role:"),
            after: None,
            ..base.clone()
        },
        Change {
            operations: vec![texts.text("operation"); 3],
            before: None,
            was: None,
            now: at(&new, "age: 1"),
            ..change(texts, Wire::Additive, Rust::Additive)
        },
        Change { effects: Vec::new(), ..change(texts, Wire::None, Rust::None) },
    ];
    let api = ApiSummary {
        api: texts.text("api"),
        verdict: Verdict::Breaking,
        bump: Bump::Minor,
        old_pages: vec![old],
        new_pages: vec![new],
    };
    let other = ApiSummary { bump: Bump::Patch, verdict: Verdict::Additive, ..api.clone() };
    Comparison { changes, apis: vec![api, other] }
}

/// One change, with all its texts.
pub(super) fn change(texts: &dyn Texts, wire: Wire, rust: Rust) -> Change {
    let effect = Effect {
        item: texts.text("item"),
        before: Some(texts.text("item before")),
        after: Some(texts.text("item after")),
        breaking: rust == Rust::Breaking,
        what: texts.text("what"),
    };
    Change {
        api: texts.text("api"),
        rule: texts.text("rule"),
        pointer: texts.text("pointer"),
        now: None,
        was: None,
        operations: vec![texts.text("operation")],
        before: Some(texts.text("before")),
        after: Some(texts.text("after")),
        wire,
        rust,
        effects: vec![effect],
        cause: Cause::Page,
        message: texts.text("message"),
        owners: Vec::new(),
    }
}

/// Text in which everything occurs that means something to somebody.
pub(super) fn hostile() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let pieces = proptest::sample::select(PIECES.to_vec());
    let any = any::<String>().prop_map(|it| it.chars().take(8).collect::<String>());
    let piece = prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => any];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

const PIECES: [&str; 55] = [
    "@admin",
    "#1",
    "owner/repo#1",
    "GH-1",
    "deadbeef",
    "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
    "https://example.com",
    "www.example.com",
    "a@example.com",
    "[x](https://example.com)",
    "![x](https://example.com/x.png)",
    "<https://example.com>",
    "[^1]",
    "[x]: /y",
    "<b>",
    "</details>",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
    "&lt;",
    "&#64;",
    "`",
    "``",
    "```",
    "~~~",
    "|",
    "\\|",
    "\\\\|",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "\n# ",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n---\n",
    "\n| --- |\n",
    "**",
    "_",
    "~~",
    "$x$",
    ":smile:",
    " ",
    "word",
    "'",
    "\"",
    "\u{1b}[31m",
    "\u{1b}]8;;x\u{7}",
    "\u{202e}",
    "\u{200b}",
    "\u{9b}",
    "\0",
    "::error::x",
    "%0A",
];
