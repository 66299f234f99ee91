//! Parameters as text: a serializer for scalars, and for lists of them.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, SerializeSeq, SerializeTuple, Serializer};

/// The texts of a parameter. None if it is absent, several if it is a list.
pub(crate) fn texts<T: Serialize + ?Sized>(value: &T) -> Result<Vec<String>, Unfit> {
    let mut collector = Collector::default();
    value.serialize(&mut collector)?;
    Ok(collector.texts)
}

/// Why a value is no parameter: completes a sentence that starts with the parameter.
#[derive(Debug)]
pub(crate) struct Unfit(String);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(format!("cannot be serialized: {message}"))
    }
}

fn unfit<T>(what: &str) -> Result<T, Unfit> {
    Err(Unfit(format!("is {what}, and only scalars and lists of scalars can be sent here")))
}

#[derive(Default)]
struct Collector {
    texts: Vec<String>,
    in_list: bool,
}

impl Collector {
    fn push(&mut self, text: impl Into<String>) -> Result<(), Unfit> {
        self.texts.push(text.into());
        Ok(())
    }

    fn list(&mut self) -> Result<&mut Self, Unfit> {
        if std::mem::replace(&mut self.in_list, true) {
            return unfit("a list in a list");
        }
        Ok(self)
    }
}

/// Methods that push the `Display` of a value.
macro_rules! displayed {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<(), Unfit> {
            self.push(value.to_string())
        }
    )*};
}

impl Serializer for &mut Collector {
    type Ok = ();
    type Error = Unfit;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Impossible<(), Unfit>;
    type SerializeTupleVariant = Impossible<(), Unfit>;
    type SerializeMap = Impossible<(), Unfit>;
    type SerializeStruct = Impossible<(), Unfit>;
    type SerializeStructVariant = Impossible<(), Unfit>;

    displayed! {
        serialize_bool: bool, serialize_char: char,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128
    }

    fn serialize_f32(self, value: f32) -> Result<(), Unfit> {
        if !value.is_finite() {
            return unfit("not a finite number");
        }
        // Not by way of f64, which would spell out the digits that f32 does not have.
        self.push(value.to_string())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Unfit> {
        if !value.is_finite() {
            return unfit("not a finite number");
        }
        self.push(value.to_string())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unfit> {
        self.push(value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unfit> {
        unfit("a byte string")
    }

    fn serialize_none(self) -> Result<(), Unfit> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    /// The null of JSON, which is as good as absent.
    fn serialize_unit(self) -> Result<(), Unfit> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unfit> {
        unfit("a unit struct")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unfit> {
        self.push(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unfit> {
        unfit("an object")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unfit> {
        self.list()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Unfit> {
        self.list()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unfit> {
        unfit("a tuple struct")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        unfit("an object")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unfit> {
        unfit("an object")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Unfit> {
        unfit("an object")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        unfit("an object")
    }
}

impl SerializeSeq for &mut Collector {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Unfit> {
        Ok(())
    }
}

impl SerializeTuple for &mut Collector {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Unfit> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    struct Id(u64);

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Sort {
        NewestFirst,
        By(String),
    }

    fn sent<T: Serialize + ?Sized>(value: &T) -> Vec<String> {
        texts(value).unwrap()
    }

    #[test]
    fn scalars_are_one_text() {
        assert_eq!(sent("a b"), ["a b"]);
        assert_eq!(sent(&'é'), ["é"]);
        assert_eq!(sent(&true), ["true"]);
        assert_eq!(sent(&-3i8), ["-3"]);
        assert_eq!(sent(&u128::MAX), ["340282366920938463463374607431768211455"]);
        assert_eq!(sent(&0.1f32), ["0.1"]);
        assert_eq!(sent(&2.5), ["2.5"]);
        assert_eq!(sent(&Id(7)), ["7"]);
        assert_eq!(sent(&Sort::NewestFirst), ["newest_first"]);
        assert_eq!(sent(&json!("x")), ["x"]);
    }

    #[test]
    fn what_is_absent_is_no_text_and_a_list_is_several() {
        assert_eq!(sent(&None::<u8>), [""; 0]);
        assert_eq!(sent(&json!(null)), [""; 0]);
        assert_eq!(sent(&Some(1)), ["1"]);
        assert_eq!(sent(&["a", "b"][..]), ["a", "b"]);
        assert_eq!(sent(&Some(vec![Id(1), Id(2)])), ["1", "2"]);
        assert_eq!(sent(&vec![Some(1), None]), ["1"]);
        assert_eq!(sent(&("a", 1)), ["a", "1"]);
        assert_eq!(sent(&Vec::<u8>::new()), [""; 0]);
    }

    #[test]
    fn everything_else_is_refused_with_what_it_is() {
        let refusal = |result: Result<Vec<String>, Unfit>| result.unwrap_err().to_string();
        assert!(refusal(texts(&json!({ "a": 1 }))).starts_with("is an object, and only"));
        assert!(refusal(texts(&BTreeMap::from([("a", 1)]))).starts_with("is an object"));
        assert!(refusal(texts(&Sort::By("x".into()))).starts_with("is an object"));
        assert!(refusal(texts(&vec![vec![1]])).starts_with("is a list in a list"));
        assert!(refusal(texts(&f64::NAN)).starts_with("is not a finite number"));
        assert!(refusal(texts(&f32::INFINITY)).starts_with("is not a finite number"));
    }
}
