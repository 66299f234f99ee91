//! Bytes: what is a string for progenitor and none for the caller. Files of forms, and bodies that pass as they are.

use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Type, parse_quote};

use crate::generate::Generated;
use crate::plan::{Encoding, Shape};

/// Puts the runtime's types in their places.
pub(super) fn restore(generated: &mut Generated) {
    let plan = &generated.plan;
    let mut places: Vec<(&str, &str, Type)> = Vec::new();
    for (name, ty) in &plan.types {
        let Shape::Struct(properties) = &ty.shape else { continue };
        let files = properties.iter().filter(|(_, property)| property.upload);
        places.extend(files.map(|(property, _)| {
            (name.as_str(), property.as_str(), parse_quote!(runtime::Upload))
        }));
    }
    for operation in plan.operations.values() {
        let body = operation.body.iter().filter(|it| it.encoding == Encoding::Bytes);
        places.extend(body.map(|it| {
            (operation.request.as_str(), it.name.as_str(), parse_quote!(runtime::Bytes))
        }));
        let responses = operation.success.responses.iter().chain(&operation.failure.responses);
        let bodies = responses
            .filter(|it| it.encoding == Encoding::Bytes)
            .filter_map(|it| it.body.as_deref());
        places.extend(
            bodies.map(|body| (operation.responses.as_str(), body, parse_quote!(runtime::Bytes))),
        );
    }
    for (schema, property, to) in places {
        if let Some(ty) = generated.types.get_mut(schema).and_then(|it| it.get_mut(property)) {
            Replace(to).visit_type_mut(ty);
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
