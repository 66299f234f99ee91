//! References: which schemas are no more than one, and the types that they lead to.

use crate::finding::Kind;
use crate::openapi::{OnlyReference, Schema};

use super::product::Type;
use super::schema::Site;
use super::{Lowering, merge, naming};

impl Lowering<'_> {
    /// The reference that a schema is, if nothing beside it changes which values are valid but null.
    pub(super) fn reference_alone<'n>(&self, schema: Schema<'n>) -> Option<OnlyReference<'n>> {
        let only = schema.only_reference()?;
        if only.constrained {
            let target = self.document.schema(only.reference)?;
            let bare = |schema: Schema<'_>| {
                let merged = merge::merged(self.document, schema).ok();
                merged.map(|it| Schema::of(&it).without_annotations())
            };
            bare(schema).filter(|whole| Some(whole) == bare(target).as_ref())?;
        }
        Some(only)
    }

    /// The type of what a reference leads to.
    pub(super) fn reference(&mut self, pointer: &str, schema: Schema<'_>) -> Type {
        let document = self.document;
        let (mut pointer, mut span, mut passed) = (pointer, schema.span(), Vec::new());
        let outer = self.following.len();
        let ty = loop {
            if let Some(done) = self.references.get(&self.reached(pointer)) {
                break done.clone();
            }
            if self.following.iter().any(|it| it == pointer) {
                let what = format!("`{pointer}` is an alias of itself, and taken as any JSON");
                break self.untyped(Kind::RecursiveAlias, what, span);
            }
            let Some(target) = document.schema(pointer) else {
                let what = format!("`{pointer}` is not in the document, and taken as any JSON");
                break self.untyped(Kind::UnresolvedReference, what, span);
            };
            self.following.push(pointer.to_owned());
            passed.push(pointer.to_owned());
            // What is no more than a reference is gone on from here: a chain of them is not deep.
            match target.only_reference().filter(|only| !only.constrained && !only.nullable) {
                Some(only) => (pointer, span) = (only.reference, target.span()),
                None => {
                    let name = naming::place_name(pointer);
                    break self.schema(target, &Site { name, pointer: Some(pointer.to_owned()) });
                }
            }
        };
        self.following.truncate(outer);
        for pointer in passed {
            self.references.insert(self.reached(&pointer), ty.clone());
        }
        ty
    }
}
