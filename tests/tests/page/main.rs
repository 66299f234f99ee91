//! The page of a comparison in a browser: it is opened, filtered, walked through, and looked at in the dark.

mod browser;

use std::sync::Arc;

use browser::Browser;
use serde_json::{Value, json};
use xtask::diff::change::{ApiSummary, Bump, Cause, Change, Comparison, Rust, Verdict, Wire};
use xtask::diff::report::html;
use xtask::source::{Source, Span};
use xtask::surface::Effect;

const OLD: &str = include_str!("old.md");
const NEW: &str = include_str!("new.md");

fn at(source: &Arc<Source>, part: &str) -> Option<Span> {
    let start = source.text().find(part).expect("a part of the page");
    Some(source.span(start..start + part.len()))
}

fn effect(item: &str, before: Option<&str>, after: Option<&str>, what: &str) -> Effect {
    let text = |it: Option<&str>| it.map(str::to_owned);
    let breaking = before.is_some();
    let (before, after) = (text(before), text(after));
    Effect { item: item.to_owned(), before, after, breaking, what: what.to_owned() }
}

/// A change of each kind in two APIs, one of which is named by somebody who means harm.
fn comparison() -> Comparison {
    let (old, new) =
        (Source::new("specs/basic/invites.md", OLD), Source::new("specs/basic/invites.md", NEW));
    let change = |rule: &str, message: &str| Change {
        api: "basic".to_owned(),
        rule: rule.to_owned(),
        pointer: "/components/schemas/Invite/properties/role".to_owned(),
        now: at(&new, "Invite:"),
        was: None,
        operations: vec!["POST /teams/{id}/invites".to_owned()],
        before: None,
        after: None,
        wire: Wire::Breaking,
        rust: Rust::Breaking,
        effects: Vec::new(),
        cause: Cause::Page,
        message: message.to_owned(),
        owners: Vec::new(),
    };
    let gone = Change {
        was: at(&old, "nickname:"),
        before: Some("string".to_owned()),
        effects: vec![effect(
            "types::Invite::nickname",
            Some("pub nickname: Option<String>"),
            None,
            "it is gone",
        )],
        ..change("response-property-removed", "the response property `nickname` is gone")
    };
    let optional = Change {
        was: at(&old, "required: [id, role]"),
        now: at(&new, "required: [id]"),
        before: Some("required".to_owned()),
        after: Some("optional".to_owned()),
        operations: ["POST /teams/{id}/invites", "GET /invites", "GET /invites/{id}"]
            .map(str::to_owned)
            .to_vec(),
        effects: vec![effect(
            "types::Invite::role",
            Some("pub role: Role"),
            Some("pub role: Option<Role>"),
            "the type changed",
        )],
        ..change(
            "response-property-became-optional",
            "the response property `role` became optional",
        )
    };
    let tightened = Change {
        was: at(&old, "maxLength: 200"),
        now: at(&new, "maxLength: 100"),
        before: Some("200".to_owned()),
        after: Some("100".to_owned()),
        wire: Wire::Review,
        rust: Rust::None,
        ..change(
            "request-property-max-length-decreased",
            "the request property `email` may be no longer than 100",
        )
    };
    let added = Change {
        now: at(&new, "invited_by:"),
        after: Some("string".to_owned()),
        wire: Wire::Additive,
        rust: Rust::Additive,
        effects: vec![effect(
            "types::Invite::invited_by",
            None,
            Some("pub invited_by: Option<String>"),
            "it is new",
        )],
        ..change("response-optional-property-added", "the response property `invited_by` is new")
    };
    let hostile = Change {
        api: HOSTILE.to_owned(),
        pointer: HOSTILE.to_owned(),
        operations: vec![HOSTILE.to_owned()],
        before: Some(HOSTILE.to_owned()),
        after: Some(format!("{HOSTILE} too")),
        now: None,
        ..change(HOSTILE, HOSTILE)
    };
    let summary = |api: &str, verdict, bump| ApiSummary {
        api: api.to_owned(),
        verdict,
        bump,
        old_pages: vec![Arc::clone(&old)],
        new_pages: vec![Arc::clone(&new)],
    };
    let apis = vec![
        summary("basic", Verdict::Breaking, Bump::Minor),
        summary(HOSTILE, Verdict::Breaking, Bump::Minor),
    ];
    Comparison { changes: vec![gone, optional, tightened, added, hostile], apis }
}

const HOSTILE: &str =
    "\"'><script>document.title = 'harmed'</script><img src=x onerror=\"document.title='harmed'\">";

/// What the script answers in the page.
const SHOWN: &str = "return [...document.querySelectorAll('article')].filter((it) => it.checkVisibility()).map((it) => it.id)";
const FOCUSED: &str = "return document.activeElement.id";

const GONE: &str = "basic-response-property-removed-1";
const OPTIONAL: &str = "basic-response-property-became-optional-1";
const TIGHTENED: &str = "basic-request-property-max-length-decreased-1";
const ADDED: &str = "basic-response-optional-property-added-1";

