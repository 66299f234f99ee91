//! What of a document a crate does not do: every keyword that an operation reaches is looked up in the tables of
//! [`crate::openapi`], and where they say that there is a gap, a finding points to it.
//!
//! Operations, and what references lead to, are units: each is gone through once for what is sent and once for what
//! comes back, and then asked which operations reach it. So the work grows with the document, not with the number
//! of operations times the size of what they share.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Findings, Severity};
use crate::node::Node;
use crate::openapi::keyword::{Context, Gap, Occurrence, Treatment};
use crate::openapi::media_type::has_encoding;
use crate::openapi::{
    DOCUMENT, ENCODING, Holds, METHODS, OPERATION, ObjectType, PARAMETER, PATH_ITEM, operations,
};

/// What a crate does not do of its document.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// The operations of which something is sent or read otherwise than the document says, as `METHOD /path`.
    pub deviating: BTreeSet<String>,
    /// What deviates: the keyword, what that means, and in how many places.
    pub deviations: BTreeMap<(&'static str, &'static str), usize>,
}

/// Reports each place where a crate does not do what the document says.
pub fn survey(document: &Node, findings: &mut Findings) -> Coverage {
    let mut survey = Survey {
        document,
        units: BTreeMap::new(),
        waiting: Vec::new(),
        coverage: Coverage::default(),
    };
    let root = Unit::Document;
    survey.unit(&root, document, &DOCUMENT, Context::default(), findings);
    for operation in operations(document) {
        let (item, sent) =
            (Unit::PathItem(operation.path), Context { sent: true, ..Context::default() });
        if !survey.units.contains_key(&item) {
            survey.unit(&item, operation.item, &PATH_ITEM, sent, findings);
        }
        let unit = Unit::Operation(operation.path, operation.method);
        findings.about(Some(operation.key()));
        survey.unit(&unit, operation.node, &OPERATION, sent, findings);
        findings.about(None);
        survey.refer(&unit, item);
    }
    while let Some((unit, of)) = survey.waiting.pop() {
        let Unit::Reference(pointer, sent) = unit else { continue };
        let Some(target) = document.pointer(pointer) else { continue };
        survey.unit(&unit, target, of, Context { sent, ..Context::default() }, findings);
    }
    survey.finish()
}

/// A part of a document that is gone through once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit<'n> {
    /// What is said of all operations.
    Document,
    /// What a path item says of its operations, by its path.
    PathItem(&'n str),
    /// An operation, by path and method.
    Operation(&'n str, &'static str),
    /// What a reference leads to, and whether it is sent.
    Reference(&'n str, bool),
}

/// What was found in a unit.
#[derive(Debug, Default)]
struct Found<'n> {
    refers_to: BTreeSet<Unit<'n>>,
    deviates: bool,
}

struct Survey<'n> {
    document: &'n Node,
    units: BTreeMap<Unit<'n>, Found<'n>>,
    /// References that were met and not yet followed, with the type of what they lead to.
    waiting: Vec<(Unit<'n>, &'static ObjectType)>,
    coverage: Coverage,
}

impl<'n> Survey<'n> {
    fn unit(
        &mut self,
        unit: &Unit<'n>,
        node: &'n Node,
        of: &'static ObjectType,
        context: Context<'n>,
        findings: &mut Findings,
    ) {
        self.units.entry(*unit).or_default();
        self.object(unit, node, of, context, findings);
    }

    fn refer(&mut self, unit: &Unit<'n>, to: Unit<'n>) {
        self.units.entry(*unit).or_default().refers_to.insert(to);
    }

