//! Who may call.
//!
//! A security requirement is one of several alternatives, each of which asks for schemes with scopes. Callers
//! who did what an old alternative asks for can still call if some new alternative asks for no more.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::Wire;
use super::schema::added;
use super::tree::{Id, Pair, Side, View};
use super::walk::{At, Said, Walk};
use crate::openapi::model::SecurityRequirement;

/// What an alternative asks for: the scopes of each scheme.
type Asked<'f> = BTreeMap<&'f str, BTreeSet<&'f str>>;

struct Alternative<'f> {
    asked: Asked<'f>,
    /// Nothing if it is what no security at all comes to.
    id: Option<Id>,
}

impl<'f> Walk<'f> {
    /// Security that is said for the whole document, and holds where an operation says nothing.
    pub(super) fn global_security(
        &mut self,
        at: At,
        (was, now): Pair,
        operations: Vec<String>,
    ) -> bool {
        self.security(at, "api-global-security", (was, now), (was, now), operations)
    }

    /// Security that an operation says itself.
    pub(super) fn operation_security(&mut self, at: At, own: Pair) -> bool {
        let shared = |side: Side<'f>| side.api().security_node().map(View::id);
        let effective = (own.0.or_else(|| shared(self.old)), own.1.or_else(|| shared(self.new)));
        self.security(at, "api-security", own, effective, Vec::new())
    }

    fn security(
        &mut self,
        at: At,
        prefix: &str,
        own: Pair,
        effective: Pair,
        operations: Vec<String>,
    ) -> bool {
        let (Some(before), Some(after)) =
            (alternatives(self.old, effective.0), alternatives(self.new, effective.1))
        else {
            return false;
        };
        let lost = |old: &Asked<'_>| !after.iter().any(|new| asks_no_more(&new.asked, old));
        let count = |all: &[Alternative<'_>], it: &Asked<'_>| {
            all.iter().filter(|other| other.asked == *it).count()
        };
        let gone: Vec<&Alternative<'_>> =
            before.iter().filter(|it| count(&after, &it.asked) == 0).collect();
        let new: Vec<&Alternative<'_>> =
            after.iter().filter(|it| count(&before, &it.asked) == 0).collect();
        let breaks = before.iter().any(|it| lost(&it.asked));
        let mut said = Vec::new();
        let mut scoped = BTreeSet::new();
        for old in &gone {
            let is_same = |new: &&&Alternative<'_>| new.asked.keys().eq(old.asked.keys());
            let same = new.iter().filter(|_| !old.asked.is_empty()).find(is_same);
            if let Some(new) = same {
                scoped.extend([old.id, new.id]);
                said.extend(scopes(prefix, old, new));
            }
        }
        for it in gone.iter().filter(|it| it.id.is_some() && !scoped.contains(&it.id)) {
            let wire = if lost(&it.asked) { Wire::Breaking } else { Wire::None };
            said.push((format!("{prefix}-removed"), wire, (it.id, None), words(&it.asked)));
        }
        for it in new.iter().filter(|it| it.id.is_some() && !scoped.contains(&it.id)) {
            let wire = if breaks { Wire::Breaking } else { Wire::Additive };
            said.push((format!("{prefix}-added"), wire, (None, it.id), words(&it.asked)));
        }
        let thing = self.label(at).words();
        if said.is_empty() && (gone.len(), new.len()) != (0, 0) {
            // None before or after, and that is said.
            let wire = if breaks { Wire::Breaking } else { Wire::Additive };
            said.push((format!("{prefix}-changed"), wire, own, "no credentials".to_owned()));
        }
        if said.is_empty() && !self.same(own.0, own.1) {
            said.push((format!("{prefix}-stated"), Wire::None, own, "what held before".to_owned()));
        }
        for (rule, wire, (old, new), what) in said {
            let message = format!("the security of {thing}: {} {what}", action(&rule));
            self.say_for(at, None, Said { rule, wire, old, new, message }, operations.clone());
        }
        true
    }

    pub(super) fn security_scheme(&mut self, at: At, name: &str, (old, new): (Id, Id)) {
        let (old, new) = (self.old.view(old), self.new.view(new));
        let thing = format!("the security scheme `{name}`");
        self.members(at, None, (old, new), &mut |walk, member, was, now| {
            let (rule, wire) = match member {
                "type" => ("api-security-component-type-changed", Wire::Breaking),
                "in" | "name" | "scheme" => ("api-security-component-changed", Wire::Breaking),
                "openIdConnectUrl" => ("api-security-component-changed", Wire::Review),
                "bearerFormat" => ("api-security-component-changed", Wire::None),
                "flows" => return walk.flows(at, &thing, (was, now)),
                _ => return false,
            };
            walk.note(at, None, (rule, wire), &format!("`{member}`"), &thing, (was, now));
            true
        });
    }

    fn flows(&mut self, at: At, thing: &str, (was, now): Pair) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        for (flow, pair) in self.by_name(was, now) {
            let Some((old, new)) = pair.0.zip(pair.1) else {
                let wire = if pair.1.is_some() { Wire::Additive } else { Wire::Review };
                let rule = added("api-security-component-oauth-flow", pair.0, pair.1);
                self.note(at, None, (rule, wire), &format!("the flow `{flow}`"), thing, pair);
                continue;
            };
            let (old, new) = (self.old.view(old), self.new.view(new));
            self.members(at, None, (old, new), &mut |walk, member, was, now| {
                let rule = match member {
                    "authorizationUrl" => "api-security-component-oauth-url-changed",
                    "tokenUrl" => "api-security-component-oauth-token-url-changed",
                    "refreshUrl" => "api-security-component-oauth-refresh-url-changed",
                    "scopes" if walk.are_objects(was, now) => {
                        for (scope, (was, now)) in walk.by_name(was, now) {
                            if was.zip(now).is_some_and(|(was, now)| walk.equal(was, now)) {
                                continue;
                            }
                            let rule = added("api-security-component-oauth-scope", was, now);
                            let noun = format!("the scope `{scope}`");
                            walk.note(at, None, (rule, Wire::None), &noun, thing, (was, now));
                        }
                        return true;
                    }
                    _ => return false,
                };
                let noun = format!("`{member}`");
                walk.note(at, None, (rule, Wire::Review), &noun, thing, (was, now));
                true
            });
        }
        true
    }
}

