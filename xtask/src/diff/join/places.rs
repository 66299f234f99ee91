//! Changes by where they are in the document, for what comes from a place and not from a schema: what an operation
//! gives, the errors of all operations, and what clients are made from.

use std::collections::{BTreeSet, HashMap};

use crate::surface::Effect;

use super::super::change::Change;
use super::super::origins::{Operation, Origins};
use super::nearest::{Direction, Nearest};

/// Changes by place.
#[derive(Default)]
pub(super) struct Places<'a> {
    /// Those of documented successes, by the request of their operation.
    successes: HashMap<&'a str, Nearest>,
    /// Those of documented errors, by the variant of the crate's error.
    errors: HashMap<&'a str, Nearest>,
    /// Those of operations, by the variants that their errors have.
    around: HashMap<&'a str, Nearest>,
    security: Nearest,
    servers: Nearest,
}

impl<'a> Places<'a> {
    pub(super) fn add(
        &mut self,
        change: &Change,
        origins: [&'a Origins; 2],
        (at, direction): (usize, Direction),
    ) {
        for call in &change.operations {
            for operation in origins.into_iter().filter_map(|it| it.operation(call)) {
                self.in_operation(operation, &change.pointer, (at, direction));
            }
        }
        // A property may be called `servers`.
        let is_schema = change.pointer.contains("/schema");
        let parts = || change.pointer.split('/').filter(|_| !is_schema);
        if parts().any(|it| it == "security" || it == "securitySchemes") {
            self.security.add(at, direction);
        }
        if parts().any(|it| it == "servers") {
            self.servers.add(at, direction);
        }
    }

    fn in_operation(&mut self, operation: &'a Operation, pointer: &str, of: (usize, Direction)) {
        // An operation may have one variant for many statuses.
        let variants: BTreeSet<&str> = operation.errors.values().map(String::as_str).collect();
        for variant in variants {
            self.around.entry(variant).or_default().add(of.0, of.1);
        }
        let rest = pointer.strip_prefix("/paths/").and_then(|it| it.split_once("/responses/"));
        let Some(status) = rest.and_then(|(_, rest)| rest.split('/').next()) else { return };
        if let Some(variant) = operation.errors.get(status) {
            self.errors.entry(variant).or_default().add(of.0, of.1);
        } else if status.starts_with('2') {
            self.successes.entry(&operation.builder).or_default().add(of.0, of.1);
        }
    }

    /// Returns the change of a response that is the reason for another variant of the crate's error, or for another
    /// type of what an operation gives: whatever else changed in the operation, it is not that.
    pub(super) fn of_response(&self, effect: &Effect, direction: Direction) -> Option<usize> {
        if let Some(variant) = effect.item.strip_prefix("ApiError::") {
            let of_response = self.errors.get(variant).and_then(|it| it.pick(direction));
            return of_response.or_else(|| self.around.get(variant)?.pick(direction));
        }
        let request = effect.item.strip_prefix("operations::")?;
        effect.after.as_ref().filter(|it| it.starts_with("type "))?;
        self.successes.get(request)?.gravest()
    }

    /// Returns the change that is the reason for another way to make a client.
    pub(super) fn of_client(&self, effect: &Effect, direction: Direction) -> Option<usize> {
        let mut path = effect.item.split("::");
        let (first, second) = (path.next().unwrap_or_default(), path.next());
        match (first, second) {
            ("Server", _) => self.servers.pick(direction),
            ("Credential", _) | ("Client", None | Some("new" | "from_env" | "with_credential")) => {
                self.security.pick(direction).or_else(|| self.servers.pick(direction))
            }
            _ => None,
        }
    }
}
