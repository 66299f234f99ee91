//! What it means that an item is there no more, is new, or reads differently.

use super::{Context, Judgement, at, implementation, signature};
use crate::surface::text::split_attributes;
use crate::surface::{Item, Kind};

/// What it means that an item is gone; nothing, if something else tells it.
pub(super) fn removed(item: &Item, context: &Context<'_>) -> Option<String> {
    Some(match item.kind {
        Kind::Order => return None,
        Kind::Impl => implementation::removed(item, context),
        Kind::Call => "a macro is no longer called for it; what that means cannot be judged".into(),
        _ => "removed".to_owned(),
    })
}

/// What it means that an item is new; nothing, if something else tells it.
pub(super) fn added(item: &Item, context: &Context<'_>) -> Option<Judgement> {
    let owner = item.path.rsplit_once("::").map_or("", |(owner, _)| owner);
    let owners: Vec<_> = at(&context.old, owner).collect();
    let owner = |kind: Kind| owners.iter().find(|it| it.kind == kind).map(|it| it.text.as_str());
    let judgement = match item.kind {
        Kind::Variant => match owner(Kind::Enum) {
            Some(text) if !is_open(text) => {
                (true, "a variant is new, and the enum is matched without a wildcard".to_owned())
            }
            _ => (false, "a variant is new".to_owned()),
        },
        Kind::Field => match owner(Kind::Struct) {
            Some(text) if !is_open(text) && !text.contains("..") => (
                true,
                "a field is new, and the struct is written without its constructor".to_owned(),
            ),
            _ => (false, "a field is new".to_owned()),
        },
        Kind::Impl if context.twin(item, &context.old, &context.new).is_some() => return None,
        Kind::Impl => (false, implementation::added(item, context)),
        Kind::Call => (true, "a macro is called for it; what that means cannot be judged".into()),
        // That programs can see the order from now on changes nothing that they do.
        _ => (false, "new".to_owned()),
    };
    Some(judgement)
}

/// What it means that an item reads differently.
pub(super) fn changed(old: &Item, new: &Item, context: &Context<'_>) -> Vec<Judgement> {
    if old.text == new.text {
        return Vec::new();
    }
    if old.kind != new.kind {
        return vec![(true, format!("{} became {}", old.kind.noun(), new.kind.noun()))];
    }
    let (was_marked, was) = split_attributes(&old.text);
    let (is_marked, is) = split_attributes(&new.text);
    let mut judgements = marks(&was_marked, &is_marked, was);
    if was != is {
        judgements.extend(match old.kind {
            Kind::Fn => signature::changed(was, is),
            Kind::Field => vec![(true, signature::type_changed(of(was), of(is)))],
            Kind::Struct => vec![shape(was, is)],
            Kind::Variant => variant(was, is, is_marked.contains(&"#[non_exhaustive]")),
            Kind::Order => order(old, new, context),
            Kind::Feature => vec![default(is)],
            Kind::Use => vec![(true, "stands for something else".to_owned())],
            Kind::Enum => vec![(true, "the generics changed".to_owned())],
            Kind::Const | Kind::Static | Kind::Alias => {
                vec![(true, "the type changed".to_owned())]
            }
            Kind::Module | Kind::Union | Kind::Trait | Kind::Impl | Kind::Call | Kind::Macro => {
                vec![(true, "changed in a way that cannot be judged".to_owned())]
            }
        });
    }
    judgements
}

