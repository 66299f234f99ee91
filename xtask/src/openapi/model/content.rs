//! What goes over the wire beside parameters: bodies, their media types, responses and headers.

use super::{Document, Schema, Tree};

view! {
    /// A Request Body Object.
    RequestBody: REQUEST_BODY {
        reference: text "$ref",
        description: text "description",
        is_required: flag "required",
        content: one Content "content",
    }
}

view! {
    /// A Response Object.
    Response: RESPONSE {
        description: text "description",
        content: one Content "content",
        headers: map Header "headers",
    }
}

view! {
    /// A Header Object: a parameter whose name and location are where it stands.
    Header: HEADER {
        is_required: flag "required",
    }
}

view! {
    /// The media types in which a value is offered.
    Content: CONTENT {}
}

impl<'n, T: Tree<'n>> Content<'n, T> {
    pub(crate) fn media_types(self) -> impl Iterator<Item = (&'n str, MediaType<'n, T>)> {
        self.value.members().map(|(name, it)| (name, MediaType::of(it)))
    }
}

view! {
    /// A Media Type Object.
    MediaType: MEDIA_TYPE {
        schema: one Schema "schema",
        own_example: value "example",
        examples: value "examples",
    }
}

impl<'n, T: Tree<'n>> MediaType<'n, T> {
    pub(crate) fn example(self) -> Option<T> {
        first_example(self.own_example(), self.examples())
    }

    pub(crate) fn all_examples(self, document: Document<'n, T>) -> Vec<T> {
        all_examples(document, self.own_example(), self.examples())
    }
}

/// Returns the one example, or else the first of several: values in a list, or Example Objects by name.
pub(super) fn first_example<'n, T: Tree<'n>>(one: Option<T>, several: Option<T>) -> Option<T> {
    let of_several = |several: T| match several.is_array() {
        true => several.items().next(),
        false => several.members().next()?.1.get("value"),
    };
    one.or_else(|| several.and_then(of_several))
}

/// Returns the one example and all of several: values in a list, or Example Objects by name.
pub(super) fn all_examples<'n, T: Tree<'n>>(
    document: Document<'n, T>,
    one: Option<T>,
    several: Option<T>,
) -> Vec<T> {
    let value = |(_, example): (&'n str, T)| example.resolve(document.node())?.get("value");
    let of_several = |several: T| -> Vec<T> {
        match several.is_array() {
            true => several.items().collect(),
            false => several.members().filter_map(value).collect(),
        }
    };
    one.into_iter().chain(several.map(of_several).into_iter().flatten()).collect()
}
