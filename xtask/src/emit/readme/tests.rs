//! READMEs of small documents.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::testing::{config, run};

use super::readme;

fn operations(paths: Json) -> String {
    let refined = run(json!({"paths": paths})).refined.expect("a crate");
    let text = readme(&config(), &refined);
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
    });
    assert_snapshot!(operations(paths), @"
    | method | request | |
    | --- | --- | --- |
    | `c` | `GET /c` |  |

    ### Team members

    | method | request | |
    | --- | --- | --- |
    | `a` | `GET /b` |  |
    | `b` | `GET /a` | Get a. |

    ### Types

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
