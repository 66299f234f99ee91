//! What a schema accepts: the opinion of a validator of JSON Schema, which knows nothing of Bindery.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value as Json, json};

use super::schema::{Family, Shape, Way};
use super::spelling::Spelling;

/// The opinion of a component of what goes one way.
#[derive(Debug)]
pub(crate) struct Judge {
    whole: Validator,
    written: Validator,
    /// Those of its alternatives, if it is a union.
    alternatives: Vec<Validator>,
}

impl Judge {
    pub(crate) fn of(family: &Family, component: usize, way: Way) -> Self {
        let judged = family.json(Spelling::Judged(way));
        let written = family.json(Spelling::Written(way));
        let name = family.name_of(component);
        let validator = |components: &Map<String, Json>, place: &str| {
            let place = format!("#/components/schemas/{name}{place}");
            let schema = json!({"$ref": place, "components": {"schemas": components}});
            let options = jsonschema::options().with_draft(Draft::Draft202012).offline();
            let options = options.should_validate_formats(true);
            options.build(&schema).unwrap_or_else(|error| panic!("{error}: {schema:#}"))
        };
        let (keyword, count) = match &family.components[component].shape {
            Shape::Union { keyword, alternatives } => (*keyword, alternatives.len()),
            Shape::Tagged { keyword, .. } => (*keyword, family.components.len() - 1),
            _ => ("", 0),
        };
        let alternative = |it| validator(&judged, &format!("/{keyword}/{it}"));
        Self {
            whole: validator(&judged, ""),
            written: validator(&written, ""),
            alternatives: (0..count).map(alternative).collect(),
        }
    }

    pub(crate) fn accepts(&self, value: &Json) -> bool {
        self.whole.is_valid(value)
    }

    pub(crate) fn accepts_written(&self, value: &Json) -> bool {
        self.written.is_valid(value)
    }

    /// The alternative that a value is, if it is no other one as well.
    pub(crate) fn alternative(&self, value: &Json) -> Option<usize> {
        let alternatives = self.alternatives.iter().enumerate();
        let mut accepting = alternatives.filter(|(_, it)| it.is_valid(value)).map(|(at, _)| at);
        accepting.next().filter(|_| accepting.next().is_none())
    }
}
