//! The types that numbers become.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::{component, run};

#[test]
fn a_number_is_an_f64_only_where_its_format_says_so() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["any", "decimal", "double", "float", "list"],
            "properties": {
                "any": {"type": "number"},
                "decimal": {"type": "number", "format": "decimal"},
                "double": {"type": "number", "format": "double"},
                "float": {"type": "number", "format": "float"},
                "list": {"type": "array", "items": {"type": "number"}},
                "optional": {"type": "number"},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @r#"
    pub struct Thing {
        pub any: runtime::Number,
        pub decimal: runtime::Number,
        pub double: f64,
        pub float: f64,
        pub list: Vec<runtime::Number>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub optional: Option<runtime::Number>,
    }
    "#);
}

#[test]
fn an_integer_holds_what_the_page_shows_of_it() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["a", "b", "c", "d", "e", "f", "g", "h"],
            "properties": {
                "a": {"type": "integer"},
                "b": {"type": "integer", "format": "int32"},
                "c": {"type": "integer", "format": "uint64"},
                "d": {"type": "integer", "format": "int32", "example": 1_600_000_000_000_i64},
                "e": {"type": "integer", "maximum": u64::MAX},
                "f": {"type": "integer", "minimum": -1, "maximum": u64::MAX},
                "g": {"type": "integer", "maximum": 1e30},
                "h": {"type": "number", "format": "double", "default": 9_007_199_254_740_993_i64},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @"
    pub struct Thing {
        pub a: i64,
        pub b: i32,
        pub c: u64,
        pub d: i64,
        pub e: u64,
        pub f: runtime::Number,
        pub g: runtime::Number,
        pub h: runtime::Number,
    }
    ");
}

#[test]
fn several_numbers_are_one_that_holds_each() {
    let document = component(
        "Thing",
        json!({
            "type": "object",
            "required": ["a", "b", "c"],
            "properties": {
                "a": {"oneOf": [{"type": "integer", "format": "int64"}, {"type": "number"}]},
                "b": {"anyOf": [{"type": "integer", "format": "int32"}, {"type": "integer"}]},
                "c": {"type": ["integer", "number"]},
            },
        }),
    );
    assert_snapshot!(run(document).types(), @"
    pub struct Thing {
        pub a: runtime::Number,
        pub b: i64,
        pub c: runtime::Number,
    }
    ");
}
