//! Parameters: where they go, and how they are written there.

use serde::Serialize;

use super::content::{all_examples, first_example};
use super::{Content, Document, Schema, Tree};

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterLocation {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

impl ParameterLocation {
    /// Returns the location of that name; not of those that clients do not know, such as `querystring`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "path" => Self::Path,
            "query" => Self::Query,
            "header" => Self::Header,
            "cookie" => Self::Cookie,
            _ => return None,
        })
    }
}

/// How the values of a parameter are written (OpenAPI 3.2.0, section 4.12.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// `;name=a,b` in a path.
    Matrix,
    /// `.a.b` in a path.
    Label,
    /// `a,b` in a path or a header.
    Simple,
    /// `name=a&name=b` in a query or a cookie.
    Form,
    /// `a%20b` in a query.
    SpaceDelimited,
    /// `a|b` in a query.
    PipeDelimited,
    /// `name[property]=value` in a query.
    DeepObject,
    /// `name=a; name=b`, as it is, in a cookie.
    Cookie,
}

impl ParameterStyle {
    /// Returns the style of that name, if parameters of a location can have it.
    pub(crate) fn named(name: &str, location: ParameterLocation) -> Option<Self> {
        use ParameterLocation::{Cookie, Header, Path, Query};
        Some(match (location, name) {
            (Path, "matrix") => Self::Matrix,
            (Path, "label") => Self::Label,
            (Path | Header, "simple") => Self::Simple,
            (Query | Cookie, "form") => Self::Form,
            (Query, "spaceDelimited") => Self::SpaceDelimited,
            (Query, "pipeDelimited") => Self::PipeDelimited,
            (Query, "deepObject") => Self::DeepObject,
            (Cookie, "cookie") => Self::Cookie,
            _ => return None,
        })
    }

    /// Returns the style of parameters that do not name one.
    pub(crate) fn default_of(location: ParameterLocation) -> Self {
        match location {
            ParameterLocation::Query | ParameterLocation::Cookie => Self::Form,
            ParameterLocation::Path | ParameterLocation::Header => Self::Simple,
        }
    }

    /// Whether lists and objects are written value by value if a parameter does not say so.
    pub(crate) fn explodes(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }
}

view! {
    /// A Parameter Object.
    Parameter: PARAMETER {
        reference: text "$ref",
        name: text "name",
        location_name: text "in",
        description: text "description",
        is_required: flag "required",
        is_deprecated: flag "deprecated",
        style_name: text "style",
        style_node: value "style",
        explode_node: value "explode",
        own_schema: one Schema "schema",
        own_content: one Content "content",
        own_example: value "example",
        examples: value "examples",
        bindery: value "x-bindery",
    }
}

impl<'n, T: Tree<'n>> Parameter<'n, T> {
    pub(crate) fn all_examples(self, document: Document<'n, T>) -> Vec<T> {
        all_examples(document, self.own_example(), self.examples())
    }

    pub(crate) fn location(self) -> Option<ParameterLocation> {
        self.location_name().and_then(ParameterLocation::named)
    }

    /// Returns the style, which is that of the location if the document names none that can be had there.
    pub(crate) fn style(self) -> ParameterStyle {
        let location = self.location().unwrap_or(ParameterLocation::Query);
        let named = self.style_name().and_then(|it| ParameterStyle::named(it, location));
        named.unwrap_or(ParameterStyle::default_of(location))
    }

    /// Whether lists and objects are written value by value.
    pub(crate) fn explode(self) -> bool {
        self.explode_node().and_then(T::as_bool).unwrap_or(self.style().explodes())
    }

    /// Returns the media type of its values, if it names one.
    pub(crate) fn content(self) -> Option<Content<'n, T>> {
        self.own_content().filter(|it| it.media_types().next().is_some())
    }

    /// Returns the schema of its values: its own, or that of its content.
    pub(crate) fn schema(self) -> Option<Schema<'n, T>> {
        let of_content = || self.content()?.media_types().next()?.1.schema();
        self.own_schema().or_else(of_content)
    }

    pub(crate) fn example(self) -> Option<T> {
        first_example(self.own_example(), self.examples())
    }

    /// Whether `api.toml` has it as something else than a parameter.
    pub(crate) fn has_role(self) -> bool {
        self.bindery().is_some_and(|it| it.get("role").is_some())
    }
}
