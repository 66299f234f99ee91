//! The buffer of a union is read as serde_json reads a stream.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::from_value;

#[test]
fn derived_enums_and_tuples_are_read_from_the_buffer() {
    #[derive(Debug, Deserialize, PartialEq)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, u8),
        Struct { a: u8 },
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Wrapper(Shape);
    let read = |json: Value| from_value::<Wrapper>(&json).map(|wrapper| wrapper.0);
    assert_eq!(read(json!("Unit")).unwrap(), Shape::Unit);
    assert_eq!(read(json!({ "Newtype": 1 })).unwrap(), Shape::Newtype(1));
    assert_eq!(read(json!({ "Tuple": [1, 2] })).unwrap(), Shape::Tuple(1, 2));
    assert_eq!(read(json!({ "Struct": { "a": 1 } })).unwrap(), Shape::Struct { a: 1 });
    assert_eq!(read(json!({ "Struct": { "a": "x" } })).unwrap_err().path(), "Struct.a");
    assert_eq!(read(json!({ "Tuple": [1, 2, 3] })).unwrap_err().path(), "Tuple");
    assert!(read(json!("Other")).unwrap_err().message().contains("unknown variant"));
    assert!(read(json!(3)).is_err());
    let keys: BTreeMap<Option<bool>, ()> = from_value(&json!({ "true": null })).unwrap();
    assert_eq!(keys, BTreeMap::from([(Some(true), ())]));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,4}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

/// Value or message, as both deserializers give it.
fn agree<T: DeserializeOwned + PartialEq + fmt::Debug>(json: &Value) -> Result<(), TestCaseError> {
    let ours = from_value::<T>(json).map_err(|fault| fault.message().to_owned());
    let theirs = T::deserialize(json).map_err(|error| error.to_string());
    prop_assert_eq!(ours, theirs);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_read_the_same(json in any_json()) {
        prop_assert_eq!(&from_value::<Value>(&json).unwrap(), &json);
        agree::<Vec<Option<i32>>>(&json)?;
        agree::<BTreeMap<String, Option<f64>>>(&json)?;
        agree::<(bool, String)>(&json)?;
        agree::<u128>(&json)?;
        agree::<char>(&json)?;
        agree::<()>(&json)?;
    }
}
