//! The second stage: from the faithful document to the subset that progenitor takes, plus a plan of
//! what to restore.
//!
//! - `schema` classifies schemas and names those that become Rust types of their own,
//! - `reference` follows references, `object` lowers what becomes structs,
//! - `union` and `tag` tell which schema of several a value has,
//! - `hierarchy` knows the components that are kinds of others,
//! - `reach` follows references from what operations send and receive,
//! - `direction` knows what is only sent and what is only received,
//! - `equal` makes one type of those that are the same,
//! - `choice` finds properties of which exactly one is given,
//! - `merge` makes one schema of `allOf`,
//! - `call_name`, `operation` and `response` name calls and take them apart,
//! - `webhooks` lowers what the vendor sends by itself,
//! - `paging` finds lists that come page by page,
//! - `decided` puts decisions about operations in their place,
//! - `server` and `credential` read where calls go, and with what proof,
//! - `positions` counts what has a type and what has none,
//! - `naming` makes names, `rename` puts those of `api.toml` in their place,
//! - `docs` gathers what the vendor says, and `told` where it says it of a value,
//! - `product` is the lowered document.

mod call_name;
mod candidate;
mod choice;
mod credential;
mod decided;
mod direction;
mod distinct;
mod docs;
mod equal;
mod group;
mod hierarchy;
mod media;
mod merge;
pub mod naming;
mod null;
mod number;
mod object;
mod operation;
mod paging;
mod positions;
mod probes;
pub mod product;
mod reach;
mod reference;
mod rename;
mod response;
mod schema;
mod server;
mod style;
mod tag;
mod together;
mod told;
mod union;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use openapiv3::OpenAPI;

use crate::config::{ApiConfig, CredentialPlace};
use crate::finding::Findings;
use crate::node::Node;
use crate::openapi::{Document, Schema};
use crate::plan::{Operation, Plan, Shape, TypePlan};
use crate::read::Spec;
use crate::sanitize;

use direction::{Direction, Directions, Reached};
use equal::Origin;
use hierarchy::Hierarchy;
use naming::Scope;
use positions::Positions;
use probes::Probes;
use product::{Member, Product, Products, Type};
use reach::Reach;
use server::ServerList;

/// A document that progenitor takes, and what it leaves out.
#[derive(Debug)]
pub struct Lowered {
    /// OpenAPI 3.0: objects of plain properties, and no paths.
    pub document: OpenAPI,
    /// What to restore.
    pub plan: Plan,
}

/// Lowers a bound document. `None` when a finding says why it cannot be done.
pub fn lower(bound: &Spec, config: &ApiConfig, findings: &mut Findings) -> Option<Lowered> {
    lower_with_probes(bound, config, &[], findings)
}

/// Lowers a bound document, and notes the types that these schemas of it become.
pub(crate) fn lower_with_probes(
    bound: &Spec,
    config: &ApiConfig,
    probes: &[Schema<'_>],
    findings: &mut Findings,
) -> Option<Lowered> {
    let mut lowering = Lowering::new(Document::of(&bound.document), config, findings);
    lowering.probes = Probes::of(probes);
    let mut operations = lowering.operations();
    lowering.group(&mut operations);
    let mut webhooks = lowering.webhooks(&operations);
    lowering.pending_structures();
    lowering.join_equal_types();
    lowering.type_decisions();
    lowering.define_parts(&mut operations);
    lowering.define_webhooks(&mut webhooks);
    lowering.paging(&mut operations);
    lowering.retries(&mut operations);
    let probes = lowering.define_probes();
    let plan = Plan {
        package: config.package.clone(),
        title: sanitize::line(&config.title),
        description: lowering.document.description().unwrap_or_default().to_owned(),
        servers: lowering.servers(),
        base_url_env: config.base_url_env.clone(),
        credentials: lowering.credentials(),
        headers: constant_headers(config),
        operations,
        types: std::mem::take(&mut lowering.types),
        webhooks,
        probes,
        positions: lowering.count_positions(),
    };
    lowering.report_untold();
    lowering.report_unused_renames();
    let document = product::document(&config.title, &lowering.products);
    (!findings.failed()).then_some(Lowered { document, plan })
}

/// The constant headers, by name.
fn constant_headers(config: &ApiConfig) -> BTreeMap<String, String> {
    let headers = config.headers.iter();
    headers.map(|it| (it.name.to_ascii_lowercase(), it.value.clone())).collect()
}

/// The work in progress: what is lowered so far, and the names that are taken.
struct Lowering<'a> {
    document: Document<'a>,
    config: &'a ApiConfig,
    findings: &'a mut Findings,
    /// Where credentials go, which are no parameters of an operation.
    credentials: Vec<CredentialPlace>,
    /// Names of types.
    scope: Scope,
    /// Where types come from, by their names.
    origins: BTreeMap<String, Origin>,
    /// Names kept for components, by pointer, so that no inline schema takes one.
    components: BTreeMap<String, String>,
    /// Which components are kinds of others.
    hierarchy: Hierarchy,
    /// The tags that the structs of components write, by their names and that of the property.
    tags: BTreeMap<String, BTreeMap<String, String>>,
    /// Which references lead to what differs by the way that it goes.
    directions: Directions,
    /// Which way what is lowered goes.
    direction: Direction,
    /// References that are lowered, or have their name and are being lowered.
    references: BTreeMap<Reached, Type>,
    /// Whether null is a value of what references lead to.
    nulls: BTreeMap<String, bool>,
    /// References to schemas that have become types of their own.
    owners: BTreeSet<String>,
    /// Where the servers of operations begin that are reported as not taken.
    other_servers: BTreeSet<usize>,
    /// The servers of operations, by where they stand.
    server_lists: BTreeMap<Option<usize>, Rc<ServerList>>,
    /// References being followed that have no name yet, to notice an alias of itself.
    following: Vec<String>,
    /// Components that have their name and wait for their insides to be lowered.
    pending: Vec<(Node, String, Direction)>,
    /// Schemas whose insides are being lowered, with their names: an equal schema inside is the same type.
    open: Vec<(Node, String)>,
    /// Whether the next structure is a form, whose files are files.
    uploads: bool,
    /// How many schemas are being lowered, one inside the other.
    depth: usize,
    /// How many more schemas may be lowered.
    budget: usize,
    /// The parameters and bodies of operations, and their responses, by the operations' types.
    parts: BTreeMap<String, Parts>,
    /// Inline schemas by the title that named them, so that equal ones are one type.
    titled: BTreeMap<(String, Direction), (Node, Type)>,
    products: Products,
    types: BTreeMap<String, TypePlan>,
    /// Indices of the renames that took effect.
    renamed: BTreeSet<usize>,
    probes: Probes<'a>,
    positions: Positions,
}