    fn object(
        &mut self,
        unit: &Unit<'n>,
        node: &'n Node,
        of: &'static ObjectType,
        context: Context<'n>,
        findings: &mut Findings,
    ) {
        let location = if of.is(&PARAMETER) { node.str("in") } else { context.location };
        let context = Context { location, ..context };
        if let Some(pointer) = node.str("$ref") {
            let to = Unit::Reference(pointer, context.sent);
            self.refer(unit, to);
            if let Entry::Vacant(unit) = self.units.entry(to) {
                unit.insert(Found::default());
                self.waiting.push((to, of));
            }
        }
        for (name, value) in node.members() {
            let keyword = of.keyword(name);
            if let Some(Treatment::Gap(gap)) = keyword.map(|it| it.treatment) {
                let occurrence = Occurrence { holder: node, value, context };
                if (gap.applies)(&occurrence) {
                    let name = keyword.map_or("", |it| it.name);
                    self.report(unit, (name, of.name), gap, value, findings);
                    // What is not done as a whole has no parts that could be.
                    if gap.otherwise.is_none() {
                        continue;
                    }
                }
            }
            if !is_another_unit(of, name) {
                self.held(unit, node, (name, value), of, context, findings);
            }
        }
    }

    fn held(
        &mut self,
        unit: &Unit<'n>,
        holder: &'n Node,
        (name, value): (&'n str, &'n Node),
        of: &'static ObjectType,
        context: Context<'n>,
        findings: &mut Findings,
    ) {
        let context =
            Context { sent: context.sent && name != "responses", optional: false, ..context };
        match of.holds(name) {
            Holds::Data | Holds::Names => {}
            Holds::One(of) => {
                let items = value.as_array().unwrap_or(std::slice::from_ref(value));
                items.iter().for_each(|item| self.object(unit, item, of, context, findings));
            }
            Holds::List(of) => {
                value.items().for_each(|item| self.object(unit, item, of, context, findings));
            }
            // Outside of forms and bodies of several parts, the standard has it ignored.
            Holds::Map(of) if of.is(&ENCODING) && !context.media_type.is_some_and(has_encoding) => {
            }
            Holds::Map(of) | Holds::Extensible(of) => {
                let members = value.members().filter(|(name, _)| !name.starts_with("x-"));
                let required = holder.get("required").into_iter().flat_map(Node::items);
                let required: Vec<&str> = required.filter_map(Node::as_str).collect();
                for (key, member) in members {
                    let media_type = if name == "content" { Some(key) } else { context.media_type };
                    let optional = name == "properties" && !required.contains(&key);
                    let context = Context { media_type, optional, ..context };
                    self.object(unit, member, of, context, findings);
                }
            }
        }
    }

    fn report(
        &mut self,
        unit: &Unit<'n>,
        (keyword, object): (&'static str, &'static str),
        gap: &'static Gap,
        value: &Node,
        findings: &mut Findings,
    ) {
        if gap.severity >= Severity::Deviation {
            self.units.entry(*unit).or_default().deviates = true;
            *self.coverage.deviations.entry((keyword, gap.why)).or_default() += 1;
        }
        findings.push(finding(keyword, object, gap, value));
    }

    /// Asks which operations reach a unit that deviates.
    fn finish(mut self) -> Coverage {
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
        self.coverage.deviating = operations(self.document)
            .filter(|it| seen.contains(&Unit::Operation(it.path, it.method)))
            .map(|it| it.key())
            .collect();
        self.coverage
    }
}

/// Whether a member is gone through by itself, as a unit of its own or by a reference that leads to it.
fn is_another_unit(of: &'static ObjectType, name: &str) -> bool {
    (of.is(&DOCUMENT) && ["paths", "components"].contains(&name))
        || (of.is(&PATH_ITEM) && METHODS.contains(&name))
}

fn finding(keyword: &'static str, object: &str, gap: &Gap, value: &Node) -> Finding {
    let what = format!("`{keyword}` ({object} Object)");
    let finding = match gap.severity {
        Severity::Loss => Finding::loss(keyword, format!("{what} does not arrive")),
        Severity::Deviation => {
            Finding::deviation(keyword, format!("{what} is not done: {}", lower_first(gap.why)))
        }
        _ => Finding::note(keyword, format!("{what}: {}", lower_first(gap.why))),
    };
    finding.at(&value.span).why(gap.why)
}

/// A sentence as it goes on after a colon, without its full stop.
fn lower_first(sentence: &str) -> String {
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let mut characters = sentence.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

#[cfg(test)]
mod tests;
