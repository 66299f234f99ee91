//! The walk over two documents: pairs of things that correspond, each compared once.
//!
//! A pair of schemas used in one way is an [`Entry`]. Comparing it adds the pairs below it to a queue
//! instead of descending, so recursion ends, depth costs nothing, and what many operations share is
//! reported once. The edges between entries say afterwards which operations a change affects.
//!
//! [`Walk::members`] shows every member of two objects that differs to a rule. What the rule neither
//! reports nor hands on is reported as `unclassified`, so nothing is silent by construction.

mod report;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::super::change::Wire;
use super::rules::{Context, Direction, Effect};
use super::text::{sentence, short};
use super::tree::{Id, Pair, Side, View};
use crate::source::Span;

/// The number of an [`Entry`].
pub(super) type At = usize;

/// Two things that correspond: the documents, an operation, or a schema in one of its uses.
pub(super) struct Entry<'f> {
    pub(super) old: Option<View<'f>>,
    pub(super) new: Option<View<'f>>,
    /// How a schema is used; nothing if it is none.
    pub(super) context: Option<Context>,
    /// What it is called in sentences.
    pub(super) label: Label,
    /// The member of the parent that holds it.
    pub(super) member: Option<Arc<str>>,
    parent: Option<At>,
    below: BTreeSet<At>,
    /// `METHOD /path`, if it is an operation.
    operation: Option<String>,
}

/// What something is called: a path in something that has a name.
#[derive(Clone, Default)]
pub(super) struct Label {
    pub(super) path: String,
    pub(super) of: String,
}

impl Label {
    pub(super) fn new(of: impl Into<String>) -> Self {
        Self { path: String::new(), of: of.into() }
    }

    /// Something that it holds.
    pub(super) fn below(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() || name.starts_with(['[', '(']) { "" } else { "." };
        Self { path: format!("{}{dot}{name}", self.path), of: self.of.clone() }
    }

    pub(super) fn words(&self) -> String {
        match self.path.as_str() {
            "" => self.of.clone(),
            "[]" => format!("an item of {}", self.of),
            path => format!("`{path}` of {}", self.of),
        }
    }
}

/// What is done about a member that differs: its name, and its values. Whether that took care of it.
type Rule<'r, W> = dyn FnMut(&mut W, &str, Option<Id>, Option<Id>) -> bool + 'r;

/// Something said, before it is known which operations it affects.
struct Draft {
    entry: At,
    member: Option<String>,
    old: Option<Id>,
    new: Option<Id>,
    /// What is around it in the new document, if it is there no more.
    around: Option<Span>,
    /// Operations besides those that lead to the entry.
    operations: Vec<String>,
    rule: String,
    wire: Wire,
    message: String,
}

/// What a rule says about a difference.
pub(super) struct Said {
    pub(super) rule: String,
    pub(super) wire: Wire,
    pub(super) old: Option<Id>,
    pub(super) new: Option<Id>,
    pub(super) message: String,
}

pub(super) struct Walk<'f> {
    pub(super) old: Side<'f>,
    pub(super) new: Side<'f>,
    pub(super) entries: Vec<Entry<'f>>,
    known: HashMap<(Id, Id, Context), At>,
    queue: Vec<At>,
    drafts: Vec<Draft>,
    /// Pairs of objects whose members were compared one by one.
    compared: HashSet<(Id, Id)>,
}

impl<'f> Walk<'f> {
    pub(super) fn new(old: Side<'f>, new: Side<'f>) -> Self {
        let (known, queue, drafts, compared) = Default::default();
        Self { old, new, entries: Vec::new(), known, queue, drafts, compared }
    }

    /// Adds something that is no schema.
    pub(super) fn enter(
        &mut self,
        old: Option<View<'f>>,
        new: Option<View<'f>>,
        label: Label,
        operation: Option<String>,
    ) -> At {
        let below = BTreeSet::new();
        let (context, member, parent) = (None, None, None);
        self.entries.push(Entry { old, new, context, label, member, parent, below, operation });
        self.entries.len() - 1
    }

    /// Adds two schemas that correspond, to be compared later, unless they are known in this use.
    pub(super) fn pair(
        &mut self,
        parent: At,
        member: Option<&str>,
        label: Label,
        (old, new): (Id, Id),
        context: Context,
    ) {
        let (old_view, new_view) = (self.old.view(old), self.new.view(new));
        self.reference(parent, member, (old, new));
        if self.same(Some(old), Some(new)) {
            self.compared.insert((old_view.id(), new_view.id()));
            return;
        }
        let key = (old_view.id(), new_view.id(), context);
        let at = match self.known.get(&key) {
            Some(at) => *at,
            None => {
                let label = self.component(&new_view).map(Label::new).unwrap_or(label);
                let at = self.enter(Some(old_view), Some(new_view), label, None);
                self.known.insert(key, at);
                self.queue.push(at);
                if let Some(entry) = self.entries.get_mut(at) {
                    entry.context = Some(context);
                    entry.member = member.map(Into::into);
                    entry.parent = Some(parent);
                }
                at
            }
        };
        if let Some(entry) = self.entries.get_mut(parent) {
            entry.below.insert(at);
        }
    }

    /// The next pair of schemas that nobody has compared yet.
    pub(super) fn next(&mut self) -> Option<At> {
        self.queue.pop()
    }