type Sentence = (String, Wire, Pair, String);

/// Scopes that the same schemes ask for besides, or no more.
fn scopes(prefix: &str, old: &Alternative<'_>, new: &Alternative<'_>) -> Vec<Sentence> {
    let besides = |all: &Asked<'_>, others: &Asked<'_>| -> Vec<String> {
        let none = BTreeSet::new();
        let schemes = all.iter().map(|(scheme, scopes)| {
            let known = others.get(scheme).unwrap_or(&none);
            scopes.difference(known).map(move |scope| format!("`{scope}` for `{scheme}`"))
        });
        schemes.flatten().collect()
    };
    let (added, gone) = (besides(&new.asked, &old.asked), besides(&old.asked, &new.asked));
    [("scope-added", Wire::Breaking, added), ("scope-removed", Wire::Additive, gone)]
        .into_iter()
        .filter(|(_, _, scopes)| !scopes.is_empty())
        .map(|(stem, wire, scopes)| {
            (format!("{prefix}-{stem}"), wire, (old.id, new.id), scopes.join(", "))
        })
        .collect()
}

fn action(rule: &str) -> &'static str {
    match rule {
        _ if rule.ends_with("scope-added") => "it also asks for the scope",
        _ if rule.ends_with("scope-removed") => "it no longer asks for the scope",
        _ if rule.ends_with("added") => "it can be met with",
        _ if rule.ends_with("removed") => "it can no longer be met with",
        _ => "it asks for",
    }
}

fn words(asked: &Asked<'_>) -> String {
    if asked.is_empty() {
        return "no credentials".to_owned();
    }
    let scheme = |(scheme, scopes): (&&str, &BTreeSet<&str>)| {
        let scopes: Vec<String> = scopes.iter().map(|it| format!("`{it}`")).collect();
        match scopes.len() {
            0 => format!("`{scheme}`"),
            _ => format!("`{scheme}` ({})", scopes.join(", ")),
        }
    };
    asked.iter().map(scheme).collect::<Vec<_>>().join(" and ")
}

/// Without any, a call needs no credentials. Nothing at all if this is no list of requirements.
fn alternatives(side: Side<'_>, id: Option<Id>) -> Option<Vec<Alternative<'_>>> {
    let items = match id {
        Some(id) => side.arena.array(id)?,
        None => &[],
    };
    if items.is_empty() {
        return Some(vec![Alternative { asked: Asked::new(), id: None }]);
    }
    let asked = |id: Id| SecurityRequirement::of(side.arena.at(id)).scopes();
    items.iter().map(|id| Some(Alternative { asked: asked(*id)?, id: Some(*id) })).collect()
}

fn asks_no_more(new: &Asked<'_>, old: &Asked<'_>) -> bool {
    new.iter().all(|(scheme, scopes)| old.get(scheme).is_some_and(|it| scopes.is_subset(it)))
}
