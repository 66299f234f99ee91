//! READMEs of small documents.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::plan::Retry;
use crate::testing::{config, run};

use super::readme;

fn text(document: Json) -> String {
    readme(&config(), &run(document).refined.expect("a crate"), &Default::default())
}

fn operations(paths: Json) -> String {
    let text = text(json!({"paths": paths}));
    let (_, operations) = text.split_once("## Operations\n\n").expect("the operations");
    operations.to_owned()
}

#[test]
fn operations_stand_in_a_table_for_each_tag() {
    let paths = json!({
        "/a": {"get": {"operationId": "b", "tags": ["Team Members"], "summary": "Get a."}},
        "/b": {"get": {"operationId": "a", "tags": ["Team Members"]}},
        "/c": {"get": {"operationId": "c"}},
        "/d": {"get": {"operationId": "d", "tags": ["types"]}},
        "/e": {"get": {"operationId": "e", "tags": ["```\n订单"]}},
        "/f": {"get": {"operationId": "f", "tags": [" *** "]}},
    });
    assert_snapshot!(operations(paths), @"
    | method | request | |
    | --- | --- | --- |
    | `c` | `GET /c` |  |
    | `f` | `GET /f` |  |

    ### ```text 订单 ```

    | method | request | |
    | --- | --- | --- |
    | `e` | `GET /e` |  |

    ### Team Members

    | method | request | |
    | --- | --- | --- |
    | `a` | `GET /b` |  |
    | `b` | `GET /a` | Get a. |

    ### types

    | method | request | |
    | --- | --- | --- |
    | `d` | `GET /d` |  |
    ");
}

#[test]
fn one_table_needs_no_title() {
    let paths = json!({"/a": {"get": {"operationId": "a", "tags": ["Team"]}}});
    assert_snapshot!(operations(paths), @"
    | method | request | |
    | --- | --- | --- |
    | `a` | `GET /a` |  |
    ");
}

#[test]
fn other_servers_are_told() {
    let document = json!({
        "servers": [{"url": "https://a.example.com"}],
        "paths": {
            "/a": {"get": {"servers": [{"url": "https://files.example.com"}]}},
            "/b": {"get": {"servers": [{"url": "/v2"}]}},
        },
    });
    let told = "## Servers\n\nUnless a base url is set, some operations go to <https://files.example.com>.\n";
    assert!(text(document).contains(told));
}

#[test]
fn what_is_tried_again_is_told_with_its_exceptions() {
    let usual = "A call with an idempotent method (GET, HEAD, PUT, DELETE, OPTIONS, TRACE) is tried again after a broken \
                 connection, a timeout, 408, 429 or a 5xx";
    let other = "; any other only when the vendor has not acted,";
    let document = json!({"paths": {"/a": {
        "put": {"operationId": "add"}, "post": {"operationId": "set"}, "patch": {"operationId": "adapt"},
    }}});
    assert!(text(document.clone()).contains(&format!("{usual}{other}")));
    let mut refined = run(document).refined.expect("a crate");
    for (name, idempotent) in [("add", false), ("set", true), ("adapt", true)] {
        let retry = Retry { idempotent, reason: "because".to_owned() };
        refined.plan.operations.get_mut(name).expect("an operation").retry = Some(retry);
    }
    let exceptions = ", and so are calls of `adapt` and `set`, but not those of `add`";
    let text = readme(&config(), &refined, &Default::default());
    assert!(text.contains(&format!("{usual}{exceptions}{other}")), "{text}");
}