    /// A reference that names something else now. What the two lead to is compared anyway.
    fn reference(&mut self, at: At, member: Option<&str>, (old, new): (Id, Id)) {
        let text = |side: Side<'f>, id: Id| {
            let reference = side.forest.get(id, "$ref")?;
            let text = side.forest.str(reference)?;
            side.target(text).is_some().then_some((reference, text))
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

    /// The component that an object is, in words.
    fn component(&self, view: &View<'f>) -> Option<String> {
        let pointer = self.new.forest.pointer(view.base());
        let mut tokens = pointer.strip_prefix("/components/")?.split('/').skip(1);
        let name = tokens.next().filter(|_| tokens.next().is_none())?;
        Some(format!("`{}`", crate::node::pointer_name(name)))
    }

    pub(super) fn label(&self, at: At) -> Label {
        self.entries.get(at).map(|it| it.label.clone()).unwrap_or_default()
    }

    /// Reports a difference.
    pub(super) fn say(&mut self, entry: At, member: Option<&str>, said: Said) {
        self.say_for(entry, member, said, Vec::new());
    }

    /// Reports a difference that affects operations which do not lead to it.
    pub(super) fn say_for(
        &mut self,
        entry: At,
        member: Option<&str>,
        Said { rule, wire, old, new, message }: Said,
        operations: Vec<String>,
    ) {
        let around = self.entries.get(entry).and_then(|it| Some(it.new.as_ref()?.span()));
        let member = member.map(str::to_owned);
        let draft = Draft { entry, member, old, new, around, operations, rule, wire, message };
        self.drafts.push(draft);
    }

    /// Reports what became of something that `thing` has, in the usual words.
    pub(super) fn note(
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
        let forest = self.new.forest;
        let text = |id: Option<Id>| id.map(|id| short(forest, id));
        let message = sentence(noun, thing, text(old).as_deref(), text(new).as_deref());
        self.say(entry, member, Said { rule: rule.into(), wire, old, new, message });
    }

    /// Reports what happened to a schema.
    pub(super) fn judge(&mut self, at: At, stem: &str, effect: Effect, noun: &str, pair: Pair) {
        let Some(context) = self.entries.get(at).and_then(|it| it.context) else { return };
        let thing = self.thing(at, context.direction);
        self.note(at, None, context.rule(stem, effect), noun, &thing, pair);
    }

    /// What something is called. Of a component it is said in which direction it is meant.
    pub(super) fn thing(&self, at: At, direction: Direction) -> String {
        let label = self.label(at);
        let component = label.of.starts_with('`');
        format!("{}{}", label.words(), if component { direction.words() } else { "" })
    }

    /// Whether two members are the same, references in them included.
    pub(super) fn same(&self, old: Option<Id>, new: Option<Id>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => {
                self.new.forest.equal(old, new) && !self.new.forest.item(new).refers
            }
            _ => false,
        }
    }

    /// Whether two values are spelled the same, wherever their references lead.
    pub(super) fn equal(&self, old: Id, new: Id) -> bool {
        self.new.forest.equal(old, new)
    }

    /// Shows every member that differs to a rule, which says whether it has taken care of it.
    pub(super) fn members(
        &mut self,
        at: At,
        member: Option<&str>,
        (old, new): (&View<'f>, &View<'f>),
        rule: &mut Rule<'_, Self>,
    ) {
        self.compared.insert((old.id(), new.id()));
        self.compared.insert((old.base(), new.base()));
        let mut names = old.names();
        names.extend(new.names());
        for name in names {
            let (was, now) = (old.get(name), new.get(name));
            if self.same(was, now) {
                continue;
            }
            let before = self.drafts.len();
            let explained = rule(self, name, was, now);
            let differs = was.zip(now).is_none_or(|(was, now)| !self.equal(was, now));
            if !differs {
                // It was shown for what its references lead to. Nothing is to be said of the member itself.
                let own = |it: &Draft| it.old.is_some() && (it.old, it.new) == (was, now);
                let said = self.drafts.split_off(before.min(self.drafts.len()));
                self.drafts.extend(said.into_iter().filter(|it| !own(it)));
            } else if !explained && self.drafts.len() == before {
                self.unclassified(at, member, name, (was, now));
            }
        }
        if !old.is_object() || !new.is_object() {
            let (was, now) = (old.base(), new.base());
            if !self.equal(was, now) {
                self.unclassified(at, member, "the value", (Some(was), Some(now)));
            }
        }
    }

    /// Marks two values as taken care of.
    pub(super) fn settled(&mut self, old: Option<Id>, new: Option<Id>) {
        self.compared.extend(old.zip(new));
    }

    pub(super) fn is_settled(&self, old: Id, new: Id) -> bool {
        self.compared.contains(&(old, new))
    }

    /// Reports a difference that no rule explains.
    pub(super) fn unclassified(
        &mut self,
        at: At,
        member: Option<&str>,
        name: &str,
        (old, new): Pair,
    ) {
        if old.zip(new).is_some_and(|(old, new)| self.equal(old, new)) {
            return;
        }
        let forest = self.new.forest;
        let items = |id: Id| {
            let mut classes: Vec<usize> =
                forest.array(id)?.iter().map(|it| forest.item(*it).class).collect();
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
    pub(super) fn reordered(&mut self, at: At, member: Option<&str>, name: &str, (old, new): Pair) {
        let label = self.label(at);
        let thing = member.map_or(label.clone(), |it| label.below(it)).words();
        let message = format!("`{name}` of {thing} has another order");
        let rule = "order-changed".to_owned();
        self.say(at, member, Said { rule, wire: Wire::None, old, new, message });
    }
}
