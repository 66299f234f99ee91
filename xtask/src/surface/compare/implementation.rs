//! What a change of an implementation does to callers.
//!
//! A request of an operation is a struct, and what it gives stands in its implementations of the runtime's traits. Of
//! these, a report speaks as of the operation: a caller knows `get_book` and not `<GetBook as Call>::Output`.

use super::{Both, Context, at};
use crate::surface::text::split_attributes;
use crate::surface::{Effect, Item, Kind};

/// What a trait of the runtime says of an operation.
struct CallTrait {
    path: &'static str,
    /// Its associated types, and what each is of the operation.
    types: &'static [(&'static str, &'static str)],
    /// What an operation does that has it, and the methods that callers have from it.
    does: Option<(&'static str, &'static str)>,
}

const CALL_TRAITS: &[CallTrait] = &[
    CallTrait {
        path: "bindery_runtime::Call",
        types: &[("Output", "the success"), ("Error", "the documented error")],
        does: None,
    },
    CallTrait {
        path: "bindery_runtime::Paged",
        types: &[("Item", "an item of the list"), ("Cursor", "what leads to a page")],
        does: Some(("gives its list page by page", "`items` and `pages`")),
    },
    CallTrait {
        path: "bindery_runtime::Streamed",
        types: &[],
        does: Some(("gives its body as it arrives", "`send_streaming`")),
    },
    CallTrait { path: CLIENT, types: &[("Credential", "the credential")], does: None },
];

/// The trait of clients, of which no method is the maker.
const CLIENT: &str = "bindery_runtime::ApiClient";

/// What it means that a type no longer implements a trait.
pub(super) fn removed(item: &Item, context: &Context<'_>) -> String {
    match known(item, context) {
        Some((operation, CallTrait { does: Some((does, methods)), .. })) => {
            format!("`{operation}` no longer {does}: it has {methods} no more")
        }
        _ => format!("no longer implements {}", implemented(&item.text)),
    }
}

/// What it means that a type implements another trait.
pub(super) fn added(item: &Item, context: &Context<'_>) -> String {
    match known(item, context) {
        Some((operation, CallTrait { does: Some((does, methods)), .. })) => {
            format!("`{operation}` {does} now, with {methods}")
        }
        _ => format!("implements {}", implemented(&item.text)),
    }
}

/// What it means that a trait is implemented differently: an effect for each type of an operation that is another.
pub(super) fn changed(both: &Both<'_>, twin: &Item, context: &Context<'_>) -> Vec<Effect> {
    let effect = |before: &str, after: &str, what: String| Effect {
        item: both.was.path.clone(),
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
        breaking: true,
        what,
    };
    let whole = || {
        let what = format!("{} is implemented differently", implemented(&both.item.text));
        vec![effect(&both.was.text, &twin.text, what)]
    };
    let Some((operation, of)) = known(twin, context) else { return whole() };
    // What differs is seen with the new names; what was there is shown with those that it had.
    let ((_, shown), (was_head, was)) = (split(&both.was.text), split(&both.item.text));
    let (is_head, is) = split(&twin.text);
    if was_head != is_head || [shown.len(), was.len()] != [is.len(); 2] {
        return whole();
    }
    let mut effects = Vec::new();
    for ((shown, was), is) in shown.iter().zip(&was).zip(&is) {
        if was == is {
            continue;
        }
        let name = is.strip_prefix("type ").and_then(|it| it.split(' ').next());
        let role = of.types.iter().find(|(it, _)| Some(*it) == name);
        let Some((_, role)) = role else { return whole() };
        effects.push(effect(shown, is, format!("{role} of `{operation}` is another type")));
    }
    effects
}

/// The trait of the runtime that is implemented, and the method of the client that makes the request, or the client.
fn known<'a>(item: &'a Item, context: &Context<'a>) -> Option<(&'a str, &'static CallTrait)> {
    let of = implemented(&item.text);
    let of = CALL_TRAITS.iter().find(|it| it.path == of)?;
    let maker = context.makers.get(item.path.as_str()).copied();
    Some((maker.or_else(|| (of.path == CLIENT).then_some(item.path.as_str()))?, of))
}

/// What a method of a client gives, and its name.
pub(super) fn maker(item: &Item) -> Option<(&str, &str)> {
    let method = item.path.strip_prefix("Client::").filter(|_| item.kind == Kind::Fn)?;
    let (_, gives) = item.text.rsplit_once(" -> ")?;
    Some((gives, method))
}

/// What stands before the associated types, and these: `type Output = types::Book`.
fn split(text: &str) -> (&str, Vec<&str>) {
    let Some((head, types)) = text.split_once(" { ") else { return (text, Vec::new()) };
    let types = types.trim_end_matches([' ', '}', ';']).split("; ");
    (head, types.collect())
}

/// The trait of an implementation, and for what, if that is not the type itself.
fn implemented(text: &str) -> String {
    let body = split_attributes(text).1;
    let body = body.strip_prefix("impl").unwrap_or(body);
    // Generics stand before the trait.
    let mut depth = 0_usize;
    let end = body.char_indices().find(|(_, it)| {
        match it {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *it == ' ' && depth == 0
    });
    let text = end.and_then(|(end, _)| body.get(end + 1..)).unwrap_or(body);
    text.split(" {").next().unwrap_or(text).to_owned()
}

impl Context<'_> {
    /// An implementation of the same trait for the same type that reads differently, and is only there.
    pub(super) fn twin<'b>(
        &self,
        item: &Item,
        there: &[&'b Item],
        here: &[&Item],
    ) -> Option<&'b Item> {
        let own = implemented(&item.text);
        let alike = |it: &&Item| {
            it.kind == Kind::Impl && here.binary_search(it).is_err() && implemented(&it.text) == own
        };
        at(there, &item.path).filter(|_| item.kind == Kind::Impl).find(alike)
    }
}
