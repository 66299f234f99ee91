//! Annotations, of changes and of texts that would be commands.

use proptest::prelude::*;

use super::*;
use crate::diff::change::{Rust, Wire};
use crate::diff::report::sample::{Everywhere, Harmless, change, hostile, sample};

#[test]
fn each_change_that_matters_is_an_annotation() {
    let text = github(&sample(&Harmless));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!(
        lines[0],
        "::error file=specs/basic/invites.md,line=3,title=Breaking%3A response-property-type-changed::\
         the type of the response property `role` changed; string → integer; types::Invite::role: the type \
         changed; POST /teams/{id}/invites"
    );
    assert!(lines[1].starts_with("::error title=Breaking%3A "), "no place: {}", lines[1]);
    assert!(lines[2].starts_with("::warning file="), "{}", lines[2]);
    assert!(lines[3].starts_with("::notice file="), "{}", lines[3]);
}

#[test]
fn what_github_would_drop_is_counted() {
    let breaking = change(&Harmless, Wire::Breaking, Rust::None);
    let ten = Comparison { changes: vec![breaking.clone(); 10], apis: Vec::new() };
    assert_eq!(github(&ten).lines().count(), 10);
    assert!(!github(&ten).contains("not shown"));
    let many = Comparison { changes: vec![breaking; 25], apis: Vec::new() };
    let text = github(&many);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 10);
    assert_eq!(
        lines[9],
        "::error title=Breaking::16 changes are not shown here; `cargo xtask diff` shows all"
    );
}

proptest! {
    #[test]
    fn hostile_text_makes_no_command_of_its_own(text in hostile()) {
        let commands = github(&sample(&Everywhere(text)));
        prop_assert_eq!(commands.lines().count(), 4);
        for line in commands.lines() {
            let (level, rest) = line.strip_prefix("::").unwrap().split_once(' ').unwrap();
            prop_assert!(["error", "warning", "notice"].contains(&level));
            let (properties, _) = rest.split_once("::").unwrap();
            for property in properties.split(',') {
                let name = property.split('=').next().unwrap();
                prop_assert!(["file", "line", "title"].contains(&name), "{}", line);
            }
        }
    }
}
