//! What of a document a crate does not do: every keyword that an operation reaches is looked up in the tables of
//! [`crate::openapi`], and where they say that there is a gap, a finding points to it.
//!
//! Operations, and what references lead to, are units: each is gone through once for what is sent and once for what
//! comes back, and is then asked which operations reach it. So the work grows with the document, not with the number
//! of operations times the size of what they share.

mod deviations;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use crate::finding::{Finding, Findings, Kind, Severity};
use crate::node::Node;
use crate::openapi::keyword::{Context, Occurrence, Treatment};
use crate::openapi::media_type::has_encoding;
use crate::openapi::model::Parameter;
use crate::openapi::{
    DOCUMENT, Document, ENCODING, Holds, METHODS, OPERATION, ObjectType, OperationKey, PARAMETER,
    PATH_ITEM, SCHEMA, Schema, is_misplaced,
};
use crate::prose;

pub use deviations::{Deviations, Places};

/// Reports each place where a crate does not do what the document says, and returns the operations of which something
/// is sent or read otherwise, as `METHOD /path`.
pub fn survey(document: &Node, findings: &mut Findings) -> BTreeSet<String> {
    let mut survey = Survey {
        document,
        findings,
        units: BTreeMap::new(),
        waiting: Vec::new(),
        told: BTreeSet::new(),
        unknown: BTreeMap::new(),
    };
    survey.unit(Unit::Document, document, &DOCUMENT, Context::default());
    let sent = Context { sent: true, ..Context::default() };
    for (path, item) in Document::of(document).path_items() {
        survey.unit(Unit::PathItem(path), item.node(), &PATH_ITEM, sent);
    }
    for operation in Document::of(document).operations() {
        let unit = Unit::Operation(operation.key);
        survey.findings.about(Some(operation.key.to_string()));
        survey.unit(unit, operation.node(), &OPERATION, sent);
        survey.findings.about(None);
        survey.refer(unit, Unit::PathItem(operation.key.path));
    }
    survey.hooks();
    while let Some((unit, of)) = survey.waiting.pop() {
        let Unit::Reference(pointer, context) = unit else { continue };
        let Some(target) = document.pointer(pointer) else { continue };
        survey.unit(unit, target, of, context);
    }
    survey.report_unknown();
    survey.reaching_deviations()
}

/// A part of a document that is gone through once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit<'n> {
    /// What is said of all operations.
    Document,
    /// What a path item says of its operations, by its path.
    PathItem(&'n str),
    /// An operation.
    Operation(OperationKey<'n>),
    /// What the vendor sends by itself.
    Hooks,
    /// What a reference leads to, and what is around the reference.
    Reference(&'n str, Context<'n>),
}

/// What was found in a unit.
#[derive(Debug, Default)]
struct Found<'n> {
    refers_to: BTreeSet<Unit<'n>>,
    deviates: bool,
}

/// Values by page and place.
type ByPlace<'n> = BTreeMap<(&'n Utf8Path, usize), &'n Node>;

struct Survey<'n, 'f> {
    document: &'n Node,
    findings: &'f mut Findings,
    units: BTreeMap<Unit<'n>, Found<'n>>,
    /// References that were met and not yet followed, with the type of what they lead to.
    waiting: Vec<(Unit<'n>, &'static ObjectType)>,
    /// The keywords that have a finding, by page and place.
    told: BTreeSet<(&'n Utf8Path, usize, &'static str)>,
    /// Where members are that no standard knows, by the object and the name.
    unknown: BTreeMap<(&'static str, &'n str), ByPlace<'n>>,
}

