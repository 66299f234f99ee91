//! The page for a browser: its structure is ours, whatever the texts are.

use proptest::prelude::*;

use super::*;
use crate::diff::report::sample::{Everywhere, Harmless, hostile, sample};

/// The tags of a page with their attributes, without what stands in these and between them.
fn tags(page: &str) -> Vec<String> {
    let (_, body) = page.split_once("<body>").expect("a body");
    let tags = body.split('<').skip(1).filter_map(|it| it.split_once('>')).map(|(tag, _)| tag);
    let names = |tag: &str| tag.split('"').step_by(2).collect::<String>();
    // How many words of two texts differ, and which are code, is no matter of structure.
    let marks = |tag: &str| ["del", "/del", "ins", "/ins", "code", "/code"].contains(&tag);
    tags.filter(|tag| !marks(tag)).map(names).collect()
}

#[test]
fn the_page_has_all_changes_and_links_to_each() {
    let page = html(&sample(&Harmless));
    for number in 1..=5 {
        let id = format!("basic-response-property-type-changed-{number}");
        assert_eq!(page.matches(&format!("<article id=\"{id}\"")).count(), 1);
        assert!(page.contains(&format!(
            "<li data-verdict=\"{}\"><a href=\"#{id}\">",
            match number {
                1 | 2 => "breaking",
                3 => "review",
                4 => "additive",
                _ => "none",
            }
        )));
    }
    assert!(page.contains("<code>role: <del>Role</del></code>"), "the old signature");
    assert!(page.contains("<code>role: <ins>Option&lt;Role&gt;</ins></code>"), "the new signature");
    assert!(page.contains(
        "<td class=\"number old\">3</td><td class=\"old\">  type: <del>string</del></td>"
    ));
    assert!(page.contains("<td class=\"new\">  type: <ins>integer</ins></td>"));
    assert!(!page.contains("{{") && !page.contains("}}"), "all places are filled");
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let page = html(&sample(&Harmless));
    for reference in
        ["http:", "https:", "src=", "url(", "@import", "<link", " style=\"", " onclick"]
    {
        assert!(!page.contains(reference), "{reference}");
    }
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(!policy.split('"').next().unwrap().contains("unsafe"));
}

#[test]
fn a_value_names_no_other_value() {
    let page = html(&sample(&Everywhere("{{script}}".to_owned())));
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("\"use strict\"").count(), 1);
}

#[test]
fn changes_past_the_limit_are_listed_without_pages() {
    let mut comparison = sample(&Harmless);
    let first = comparison.changes[0].clone();
    comparison.changes = vec![first; DETAILED + 2];
    let page = html(&comparison);
    assert_eq!(page.matches("<article").count(), DETAILED + 2);
    assert_eq!(page.matches("class=\"pages\"").count(), DETAILED);
}

proptest! {
    #[test]
    fn hostile_text_is_inert(text in hostile()) {
        // Blanks alone, or nothing, leave a line empty, so that there is one mark less.
        let hostile = html(&sample(&Everywhere(format!("x{text}"))));
        let harmless = html(&sample(&Everywhere("x".to_owned())));
        prop_assert_eq!(tags(&hostile), tags(&harmless));
    }
}
