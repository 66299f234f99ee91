//! The document as a whole: what it says of itself, its paths, and the components that no operation uses.

use super::super::change::Wire;
use super::operations::{Call, Operation, operations};
use super::rules::{Context, Direction, Site};
use super::schema::added;
use super::tree::{Id, Pair, Side, View};
use super::walk::{At, Label, Walk};

impl<'f> Walk<'f> {
    /// Compares the documents.
    pub(super) fn document(&mut self) {
        let (old, new) = (self.old.root(), self.new.root());
        let at = self.enter(Some(old), Some(new), Label::new("the document"), None);
        self.members(at, None, (old, new), &mut |walk, name, was, now| match name {
            "paths" => walk.paths(at, (was, now), Direction::Request, None),
            "webhooks" => walk.webhooks(at, (was, now)),
            "security" => {
                let operations = walk.inheriting(|it| it.security_node().is_none());
                walk.global_security(at, (was, now), operations)
            }
            "servers" => {
                let operations = walk.inheriting(|it| it.servers_node().is_none());
                walk.servers(at, (was, now), operations)
            }
            "tags" => walk.list_of_tags(at, (was, now)),
            // Compared when it is known what operations use.
            "components" => walk.are_objects(was, now),
            "info" | "openapi" | "externalDocs" => {
                let rule = match name {
                    "openapi" => "openapi-version-changed",
                    "info" => "info-changed",
                    _ => "external-docs-changed",
                };
                walk.leaves(at, (rule, Wire::None), name, (was, now));
                true
            }
            _ => false,
        });
        self.drain();
        let components = |side: Side<'f>| side.api().components().map(View::id);
        self.components(at, (components(self.old), components(self.new)));
        self.drain();
    }

    fn drain(&mut self) {
        self.hooks();
        while let Some(at) = self.next() {
            self.schema(at);
        }
    }

    /// The operations of the new document for which something is said by the document alone.
    fn inheriting(&self, inherits: impl Fn(&Call<'f>) -> bool) -> Vec<String> {
        let all = operations(self.new, self.new.api().paths().map(View::id), None);
        all.iter().filter(|it| inherits(&it.call)).map(Operation::name).collect()
    }

    /// Reports the smallest things that differ, all by one rule.
    fn leaves(&mut self, at: At, words: (&str, Wire), name: &str, (was, now): Pair) {
        if was.zip(now).is_some_and(|(was, now)| self.equal(was, now)) {
            return;
        }
        let objects = was.is_some() && now.is_some() && self.are_objects(was, now);
        if !objects {
            self.note(at, None, words, &format!("`{name}`"), "the document", (was, now));
            return;
        }
        for (member, pair) in self.by_name(was, now) {
            self.leaves(at, words, &format!("{name}.{member}"), pair);
        }
    }

    fn list_of_tags(&mut self, at: At, (was, now): Pair) -> bool {
        self.note(
            at,
            None,
            ("tags-changed", Wire::None),
            "the list of tags",
            "the document",
            (was, now),
        );
        true
    }

    fn components(&mut self, at: At, (was, now): Pair) {
        if !self.are_objects(was, now) {
            return;
        }
        self.settled(was, now);
        for (section, (was, now)) in self.by_name(was, now) {
            if self.same(was, now) {
                continue;
            }
            if section.starts_with("x-") {
                self.annotation(at, None, &section, (was, now));
            } else if self.are_objects(was, now) {
                self.section(at, &section, (was, now));
            } else {
                self.unclassified(at, None, &section, (was, now));
            }
        }
    }

    fn section(&mut self, at: At, section: &str, (was, now): Pair) {
        let words = match section {
            "schemas" => "schema",
            "securitySchemes" => "security scheme",
            _ => "component",
        };
        for (name, pair) in self.by_name(was, now) {
            let Some((old, new)) = pair.0.zip(pair.1) else {
                let rule = match section {
                    "schemas" => added("api-schema", pair.0, pair.1),
                    "securitySchemes" => added("api-security-component", pair.0, pair.1),
                    _ => added("component", pair.0, pair.1),
                };
                let noun = format!("the {words} `{name}`");
                self.note(at, None, (rule, Wire::None), &noun, "the document", pair);
                continue;
            };
            match section {
                "schemas" => self.unused_schema(at, &name, (old, new)),
                "securitySchemes" => self.security_scheme(at, &name, (old, new)),
                _ => self.unused(at, section, &name, (old, new)),
            }
        }
    }

    fn unused_schema(&mut self, at: At, name: &str, (old, new): (Id, Id)) {
        let (before, after) = (self.old.view(old), self.new.view(new));
        if self.is_settled(before.id(), after.id()) || self.is_settled(before.base(), after.base())
        {
            return;
        }
        let context = Context::new(Direction::Unused, Site::Property);
        self.pair(at, None, Label::new(format!("`{name}`")), (old, new), context);
    }

    /// What is kept for reuse and is compared where it is used. Where it is not, it changes no call; but what
    /// leads to it may be something that this walk does not know.
    fn unused(&mut self, at: At, section: &str, name: &str, (old, new): (Id, Id)) {
        let base = |side: Side<'f>, id: Id| side.view(id).base();
        let (was, now) = (base(self.old, old), base(self.new, new));
        if self.is_settled(was, now) || self.equal(old, new) {
            return;
        }
        let rule = if section == "examples" { "example-changed" } else { "component-changed" };
        let wire = if section == "examples" { Wire::None } else { Wire::Review };
        let noun = format!("`{name}` of the {section}");
        self.note(at, None, (rule, wire), &noun, "the document", (Some(old), Some(new)));
    }
}
