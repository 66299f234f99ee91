//! Names that `api.toml` gives: each takes effect, is a name that Rust can have, and is no other's.

use crate::config::{Rename, Renamed};
use crate::finding::{Finding, Kind};

use super::Lowering;
use super::naming::{self, Scope};

impl Lowering<'_> {
    /// Takes a name for a type.
    pub(super) fn claim_type(&mut self, wanted: &str) -> String {
        let mut scope = std::mem::take(&mut self.scope);
        let name = self.claim_in(&mut scope, wanted, |name| Renamed::Type(name.to_owned()));
        self.scope = scope;
        name
    }

    /// Takes a name in a scope. Renames are about the name that a thing has without them.
    pub(super) fn claim_in(
        &mut self,
        scope: &mut Scope,
        wanted: &str,
        what: impl FnOnce(&str) -> Renamed,
    ) -> String {
        let own = scope.number(wanted);
        let rename = self.rename_of(&what(&own));
        let name =
            rename.and_then(|at| self.config.renames.get(at)).map_or(own, |it| it.to.clone());
        if let Err(other) = scope.give(&name, rename)
            && let Some(rename) = rename.or(other)
        {
            self.taken(rename);
        }
        name
    }

    /// The rename of something, if there is one. Its new name is looked at once.
    pub(super) fn rename_of(&mut self, what: &Renamed) -> Option<usize> {
        let at = self.config.renames.iter().position(|rename| rename.what == *what)?;
        if self.renamed.insert(at)
            && let Some(rename) = self.config.renames.get(at)
        {
            self.findings_of(rename);
        }
        Some(at)
    }

    fn findings_of(&mut self, rename: &Rename) {
        let (kind, fitting) = match &rename.what {
            Renamed::Operation(_) => ("operation", naming::method_name(&rename.to)),
            Renamed::Type(_) => ("type", naming::type_name(&rename.to)),
            Renamed::Property(_) => ("property", naming::value_name(&rename.to)),
            Renamed::Variant(_) => ("variant", naming::variant_name(&rename.to)),
        };
        if fitting != rename.to {
            let what = format!("`{}` is no name for the {kind}", rename.to);
            let finding = Finding::error(Kind::BadRename, what)
                .at(&rename.span)
                .help(format!("Call it `{fitting}`, or something else."));
            self.findings.push(finding);
        }
    }

    /// Says that a rename gives a name that something else has.
    pub(super) fn taken(&mut self, rename: usize) {
        let Some(rename) = self.config.renames.get(rename) else { return };
        let what = format!("something else is called `{}` already", rename.to);
        let finding = Finding::error(Kind::RenameTaken, what).at(&rename.span);
        self.findings.push(finding);
    }

    /// Says which renames had no effect.
    pub(super) fn report_unused_renames(&mut self) {
        for (index, rename) in self.config.renames.iter().enumerate() {
            if !self.renamed.contains(&index) {
                self.findings.push(unused(rename));
            }
        }
    }
}

fn unused(rename: &Rename) -> Finding {
    let (kind, name) = match &rename.what {
        Renamed::Operation(name) => ("operation", name),
        Renamed::Type(name) => ("type", name),
        Renamed::Property(name) => ("property", name),
        Renamed::Variant(name) => ("variant", name),
    };
    Finding::error(Kind::UnusedRename, format!("there is no {kind} `{name}` to rename"))
        .at(&rename.span)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Renamed::{self, Operation, Property, Type, Variant};
    use crate::testing::{components, renames, run_with};

    fn outcome(list: Vec<(Renamed, &'static str)>) -> String {
        let document = components(json!({
            "Thing": {"type": "object", "properties": {
                "kind": {"type": "string", "enum": ["a", "b"]},
                "name": {"type": "string"},
            }},
            "Other": {"type": "object", "properties": {"x": {"type": "string"}}},
        }));
        run_with(document, &renames(list)).types()
    }

    #[test]
    fn everything_can_be_renamed() {
        let list = vec![
            (Type("Thing".into()), "Item"),
            (Type("ItemKind".into()), "Kind"),
            (Variant("Kind.A".into()), "First"),
            (Property("Item.name".into()), "label"),
            (Operation("GET /0".into()), "item"),
        ];
        insta::assert_snapshot!(outcome(list), @r#"
        pub struct Item {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub kind: Option<Kind>,
            #[serde(rename = "name", skip_serializing_if = "Option::is_none")]
            pub label: Option<String>,
        }
        pub enum Kind {
            First,
            B,
            Unknown(String),
        }
        pub struct Other {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub x: Option<String>,
        }
        "#);
    }

    #[test]
    fn a_rename_of_nothing_is_told() {
        let list = vec![(Type("Nothing".into()), "Item"), (Property("Thing.x".into()), "y")];
        insta::assert_snapshot!(outcome(list), @"
        error[unused-rename] api.toml:1: there is no type `Nothing` to rename
        error[unused-rename] api.toml:2: there is no property `Thing.x` to rename
        ");
    }

    #[test]
    fn names_that_rust_cannot_have_are_refused() {
        let list = vec![
            (Type("Thing".into()), "String"),
            (Type("Other".into()), "not a name"),
            (Variant("ThingKind.A".into()), "Unknown"),
            (Property("Other.x".into()), "new"),
            (Operation("GET /0".into()), "from_env"),
        ];
        insta::assert_snapshot!(outcome(list), @"
        error[bad-rename] api.toml:2: `not a name` is no name for the type
        error[bad-rename] api.toml:1: `String` is no name for the type
        error[bad-rename] api.toml:5: `from_env` is no name for the operation
        error[unused-rename] api.toml:3: there is no variant `ThingKind.A` to rename
        error[unused-rename] api.toml:4: there is no property `Other.x` to rename
        ");
    }

    #[test]
    fn names_that_others_have_are_refused_whoever_came_first() {
        let list = vec![(Type("Thing".into()), "Other")];
        insta::assert_snapshot!(outcome(list), @"error[rename-taken] api.toml:1: something else is called `Other` already");
        let list = vec![(Type("Other".into()), "Thing"), (Property("Thing.name".into()), "kind")];
        insta::assert_snapshot!(outcome(list), @"
        error[rename-taken] api.toml:1: something else is called `Thing` already
        error[rename-taken] api.toml:2: something else is called `kind` already
        ");
        let list =
            vec![(Variant("ThingKind.B".into()), "A"), (Operation("GET /1".into()), "call_0")];
        insta::assert_snapshot!(outcome(list), @"
        error[rename-taken] api.toml:2: something else is called `call_0` already
        error[rename-taken] api.toml:1: something else is called `A` already
        ");
    }
}
