//! The second stage: from the faithful document to the subset that progenitor takes, plus a plan of
//! what to restore.
//!
//! - [`schema`](self) classifies schemas and names those that become Rust types of their own,
//! - [`union`](self) tells which schema of several a value has,
//! - [`merge`] makes one schema of `allOf`,
//! - [`operation`](self) and [`response`](self) take the calls apart,
//! - [`client`](self) reads servers, credentials and constant headers,
//! - [`naming`] makes names, [`docs`] gathers what the vendor says,
//! - [`product`] is the lowered document.

mod client;
pub mod docs;
pub mod merge;
pub mod naming;
mod operation;
pub mod product;
mod response;
mod schema;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::OpenAPI;

use crate::config::{ApiConfig, Rename, Renamed};
use crate::finding::{Finding, Findings};
use crate::node::Node;
use crate::plan::{Plan, Shape, TypePlan};
use crate::read::Bound;

pub use operation::METHODS;

use naming::Scope;
use product::{Member, Product, Products, Type};

/// A document that progenitor takes, and what it leaves out.
#[derive(Debug)]
pub struct Lowered {
    /// OpenAPI 3.0: objects of plain properties, and no paths.
    pub document: OpenAPI,
    /// What to restore.
    pub plan: Plan,
}

/// Lowers a bound document. `None` when a finding says why it cannot be done.
pub fn lower(bound: &Bound, config: &ApiConfig, findings: &mut Findings) -> Option<Lowered> {
    let mut lowering = Lowering::new(&bound.document, config, findings);
    let operations = lowering.operations();
    let plan = Plan {
        package: config.package.clone(),
        title: config.title.clone(),
        description: bound
            .document
            .pointer("/info/description")
            .and_then(Node::as_str)
            .unwrap_or_default()
            .to_owned(),
        servers: lowering.servers(),
        base_url_env: config.base_url_env.clone(),
        credential: lowering.credential(),
        headers: lowering.headers(),
        operations,
        types: std::mem::take(&mut lowering.types),
    };
    lowering.report_unused_renames();
    let document = product::document(&config.title, &lowering.products);
    (!findings.failed()).then_some(Lowered { document, plan })
}

/// The work in progress: what is lowered so far, and the names that are taken.
struct Lowering<'a> {
    document: &'a Node,
    config: &'a ApiConfig,
    findings: &'a mut Findings,
    /// Names of types.
    scope: Scope,
    /// Names kept for components, by pointer, so that no inline schema takes one.
    components: BTreeMap<String, String>,
    /// References that are lowered, or have their name and are being lowered.
    references: BTreeMap<String, Type>,
    /// References being followed that have no name yet, to notice an alias of itself.
    following: Vec<String>,
    /// Inline schemas by the title that named them, so that equal ones are one type.
    titled: BTreeMap<String, (Node, Type)>,
    products: Products,
    types: BTreeMap<String, TypePlan>,
    /// Indices of the renames that took effect.
    renamed: BTreeSet<usize>,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Node, config: &'a ApiConfig, findings: &'a mut Findings) -> Self {
        let mut lowering = Self {
            document,
            config,
            findings,
            scope: Scope::default(),
            components: BTreeMap::new(),
            references: BTreeMap::new(),
            following: Vec::new(),
            titled: BTreeMap::new(),
            products: Products::new(),
            types: BTreeMap::new(),
            renamed: BTreeSet::new(),
        };
        let schemas = document.pointer("/components/schemas");
        let mut names: Vec<&str> =
            schemas.iter().flat_map(|it| it.members()).map(|(name, _)| name).collect();
        names.sort_unstable();
        for name in names {
            let pointer = format!("#/components/schemas/{}", crate::node::pointer_token(name));
            let claimed = lowering.claim_type(&naming::type_name(name));
            lowering.components.insert(pointer, claimed);
        }
        lowering
    }

    /// Takes a name for a type, after the renames of `api.toml`.
    fn claim_type(&mut self, wanted: &str) -> String {
        let wanted = self.renamed(&Renamed::Type(wanted.to_owned()), wanted);
        self.scope.claim(&wanted)
    }

    /// The new name of something, if `api.toml` gives it one.
    fn renamed(&mut self, what: &Renamed, name: &str) -> String {
        match self.config.renames.iter().position(|rename| rename.what == *what) {
            Some(index) => {
                self.renamed.insert(index);
                self.config.renames.get(index).map_or_else(|| name.to_owned(), |it| it.to.clone())
            }
            None => name.to_owned(),
        }
    }

    /// Puts a type into the lowered document and the plan.
    fn define(&mut self, name: &str, product: Product, plan: TypePlan) {
        self.products.insert(name.to_owned(), product);
        self.types.insert(name.to_owned(), plan);
    }

    /// Puts the parts of an operation into the lowered document, under a name that no type has.
    fn define_parts(&mut self, wanted: &str, parts: BTreeMap<String, Member>) -> String {
        let name = self.scope.claim(wanted);
        let plan = TypePlan { docs: Default::default(), shape: Shape::Parts };
        self.define(&name, Product::Object(parts), plan);
        name
    }

    fn report_unused_renames(&mut self) {
        for (index, rename) in self.config.renames.iter().enumerate() {
            if !self.renamed.contains(&index) {
                self.findings.push(unused(rename));
            }
        }
    }
}

fn unused(rename: &Rename) -> Finding {
    let (kind, name) = match &rename.what {
        Renamed::Operation(name) => ("operation", name),
        Renamed::Type(name) => ("type", name),
        Renamed::Property(name) => ("property", name),
        Renamed::Variant(name) => ("variant", name),
    };
    Finding::error("unused-rename", format!("there is no {kind} `{name}` to rename"))
        .at(&rename.span)
        .why("the crate would have another name than the one that was decided")
        .help(
            "take the rename out, or correct the name: it is the one that the crate has without it",
        )
}
