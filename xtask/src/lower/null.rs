//! Whether null is a value of a schema, be it through an alternative of it.

use crate::openapi::Schema;

use super::{Lowering, merge};

/// How many schemas lead to one another before nobody looks whether null is in the last.
const DEPTH: usize = 48;

impl Lowering<'_> {
    /// Whether null is a value of a schema.
    pub(super) fn takes_null(&mut self, schema: Schema<'_>) -> bool {
        self.takes_null_within(schema, DEPTH)
    }

    fn takes_null_within(&mut self, schema: Schema<'_>, depth: usize) -> bool {
        if depth == 0 {
            return false;
        }
        if let Some(only) = schema.only_reference().filter(|it| !it.constrained) {
            return only.nullable || self.leads_to_null(only.reference, depth - 1);
        }
        let Ok(merged) = merge::merged(self.document, schema) else { return false };
        let merged = Schema::of(&merged);
        let mut branches = merged.union_keyword().into_iter().flat_map(|it| merged.branches(it));
        merged.is_nullable() || branches.any(|it| self.takes_null_within(it, depth - 1))
    }

    /// Whether null is a value of what a reference leads to, which is found out once. What leads to itself takes no more
    /// by that.
    fn leads_to_null(&mut self, reference: &str, depth: usize) -> bool {
        if let Some(known) = self.nulls.get(reference) {
            return *known;
        }
        let Some(target) = self.document.schema(reference) else { return false };
        self.nulls.insert(reference.to_owned(), false);
        let takes = self.takes_null_within(target, depth);
        self.nulls.insert(reference.to_owned(), takes);
        takes
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{components, run};

    #[test]
    fn null_comes_through_alternatives() {
        let text = || json!({"type": ["string", "null"]});
        let count = json!({"type": "integer"});
        let thing = json!({"type": "object", "properties": {
            "own": {"oneOf": [count, text()]},
            "led": {"anyOf": [count, {"$ref": "#/components/schemas/Text"}]},
            "deep": {"anyOf": [count, {"oneOf": [{"type": "boolean"}, text()]}]},
            "none": {"anyOf": [count, {"type": "string"}]}},
            "required": ["own", "led", "deep", "none"]});
        let outcomes = run(components(json!({"Text": text(), "Thing": thing})));
        let types = outcomes.types();
        let thing = types.lines().skip_while(|it| !it.contains("struct Thing")).take(6);
        insta::assert_snapshot!(thing.collect::<Vec<_>>().join("\n"), @r"
        pub struct Thing {
            pub deep: Option<ThingDeep>,
            pub led: Option<ThingLed>,
            pub none: ThingOwn,
            pub own: Option<ThingOwn>,
        }
        ");
    }

    #[test]
    fn a_schema_that_holds_itself_knows_that_it_takes_null() {
        let itself = json!({"$ref": "#/components/schemas/Node"});
        let node = json!({"type": ["object", "null"], "required": ["next"], "properties": {"next": itself}});
        insta::assert_snapshot!(run(components(json!({"Node": node}))).types(), @r"
        pub struct Node {
            pub next: Option<Box<Node>>,
        }
        ");
    }
}
