//! Lists that are declared.

use serde_json::json;

use super::{items, list, number, object, text};
use crate::config::ApiConfig;
use crate::finding::Findings;
use crate::source::Source;

/// What comes of a declaration about a list that is not recognised.
fn declared(lines: &str) -> String {
    let parameters = [("from", "string"), ("number", "integer"), ("place", "integer")];
    let meta = json!({"token": text(), "id.of": number(), "count": number(), "go_on": {"type": "boolean"}});
    let body = json!({"hits": items(), "others": items(), "meta": object(meta)});
    let mut list = list(&parameters, body);
    list.parameters[2]["required"] = json!(true);
    list.with(&decisions(&format!("operation = 'GET /things'\n{lines}")))
}

fn decisions(lines: &str) -> ApiConfig {
    let text = format!("title = 'A'\n[[pagination]]\nreason = 'r'\n{lines}");
    let mut findings = Findings::default();
    let config = ApiConfig::parse("a", &Source::new("api.toml", text), &mut findings);
    config.unwrap_or_else(|| panic!("{:?}", findings.iter().collect::<Vec<_>>()))
}

#[test]
fn each_kind_takes_effect() {
    let hits = |lines: &str| declared(&format!("items = 'hits'\n{lines}"));
    assert_eq!(hits("next_url = 'meta.token'"), "hits: url meta.token");
    assert_eq!(hits("link = true"), "hits: link");
    let cursor = "cursor = 'meta.token'\nparameter = 'from'\nmore = 'meta.go_on'";
    assert_eq!(hits(cursor), "hits: from = Body meta.token while meta.go_on");
    // A name may have dots itself, and a number can be written out.
    let number = "cursor = 'meta.id.of'\nparameter = 'from'";
    assert_eq!(hits(number), "hits: from = Body meta.id.of while ?");
    assert_eq!(hits("page = 'number'\nfirst = 0"), "hits: number from 0 of ?");
    assert_eq!(hits("offset = 'number'\ntotal = 'meta.count'"), "hits: number of meta.count");
}

#[test]
fn what_is_recognised_can_be_switched_off() {
    let recognised = || list(&[], json!({"a": items(), "next_url": text()}));
    assert_eq!(recognised().said(), "a: url next_url");
    assert_eq!(recognised().with(&decisions("operation = 'GET /things'\nnone = true")), "");
    let other = "operation = 'GET /things'\nitems = 'a'\nlink = true";
    assert_eq!(recognised().with(&decisions(other)), "a: link");
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let refused = |lines: &str| declared(lines).replace("error[bad-pagination] api.toml:", "");
    let cases = [
        ("link = true", "4: the body is no list"),
        ("link = true\nitems = 'hit'", "6: the body has no property `hit` (did you mean `hits`?)"),
        ("link = true\nitems = 'meta'", "6: `meta` is not a list"),
        ("items = 'hits'\nnext_url = 'meta.next'", "6: `meta` has no property `next`"),
        ("items = 'hits'\nnext_url = 'meta.count'", "6: `meta.count` is not text"),
        (
            "items = 'hits'\npage = 'numbr'",
            "6: the operation has no query parameter `numbr` (did you mean `number`?)",
        ),
        ("items = 'hits'\npage = 'from'", "6: the parameter `from` does not take a whole number"),
        (
            "items = 'hits'\noffset = 'place'",
            "6: the parameter `place` is required, so the first page cannot go without it",
        ),
        (
            "items = 'hits'\ncursor = 'meta.token'\nparameter = 'number'",
            "7: the parameter `number` does not take what the cursor is",
        ),
        (
            "items = 'hits'\ncursor = 'meta'\nparameter = 'from'",
            "6: `meta` is not text or a whole number",
        ),
        (
            "items = 'hits'\ncursor = 'meta.token'\nparameter = 'from'\nmore = 'meta.count'",
            "8: `meta.count` is not true or false",
        ),
        (
            "items = 'hits'\npage = 'number'\nlast = 'meta.token'",
            "7: `meta.token` is not a whole number",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(refused(lines), expected, "{lines}");
    }
}

#[test]
fn a_declaration_about_nothing_is_told() {
    let list = list(&[], json!({"a": items()}));
    let said = list.with(&decisions("operation = 'GET /thing'\nlink = true"));
    assert_eq!(said, "error[unused-pagination] api.toml:4: there is no operation `GET /thing`");
    let mut empty = list;
    empty.body = json!(null);
    let mut document = empty.document();
    document["paths"]["/things"]["get"]["responses"] = json!({"204": {"description": ""}});
    let (_, findings) =
        crate::testing::lower(document, &decisions("operation = 'GET /things'\nlink = true"));
    let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("error[bad-pagination] api.toml:4: the operation does not answer"),
        "{said:?}"
    );
}
