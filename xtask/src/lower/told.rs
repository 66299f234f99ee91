//! What is said of a value where it is used, be it there or behind references: a plain type has no other place for it.

use crate::node::Node;
use crate::openapi::Schema;
use crate::openapi::model::{MediaType, Parameter, RequestBody};
use crate::plan::Docs;

use super::product::Type;
use super::{Lowering, docs};

/// How many references, parts and items are gone into for one text.
const MOST: usize = 100;

/// How many bytes of what is said behind a reference are told, by keyword. It is told in each place that leads there, and
/// a page that says much once would say it everywhere.
const LONGEST: usize = 1 << 10;

impl Lowering<'_> {
    /// Returns the documentation of a schema where it is used. A type of its own has its documentation itself.
    pub(super) fn docs_at(&self, schema: Schema<'_>) -> Docs {
        docs::of_schema(Schema::of(&self.told(schema)))
    }

    fn told(&self, schema: Schema<'_>) -> Node {
        Telling { lowering: self, following: Vec::new(), left: MOST }.told(schema)
    }

    /// Returns the documentation of a parameter: what it says itself, else what its schema says.
    pub(super) fn docs_of_parameter(&self, parameter: Parameter<'_>) -> Docs {
        let of_schema = parameter.schema().map(|it| self.docs_at(it));
        docs::of_parameter(parameter, of_schema.unwrap_or_default())
    }

    /// Returns the documentation of a body of this type: what it says itself, and the example of the media type in
    /// which it is sent.
    pub(super) fn docs_of_body(
        &self,
        body: RequestBody<'_>,
        media: MediaType<'_>,
        ty: &Type,
    ) -> Docs {
        docs::of_body(body, media, self.facts_of_body(media.schema(), ty))
    }

    /// Returns what the vendor enforces of a body. What a type of its own has to fulfil is said there.
    pub(super) fn facts_of_body(&self, schema: Option<Schema<'_>>, ty: &Type) -> Vec<String> {
        let Some(schema) = schema else { return Vec::new() };
        match ty.clone().without_null() {
            Type::Named(_) => Vec::new(),
            // What is no JSON arrives as it is, whatever its format.
            Type::String => docs::with_any_format(Schema::of(&self.told(schema))),
            _ => self.docs_at(schema).facts,
        }
    }
}

/// The gathering of what is said of a value.
struct Telling<'l, 'a> {
    lowering: &'l Lowering<'a>,
    /// The references that are being followed.
    following: Vec<String>,
    /// How many schemas are still gone into.
    left: usize,
}

impl Telling<'_, '_> {
    /// Returns a schema with what its parts, its only alternative and its references say, up to those that have become
    /// types. What stands nearer wins.
    fn told(&mut self, schema: Schema<'_>) -> Node {
        let mut told = schema.without_parts();
        if self.left == 0 {
            return told;
        }
        self.left -= 1;
        if let Some(pointer) = schema.reference().filter(|it| self.is_followed(it))
            && let Some(target) = self.lowering.document.schema(pointer)
        {
            self.following.push(pointer.to_owned());
            let target = self.told(target);
            Schema::supplement(&mut told, Schema::of(&target).in_brief(LONGEST));
            self.following.pop();
        }
        // What is said in place stands nearer than what is said behind a reference.
        let parts = schema.all_of().chain(schema.only_alternative());
        let (behind, here): (Vec<_>, Vec<_>) = parts.partition(|it| it.reference().is_some());
        for part in here.into_iter().chain(behind) {
            Schema::supplement(&mut told, self.told(part));
        }
        Schema::each_inner(&mut told, |inner| self.told(inner));
        told
    }

    fn is_followed(&self, pointer: &str) -> bool {
        let is_type = self.lowering.owners.contains(pointer);
        !is_type && !self.following.iter().any(|it| it == pointer)
    }
}

#[cfg(test)]
mod tests;
