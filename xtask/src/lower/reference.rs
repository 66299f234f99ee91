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
        if let Some(done) = self.references.get(&self.reached(pointer)) {
            return done.clone();
        }
        if self.following.iter().any(|it| it == pointer) {
            let what = format!("`{pointer}` is an alias of itself, and taken as any JSON");
            return self.untyped(Kind::RecursiveAlias, what, schema.span());
        }
        let Some(target) = self.document.schema(pointer) else {
            let what = format!("`{pointer}` is not in the document, and taken as any JSON");
            return self.untyped(Kind::UnresolvedReference, what, schema.span());
        };
        let last = pointer.rsplit('/').next().unwrap_or(pointer);
        let site = Site { name: naming::type_name(last), pointer: Some(pointer.to_owned()) };
        let outer = self.following.len();
        self.following.push(pointer.to_owned());
        let ty = self.schema(target, &site);
        self.following.truncate(outer);
        self.references.insert(self.reached(pointer), ty.clone());
        ty
    }
}
