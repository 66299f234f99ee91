//! READMEs of small documents.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

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
