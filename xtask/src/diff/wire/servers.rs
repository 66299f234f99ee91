//! Where calls go: the servers of the document, and those of an operation.

use std::collections::BTreeMap;

use super::super::change::Wire;
use super::operations::Operation;
use super::text::short;
use super::tree::{Id, Pair, Side, View};
use super::walk::{At, Said, Walk};
use crate::openapi::Tree;
use crate::openapi::model::Server;

impl<'f> Walk<'f> {
    /// Servers that are said for the whole document.
    pub(super) fn servers(&mut self, at: At, (was, now): Pair, operations: Vec<String>) -> bool {
        let (Some(old), Some(new)) = (urls(self.old, was), urls(self.new, now)) else {
            return false;
        };
        let thing = self.label(at).words();
        let common = old.keys().any(|url| new.contains_key(url));
        for (url, id) in old.iter().filter(|(url, _)| !new.contains_key(*url)) {
            let wire = if common { Wire::Review } else { Wire::Breaking };
            let message = format!("the server `{url}` of {thing} is gone");
            let said = Said {
                rule: "server-removed".to_owned(),
                wire,
                old: id.or(was),
                new: None,
                message,
            };
            self.say_for(at, None, said, operations.clone());
        }
        for (url, id) in new.iter().filter(|(url, _)| !old.contains_key(*url)) {
            let wire = if common { Wire::Additive } else { Wire::Review };
            let message = format!("the server `{url}` of {thing} is new");
            let said =
                Said { rule: "server-added".to_owned(), wire, old: None, new: id.or(now), message };
            self.say_for(at, None, said, operations.clone());
        }
        for (url, id) in &old {
            let Some((old, new)) = id.zip(new.get(url).copied().flatten()) else { continue };
            let (old, new) = (self.old.view(old), self.new.view(new));
            self.members(at, None, (old, new), &mut |walk, name, was, now| match name {
                "variables" => {
                    let words = ("server-variables-changed", Wire::Review);
                    walk.note(
                        at,
                        None,
                        words,
                        "the variables",
                        &format!("the server `{url}`"),
                        (was, now),
                    );
                    true
                }
                _ => false,
            });
        }
        let arena = self.new.arena;
        let repeated = |id: Option<Id>, urls: usize| {
            id.and_then(|id| arena.array(id)).map_or(0, |it| it.len().saturating_sub(urls))
        };
        if repeated(was, old.len()) != repeated(now, new.len()) {
            let words = ("server-repeated", Wire::None);
            self.note(at, None, words, "a server twice among", &thing, (was, now));
        }
        // Clients take the first one unless they are told otherwise.
        if old.len() == new.len() && common && first(self.old, was) != first(self.new, now) {
            let message = format!("the first server of {thing} is another one");
            let rule = "server-order-changed".to_owned();
            let said = Said { rule, wire: Wire::Review, old: was, new: now, message };
            self.say_for(at, None, said, operations);
        }
        true
    }

    pub(super) fn operation_servers(&mut self, at: At, old: &Operation<'f>, new: &Operation<'f>) {
        let own = (old.call.servers_node().map(View::id), new.call.servers_node().map(View::id));
        if own == (None, None) || self.same(own.0, own.1) {
            return;
        }
        let shared = |side: Side<'f>| side.api().servers_node().map(View::id);
        let (was, now) = (own.0.or_else(|| shared(self.old)), own.1.or_else(|| shared(self.new)));
        if !self.servers(at, (was, now), Vec::new()) {
            self.unclassified(at, None, "servers", own);
        } else if self.same(was, now) {
            let thing = self.label(at).words();
            self.note(at, None, ("servers-stated", Wire::None), "servers", &thing, own);
        }
    }
}

/// The servers by their urls. Without any, there is one at the root of wherever the page is.
fn urls(side: Side<'_>, id: Option<Id>) -> Option<BTreeMap<String, Option<Id>>> {
    let arena = side.arena;
    let items = match id {
        Some(id) => arena.array(id)?,
        None => &[],
    };
    if items.is_empty() {
        return Some(BTreeMap::from([("/".to_owned(), None)]));
    }
    let url = |id: &Id| {
        let url = Server::of(arena.at(*id)).url_node()?;
        let text = url.as_str().map_or_else(|| short(arena, url.id()), str::to_owned);
        Some((text, Some(*id)))
    };
    items.iter().map(url).collect()
}

fn first(side: Side<'_>, id: Option<Id>) -> Option<&str> {
    Server::of(side.arena.at(id?).items().next()?).url()
}