impl<'n> Survey<'n, '_> {
    fn unit(
        &mut self,
        unit: Unit<'n>,
        node: &'n Node,
        of: &'static ObjectType,
        context: Context<'n>,
    ) {
        self.units.entry(unit).or_default();
        self.object(unit, node, of, context);
    }

    /// Goes through the payloads of webhooks and callbacks. What else they say is for who answers them.
    fn hooks(&mut self) {
        for hook in Document::of(self.document).hooks() {
            self.findings.about(hook.callback_of.map(|it| it.to_string()));
            for (media_type, schema) in hook.payloads(Document::of(self.document)) {
                let context = Context { media_type: Some(media_type), ..Context::default() };
                self.unit(Unit::Hooks, schema.node(), &SCHEMA, context);
            }
            self.findings.about(None);
        }
    }

    fn refer(&mut self, unit: Unit<'n>, to: Unit<'n>) {
        self.units.entry(unit).or_default().refers_to.insert(to);
    }

    fn object(
        &mut self,
        unit: Unit<'n>,
        node: &'n Node,
        of: &'static ObjectType,
        context: Context<'n>,
    ) {
        let location =
            if of.is(&PARAMETER) { Parameter::of(node).location_name() } else { context.location };
        let context = Context { location, ..context };
        if let Some(pointer) = Schema::of(node).reference() {
            let to = Unit::Reference(pointer, context);
            self.refer(unit, to);
            if let Entry::Vacant(unit) = self.units.entry(to) {
                unit.insert(Found::default());
                self.waiting.push((to, of));
            }
        }
        for (name, value) in node.members() {
            let keyword = of.keyword(name);
            if keyword.is_none() && of.patterned.is_none() && !name.starts_with("x-") {
                let places = self.unknown.entry((of.name, name)).or_default();
                let span = &value.span;
                places.insert((span.source().path(), span.range().start), value);
            }
            if of.is(&SCHEMA) && is_misplaced(Schema::of(node), name) {
                self.report(unit, keyword.map_or("", |it| it.name), Kind::MisplacedKeyword, value);
                continue;
            }
            if let Some(Treatment::Gap(gap)) = keyword.map(|it| it.treatment)
                && (gap.applies)(&Occurrence { holder: node, value, context })
            {
                self.report(unit, keyword.map_or("", |it| it.name), gap.kind, value);
                // What is not done as a whole has no parts that could be.
                if gap.otherwise.is_none() {
                    continue;
                }
            }
            if !is_another_unit(of, name) {
                self.held(unit, node, (name, value), of, context);
            }
        }
    }

    fn held(
        &mut self,
        unit: Unit<'n>,
        holder: &'n Node,
        (name, value): (&'n str, &'n Node),
        of: &'static ObjectType,
        context: Context<'n>,
    ) {
        let sent = context.sent && name != "responses";
        let context = Context { sent, optional: false, ..context };
        match of.holds(name) {
            Holds::Data | Holds::Names => {}
            Holds::One(of) => {
                let items = value.as_array().unwrap_or(std::slice::from_ref(value));
                items.iter().for_each(|item| self.object(unit, item, of, context));
            }
            Holds::List(of) => value.items().for_each(|item| self.object(unit, item, of, context)),
            // Outside of forms and bodies of several parts, the standard has it ignored.
            Holds::Map(of) if of.is(&ENCODING) && !context.media_type.is_some_and(has_encoding) => {
            }
            held @ (Holds::Map(of) | Holds::Extensible(of)) => {
                let is_extensible = matches!(held, Holds::Extensible(_));
                let required: BTreeSet<&str> = Schema::of(holder).required().collect();
                for (key, member) in value.members() {
                    if is_extensible && key.starts_with("x-") {
                        continue;
                    }
                    let media_type = if name == "content" { Some(key) } else { context.media_type };
                    let optional = name == "properties" && !required.contains(key);
                    self.object(unit, member, of, Context { media_type, optional, ..context });
                }
            }
        }
    }

    /// Reports what is not done, once for each place, whoever reaches it.
    fn report(&mut self, unit: Unit<'n>, keyword: &'static str, kind: Kind, value: &'n Node) {
        if kind.entry().severity() >= Severity::Deviation {
            self.units.entry(unit).or_default().deviates = true;
        }
        for (operation, value) in with_operations(unit, keyword, value) {
            let span = &value.span;
            if self.told.insert((span.source().path(), span.range().start, keyword)) {
                self.findings.push(Finding { operation, ..finding(keyword, kind, value) });
            }
        }
    }

    /// Reports members that no standard knows, once for each name.
    fn report_unknown(&mut self) {
        for ((object, name), places) in std::mem::take(&mut self.unknown) {
            let Some(first) = places.values().next() else { continue };
            let what = match places.len() {
                1 => format!("`{name}` of the {object} Object"),
                count => format!("`{name}` of the {object} Object, in {count} places"),
            };
            self.findings.push(Finding::note(Kind::UnknownKeyword, what).at(&first.span));
        }
    }

    /// The operations that reach a unit that deviates.
    fn reaching_deviations(self) -> BTreeSet<String> {
        let mut reached_by: BTreeMap<Unit<'n>, Vec<Unit<'n>>> = BTreeMap::new();
        for (unit, found) in &self.units {
            found.refers_to.iter().for_each(|to| reached_by.entry(*to).or_default().push(*unit));
        }
        let deviates =
            self.units.iter().filter(|(unit, it)| it.deviates && **unit != Unit::Document);
        let mut open: Vec<Unit<'n>> = deviates.map(|(unit, _)| *unit).collect();
        let mut seen: BTreeSet<Unit<'n>> = open.iter().copied().collect();
        while let Some(unit) = open.pop() {
            let next = reached_by.get(&unit).into_iter().flatten();
            open.extend(next.filter(|it| seen.insert(**it)));
        }
        let all = Document::of(self.document).operations().map(|it| it.key);
        all.filter(|it| seen.contains(&Unit::Operation(*it))).map(|it| it.to_string()).collect()
    }
}

/// Whether a member is gone through by itself, as a unit of its own or by a reference that leads to it.
fn is_another_unit(of: &'static ObjectType, name: &str) -> bool {
    (of.is(&DOCUMENT) && ["paths", "components", "webhooks"].contains(&name))
        || (of.is(&OPERATION) && name == "callbacks")
        || (of.is(&PATH_ITEM) && METHODS.contains(&name))
}

/// Where a gap is. Where operations are missing, that is in each of them.
fn with_operations<'n>(
    unit: Unit<'n>,
    keyword: &str,
    value: &'n Node,
) -> Vec<(Option<String>, &'n Node)> {
    match (unit, keyword) {
        (Unit::PathItem(path), "query") => vec![(Some(format!("QUERY {path}")), value)],
        (Unit::PathItem(path), "additionalOperations") => {
            let operations = value.members();
            operations.map(|(method, it)| (Some(format!("{method} {path}")), it)).collect()
        }
        _ => vec![(None, value)],
    }
}

fn finding(keyword: &str, kind: Kind, value: &Node) -> Finding {
    let what = format!("`{keyword}`: {}", as_clause(kind.entry().why));
    let finding = match kind.entry().severity() {
        Severity::Loss => Finding::loss(kind, what),
        Severity::Deviation => Finding::deviation(kind, what),
        _ => Finding::note(kind, what),
    };
    finding.at(&value.span)
}

/// A sentence as it goes on after a colon, without its full stop.
fn as_clause(sentence: &str) -> String {
    prose::decapitalized(sentence.strip_suffix('.').unwrap_or(sentence))
}

#[cfg(test)]
mod tests;
