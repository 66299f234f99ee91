//! Schemas, keyword by keyword. What several keywords say together is in [`crate::openapi::normal`].

use super::content::{all_examples, first_example};
use super::{Document, Tree};

view! {
    /// A Schema Object, or `true` or `false` in its place.
    Schema: SCHEMA {
        reference: text "$ref",
        reference_node: value "$ref",
        title: text "title",
        description: text "description",
        is_deprecated: flag "deprecated",
        is_read_only: flag "readOnly",
        is_write_only: flag "writeOnly",
        types_node: value "type",
        has_nullable: flag "nullable",
        format: text "format",
        format_node: value "format",
        const_node: value "const",
        enum_node: value "enum",
        enumeration: values "enum",
        default: value "default",
        multiple_of: value "multipleOf",
        minimum: value "minimum",
        maximum: value "maximum",
        exclusive_minimum: value "exclusiveMinimum",
        exclusive_maximum: value "exclusiveMaximum",
        min_length: value "minLength",
        max_length: value "maxLength",
        pattern: text "pattern",
        pattern_node: value "pattern",
        items: one Schema "items",
        prefix_items: value "prefixItems",
        min_items: value "minItems",
        max_items: value "maxItems",
        has_unique_items: flag "uniqueItems",
        required_node: value "required",
        required_items: values "required",
        required: texts "required",
        properties_node: value "properties",
        has_properties: has "properties",
        properties: map Schema "properties",
        pattern_properties: map Schema "patternProperties",
        additional_properties: one Schema "additionalProperties",
        unevaluated_properties: one Schema "unevaluatedProperties",
        min_properties: value "minProperties",
        max_properties: value "maxProperties",
        all_of_node: value "allOf",
        all_of: list Schema "allOf",
        any_of_node: value "anyOf",
        one_of: list Schema "oneOf",
        discriminator: one Discriminator "discriminator",
        content_encoding: value "contentEncoding",
        content_media_type: value "contentMediaType",
        own_example: value "example",
        examples: value "examples",
        external_docs: value "externalDocs",
        bindery_url: text "x-bindery-url",
    }
}

impl<'n, T: Tree<'n>> Schema<'n, T> {
    /// Returns the types that it lists, in the order of the document.
    pub(crate) fn types(self) -> Vec<&'n str> {
        let listed =
            |types: T| types.as_str().into_iter().chain(types.items().filter_map(T::as_str));
        self.types_node().into_iter().flat_map(listed).collect()
    }

    pub(crate) fn is_of_type(self, name: &str) -> bool {
        self.types().contains(&name)
    }

    pub(crate) fn property(self, name: &str) -> Option<Schema<'n, T>> {
        self.properties_node()?.get(name).map(Schema::of)
    }

    pub(crate) fn has_property(self) -> bool {
        self.properties().next().is_some()
    }

    pub(crate) fn example(self) -> Option<T> {
        first_example(self.own_example(), self.examples())
    }

    pub(crate) fn all_examples(self, document: Document<'n, T>) -> Vec<T> {
        all_examples(document, self.own_example(), self.examples())
    }

    /// Returns the address of the vendor's page about it.
    pub(crate) fn url(self) -> Option<&'n str> {
        let url = self.external_docs().and_then(|it| it.get("url")?.as_str());
        url.or_else(|| self.bindery_url())
    }
}

view! {
    /// A Discriminator Object.
    Discriminator: DISCRIMINATOR {
        property_name: text "propertyName",
        mapping: value "mapping",
    }
}

impl<'n, T: Tree<'n>> Discriminator<'n, T> {
    /// Iterates over the tags and the references or names of the schemas that they stand for.
    pub(crate) fn tags(self) -> impl Iterator<Item = (&'n str, &'n str)> {
        let mapping = self.mapping().into_iter().flat_map(T::members);
        mapping.filter_map(|(tag, target)| Some((tag, target.as_str()?)))
    }
}