/// The properties of the two schemas that an operation is lowered to.
#[derive(Default)]
struct Parts {
    request: BTreeMap<String, Member>,
    responses: BTreeMap<String, Member>,
}

impl<'a> Lowering<'a> {
    fn new(document: Document<'a>, config: &'a ApiConfig, findings: &'a mut Findings) -> Self {
        let hierarchy = Hierarchy::of(document);
        let kinds = reach::kinds(document, &hierarchy);
        let reach = Reach::of(document, &kinds);
        let directions = Directions::of(document, &reach);
        let passed_over = direction::passed_over(document, &reach, &directions);
        passed_over.into_iter().for_each(|it| findings.push(it));
        let mut lowering = Self {
            document,
            config,
            findings,
            credentials: credential::places(document, config),
            scope: Scope::default(),
            origins: BTreeMap::new(),
            components: BTreeMap::new(),
            tags: BTreeMap::new(),
            directions,
            hierarchy,
            direction: Direction::default(),
            references: BTreeMap::new(),
            nulls: BTreeMap::new(),
            owners: BTreeSet::new(),
            other_servers: BTreeSet::new(),
            server_lists: BTreeMap::new(),
            following: Vec::new(),
            pending: Vec::new(),
            open: Vec::new(),
            uploads: false,
            depth: 0,
            budget: schema::budget(document),
            parts: BTreeMap::new(),
            titled: BTreeMap::new(),
            products: Products::new(),
            types: BTreeMap::new(),
            renamed: BTreeSet::new(),
            probes: Probes::default(),
            positions: Positions::default(),
        };
        let mut names: Vec<&str> = document.schemas().map(|(name, _)| name).collect();
        names.sort_unstable();
        // What nobody uses has no type, and takes no name away.
        let pointers = names.iter().map(|name| (*name, Document::reference_to_schema(name)));
        for (name, pointer) in pointers.filter(|(_, pointer)| reach.has(pointer)) {
            let claimed = lowering.claim_for_component(&naming::type_name(name));
            lowering.components.insert(pointer, claimed);
        }
        lowering
    }

    /// Puts a type into the lowered document and the plan.
    fn define(&mut self, name: &str, product: Product, plan: TypePlan) {
        self.products.insert(name.to_owned(), product);
        self.types.insert(name.to_owned(), plan);
    }

    /// Puts the parts of the operations into the lowered document, under names that no type has. They come last,
    /// since nobody sees these names and no type should have another because of them.
    fn define_parts(&mut self, operations: &mut BTreeMap<String, Operation>) {
        for operation in operations.values_mut() {
            let own = self.parts.remove(&operation.builder).unwrap_or_default();
            operation.request = self.define_part(&operation.builder, "Request", own.request);
            operation.responses = self.define_part(&operation.builder, "Responses", own.responses);
        }
    }

    fn define_part(&mut self, of: &str, part: &str, members: BTreeMap<String, Member>) -> String {
        let mut name = self.scope.number(&naming::inner_name(of, part));
        while self.scope.give(&name, None).is_err() {
            name = self.scope.number(&name);
        }
        let plan = TypePlan { docs: Default::default(), span: None, shape: Shape::Parts };
        self.define(&name, Product::Object(members), plan);
        name
    }
}
