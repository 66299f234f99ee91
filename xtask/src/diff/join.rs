//! Which change of the document is the reason for which change of the crate.
//!
//! A change of the document names what it is in, the nearest first: a property of a schema, the schemas around
//! it, the operation. [`Origins`] says which Rust items come from these. An item that changed goes to the change
//! that is nearest to it; one that no change explains stays alone.

use std::collections::BTreeSet;

use crate::surface::Effect;

use super::origins::{Operation, Origins, Type};
use super::wire::{Owner, WireChange};

/// How near a change of the document is to an item of the crate; the greatest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// It is in an operation that the item belongs to.
    Operation,
    /// It is of something that the schema of the type is in, and that came or went with it.
    Whole,
    /// It is somewhere in the schema that the type comes from: a merged schema has no other trace of its parts.
    Within,
    /// It is in a schema of which the item is a part, with others between the two.
    Around(std::cmp::Reverse<usize>),
    /// It is in a property that the signature of the item names, and the two signatures differ there.
    Named,
    /// It is in the property that the item comes from.
    Same,
}

/// The effects that belong to each change, and those that belong to none. An effect with several reasons belongs
/// to all of them.
pub fn join(
    changes: &[WireChange],
    effects: Vec<Effect>,
    old: &Origins,
    new: &Origins,
) -> (Vec<Vec<Effect>>, Vec<Effect>) {
    let mut joined: Vec<Vec<Effect>> = changes.iter().map(|_| Vec::new()).collect();
    let mut alone = Vec::new();
    for effect in effects {
        let differing = differing_words(&effect);
        let near: Vec<Option<Nearness>> =
            changes.iter().map(|change| nearness(change, &effect, &differing, old, new)).collect();
        let Some(best) = near.iter().flatten().max().copied() else {
            alone.push(effect);
            continue;
        };
        for (near, effects) in near.iter().zip(&mut joined) {
            if *near == Some(best) {
                effects.push(effect.clone());
            }
        }
    }
    (joined, alone)
}

/// Whether the two signatures of a method are the same but for the names of arguments, and no argument has the
/// name that another one had.
pub fn only_names_differ(effect: &Effect) -> bool {
    let before = effect.before.as_deref().and_then(method);
    let after = effect.after.as_deref().and_then(method);
    let (Some((mut before, was_in)), Some((mut after, is_in))) = (before, after) else {
        return false;
    };
    let (was, now) = (take_names(&mut before.sig), take_names(&mut after.sig));
    let same = before == after && was_in == is_in;
    same && was.iter().zip(&now).all(|(was, name)| was == name || !now.contains(was))
}

/// A method as a surface writes it: its attributes, its signature without a name, and the `impl` that it is in if
/// that says anything.
fn method(text: &str) -> Option<(syn::TraitItemFn, &str)> {
    let (text, place) = text.split_once(" in impl").unwrap_or((text, ""));
    let starts = |at: &usize| text.get(..*at).is_some_and(|it| it.is_empty() || it.ends_with(' '));
    let at = text.match_indices("fn").map(|(at, _)| at).find(starts)?;
    let (before, rest) = text.split_at_checked(at)?;
    let method = format!("{before} fn f{};", rest.strip_prefix("fn")?);
    Some((syn::parse_str(&method).ok()?, place))
}

fn take_names(signature: &mut syn::Signature) -> Vec<syn::Pat> {
    let blank: syn::Pat = syn::parse_quote!(_);
    let arguments = signature.inputs.iter_mut().filter_map(|input| match input {
        syn::FnArg::Typed(argument) => Some(std::mem::replace(&mut *argument.pat, blank.clone())),
        syn::FnArg::Receiver(_) => None,
    });
    arguments.collect()
}

fn nearness(
    change: &WireChange,
    effect: &Effect,
    differing: &BTreeSet<&str>,
    old: &Origins,
    new: &Origins,
) -> Option<Nearness> {
    let item = Item::of(&effect.item);
    let owners = change.owners.iter().enumerate();
    let of_owners = owners.filter_map(|(index, owner)| {
        types(owner, old, new).filter_map(|ty| of_type(ty, owner, index, &item, differing)).max()
    });
    let calls = change.operations.iter();
    let operations = calls.flat_map(|call| [old.operation(call), new.operation(call)]).flatten();
    let member = change.owners.iter().find_map(|owner| owner.member.as_deref());
    let of_operations =
        operations.filter_map(|operation| of_operation(operation, member, &item, differing));
    let by_place = item.ty().and_then(|ty| {
        let any = |test: fn(&Origins, &str, &str) -> bool| {
            [old, new].into_iter().any(|origins| test(origins, &change.pointer, ty))
        };
        let whole = change.before.is_none() || change.after.is_none();
        match (any(Origins::is_inside), whole && any(Origins::holds)) {
            (true, _) => Some(Nearness::Within),
            (false, true) => Some(Nearness::Whole),
            (false, false) => None,
        }
    });
    of_owners.chain(of_operations).chain(by_place).max()
}

