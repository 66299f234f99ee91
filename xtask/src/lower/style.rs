//! How parameters are written: `style` and `explode`, and the schema where they depend on it (OpenAPI 3.1,
//! section 4.8.12.3).

use crate::node::Node;
use crate::plan::{Place, Style};

use super::schema::types;
use super::{Lowering, merge};

impl Lowering<'_> {
    /// How a parameter is written.
    pub(super) fn style(&self, place: Place, parameter: &Node) -> Style {
        let style = parameter.str("style");
        match place {
            Place::Path if style == Some("label") => Style::Label,
            Place::Path if style == Some("matrix") => Style::Matrix,
            Place::Query => self.in_query(style, parameter),
            _ => Style::Plain,
        }
    }

    fn in_query(&self, style: Option<&str>, parameter: &Node) -> Style {
        if parameter.get("content").is_some() {
            return Style::Json;
        }
        let explode = parameter.get("explode").and_then(Node::as_bool);
        let (list, object) = self.form(parameter.get("schema"));
        match style {
            Some("deepObject") => Style::Deep,
            Some("spaceDelimited") if !explode.unwrap_or(false) => Style::Joined(' '),
            Some("pipeDelimited") if !explode.unwrap_or(false) => Style::Joined('|'),
            _ if explode.unwrap_or(true) && object => Style::Object,
            _ if explode.unwrap_or(true) => Style::Plain,
            _ if list || object => Style::Joined(','),
            _ => Style::Plain,
        }
    }

    /// Whether the values of a schema are lists, and whether they are objects.
    fn form(&self, schema: Option<&Node>) -> (bool, bool) {
        let merged = schema.and_then(|it| merge::merged(self.document, it).ok());
        let Some(merged) = merged else { return (false, false) };
        let is = |ty: &str| types(&merged).contains(&ty);
        (
            is("array") || merged.get("items").is_some(),
            is("object") || merged.get("properties").is_some(),
        )
    }
}

/// The schema of a parameter: its own, or that of its content.
pub(super) fn parameter_schema(parameter: &Node) -> Option<&Node> {
    let of_content = || {
        let (_, media) = parameter.get("content")?.members().next()?;
        media.get("schema")
    };
    parameter.get("schema").or_else(of_content)
}
