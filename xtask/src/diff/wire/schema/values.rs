//! Types, formats, closed lists of values: which values a schema takes.

use std::collections::BTreeSet;

use super::super::rules::{Context, Direction, Effect, Site};
use super::super::tree::{Id, Pair, View, Views};
use super::super::walk::{At, Walk};
use super::added;

type Types<'f> = BTreeSet<&'f str>;

impl<'f> Walk<'f> {
    /// Compares the types. Whether the new schema takes values of another kind altogether.
    pub(super) fn types(&mut self, at: At, (old, new): Views<'_, 'f>, context: Context) -> bool {
        let (was, now) = (types(old), types(new));
        let pair = (old.get("type"), new.get("type"));
        if was == now
            || pair.0.is_some_and(|it| !self.is_type(it))
            || pair.1.is_some_and(|it| !self.is_type(it))
        {
            return false;
        }
        let wider = now.is_empty() || !was.is_empty() && was.iter().all(|it| takes(&now, it));
        let narrower = was.is_empty() || !now.is_empty() && now.iter().all(|it| takes(&was, it));
        let implied = pair.0.is_none() && implied(old).is_some_and(|it| now == Types::from([it]))
            || pair.1.is_none() && implied(new).is_some_and(|it| was == Types::from([it]));
        let lists = was.len() > 1 && !now.is_empty() || now.len() > 1 && !was.is_empty();
        let specialized =
            context.direction == Direction::Response || context.site == Site::ParameterProperty;
        let (stem, effect) = match (wider, narrower) {
            _ if implied => ("type-stated", Effect::Told),
            (true, true) => ("type-stated", Effect::Told),
            (true, false) if lists => ("list-of-types-widened", Effect::Loosened),
            (true, false) => ("type-generalized", Effect::Loosened),
            (false, true) if lists => ("list-of-types-narrowed", Effect::Tightened),
            (false, true) if specialized => ("type-specialized", Effect::Tightened),
            (false, true) => ("type-changed", Effect::Tightened),
            (false, false) => self.as_text(context, new, &was, &now),
        };
        self.judge(at, stem, effect, "the type", pair);
        !wider && !narrower && effect == Effect::Changed && was.is_disjoint(&now)
    }

    /// Types that have nothing in common can still be written alike.
    fn as_text(
        &self,
        context: Context,
        new: &View<'f>,
        was: &Types<'f>,
        now: &Types<'f>,
    ) -> (&'static str, Effect) {
        let string = Types::from(["string"]);
        let list = *now == Types::from(["array"]) && self.takes_any_text(new);
        match context {
            Context { text: false, .. } => ("type-changed", Effect::Changed),
            // One value is how a list of one is written.
            Context { site: Site::Parameter, direction: Direction::Request, .. }
                if *now == string || list && !was.contains("object") =>
            {
                ("type-generalized", Effect::Loosened)
            }
            Context { site: Site::ParameterProperty, direction: Direction::Request, .. }
                if *now == string =>
            {
                ("type-changed", Effect::Unclear)
            }
            Context { site: Site::ParameterProperty, .. } if *was == string => {
                ("type-specialized", Effect::Tightened)
            }
            Context { direction: Direction::Request, .. } if *now == string => {
                ("type-compatible", Effect::Told)
            }
            Context { direction: Direction::Response, .. } if *was == string => {
                ("type-compatible", Effect::Told)
            }
            _ => ("type-changed", Effect::Changed),
        }
    }

    /// Whether the items of an array can be any text.
    fn takes_any_text(&self, array: &View<'f>) -> bool {
        let Some(items) = array.get("items") else { return true };
        let items = self.new.view(items);
        items.str("type").is_none_or(|it| it == "string")
            && !["pattern", "enum", "const", "format", "minLength", "maxLength"]
                .iter()
                .any(|name| items.get(name).is_some())
    }

    pub(super) fn is_type(&self, id: Id) -> bool {
        let forest = self.new.forest;
        forest.str(id).is_some()
            || forest.array(id).is_some_and(|it| it.iter().all(|it| forest.str(*it).is_some()))
    }

