//! The report for a terminal.

use proptest::prelude::*;

use super::*;
use crate::diff::report::sample::{Everywhere, Harmless, hostile, sample};

#[test]
fn a_terminal_shows_each_change() {
    insta::assert_snapshot!(text(&sample(&Harmless), false, 72), @r#"
    Breaking: 2 breaking, 1 to review, 1 addition, 1 without effect, in 2
      APIs. The version needs a minor bump.
      basic: Breaking, bump: minor
      basic: Additive, bump: patch

    Breaking

    • the type of the response property `role` changed
      POST /teams/{id}/invites at specs/basic/invites.md:3
        - string
        + integer
      calls: breaking, Rust: breaking [response-property-type-changed]
        types::Invite::role: the type changed
          - role: Role
          + role: Option<Role>

    • the type of the response property `role` changed
      basic
        - string
        + integer
      calls: —, Rust: breaking, caused by the generator
        [response-property-type-changed]
        types::Invite::role: the type changed
          - role: Role
          + role: Option<Role>

    To review

    • the type of the response property `role` changed
      POST /teams/{id}/invites at specs/basic/invites.md:2
        - string
      calls: to review, Rust: could not be determined
        [response-property-type-changed]

    Additive

    • the type of the response property `role` changed
      Invite, in 3 operations at specs/basic/invites.md:5
        + integer
      calls: additive, Rust: additive [response-property-type-changed]
        types::Invite::role: the type changed
          - role: Role
          + role: Option<Role>

    Without effect

    • the type of the response property `role` changed
      POST /teams/{id}/invites
        - string
        + integer
      calls: —, Rust: — [response-property-type-changed]
    "#);
}

#[test]
fn colour_changes_nothing_that_is_read() {
    let sample = sample(&Harmless);
    let coloured = text(&sample, true, 80);
    let mut parts = coloured.split("\u{1b}[");
    let mut read = parts.next().unwrap().to_owned();
    for part in parts {
        read.push_str(part.split_once('m').expect("a colour").1);
    }
    assert_ne!(coloured, read);
    assert_eq!(read, text(&sample, false, 80));
}

proptest! {
    #[test]
    fn lines_fit_and_hide_nothing(hostile in hostile(), width in 0..200_usize) {
        let text = text(&sample(&Everywhere(hostile)), false, width);
        for line in text.lines() {
            prop_assert!(textwrap::core::display_width(line) <= width.clamp(40, 100), "{line:?}");
            prop_assert!(!line.chars().any(crate::sanitize::is_hidden), "{line:?}");
        }
    }
}
