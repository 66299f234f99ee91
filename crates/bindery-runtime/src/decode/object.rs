//! Objects of which a part has no names of its own: members that a schema describes together, and choices.

use std::iter;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::buffered::{Buffered, Trail};
use super::fault::{Fault, Step, hand_over};
use super::key::Key;
use super::node::{self, Node, Part};
use super::work;

/// A JSON object whose members are decoded one by one.
///
/// The implementation of `Deserialize` for a struct that keeps members by names which the vendor does not
/// list reads one of these. `#[serde(flatten)]` does the same, but copies all of the rest on each level of such
/// objects in one another; these share one copy. An error in a member keeps its path.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use bindery_runtime::Object;
/// use serde::{Deserialize, Deserializer};
///
/// #[derive(Debug)]
/// struct Labels { owner: Option<String>, others: BTreeMap<String, i64> }
///
/// impl<'de> Deserialize<'de> for Labels {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         let object = Object::read(deserializer)?;
///         Ok(Self { owner: object.member("owner")?, others: object.others(&["owner"])? })
///     }
/// }
///
/// let labels: Labels = serde_json::from_str(r#"{ "owner": "a", "x": 3 }"#)?;
/// assert_eq!(labels.owner.as_deref(), Some("a"));
/// assert_eq!(labels.others["x"], 3);
///
/// let error = serde_json::from_str::<Labels>(r#"{ "x": "y" }"#).unwrap_err();
/// assert!(error.to_string().starts_with("x: invalid type"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Object<E> {
    buffered: Buffered,
    error: PhantomData<fn() -> E>,
    _work: work::Guard,
}

impl<E: de::Error> Object<E> {
    /// Reads the JSON.
    ///
    /// # Errors
    ///
    /// What the deserializer reports if it has no JSON to give, and that it is not an object.
    pub fn read<'de, D>(deserializer: D) -> Result<Self, E>
    where
        D: Deserializer<'de, Error = E>,
    {
        let buffered = Buffered::read(deserializer)?;
        let work = work::Guard::new(|| buffered.value().map_or(0, node::length));
        let object = Self { buffered, error: PhantomData, _work: work };
        object.members().map_err(hand_over::<E>)?;
        Ok(object)
    }

    /// Decodes one member. One that is missing is `None` of an option.
    ///
    /// # Errors
    ///
    /// If the JSON does not fit the type, or the member is missing and the type is no option. The error has the path.
    pub fn member<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, E> {
        self.count(|members, start| match members.get(name) {
            None => T::deserialize(Missing(name)),
            Some(value) => T::deserialize(Node { value, trail: Trail::Member(&start, name) })
                .map_err(|fault| fault.within(Step::key(name))),
        })
    }

    /// Decodes a member that may be missing and may be null: `None` if it is missing, `Some(None)` if it is null.
    ///
    /// # Errors
    ///
    /// If the JSON does not fit the type. The error has the path.
    pub fn nullable<T: DeserializeOwned>(
        &self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, E> {
        let is_there = self.members().map_err(hand_over::<E>)?.contains_key(name);
        if is_there { self.member(name).map(Some) } else { Ok(None) }
    }

    /// Decodes the members but those of these names, as a map.
    ///
    /// # Errors
    ///
    /// If the JSON does not fit the type. The error has the path.
    pub fn others<T: DeserializeOwned>(&self, names: &[&str]) -> Result<T, E> {
        self.count(|members, trail| T::deserialize(Part { members, left_out: names, trail }))
    }

    /// Decodes the member that has one of these names, as the variant of an enum that is called like it. Of several
    /// the first that is not null counts.
    ///
    /// # Errors
    ///
    /// If there is no such member, or if its JSON does not fit the variant. The error has the path.
    pub fn choice<T: DeserializeOwned>(&self, names: &[&str]) -> Result<T, E> {
        self.count(|members, start| {
            work::charge(names.len())?;
            let given = || names.iter().filter_map(|name| members.get_key_value(*name));
            let Some((name, value)) = given().find(|(_, it)| !it.is_null()).or(given().next())
            else {
                return Err(Fault::new(format!("missing one of {names:?}")));
            };
            let node = Node { value, trail: Trail::Member(&start, name) };
            let alone = MapDeserializer::new(iter::once((Key(name), node)));
            T::deserialize(MapAccessDeserializer::new(alone))
                .map_err(|fault| fault.within(Step::key(name)))
        })
    }

    /// Decodes from the members, and counts what that costs.
    fn count<T>(
        &self,
        decode: impl FnOnce(&Map<String, Value>, Trail<'_>) -> Result<T, Fault>,
    ) -> Result<T, E> {
        let decoded = self.members().and_then(|it| decode(it, Trail::Start(&self.buffered)));
        Fault::unless_exhausted(decoded).map_err(hand_over)
    }

    fn members(&self) -> Result<&Map<String, Value>, Fault> {
        work::charge(0)?;
        let found = match self.buffered.value()? {
            Value::Object(members) => return Ok(members),
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(_) => Unexpected::Other("number"),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
        };
        Err(de::Error::invalid_type(found, &"an object"))
    }
}

/// A member that is not there.
struct Missing(&'static str);

impl<'de> Deserializer<'de> for Missing {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Fault> {
        Err(de::Error::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
