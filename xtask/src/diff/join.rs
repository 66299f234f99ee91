//! Which change of the document is the reason for which change of the crate.
//!
//! A change of the document names what it is in, the nearest first: a property of a schema, the schemas around
//! it, the operation. [`Origins`] says which Rust items come from these. An item that changed goes to the change
//! that is nearest to it, a type to the one that mentions it first or last; what no change explains stays alone.

mod mentions;
mod nearest;
mod places;
mod reasons;

use crate::surface::{self, Effect, Surface};

use super::change::Change;
use super::origins::Origins;
use reasons::Reasons;

/// A state of an API, as far as joining needs it.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What its Rust items come from.
    pub origins: &'a Origins,
    /// What callers of its crate can name, if that is known.
    pub surface: Option<&'a Surface>,
}

/// Returns the effects that belong to each change, and those that belong to none. An effect belongs to one change.
pub fn join(
    changes: &[Change],
    effects: Vec<Effect>,
    [old, new]: [Side<'_>; 2],
) -> (Vec<Vec<Effect>>, Vec<Effect>) {
    let mut reasons = Reasons::new(changes, old.origins, new.origins);
    let mut joined: Vec<Vec<Effect>> = changes.iter().map(|_| Vec::new()).collect();
    // A type that comes or goes whole does so with what mentions it; where the document keeps it says less.
    let (types, parts): (Vec<_>, Vec<_>) = effects.into_iter().partition(is_whole_type);
    let alone = by_reason(parts, &mut reasons, &mut joined);
    let pending = types.into_iter().chain(alone).collect();
    let pending = mentions::follow(pending, &mut joined, [old.surface, new.surface]);
    let alone = by_reason(pending, &mut reasons, &mut joined);
    let alone = mentions::follow(alone, &mut joined, [old.surface, new.surface]);
    (joined, alone)
}

/// Gives effects to the changes that are their reasons, and returns those that have none.
fn by_reason(
    effects: Vec<Effect>,
    reasons: &mut Reasons<'_>,
    joined: &mut [Vec<Effect>],
) -> Vec<Effect> {
    let mut alone = Vec::new();
    for effect in effects {
        match reasons.of(&effect).and_then(|at| joined.get_mut(at)) {
            Some(effects) => effects.push(effect),
            None => alone.push(effect),
        }
    }
    alone
}

fn is_whole_type(effect: &Effect) -> bool {
    let text = effect.before.as_ref().xor(effect.after.as_ref());
    let is_type = |text: &String| surface::Kind::of(text).is_some_and(surface::Kind::is_type);
    let name = effect.item.strip_prefix("types::");
    name.is_some_and(|it| !it.contains("::")) && text.is_some_and(is_type)
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
