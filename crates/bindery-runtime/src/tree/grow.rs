//! The serializer that makes a tree of a value.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::{Tree, Unfit};
use crate::upload;

/// How deep a value may be nested, as for the parser of serde_json. A tree is walked by recursion.
const DEPTH: usize = 128;

/// What serde_json calls its numbers if a feature of it keeps them as text.
const NUMBER: &str = "$serde_json::private::Number";

#[derive(Clone, Copy, Default)]
pub(super) struct Grower {
    depth: usize,
}

impl Grower {
    fn deeper(self) -> Result<Self, Unfit> {
        if self.depth == DEPTH {
            return Err(Unfit::new(format!("is nested more than {DEPTH} levels deep")));
        }
        Ok(Self { depth: self.depth + 1 })
    }

    fn items(self, variant: Option<&'static str>) -> Result<Items, Unfit> {
        Ok(Items { variant, items: Vec::new(), grower: self.deeper()? })
    }

    fn members(self, variant: Option<&'static str>) -> Result<Members, Unfit> {
        Ok(Members { variant, members: Vec::new(), key: None, grower: self.deeper()? })
    }
}

fn float(finite: bool, text: String) -> Result<Tree, Unfit> {
    match finite {
        true => Ok(Tree::Literal(text)),
        false => Err(Unfit::new("is not a finite number, which cannot be sent")),
    }
}

/// Methods whose value is its own `Display`.
macro_rules! displayed {
    ($($method:ident: $type:ty => $kind:ident),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<Tree, Unfit> {
            Ok(Tree::$kind(value.to_string()))
        }
    )*};
}

impl Serializer for Grower {
    type Ok = Tree;
    type Error = Unfit;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    displayed! {
        serialize_bool: bool => Literal,
        serialize_i8: i8 => Literal, serialize_i16: i16 => Literal, serialize_i32: i32 => Literal,
        serialize_i64: i64 => Literal, serialize_i128: i128 => Literal,
        serialize_u8: u8 => Literal, serialize_u16: u16 => Literal, serialize_u32: u32 => Literal,
        serialize_u64: u64 => Literal, serialize_u128: u128 => Literal,
        serialize_char: char => Text, serialize_str: &str => Text,
    }

    fn serialize_f32(self, value: f32) -> Result<Tree, Unfit> {
        // Not by way of f64, which would spell out the digits that f32 does not have.
        float(value.is_finite(), value.to_string())
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, Unfit> {
        float(value.is_finite(), value.to_string())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Tree, Unfit> {
        Err(Unfit::new("is a byte string, which has no text"))
    }

    fn serialize_none(self) -> Result<Tree, Unfit> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, Unfit> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Unfit> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, Unfit> {
        Ok(Tree::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Tree, Unfit> {
        match upload::take(name, value) {
            Some(file) => Ok(Tree::File(file)),
            None => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, Unfit> {
        let mut members = self.members(None)?;
        members.push(variant, value)?;
        Ok(members.done())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Unfit> {
        self.items(None)
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Unfit> {
        self.items(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Unfit> {
        self.items(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items, Unfit> {
        self.items(Some(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Unfit> {
        self.members(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, Unfit> {
        self.members(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Unfit> {
        self.members(Some(variant))
    }
}

/// A variant with content is an object whose one member is named after it.
fn tagged(variant: Option<&'static str>, tree: Tree) -> Tree {
    match variant {
        Some(variant) => Tree::Object(vec![(variant.to_owned(), tree)]),
        None => tree,
    }
}

pub(super) struct Items {
    variant: Option<&'static str>,
    items: Vec<Tree>,
    grower: Grower,
}

pub(super) struct Members {
    variant: Option<&'static str>,
    members: Vec<(String, Tree)>,
    /// Of the member whose value comes next.
    key: Option<String>,
    grower: Grower,
}

impl Members {
    fn push<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unfit> {
        let value = value.serialize(self.grower).map_err(|unfit| unfit.within(name))?;
        self.members.push((name.to_owned(), value));
        Ok(())
    }

    fn done(self) -> Tree {
        match self.members.as_slice() {
            [(name, Tree::Text(number))] if name == NUMBER => Tree::Literal(number.clone()),
            _ => tagged(self.variant, Tree::Object(self.members)),
        }
    }
}

macro_rules! items {
    ($($trait:ident: $method:ident),*) => {$(
        impl $trait for Items {
            type Ok = Tree;
            type Error = Unfit;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
                self.items.push(value.serialize(self.grower)?);
                Ok(())
            }

            fn end(self) -> Result<Tree, Unfit> {
                Ok(tagged(self.variant, Tree::List(self.items)))
            }
        }
    )*};
}

macro_rules! members {
    ($($trait:ident),*) => {$(
        impl $trait for Members {
            type Ok = Tree;
            type Error = Unfit;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Unfit> {
                self.push(name, value)
            }

            fn end(self) -> Result<Tree, Unfit> {
                Ok(self.done())
            }
        }
    )*};
}

items! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
}

members! { SerializeStruct, SerializeStructVariant }

impl SerializeMap for Members {
    type Ok = Tree;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        let (Tree::Text(key) | Tree::Literal(key)) = key.serialize(self.grower)? else {
            return Err(Unfit::new("has a member whose name is no scalar"));
        };
        self.key = Some(key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let key = self.key.take();
        let key = key.ok_or_else(|| Unfit::new("has a member without a name"))?;
        self.push(&key, value)
    }

    fn end(self) -> Result<Tree, Unfit> {
        Ok(self.done())
    }
}
