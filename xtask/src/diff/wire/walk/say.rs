//! What is reported, and in which words.

use super::super::super::change::Wire;
use super::super::rules::{Direction, Effect};
use super::super::text::{sentence, short};
use super::super::tree::{Id, Pair, Side};
use super::{At, Walk};
use crate::openapi::Tree;
use crate::source::Span;

/// Something said, before it is known which operations it affects.
pub(super) struct Draft {
    pub(super) entry: At,
    pub(super) member: Option<String>,
    pub(super) said: Said,
    /// What is around it in the new document, if it is there no more.
    pub(super) around: Option<Span>,
    /// Operations besides those that lead to the entry.
    pub(super) operations: Vec<String>,
    /// What of a schema as a whole it is about, so that the sentence can name the place instead of the component.
    pub(super) noun: Option<String>,
}

/// What a rule says about a difference.
pub(in super::super) struct Said {
    pub(in super::super) rule: String,
    pub(in super::super) wire: Wire,
    pub(in super::super) old: Option<Id>,
    pub(in super::super) new: Option<Id>,
    pub(in super::super) message: String,
}

impl<'f> Walk<'f> {
    /// Reports a difference.
    pub(in super::super) fn say(&mut self, entry: At, member: Option<&str>, said: Said) {
        self.say_for(entry, member, said, Vec::new());
    }

    /// Reports a difference that affects operations which do not lead to it.
    pub(in super::super) fn say_for(
        &mut self,
        entry: At,
        member: Option<&str>,
        said: Said,
        operations: Vec<String>,
    ) {
        let around = self.entries.get(entry).and_then(|it| Some(it.new?.span().clone()));
        let member = member.map(str::to_owned);
        self.drafts.push(Draft { entry, member, said, around, operations, noun: None });
    }

    /// Reports what became of something that `thing` has, in the usual words.
    pub(in super::super) fn note(
        &mut self,
        entry: At,
        member: Option<&str>,
        (rule, wire): (impl Into<String>, Wire),
        noun: &str,
        thing: &str,
        (old, new): Pair,
    ) {
        // Whatever changed behind the references of two equal values is said where they lead.
        if old.zip(new).is_some_and(|(old, new)| self.equal(old, new)) {
            return;
        }
        let arena = self.new.arena;
        let text = |id: Option<Id>| id.map(|id| short(arena, id));
        let message = sentence(noun, thing, text(old).as_deref(), text(new).as_deref());
        self.say(entry, member, Said { rule: rule.into(), wire, old, new, message });
    }

    /// Reports what happened to a schema.
    pub(in super::super) fn judge(
        &mut self,
        at: At,
        stem: &str,
        effect: Effect,
        noun: &str,
        pair: Pair,
    ) {
        self.judge_member(at, None, (stem, effect), noun, pair);
    }

    /// Reports what happened to a part of a schema that may have an item in Rust.
    pub(in super::super) fn judge_member(
        &mut self,
        at: At,
        member: Option<&str>,
        (stem, effect): (&str, Effect),
        noun: &str,
        pair: Pair,
    ) {
        let Some(context) = self.entries.get(at).and_then(|it| it.context) else { return };
        let thing = self.thing(at, context.direction);
        let before = self.drafts.len();
        self.note(at, member, context.rule(stem, effect), noun, &thing, pair);
        for draft in self.drafts.iter_mut().skip(before) {
            draft.noun = Some(noun.to_owned());
        }
    }

    /// What something is called. Of a component it is said in which direction it is meant.
    pub(in super::super) fn thing(&self, at: At, direction: Direction) -> String {
        let label = self.label(at);
        let component = label.of.starts_with('`');
        format!("{}{}", label.words(), if component { direction.words() } else { "" })
    }

    /// A reference that names something else now. What the two lead to is compared anyway.
    pub(super) fn reference(&mut self, at: At, member: Option<&str>, (old, new): (Id, Id)) {
        // Of one that leads nowhere, its own change is reported.
        let text = |side: Side<'f>, id: Id| {
            let is_followed = side.view(id).base() != id;
            side.arena.reference_in(id).zip(side.arena.reference(id)).filter(|_| is_followed)
        };
        let (was, now) = (text(self.old, old), text(self.new, new));
        if was.map(|it| it.1) == now.map(|it| it.1) {
            return;
        }
        let name = |it: Option<(Id, &str)>| {
            it.map_or("a schema of its own".to_owned(), |it| {
                format!("`{}`", it.1.rsplit('/').next().unwrap_or(it.1))
            })
        };
        let label = self.label(at);
        let thing = member.map_or(label.clone(), |it| label.below(it)).words();
        let message = format!("{thing} is {} instead of {}", name(now), name(was));
        let said = Said {
            rule: "reference-changed".to_owned(),
            wire: Wire::None,
            old: was.map(|it| it.0).or(Some(old)),
            new: now.map(|it| it.0).or(Some(new)),
            message,
        };
        self.say(at, member, said);
    }

    /// Reports a difference that no rule explains.
    pub(in super::super) fn unclassified(
        &mut self,
        at: At,
        member: Option<&str>,
        name: &str,
        (old, new): Pair,
    ) {
        if old.zip(new).is_some_and(|(old, new)| self.equal(old, new)) {
            return;
        }
        let arena = self.new.arena;
        let items = |id: Id| {
            let mut classes: Vec<usize> =
                arena.array(id)?.iter().map(|it| arena.item(*it).class).collect();
            classes.sort_unstable();
            Some(classes)
        };
        let reordered =
            old.zip(new).is_some_and(|(old, new)| items(old).is_some() && items(old) == items(new));
        let label = self.label(at);
        let label = member.map_or(label.clone(), |it| label.below(it));
        let thing = label.words();
        if reordered {
            self.reordered(at, member, name, (old, new));
        } else {
            let noun = format!("`{name}`");
            self.note(at, member, ("unclassified", Wire::Review), &noun, &thing, (old, new));
        }
    }

    /// Reports that the same things stand in another order.
    pub(in super::super) fn reordered(
        &mut self,
        at: At,
        member: Option<&str>,
        name: &str,
        (old, new): Pair,
    ) {
        let label = self.label(at);
        let thing = member.map_or(label.clone(), |it| label.below(it)).words();
        let message = format!("`{name}` of {thing} has another order");
        let rule = "order-changed".to_owned();
        self.say(at, member, Said { rule, wire: Wire::None, old, new, message });
    }
}
