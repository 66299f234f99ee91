//! The names of operations: what `api.toml` says, else what the page calls them, else their method and path.

use std::collections::BTreeMap;

use crate::config::Renamed;

use super::Lowering;
use super::naming::{self, Scope};
use crate::openapi::Operation;

impl Lowering<'_> {
    /// A name for each operation: the first of those that suit it which no other operation claims too.
    pub(super) fn operation_names(&mut self, calls: &[Operation<'_>]) -> Vec<String> {
        let suited: Vec<(Option<usize>, Vec<String>)> =
            calls.iter().map(|call| self.suited_names(call)).collect();
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for name in suited.iter().flat_map(|(_, names)| names.first()) {
            *taken.entry(name).or_default() += 1;
        }
        let free = |name: &&String| taken.get(name.as_str()).is_none_or(|count| *count < 2);
        let mut scope = Scope::default();
        suited
            .iter()
            .map(|(rename, names)| {
                let wanted =
                    names.iter().find(free).or(names.last()).map_or("call", String::as_str);
                let name = scope.claim(wanted);
                if let Some(rename) = rename
                    && (name != *wanted || !free(&&name))
                {
                    self.taken(*rename);
                }
                name
            })
            .collect()
    }

    /// The names that suit an operation, the best first, or the one that it is given.
    fn suited_names(&mut self, call: &Operation<'_>) -> (Option<usize>, Vec<String>) {
        if let Some(at) = self.rename_of(&Renamed::Operation(call.key.to_string())) {
            let to = self.config.renames.get(at).map(|it| it.to.clone());
            return (Some(at), to.into_iter().collect());
        }
        let mut names = Vec::new();
        if let Some(id) = call.operation_id().filter(|id| id.chars().any(char::is_alphanumeric)) {
            names.extend(without_path(id, call).map(naming::method_name));
            names.push(naming::method_name(id));
        } else if let Some(summary) = call.summary() {
            names.extend(from_summary(summary));
        }
        names.push(naming::method_name(&format!("{} {}", call.key.method, call.key.path)));
        (None, names)
    }
}

/// FastAPI repeats path and method at the end of an id: `invite_users_v1_teams__team_id__invites_post`.
fn without_path<'i>(id: &'i str, call: &Operation<'_>) -> Option<&'i str> {
    let path: String =
        call.key.path.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    let name = id.strip_suffix(&format!("{path}_{}", call.key.method))?;
    name.chars().any(char::is_alphanumeric).then_some(name)
}

/// A short summary without its articles: "Create a team invite" names `create_team_invite`.
fn from_summary(summary: &str) -> Option<String> {
    let words: Vec<&str> = summary
        .split_whitespace()
        .filter(|word| !matches!(word.to_ascii_lowercase().as_str(), "a" | "an" | "the"))
        .collect();
    let short = (1..=6).contains(&words.len()) && summary.is_ascii();
    short.then(|| naming::method_name(&words.join(" ")))
}

#[cfg(test)]
mod tests;
