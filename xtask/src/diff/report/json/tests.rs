//! The report for programs has the documented keys in the documented order.

use serde_json::{Value, json as value};

use super::*;
use crate::diff::report::sample::{Everywhere, Harmless, sample};

#[test]
fn the_report_has_the_documented_keys() {
    let report: Value = serde_json::from_str(&json(&sample(&Harmless))).unwrap();
    assert_eq!(report["verdict"], "breaking");
    assert_eq!(report["bump"], "minor");
    assert_eq!(report["apis"][1], value!({"api": "basic", "verdict": "additive", "bump": "patch"}));
    assert_eq!(
        report["changes"][0],
        value!({
            "api": "basic",
            "rule": "response-property-type-changed",
            "pointer": "/components/schemas/Invite/properties/role",
            "file": "specs/basic/invites.md",
            "line": 3,
            "was": {"file": "specs/basic/invites.md", "line": 3},
            "operation": "POST /teams/{id}/invites",
            "operations": ["POST /teams/{id}/invites"],
            "before": "string",
            "after": "integer",
            "wire": "breaking",
            "rust": "breaking",
            "effects": [{
                "item": "types::Invite::role",
                "before": "role: Role",
                "after": "role: Option<Role>",
                "breaking": true,
                "what": "the type changed",
            }],
            "cause": "page",
            "message": "the type of the response property `role` changed",
        })
    );
    let generator = &report["changes"][1];
    let absent = ["file", "line", "was", "operation"].map(|key| &generator[key]);
    assert_eq!(absent, [&Value::Null; 4]);
    assert_eq!(generator["cause"], "generator");
}

#[test]
fn keys_stand_in_the_documented_order() {
    let documented = include_str!("../../report.rs");
    let report: serde_json::Map<String, Value> =
        serde_json::from_str(&json(&sample(&Harmless))).unwrap();
    let change = report["changes"][0].as_object().unwrap();
    let mut rest = documented;
    for key in change.keys() {
        rest = rest.split_once(&format!("//!     \"{key}\":")).expect(key).1;
    }
}

#[test]
fn nothing_is_hidden_from_a_terminal() {
    let report = json(&sample(&Everywhere("a\u{9b}31m\u{202e}\u{e0041}\u{7f}".to_owned())));
    assert!(!report.chars().any(|c| c != '\n' && crate::sanitize::is_hidden(c)), "{report:?}");
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["changes"][0]["message"], "a\u{9b}31m\u{202e}\u{e0041}\u{7f}");
}
