//! What text of a page becomes in each format, so that it means nothing there.

use super::*;

#[test]
fn what_github_would_link_becomes_code() {
    let said = |text: &str| sentence(text, 600);
    assert_eq!(
        said("the role became optional, for 3 of them."),
        "the role became optional, for 3 of them."
    );
    assert_eq!(said("the type of `role` changed"), "the type of `role` changed");
    assert_eq!(said("`role`, which @admin owns"), "`role`, which `@admin` owns");
    assert_eq!(said("see #1 or GH-1 (owner/repo#1)"), "see `#1` or `GH-1` `(owner/repo#1)`");
    assert_eq!(said("CVE or GHSA-abcd-efgh-hjkm"), "`CVE` or `GHSA-abcd-efgh-hjkm`");
    assert_eq!(said("commit defaced at 1234567"), "commit `defaced` at `1234567`");
    assert_eq!(said("commit deadbeef\u{202e}"), "commit `deadbeef\u{fffd}`");
    assert_eq!(said("`role`a_b"), "`rolea_b`");
    assert_eq!(said("a ` alone"), "a `` ` `` alone");
    assert_eq!(said("1. item"), "`1.` item");
}

#[test]
fn a_cell_of_a_table_cannot_be_ended() {
    assert_eq!(code("a|b", 100), r"`a\|b`");
    assert_eq!(code(r"a\|b", 100), r"`a\¦b`");
    assert_eq!(code(r"a\\|b\", 100), r"`a\\¦b\`");
}

#[test]
fn a_workflow_command_cannot_be_forged() {
    assert_eq!(command_data("50%\r\n::error::x", 100), "50%25  ::error::x");
    assert_eq!(command_property("a,b:c", 100), "a%2Cb%3Ac");
}

#[test]
fn html_means_nothing() {
    assert_eq!(
        html("<a href='x'>\"&\u{202e}\u{1b}\u{200c}"),
        "&lt;a href=&#39;x&#39;&gt;&quot;&amp;\u{fffd}␛\u{fffd}"
    );
}
