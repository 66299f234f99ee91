//! A deserializer over buffered JSON whose errors know their place.
//!
//! An array or an object adds the place of an item to whatever error comes out of it. The item
//! itself does not, because a union fails after it has taken its item as a whole.

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::buffered::{NAME, Trail};
use super::fault::{Fault, Step, short};
use super::key::Key;
use super::work;
use crate::number;

#[cfg(test)]
thread_local! {
    /// How many members were looked at on this thread.
    pub(super) static LOOKED_AT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A buffered value, and the way to it.
#[derive(Clone, Copy)]
pub(super) struct Node<'de, 't> {
    pub(super) value: &'de Value,
    pub(super) trail: Trail<'t>,
}

/// Methods that read a whole number, which JSON may have with a fraction of zero or an exponent.
macro_rules! whole {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            match as_whole(self.value) {
                Some(whole) => {
                    work::charge_visit(self.value)?;
                    visitor.visit_i64(whole)
                }
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        work::charge_visit(self.value)?;
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            // serde_json knows how its numbers are kept, which a feature of it changes.
            Value::Number(number) => {
                number.deserialize_any(visitor).map_err(|error| Fault::new(short(error)))
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visit_items(items, &self.trail, visitor),
            Value::Object(members) => {
                Part { members, left_out: &[], trail: self.trail }.deserialize_any(visitor)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name != NAME {
            return visitor.visit_newtype_struct(self);
        }
        work::charge(0)?;
        self.trail.offer(|| visitor.visit_newtype_struct(self))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        work::charge_visit(self.value)?;
        match self.value {
            Value::String(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Value::Object(members) => {
                let part = Part { members, left_out: &[], trail: self.trail };
                MapAccessDeserializer::new(part.access()).deserialize_enum(name, variants, visitor)
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    whole! {
        deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_i128, deserialize_u8,
        deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128
    }

    /// An array is no object, though serde's structs would take it for their members in order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(_) => Err(de::Error::invalid_type(de::Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

/// The whole number that is written as a float, if it is one. Of larger ones a float does not show whether it was.
pub(super) fn as_whole(value: &Value) -> Option<i64> {
    const END: f64 = 4_503_599_627_370_496.0;
    let float = value.as_number().filter(|it| it.is_f64())?.as_f64()?;
    number::whole(float).filter(|_| float.abs() < END).and_then(|it| i64::try_from(it).ok())
}

/// How many bytes the value has at least, as JSON without spaces.
pub(super) fn length(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 4,
        Value::Number(_) => 1,
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| length(item) + 1).sum::<usize>() + 2,
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| key.len() + length(value) + 4);
            members.sum::<usize>() + 2
        }
    }
}

fn visit_items<'de, V: Visitor<'de>>(
    items: &'de [Value],
    trail: &Trail<'_>,
    visitor: V,
) -> Result<V::Value, Fault> {
    let mut access = Elements { rest: items.iter().enumerate(), trail };
    let visited = visitor.visit_seq(&mut access)?;
    match access.rest.len() {
        0 => Ok(visited),
        _ => Err(Fault::new(format!(
            "invalid length {}, expected fewer elements in array",
            items.len()
        ))),
    }
}

struct Elements<'de, 't> {
    rest: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
    trail: &'t Trail<'t>,
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Some((index, value)) = self.rest.next() else {
            return Ok(None);
        };
        let node = Node { value, trail: Trail::Item(self.trail, index) };
        seed.deserialize(node).map(Some).map_err(|fault| fault.within(Step::Index(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// An object of which some members are left out, and the way to it.
pub(super) struct Part<'de, 't> {
    pub(super) members: &'de Map<String, Value>,
    /// The names of those that are not shown.
    pub(super) left_out: &'t [&'t str],
    pub(super) trail: Trail<'t>,
}

impl<'de> Part<'de, '_> {
    fn access(&self) -> Members<'de, '_> {
        let rest = self.members.iter();
        Members { rest, current: None, left_out: self.left_out, trail: &self.trail }
    }
}

impl<'de> Deserializer<'de> for Part<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let mut access = self.access();
        let visited = visitor.visit_map(&mut access)?;
        match access.rest.len() {
            0 => Ok(visited),
            _ => Err(Fault::new(format!(
                "invalid length {}, expected fewer elements in map",
                self.members.len()
            ))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit option
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Members<'de, 't> {
    rest: serde_json::map::Iter<'de>,
    /// The member of which the key was read last.
    current: Option<(&'de str, &'de Value)>,
    left_out: &'t [&'t str],
    trail: &'t Trail<'t>,
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let (key, value) = loop {
            let Some((key, value)) = self.rest.next() else { return Ok(None) };
            #[cfg(test)]
            LOOKED_AT.set(LOOKED_AT.get() + 1);
            // What is left out has been looked at, too.
            work::charge(key.len() + self.left_out.len())?;
            if !self.left_out.contains(&key.as_str()) {
                break (key, value);
            }
        };
        self.current = Some((key, value));
        seed.deserialize(Key(key)).map(Some).map_err(|fault| fault.within(Step::key(key)))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((key, value)) = self.current.take() else {
            return Err(Fault::new("a value was asked for before its key"));
        };
        let node = Node { value, trail: Trail::Member(self.trail, key) };
        seed.deserialize(node).map_err(|fault| fault.within(Step::key(key)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

impl<'de> IntoDeserializer<'de, Fault> for Node<'de, '_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
