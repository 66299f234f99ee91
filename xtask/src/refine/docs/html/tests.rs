//! HTML of vendors, and what becomes of it.

use std::time::{Duration, Instant};

use super::super::markdown;

#[test]
fn paragraphs_code_and_links_of_html_are_those_of_markdown() {
    let text = "<p>Returns a <code>List&lt;T&gt;</code>, see <a href=\"https://example.com/a\">the\ndocs</a>.</p>\n<p>Or not.</p>";
    assert_eq!(
        markdown(text),
        "Returns a `List<T>`, see [the\ndocs](https://example.com/a).\n\nOr not."
    );
    assert_eq!(markdown("a <code>b_*c*</code> d"), "a `b_*c*` d");
    assert_eq!(markdown("a <code>/x/<id></code> d"), "a `/x/<id>` d");
    assert_eq!(markdown("<pre>\n  a\n    b\n</pre>"), "```text\n  a\n    b\n```");
}

#[test]
fn lists_of_html_are_lists() {
    let text = "Values:\n<ul>\n    <li>one</li>\n    <li><b>two</b> of it</li>\n</ul>\n";
    assert_eq!(markdown(text), "Values:\n\n* one\n* **two** of it");
    assert_eq!(markdown("One<ul><li>x</li><li>y</li></ul>two"), "One\n\n* x\n* y\n\ntwo");
    assert_eq!(markdown("<ol><li>x</li><li>y</li></ol>"), "1. x\n1. y");
    let nested = "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>";
    assert_eq!(markdown(nested), "* a\n  * b\n* c");
    assert_eq!(markdown("<ul><ul><ul><li>a</li></ul></ul></ul>b"), "* a\n\nb");
}

#[test]
fn blocks_of_html_in_a_line_are_paragraphs() {
    assert_eq!(markdown("One <p>two</p> three"), "One\n\ntwo\n\nthree");
    assert_eq!(markdown("> One <p>two</p> three"), "> \n > One\n > \n > two\n > \n > three");
    assert_eq!(
        markdown("- One <p>two</p> three\n- four"),
        "* One\n  \n  two\n  \n  three\n\n* four"
    );
    assert_eq!(markdown("a <h3>Title</h3> b"), "a\n\n**Title**\n\nb");
    assert_eq!(markdown("<span>x</span>\n\n- b"), "x\n\n* b");
    assert_eq!(markdown("<p>x</p>\n\n    code"), "x\n\n```text\ncode\n```");
    assert_eq!(markdown("> <p>x</p>\n>\n> b"), "> \n > x\n > \n > b");
}

#[test]
fn one_break_is_a_break_and_two_are_a_paragraph() {
    assert_eq!(markdown("One.<br>two"), "One.\\\ntwo");
    assert_eq!(markdown("One.<br>\ntwo"), "One.\\\ntwo");
    assert_eq!(markdown("One.<br><b>two</b><br>"), "One.\\\n**two**");
    assert_eq!(markdown("One.<br><br><b>two</b> x"), "One.\n\n**two** x");
    assert_eq!(markdown("One.<br/> </br>two"), "One.\n\ntwo");
    assert_eq!(markdown("One.<br>\n\ntwo"), "One.\n\ntwo");
    assert_eq!(markdown("One.\n      <br><br>\n      two"), "One.\n\ntwo");
    assert_eq!(markdown("> a<br>\n> b<br><br>\n> c"), "> \n > a\\\n > b\n > \n > c");
    assert_eq!(markdown("| a |\n|---|\n| x<br><br>y<p>z |"), "|a|\n|-|\n|x y z|");
}

#[test]
fn emphasis_is_kept_where_markdown_can_say_it() {
    assert_eq!(markdown("a <b>bold</b> and <i>slanted</i> word"), "a **bold** and *slanted* word");
    assert_eq!(markdown("a <b>bold: </b>word"), "a **bold**: word");
    assert_eq!(markdown("a<b>bold</b>word"), "aboldword");
    assert_eq!(markdown("<b>a</b><b>b</b>"), "**a**b");
}

#[test]
fn what_is_no_element_of_html_is_text() {
    assert_eq!(markdown("GET /teams/<team>/x"), "GET /teams/\\<team>/x");
    assert_eq!(markdown("`<b>` and\n\n```\n<p>\n```"), "`<b>` and\n\n```text\n<p>\n```");
}

#[test]
fn scripts_comments_and_addresses_that_are_none_are_gone() {
    assert_eq!(markdown("a <script>alert(1)</script> b<!-- c --> d"), "a  b d");
    assert_eq!(markdown("<p>see <a href=\"javascript:x()\">this</a></p>"), "see this");
    assert_eq!(markdown("<a href='https://example.com'>open"), "open");
}

#[test]
fn tags_that_only_browsers_read_are_tags() {
    assert_eq!(markdown("See <a href=\"/x\"target=\"_blank\">X</a> y"), "See X y");
    assert_eq!(
        markdown("See <a href=\"https://example.com\"target=\"_blank\">X</a> y"),
        "See [X](https://example.com) y"
    );
    assert_eq!(
        markdown("<p>See\n<a\nhref=\"https://example.com\">X</a></p>"),
        "See [X](https://example.com)"
    );
}

#[test]
fn the_time_is_in_proportion_to_the_text() {
    let parts = [
        "<",
        "<b>",
        "<b>x</b>",
        "<a href=\"x",
        "<ul><li>",
        "<p title='",
        "<!-- ",
        "<code>",
        "http://",
        "<p>x<br>",
        "> ",
    ];
    for part in parts {
        let text = part.repeat(200_000 / part.len());
        let start = Instant::now();
        markdown(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{part:?}: {took:?}");
    }
}
