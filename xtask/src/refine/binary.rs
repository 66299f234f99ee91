//! Bytes: what is a string for progenitor and none for the caller. Files of forms, and bodies that pass as they are.

use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Type, parse_quote};

use crate::plan::{Encoding, Plan, Shape};

/// Puts the runtime's types in their places.
pub(super) fn restore(plan: &mut Plan) {
    for ty in plan.types.values_mut() {
        let Shape::Struct(properties) = &mut ty.shape else { continue };
        for property in properties.values_mut().filter(|it| it.upload) {
            Replace(parse_quote!(runtime::Upload)).visit_type_mut(&mut property.ty);
        }
    }
    for operation in plan.operations.values_mut() {
        let body = operation.body.iter_mut().filter(|it| it.encoding == Encoding::Bytes);
        let responses =
            operation.success.responses.iter_mut().chain(&mut operation.failure.responses);
        let responses = responses.filter(|it| it.encoding == Encoding::Bytes);
        let payloads = responses.filter_map(|it| Some(&mut it.body.as_mut()?.ty));
        for ty in body.map(|it| &mut it.ty).chain(payloads) {
            Replace(parse_quote!(runtime::Bytes)).visit_type_mut(ty);
        }
    }
}

/// Puts a type in place of every `String`.
struct Replace(Type);

impl VisitMut for Replace {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::Path(path) if path.path.is_ident("String") => *ty = self.0.clone(),
            _ => syn::visit_mut::visit_type_mut(self, ty),
        }
    }
}

/// Whether a value of a type is made of bytes, for which text and lists of bytes pass as well.
pub(super) fn is_binary(ty: &Type) -> bool {
    matches!(ty.to_token_stream().to_string().as_str(), "runtime :: Bytes" | "runtime :: Upload")
}
