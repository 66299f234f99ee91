//! Pages of all formats, together and at random.

use camino::Utf8Path;
use proptest::prelude::*;

use super::*;
use crate::config::ApiConfig;

/// Decisions about an API that leave everything to its pages.
pub(super) fn config() -> ApiConfig {
    ApiConfig {
        name: "a".into(),
        package: "bindery-a".into(),
        title: "An API".into(),
        version: crate::config::release::FIRST,
        docs: None,
        publish: true,
        groups: false,
        base_url_env: None,
        credential: None,
        headers: Vec::new(),
        servers: Vec::new(),
        accepted: Vec::new(),
        renames: Vec::new(),
        pagination: Vec::new(),
        retries: Vec::new(),
        types: Vec::new(),
        webhooks: None,
        span: Source::new("specs/a/api.toml", "").start(),
    }
}

fn bound(pages: &[&str]) -> (Option<Node>, Vec<String>) {
    let pages = pages.iter().enumerate();
    let pages =
        pages.map(|(index, text)| Source::new(format!("page{}", index + 1), *text)).collect();
    let mut findings = Findings::default();
    let bound = read(&Api { config: config(), pages }, &mut findings);
    (bound.map(|bound| bound.document), findings.iter().map(ToString::to_string).collect())
}

const OPENAPI: &str = "openapi: 3.1.0\ninfo: {title: A, version: 1.10}\npaths:\n  /a:\n    get:\n      responses: {200: {description: ''}}\n";

#[test]
fn the_formats_mix() {
    let extract = "# B\n\n````yaml post /b\npaths:\n  path: /b\n  method: post\n  response: {'204': {}}\n````\n";
    let blocks = "# C\n\n[endpoint]\npath = \"/c\"\nmethod = \"PUT\"\n[/endpoint]\n[responses]\n[[response]]\nstatus = 204\n[/responses]\n";
    let (document, findings) = bound(&[OPENAPI, extract, blocks]);
    assert_eq!(findings, [""; 0]);
    let document = document.unwrap();
    let operations: Vec<_> =
        Document::of(&document).operations().map(|it| (it.key.path, it.key.method)).collect();
    assert_eq!(operations, [("/a", "get"), ("/b", "post"), ("/c", "put")]);
    assert_eq!(document.pointer("/info/version").and_then(Node::as_str), Some("1.10"));
    let place = document.pointer("/paths/~1b/post/responses/204").unwrap();
    assert_eq!(place.span.to_string(), "page2:7");
}

#[test]
fn every_page_that_is_wrong_is_reported() {
    let (document, findings) = bound(&[
        "",
        "# Prose only\n",
        "openapi: 3.1.0\npaths: {}\n",
        "swagger: '2.0'\n",
        "{\"openapi\": ",
        OPENAPI,
    ]);
    assert!(document.is_none());
    let places: Vec<_> =
        findings.iter().map(|it| it.split(": ").next().unwrap_or_default()).collect();
    assert_eq!(
        places,
        [
            "error[unknown-format] page1:1",
            "error[unknown-format] page2:1",
            "error[no-operations] page3:1",
            "error[swagger] page4:1",
            "error[syntax] page5:1",
        ]
    );
}

#[test]
fn moving_things_on_a_page_changes_nothing() {
    let page = |first: &str, second: &str| {
        format!(
            "openapi: 3.0.0\ninfo: {{title: A, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody:\n        \
             content:\n          application/json:\n            schema:\n              type: object\n              \
             required: [{first}, {second}]\n              properties:\n                {first}: {{type: string}}\n                \
             {second}: {{type: string}}\n      responses: {{'200': {{description: ''}}}}\n"
        )
    };
    let (one, other) = (bound(&[&page("x", "y")]).0.unwrap(), bound(&[&page("y", "x")]).0.unwrap());
    assert_eq!(one.to_json().to_string(), other.to_json().to_string());
}

/// The pages of the repository, as a start for what else a page may hold.
fn seeds() -> Vec<String> {
    let specs = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let folders = specs.read_dir_utf8().unwrap().map(|folder| folder.unwrap().into_path());
    let pages =
        folders.filter(|folder| folder.is_dir()).flat_map(|folder| folder.read_dir_utf8().unwrap());
    let pages =
        pages.map(|page| page.unwrap().into_path()).filter(|page| page.extension() == Some("md"));
    let mut pages: Vec<_> = pages.collect();
    pages.sort();
    pages.iter().map(|page| std::fs::read_to_string(page).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,300}") {
        bound(&[&text]);
    }

    #[test]
    fn any_change_of_a_page_is_read_without_a_panic(
        seed in 0_usize..4, at in 0.0..1.0, cut in 0_usize..200, put in "[\\[\\]{}'\":`#\\-\n a$é]{0,12}",
    ) {
        let seeds = seeds();
        let mut text: Vec<char> = seeds[seed % seeds.len()].chars().collect();
        let start = (at * text.len() as f64) as usize;
        let end = (start + cut).min(text.len());
        text.splice(start..end, put.chars());
        bound(&[&text.into_iter().collect::<String>()]);
    }
}