    pub(super) fn format(&mut self, at: At, was: Option<Id>, now: Option<Id>) -> bool {
        let forest = self.new.forest;
        let text = |id: Option<Id>| id.and_then(|id| forest.str(id));
        let effect = match (text(was), text(now)) {
            (None, _) if was.is_none() => Effect::Tightened,
            (_, None) if now.is_none() => Effect::Loosened,
            (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Effect::Loosened,
            (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => Effect::Tightened,
            _ => Effect::Changed,
        };
        self.judge(at, &added("format", was, now), effect, "the format", (was, now));
        true
    }

    /// Compares closed lists of values, of which a constant is one.
    pub(super) fn values(&mut self, at: At, (old, new): Views<'_, 'f>) -> bool {
        let (was, now) = (old.get("const"), new.get("const"));
        let lists = (old.get("enum"), new.get("enum"));
        if lists == (None, None) {
            let effect = match (was, now) {
                (Some(_), Some(_)) => Effect::Changed,
                (None, _) => Effect::Tightened,
                (_, None) => Effect::Loosened,
            };
            self.judge(at, &added("const", was, now), effect, "the constant", (was, now));
            return true;
        }
        let (Some(before), Some(after)) = (self.known(lists.0, was), self.known(lists.1, now))
        else {
            return false;
        };
        let pair = (lists.0.or(was), lists.1.or(now));
        match (before, after) {
            (None, _) => {
                self.judge(at, "became-enum", Effect::Tightened, "the closed list of values", pair);
            }
            (_, None) => {
                self.judge(at, "enum-removed", Effect::Loosened, "the closed list of values", pair);
            }
            (Some(before), Some(after)) => {
                let (gone, new) = (self.missing(&before, &after), self.missing(&after, &before));
                if gone.is_empty() && new.is_empty() {
                    let stem = "values-stated";
                    self.judge(at, stem, Effect::Told, "the closed list of values", pair);
                }
                for id in gone {
                    self.value(at, "enum-value-removed", Effect::Tightened, (Some(id), None));
                }
                for id in new {
                    self.value(at, "enum-value-added", Effect::Loosened, (None, Some(id)));
                }
            }
        }
        true
    }

    /// Returns the values of one list that the other has not.
    fn missing(&self, these: &[Id], others: &[Id]) -> Vec<Id> {
        let class = |id: &Id| self.new.forest.item(*id).class;
        let known: BTreeSet<_> = others.iter().map(class).collect();
        these.iter().filter(|id| !known.contains(&class(id))).copied().collect()
    }

    /// Reports a value that came or went. Variants have the names of their values, as fields have those of properties.
    fn value(&mut self, at: At, stem: &str, effect: Effect, pair: Pair) {
        let member = pair.0.or(pair.1).and_then(|id| self.new.forest.str(id));
        self.judge_member(at, member, (stem, effect), "the value", pair);
    }

    /// The values of a list or of a constant; nothing if the list is none.
    fn known(&self, list: Option<Id>, constant: Option<Id>) -> Option<Option<Vec<Id>>> {
        match list {
            Some(list) => self.new.forest.array(list).map(|it| Some(it.to_vec())),
            None => Some(constant.map(|it| vec![it])),
        }
    }
}

fn types<'f>(schema: &View<'f>) -> Types<'f> {
    let Some(id) = schema.get("type") else { return Types::new() };
    let forest = schema.side.forest;
    let list = forest.array(id).unwrap_or_default();
    forest.str(id).into_iter().chain(list.iter().filter_map(|it| forest.str(*it))).collect()
}

fn takes(types: &Types<'_>, kind: &str) -> bool {
    types.contains(kind) || kind == "integer" && types.contains("number")
}

/// The type of a schema that does not say it, from what it says else.
fn implied(schema: &View<'_>) -> Option<&'static str> {
    let says = |name: &&str| schema.get(name).is_some();
    match () {
        () if ["properties", "additionalProperties"].iter().any(says) => Some("object"),
        () if ["items", "prefixItems"].iter().any(says) => Some("array"),
        () => None,
    }
}