fn types<'o>(
    owner: &Owner,
    old: &'o Origins,
    new: &'o Origins,
) -> impl Iterator<Item = &'o Type> + use<'o> {
    let of = |origins: &'o Origins, span: &Option<crate::source::Span>| {
        span.as_ref().map_or(&[][..], |span| origins.types(span))
    };
    of(old, &owner.old).iter().chain(of(new, &owner.new))
}

fn of_type(
    ty: &Type,
    owner: &Owner,
    index: usize,
    item: &Item<'_>,
    differing: &BTreeSet<&str>,
) -> Option<Nearness> {
    if !item.is_of(&ty.name) {
        return None;
    }
    let member = owner.member.as_deref().and_then(|wire| ty.members.get(wire));
    Some(match member {
        Some(member) if item.last == member => Nearness::Same,
        Some(member) if differing.contains(member.as_str()) => Nearness::Named,
        _ => Nearness::Around(std::cmp::Reverse(index)),
    })
}

fn of_operation(
    operation: &Operation,
    member: Option<&str>,
    item: &Item<'_>,
    differing: &BTreeSet<&str>,
) -> Option<Nearness> {
    let is_method = item.last == operation.method && item.path.contains("Client::");
    let of_sum = operation.sums.iter().any(|sum| item.is_of(sum));
    if !(is_method || of_sum || item.is_of(&operation.builder)) {
        return None;
    }
    let member = member.and_then(|wire| operation.members.get(wire));
    Some(match member {
        Some(member) if item.last == member => Nearness::Same,
        Some(member) if differing.contains(member.as_str()) => Nearness::Named,
        _ => Nearness::Operation,
    })
}

/// The path of an item, taken apart.
struct Item<'a> {
    path: &'a str,
    last: &'a str,
}

impl<'a> Item<'a> {
    fn of(path: &'a str) -> Self {
        Self { path, last: path.rsplit("::").next().unwrap_or(path) }
    }

    /// The type that it is, or is in.
    fn ty(&self) -> Option<&'a str> {
        let path = self.path.split(" as ").next()?;
        path.strip_prefix("types::")?.split("::").next()
    }

    /// Whether it is the type of that name, or something in it.
    fn is_of(&self, ty: &str) -> bool {
        self.path.split("::").any(|part| part == ty)
    }
}

/// The identifiers that stand in one of the two signatures alone, or another number of times.
fn differing_words(effect: &Effect) -> BTreeSet<&str> {
    let pieces = |text: &'_ Option<String>| -> Vec<String> {
        text.iter().flat_map(|it| it.split(", ")).map(str::to_owned).collect()
    };
    let (before, after) = (pieces(&effect.before), pieces(&effect.after));
    let texts = [(&effect.before, &after), (&effect.after, &before)];
    texts
        .into_iter()
        .flat_map(|(text, other)| {
            let pieces = text.iter().flat_map(|it| it.split(", "));
            pieces.filter(|piece| !other.iter().any(|it| it == piece)).flat_map(words)
        })
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(before: &str, after: &str) -> bool {
        only_names_differ(&Effect {
            item: "T::f".to_owned(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
            breaking: true,
            what: String::new(),
        })
    }

    #[test]
    fn an_argument_may_have_another_name_wherever_the_method_stands() {
        assert!(only("fn(&self, a: u8) -> A", "fn(&self, b: u8) -> A"));
        let mock = "#[cfg(feature = \"mock\")] fn(self, a: impl Into<String>) -> Self";
        assert!(only(mock, &mock.replace("a:", "b:")));
        let method = "fn(self, a: u8) -> T<'s> in impl<'s> T<'s>";
        assert!(only(method, &method.replace("a:", "b:")));
    }

    #[test]
    fn what_else_differs_counts() {
        assert!(!only("fn(&self, a: u8) -> A", "fn(&self, b: u16) -> A"));
        assert!(!only("fn(&self, a: u8, b: u8) -> A", "fn(&self, b: u8, a: u8) -> A"));
        assert!(!only("#[cfg(feature = \"mock\")] fn(a: u8)", "fn(b: u8)"));
        assert!(!only("fn(a: u8) in impl T<'s>", "fn(b: u8) in impl<'s> T<'s>"));
    }
}
