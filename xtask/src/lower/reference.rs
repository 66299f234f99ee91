//! References: which schemas are no more than one, and the types that they lead to.

use crate::finding::Kind;
use crate::node::Node;
use crate::openapi::SCHEMA;

use super::product::Type;
use super::schema::Site;
use super::{Lowering, merge, naming};

impl Lowering<'_> {
    /// The reference that a schema is, if nothing beside it changes which values are valid but null.
    pub(super) fn reference_alone(&self, node: &Node) -> Option<(String, bool)> {
        let (pointer, nullable, beside) = only_reference(node)?;
        if beside {
            let target = self.document.pointer(&pointer)?;
            let bare =
                |node| merge::merged(self.document, node).ok().map(merge::without_annotations);
            bare(node).filter(|whole| Some(whole) == bare(target).as_ref())?;
        }
        Some((pointer, nullable))
    }

    /// The type of what a reference leads to.
    pub(super) fn reference(&mut self, pointer: &str, node: &Node) -> Type {
        if let Some(done) = self.references.get(pointer) {
            return done.clone();
        }
        if self.following.iter().any(|it| it == pointer) {
            let what = format!("`{pointer}` is an alias of itself, and taken as any JSON");
            return self.untyped(Kind::RecursiveAlias, what, &node.span);
        }
        let Some(target) = self.document.pointer(pointer) else {
            let what = format!("`{pointer}` is not in the document, and taken as any JSON");
            return self.untyped(Kind::UnresolvedReference, what, &node.span);
        };
        let last = pointer.rsplit('/').next().unwrap_or(pointer);
        let site = Site { name: naming::type_name(last), pointer: Some(pointer.to_owned()) };
        let outer = self.following.len();
        self.following.push(pointer.to_owned());
        let ty = self.schema(target, &site);
        self.following.truncate(outer);
        self.references.insert(pointer.to_owned(), ty.clone());
        ty
    }
}

/// The one reference of a schema, in itself or in `allOf`: where it leads, whether null is valid, too, and whether
/// anything else beside it says which values are valid.
fn only_reference(node: &Node) -> Option<(String, bool, bool)> {
    let mut found: Option<(String, bool, bool)> = None;
    let mut beside = false;
    for (keyword, value) in node.members() {
        match keyword {
            "$ref" if found.is_some() => return None,
            "$ref" => found = Some((value.as_str()?.to_owned(), false, false)),
            "allOf" => {
                for part in value.items() {
                    match only_reference(part) {
                        Some(_) if found.is_some() => return None,
                        Some(inner) => found = Some(inner),
                        None => beside |= !merge::says_nothing(part),
                    }
                }
            }
            "nullable" => {}
            keyword => beside |= SCHEMA.decides_validity(keyword),
        }
    }
    found.map(|(pointer, null, inner)| (pointer, null || node.flag("nullable"), inner || beside))
}
