//! JSON that a union has taken as a whole, to try its alternatives on it.
//!
//! The outermost union copies what it reads. A union inside of it shares that copy: it keeps the way to its part of
//! it, so that unions in one another cost no more memory than one.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize as _;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::fault::Fault;
use super::work;

/// The name by which a union asks for what is buffered already. No type of a client has it.
pub(super) const NAME: &str = "$bindery_runtime::Buffered";

/// A value in a buffer.
#[derive(Clone, Debug)]
pub(super) struct Buffered {
    buffer: Arc<Value>,
    /// The last step of the way to the value. None if it is the whole buffer.
    last: Option<Arc<Level>>,
}

/// A step of the way to a value, and those before it.
#[derive(Debug)]
struct Level {
    outer: Option<Arc<Level>>,
    step: Step,
}

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// The way to a value that is being decoded, from what a union has buffered.
#[derive(Clone, Copy)]
pub(super) enum Trail<'t> {
    /// What the union has.
    Start(&'t Buffered),
    /// A member of an object.
    Member(&'t Trail<'t>, &'t str),
    /// An item of an array.
    Item(&'t Trail<'t>, usize),
}

thread_local! {
    /// What is on its way to a union that has asked for it, and empty otherwise.
    static OFFERED: Cell<Option<Buffered>> = const { Cell::new(None) };
}

#[cfg(test)]
thread_local! {
    /// How many buffers were made on this thread.
    pub(super) static BUFFERS: Cell<usize> = const { Cell::new(0) };
}

impl Buffered {
    pub(super) fn new(value: Value) -> Self {
        #[cfg(test)]
        BUFFERS.set(BUFFERS.get() + 1);
        Self { buffer: Arc::new(value), last: None }
    }

    /// Reads the JSON of a deserializer, without copying it if it is buffered already.
    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, Reader)
    }

    /// The value. The way to it is work, too.
    pub(super) fn value(&self) -> Result<&Value, Fault> {
        let mut levels = Vec::new();
        let mut last = self.last.as_ref();
        while let Some(level) = last {
            levels.push(level);
            last = level.outer.as_ref();
        }
        let mut value = &*self.buffer;
        for level in levels.into_iter().rev() {
            let next = match &level.step {
                Step::Key(key) => {
                    work::charge(key.len())?;
                    value.get(key)
                }
                Step::Index(index) => {
                    work::charge(0)?;
                    value.get(index)
                }
            };
            value = next.ok_or_else(|| Fault::new("a part of the body is not where it was"))?;
        }
        Ok(value)
    }

    /// The value by itself. Null if there is no work left to copy it: then the body fails.
    pub(super) fn into_value(self) -> Value {
        let whole = match self.last {
            None => Arc::try_unwrap(self.buffer),
            Some(_) => Err(self.buffer),
        };
        let buffer = match whole {
            Ok(value) => return value,
            Err(buffer) => buffer,
        };
        let shared = Self { buffer, last: self.last };
        let value = shared.value().unwrap_or(&Value::Null);
        work::charge_copy(value).map(|()| value.clone()).unwrap_or_default()
    }
}

impl Trail<'_> {
    fn to_buffered(self) -> Buffered {
        match self {
            Self::Start(buffered) => buffered.clone(),
            Self::Member(outer, key) => outer.to_buffered().inside(Step::Key(key.to_owned())),
            Self::Item(outer, index) => outer.to_buffered().inside(Step::Index(index)),
        }
    }

    /// Gives a union what it asks for, and takes back what it does not take.
    pub(super) fn offer<T>(self, give: impl FnOnce() -> T) -> T {
        OFFERED.set(Some(self.to_buffered()));
        let given = give();
        OFFERED.set(None);
        given
    }
}

impl Buffered {
    fn inside(self, step: Step) -> Self {
        Self { buffer: self.buffer, last: Some(Arc::new(Level { outer: self.last, step })) }
    }
}

/// Takes what is offered, and copies what is not.
struct Reader;

/// Methods that copy a value which comes as it is.
macro_rules! copied {
    ($($method:ident: $ty:ty),*) => {$(
        fn $method<E: de::Error>(self, value: $ty) -> Result<Buffered, E> {
            Ok(Buffered::new(Value::from(value)))
        }
    )*};
}

impl<'de> Visitor<'de> for Reader {
    type Value = Buffered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Buffered, D::Error> {
        match OFFERED.take() {
            Some(buffered) => Ok(buffered),
            None => Value::deserialize(deserializer).map(Buffered::new),
        }
    }

    // Some deserializers know of no newtypes and show the value itself.
    copied! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str, visit_string: String }

    fn visit_unit<E: de::Error>(self) -> Result<Buffered, E> {
        Ok(Buffered::new(Value::Null))
    }

    fn visit_none<E: de::Error>(self) -> Result<Buffered, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Buffered, D::Error> {
        Value::deserialize(deserializer).map(Buffered::new)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Buffered, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(Buffered::new)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Buffered, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).map(Buffered::new)
    }
}