#[tokio::test]
#[ignore = "needs chromium and chromedriver"]
async fn the_page_is_filtered_and_walked_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    std::fs::write(&file, html(&comparison())).expect("a page");
    let browser = Browser::start().await;
    browser.open(&format!("file://{}", file.display())).await;
    let shown = browser.run(SHOWN).await;
    let all = shown.as_array().expect("articles").clone();
    assert_eq!(all.len(), 5);
    assert_eq!(
        browser.run("return document.getElementById('shown').textContent").await,
        "5 of 5 shown"
    );

    filters(&browser, &all).await;
    keys(&browser, &all).await;
    links(&browser).await;

    assert_ne!(browser.run("return document.title").await, "harmed");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

async fn filters(browser: &Browser, all: &[Value]) {
    browser.click("input[value=breaking]").await;
    assert_eq!(browser.run(SHOWN).await, json!([TIGHTENED, ADDED]));
    assert_eq!(
        browser.run("return document.getElementById('shown').textContent").await,
        "2 of 5 shown"
    );
    browser.click("input[value=breaking]").await;
    browser.click("#api option:nth-child(2)").await;
    assert_eq!(browser.run(SHOWN).await, json!([GONE, OPTIONAL, TIGHTENED, ADDED]));
    browser.press("/").await;
    assert_eq!(browser.run(FOCUSED).await, "find");
    browser.press("nickname").await;
    // The change beside it shows the same lines of the page.
    assert_eq!(browser.run(SHOWN).await.as_array().and_then(|it| it.first()), Some(&json!(GONE)));
    browser.press(browser::BACKSPACE).await;
    browser.press("zzz").await;
    assert_eq!(browser.run(SHOWN).await, json!([]));
    browser.press(browser::ESCAPE).await;
    assert_eq!(browser.run(SHOWN).await, json!(all));
    // A field that has the focus takes its letters; without one, letters are keys.
    assert_ne!(browser.run(FOCUSED).await, "find");
}

async fn keys(browser: &Browser, all: &[Value]) {
    browser.press("j").await;
    assert_eq!(browser.run(FOCUSED).await, all[0]);
    browser.press("jj").await;
    assert_eq!(browser.run(FOCUSED).await, all[2]);
    browser.press("k").await;
    assert_eq!(browser.run(FOCUSED).await, all[1]);
    let outline = "return getComputedStyle(document.activeElement).outlineWidth";
    assert_eq!(browser.run(outline).await, "3px", "what has the focus is seen");
    let current = "return document.querySelector('nav a[aria-current]').hash.slice(1)";
    assert_eq!(browser.run(current).await, all[1]);
    // The first stop of the tab key inside a change is its link.
    browser.press(browser::TAB).await;
    assert_eq!(browser.run("return document.activeElement.closest('article').id").await, all[1]);
    // Hidden changes are passed over.
    browser.click("input[value=review]").await;
    browser.run(&format!("document.getElementById('{OPTIONAL}').focus()")).await;
    browser.press("jj").await;
    assert_eq!(browser.run(FOCUSED).await, ADDED);
}

/// A link leads to its change, also to one that the filter hides.
async fn links(browser: &Browser) {
    browser.click(&format!("nav a[href='#{GONE}']")).await;
    assert_eq!(browser.run("return location.hash").await, format!("#{GONE}"));
    assert_eq!(browser.run(FOCUSED).await, GONE);
    browser.run(&format!("location.hash = '{TIGHTENED}'")).await;
    browser.until(FOCUSED, TIGHTENED).await;
    assert_eq!(browser.run(SHOWN).await.as_array().map(Vec::len), Some(5));
}

#[tokio::test]
#[ignore = "needs chromium and chromedriver"]
async fn the_page_is_legible_in_the_light_and_in_the_dark() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    std::fs::write(&file, html(&comparison())).expect("a page");
    let browser = Browser::start().await;
    let mut grounds = Vec::new();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        browser.open(&format!("file://{}", file.display())).await;
        assert_eq!(browser.run(include_str!("contrast.js")).await, json!([]), "{scheme}");
        grounds.push(browser.run("return getComputedStyle(document.body).backgroundColor").await);
        for width in [1400, 400] {
            browser.resize(width).await;
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(browser.run(wide).await, 0, "{scheme} at {width}");
        }
    }
    assert_ne!(grounds[0], grounds[1]);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
#[ignore = "needs chromium and chromedriver"]
async fn the_page_is_read_without_a_script_too() {
    let page = html(&comparison());
    let (before, rest) = page.split_once("<script>").expect("a script");
    let (_, after) = rest.split_once("</script>").expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    std::fs::write(&file, format!("{before}{after}")).expect("a page");
    let browser = Browser::start().await;
    browser.open(&format!("file://{}", file.display())).await;
    assert_eq!(browser.run(SHOWN).await.as_array().map(Vec::len), Some(5));
    let useless = "return document.getElementById('filter').checkVisibility()";
    assert_eq!(browser.run(useless).await, false, "a filter that does nothing");
}
