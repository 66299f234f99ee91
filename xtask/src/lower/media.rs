//! Media types: in which of those that a page offers a body goes over the wire, and as what.
//!
//! A client needs one. JSON is typed best, forms come next, then text; any other is passed through as bytes.

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::media_type::{essence, is_json, is_range};
use crate::openapi::model::{Content, MediaType};
use crate::openapi::{Schema, is_misplaced};
use crate::plan::Encoding;

use super::direction::Direction;
use super::product::Type;
use super::schema::Site;
use super::{Lowering, merge};

/// The media type that was chosen.
#[derive(Clone)]
pub(super) struct Chosen<'n> {
    /// Its name, as it is sent.
    pub(super) name: String,
    /// What the page says about it.
    pub(super) media: MediaType<'n>,
    /// How the body is written.
    pub(super) encoding: Encoding,
}

impl<'n> Chosen<'n> {
    /// The schema of the body, if the page has one.
    pub(super) fn schema(&self) -> Option<Schema<'n>> {
        self.media.schema().filter(|it| !it.node().is_empty())
    }
}

impl Lowering<'_> {
    /// Chooses among the media types of a body, and says which are left out.
    pub(super) fn choose<'n>(
        &mut self,
        content: Content<'n>,
        direction: Direction,
    ) -> Option<Chosen<'n>> {
        let mut offered: Vec<Chosen<'n>> = content
            .media_types()
            .map(|(name, media)| {
                let encoding = self.encoding(name, media, direction);
                let name = if is_range(name) { sent_as(encoding) } else { name }.to_owned();
                Chosen { name, media, encoding }
            })
            .collect();
        // The sort is stable, and plain JSON comes before its dialects.
        offered.sort_by_key(|it| (it.encoding, it.name != "application/json"));
        let mut offered = offered.into_iter();
        let chosen = offered.next()?;
        for other in offered {
            let what = format!("a body is exchanged as {}, not as {}", chosen.name, other.name);
            self.findings.push(Finding::note(Kind::OtherMediaType, what).at(other.media.span()));
        }
        Some(chosen)
    }

    fn encoding(&self, name: &str, media: MediaType<'_>, direction: Direction) -> Encoding {
        let essence = essence(name);
        let request = direction == Direction::Request;
        match essence.as_str() {
            _ if is_json(&essence) => Encoding::Json,
            "application/x-www-form-urlencoded" if request => Encoding::Form,
            "multipart/form-data" if request => Encoding::Multipart,
            // A wildcard is what converters write when they do not know; the schema knows more.
            _ if is_range(&essence) && self.is_structured(media) => Encoding::Json,
            _ if is_range(&essence) => Encoding::Bytes,
            "multipart/form-data" | "multipart/mixed" => Encoding::Bytes,
            _ if is_text(&essence) => Encoding::Text,
            _ => Encoding::Bytes,
        }
    }

    /// Whether a media type has a schema of anything but a string.
    fn is_structured(&self, media: MediaType<'_>) -> bool {
        let Some(schema) = media.schema() else { return false };
        let Ok(merged) = merge::merged(self.document, schema) else { return true };
        let merged = Schema::of(&merged);
        !merged.types().iter().all(|it| *it == "string") || merged.has_properties()
    }

    /// The type of a body: of its schema if it is JSON or a form, else text or bytes.
    pub(super) fn body_type(&mut self, chosen: &Chosen<'_>, site: &Site) -> Type {
        match (chosen.encoding, chosen.schema()) {
            (Encoding::Json | Encoding::Form, Some(schema)) => self.schema(schema, site),
            (Encoding::Json, None) => Type::Any,
            (Encoding::Form | Encoding::Multipart, None) => Type::Map(Box::new(Type::Any)),
            (Encoding::Multipart, Some(schema)) => self.multipart(schema, site),
            (Encoding::Text | Encoding::Bytes, schema) => {
                self.unparsed(chosen, schema);
                Type::String
            }
        }
    }

    /// A form whose files are taken as files. It has a type of its own even where its schema is a component,
    /// since in JSON the same properties would be strings.
    fn multipart(&mut self, schema: Schema<'_>, site: &Site) -> Type {
        match merge::merged(self.document, schema) {
            // Of a schema for values of another type, the properties say nothing, here as anywhere.
            Ok(mut merged)
                if Schema::of(&merged).has_property()
                    && !is_misplaced(Schema::of(&merged), "properties") =>
            {
                self.take_alternatives(&mut merged);
                if let Some(directed) = self.going_one_way(Schema::of(&merged)) {
                    merged = directed;
                }
                let name = self.claim_in_place(&site.name);
                self.uploads = true;
                self.structure(Schema::of(&merged), &name);
                Type::Named(name)
            }
            _ => self.schema(schema, site),
        }
    }

    /// Makes the properties of alternatives those of the form that has them: a form has no parts of several kinds.
    fn take_alternatives(&mut self, form: &mut Node) {
        let schema = Schema::of(&*form);
        let alternatives = schema.unions().flat_map(|(keyword, _)| schema.branches(keyword));
        let alternatives = alternatives.filter(|it| !it.only_requires());
        let merged = alternatives.filter_map(|it| merge::merged(self.document, it).ok());
        let merged: Vec<Node> = merged.collect();
        for required in merged.iter().filter_map(|it| Schema::of(it).required_node()) {
            let what = "`required`: which properties of a form go together is left to the caller";
            self.findings.push(Finding::note(Kind::Unenforced, what).at(&required.span));
        }
        Schema::take_properties(form, merged);
    }

    /// Says when a page describes the inside of a body that arrives as text or bytes.
    fn unparsed(&mut self, chosen: &Chosen<'_>, schema: Option<Schema<'_>>) {
        if let Some(schema) = schema.filter(|_| self.is_structured(chosen.media)) {
            self.note_untyped(schema);
            let what = format!("a body in {} arrives as it is, not as its schema", chosen.name);
            self.findings.push(Finding::untyped(Kind::UnparsedMediaType, what).at(schema.span()));
        }
    }

    /// Whether a property of a form is a file.
    pub(super) fn is_file(&self, schema: Schema<'_>) -> bool {
        let Ok(merged) = merge::merged(self.document, schema) else { return false };
        let merged = Schema::of(&merged);
        matches!(merged.format(), Some("binary" | "byte" | "file")) && merged.is_of_type("string")
            || merged.is_of_type("file")
            || merged.content_media_type().is_some() && merged.content_encoding().is_none()
            || merged.is_of_type("array") && merged.items().is_some_and(|it| self.is_file(it))
    }
}

/// Media types that are written for people to read, whatever family they are filed under.
fn is_text(essence: &str) -> bool {
    const TEXTS: &[&str] =
        &["xml", "yaml", "x-yaml", "javascript", "graphql", "sql", "x-ndjson", "jsonlines", "csv"];
    let (family, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    let suffix = subtype.rsplit('+').next().unwrap_or(subtype);
    family == "text" || (family == "application" && TEXTS.contains(&suffix))
}

/// What is sent where the page gives no media type but a wildcard.
fn sent_as(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Json => "application/json",
        Encoding::Form => "application/x-www-form-urlencoded",
        Encoding::Multipart => "multipart/form-data",
        Encoding::Text => "text/plain",
        Encoding::Bytes => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