/// Attributes that came or went.
fn marks(old: &[&str], new: &[&str], body: &str) -> Vec<Judgement> {
    let gone = old.iter().filter(|it| !new.contains(it)).map(|it| (*it, false));
    let fresh = new.iter().filter(|it| !old.contains(it)).map(|it| (*it, true));
    let judge = |(mark, is_new): (&str, bool)| match (mark, is_new) {
        // What has private parts could neither be written nor matched in full before.
        ("#[non_exhaustive]", true) if body.contains("..") => {
            (false, "may get more parts".to_owned())
        }
        ("#[non_exhaustive]", true) => {
            (true, "can no longer be written or matched in full".to_owned())
        }
        ("#[non_exhaustive]", false) => (false, "can be written or matched in full".to_owned()),
        ("#[must_use]", true) => (false, "has to be used, or the compiler warns".to_owned()),
        ("#[must_use]", false) => (false, "need not be used any more".to_owned()),
        ("#[deprecated]", true) => (false, "deprecated".to_owned()),
        ("#[deprecated]", false) => (false, "no longer deprecated".to_owned()),
        (mark, _)
            if mark.starts_with("#[cfg")
                && !is_new
                && new.iter().all(|it| !it.starts_with("#[cfg")) =>
        {
            (false, "no longer depends on a condition".to_owned())
        }
        (mark, _) if mark.starts_with("#[cfg") => (true, "depends on another condition".to_owned()),
        (mark, true) => (true, format!("is now {mark}")),
        (mark, false) => (true, format!("is no longer {mark}")),
    };
    gone.chain(fresh).map(judge).collect()
}

fn is_open(text: &str) -> bool {
    split_attributes(text).0.contains(&"#[non_exhaustive]")
}

/// What stands behind the colon of a field.
fn of(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, ty)| ty)
}

/// `struct<'a> {..}` against `struct<'a> {}`
fn shape(old: &str, new: &str) -> Judgement {
    let split = |text: &str| -> (String, String) {
        let end = text.rfind(" {").or_else(|| text.rfind(" (")).unwrap_or(text.len());
        let (generics, shape) = text.split_at(end);
        (generics.to_owned(), shape.trim_start().to_owned())
    };
    let ((old_generics, old_shape), (new_generics, new_shape)) = (split(old), split(new));
    match (old_shape.as_str(), new_shape.as_str()) {
        _ if old_generics != new_generics => (true, "the generics changed".to_owned()),
        ("{}", "{..}") | ("()", "(..)") => {
            (true, "has private fields, and can no longer be written or matched in full".to_owned())
        }
        ("{..}", "{}") | ("(..)", "()") => (false, "has no private fields any more".to_owned()),
        _ => (true, "is another kind of struct".to_owned()),
    }
}

fn variant(old: &str, new: &str, open: bool) -> Vec<Judgement> {
    let value = |text: &str| text.split_once(" = ").map(|(_, value)| value.to_owned());
    let payload =
        |text: &str| text.split_once(" = ").map_or(text, |(payload, _)| payload).to_owned();
    let mut judgements = Vec::new();
    let fields = |text: &str| -> Option<Vec<String>> {
        let inside = text.strip_prefix("variant {")?.strip_suffix('}')?;
        Some(inside.split(", ").map(|it| it.trim().to_owned()).collect())
    };
    let (was, is) = (payload(old), payload(new));
    if was != is {
        let more = match (fields(&was), fields(&is)) {
            (Some(was), Some(is)) => open && was.iter().all(|field| is.contains(field)),
            _ => false,
        };
        judgements.push(match more {
            true => (false, "the variant holds more".to_owned()),
            false => (true, "the variant holds something else".to_owned()),
        });
    }
    match (value(old), value(new)) {
        (was, is) if was == is => {}
        (None, _) => judgements.push((false, "stands for a text on the wire".to_owned())),
        _ => judgements.push((true, "stands for another text on the wire".to_owned())),
    }
    judgements
}

/// Programs see numbers by casting and the order by comparing; a part behind the others changes neither.
fn order(old: &Item, new: &Item, context: &Context<'_>) -> Vec<Judgement> {
    let names = |text: &str| -> Vec<String> {
        let list = text.strip_prefix("order ").unwrap_or_default();
        list.split(", ").map(str::to_owned).collect()
    };
    let (was, is) = (names(&old.text), names(&new.text));
    let there = |name: &&String| {
        let path = format!("{}::{}", new.path, name.split(' ').next().unwrap_or_default());
        at(&context.new, &path).next().is_some()
    };
    // A part that is gone is told where it was.
    if is.starts_with(&was) || !was.iter().all(|name| there(&name)) {
        return Vec::new();
    }
    vec![(true, "the parts have another order, which comparing or casting shows".to_owned())]
}

fn default(new: &str) -> Judgement {
    match new.ends_with("by default") {
        true => (false, "on by default".to_owned()),
        false => (true, "no longer on by default".to_owned()),
    }
}
