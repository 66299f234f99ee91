//! How many of the places that say what a value is have a type that says it: the share of a document that arrives.

use std::collections::BTreeMap;

use crate::openapi::Schema;
use crate::plan;

use super::Lowering;
use super::product::Type;

/// The schemas that say what a value is, by where they start, and whether they are raw JSON somewhere.
#[derive(Default)]
pub(super) struct Positions(BTreeMap<usize, State>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Typed,
    Untyped,
    /// No value is valid, so there is nothing to say.
    Contradictory,
}

impl Positions {
    fn note(&mut self, schema: Schema<'_>, state: State) {
        let known = self.0.entry(schema.span().range().start).or_insert(state);
        *known = state.max(*known);
    }

    fn count(&self, state: State) -> usize {
        self.0.values().filter(|it| **it == state).count()
    }
}

impl Lowering<'_> {
    /// Notes what became of a schema.
    pub(super) fn note_position(&mut self, schema: Schema<'_>, ty: &Type) {
        if says_what_it_is(schema) {
            let state = if *ty == Type::Any { State::Untyped } else { State::Typed };
            self.positions.note(schema, state);
        }
    }

    /// Notes that something in a schema is raw JSON, or that all of it is passed on as text.
    pub(super) fn note_untyped(&mut self, schema: Schema<'_>) {
        self.positions.note(schema, State::Untyped);
    }

    /// Notes that no value fits a schema.
    pub(super) fn note_contradictory(&mut self, schema: Schema<'_>) {
        self.positions.note(schema, State::Contradictory);
    }

    /// Returns how many places have a type, and how many are raw JSON.
    pub(super) fn count_positions(&self) -> plan::Positions {
        let (typed, untyped) = (State::Typed, State::Untyped);
        plan::Positions {
            typed: self.positions.count(typed),
            untyped: self.positions.count(untyped),
        }
    }
}

/// Whether a schema has a keyword that a type could express.
fn says_what_it_is(schema: Schema<'_>) -> bool {
    let parts = || schema.all_of().next().is_some() || schema.unions().next().is_some();
    !schema.types().is_empty()
        || schema.has_properties()
        || schema.items().is_some()
        || schema.enumeration().next().is_some()
        || schema.const_node().is_some()
        || parts()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::finding::Findings;
    use crate::lower;
    use crate::read::{Spec, text};
    use crate::source::Source;
    use crate::testing::{components, config};

    #[test]
    fn what_is_raw_json_is_counted_beside_what_has_a_type() {
        let document = components(json!({"A": {"type": "object", "properties": {
            "text": {"type": "string"},
            "any": {},
            "open": {"anyOf": [{"type": "string"}, {}]},
            "never": {"allOf": [{"type": "string"}, {"type": "integer"}]},
            "tuple": {"type": "array", "prefixItems": [{"type": "string"}]},
        }}}));
        // A place is where it stands in the text.
        let source = Source::new("page.json", document.to_string());
        let document = text::json(&source, 0..source.text().len()).unwrap();
        let lowered = lower::lower(&Spec { document }, &config(), &mut Findings::default());
        let positions = lowered.map(|it| it.plan.positions).unwrap_or_default();
        assert_eq!((positions.typed, positions.untyped), (2, 2));
    }
}
