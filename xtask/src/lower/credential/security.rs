//! What the document requires of a client: of several alternatives, each is the names of schemes that go together.

use std::collections::BTreeMap;

use crate::config::CredentialPlace;
use crate::node::Node;
use crate::openapi::{OperationRef, operations};

use super::super::operation::follow;

/// More than this is nothing that somebody gives a client as arguments.
const MOST: usize = 4;

/// The names of schemes that go together.
type Requirement<'n> = Vec<&'n str>;

/// A security scheme that a client can be made with.
pub(super) struct Scheme<'n> {
    pub(super) name: &'n str,
    pub(super) node: &'n Node,
    pub(super) place: CredentialPlace,
}

/// The security of a document.
pub(super) struct Security<'n> {
    schemes: Vec<(&'n str, &'n Node)>,
    /// What a client had better meet, the best first.
    requirements: Vec<Requirement<'n>>,
    /// What it is made with.
    pub(super) chosen: Vec<Scheme<'n>>,
}

impl<'n> Security<'n> {
    /// A client is made with the first requirement that it can meet, else with the first scheme that it can send.
    pub(super) fn of(document: &'n Node) -> Self {
        let all = document.pointer("/components/securitySchemes");
        let all = all.into_iter().flat_map(Node::members);
        let schemes: Vec<_> =
            all.filter_map(|(name, it)| Some((name, follow(document, it)?))).collect();
        let requirements = requirements(document);
        let required = requirements.iter().find_map(|it| together(it, &schemes));
        let chosen = required.unwrap_or_else(|| {
            schemes.iter().find_map(|(name, node)| scheme(name, node)).into_iter().collect()
        });
        Self { schemes, requirements, chosen }
    }

    /// The first scheme that had to be sent and is not.
    pub(super) fn lost(&self) -> Option<(&'n str, &'n Node)> {
        let is_met = |it: &Requirement<'_>| it.iter().all(|name| self.sends(name));
        if self.requirements.iter().any(is_met) {
            return None;
        }
        let required = self.requirements.first();
        let known = |name: &&str| self.schemes.iter().find(|(other, _)| other == name).copied();
        let required = required.into_iter().flatten().filter_map(known);
        let any = self.schemes.iter().copied().filter(|_| self.chosen.is_empty());
        required.filter(|(name, _)| !self.sends(name)).chain(any).next()
    }

    /// The operations that do not ask for what is sent, and what they ask for in its place. That may be nothing.
    pub(super) fn others(
        &self,
        document: &'n Node,
    ) -> impl Iterator<Item = (OperationRef<'n>, Requirement<'n>)> {
        let all = operations(document).filter(|_| !self.chosen.is_empty());
        all.filter_map(move |operation| {
            let security = operation.node.get("security").or(document.get("security"))?;
            let is_met = |it: &Requirement<'_>| it.iter().all(|name| self.sends(name));
            if alternatives(security).any(|it| !it.is_empty() && is_met(&it)) {
                return None;
            }
            // Of alternatives, the one that asks for nothing is met by sending nothing.
            let wanted = alternatives(security).min_by_key(Vec::len).unwrap_or_default();
            Some((operation, wanted))
        })
    }

    /// Whether what is sent goes where this scheme wants it.
    fn sends(&self, name: &str) -> bool {
        let known = self.schemes.iter().find(|(other, _)| *other == name);
        let place = known.and_then(|(_, node)| derived(node));
        place.is_some_and(|place| self.chosen.iter().any(|it| it.place == place))
    }
}

/// What is required of all calls, then what is of the most of them. What requires nothing is left out.
fn requirements(document: &Node) -> Vec<Requirement<'_>> {
    let mut counted: BTreeMap<Requirement<'_>, (usize, usize)> = BTreeMap::new();
    let own = operations(document).filter_map(|it| it.node.get("security"));
    for (at, requirement) in own.flat_map(alternatives).enumerate() {
        counted.entry(requirement).or_insert((0, at)).0 += 1;
    }
    let mut of_some: Vec<_> = counted.into_iter().collect();
    of_some.sort_by_key(|(_, (count, first))| (usize::MAX - count, *first));
    let of_all = document.get("security").into_iter().flat_map(alternatives);
    of_all.chain(of_some.into_iter().map(|(it, _)| it)).filter(|it| !it.is_empty()).collect()
}

fn alternatives(security: &Node) -> impl Iterator<Item = Requirement<'_>> {
    security.items().map(|requirement| requirement.members().map(|(name, _)| name).collect())
}

/// The schemes of a requirement, if a client can be made with all of them. Of several that go into one place, one is
/// enough: they are ways to get the same token.
fn together<'n>(
    names: &Requirement<'n>,
    schemes: &[(&'n str, &'n Node)],
) -> Option<Vec<Scheme<'n>>> {
    let mut together: Vec<Scheme<'n>> = Vec::new();
    for name in names {
        let (name, node) = schemes.iter().find(|(other, _)| other == name)?;
        let scheme = scheme(name, node)?;
        if !together.iter().any(|it| it.place == scheme.place) {
            together.push(scheme);
        }
    }
    (1..=MOST).contains(&together.len()).then_some(together)
}

fn scheme<'n>(name: &'n str, node: &'n Node) -> Option<Scheme<'n>> {
    Some(Scheme { name, node, place: derived(node)? })
}

/// Where the credential goes that a security scheme asks for, if a client can be made with it.
fn derived(scheme: &Node) -> Option<CredentialPlace> {
    match (scheme.str("type")?, scheme.str("scheme"), scheme.str("in")) {
        ("http", Some(kind), _) if kind.eq_ignore_ascii_case("bearer") => {
            Some(CredentialPlace::Bearer)
        }
        ("http", Some(kind), _) if kind.eq_ignore_ascii_case("basic") => {
            Some(CredentialPlace::Basic)
        }
        // However it is had, an access token is sent as a bearer token (RFC 6750).
        ("oauth2" | "openIdConnect", ..) => Some(CredentialPlace::Bearer),
        ("apiKey", _, Some(place)) => {
            let name = scheme.str("name").filter(|name| !name.trim().is_empty())?.to_owned();
            let is_token = http::HeaderName::from_bytes(name.as_bytes()).is_ok();
            match place {
                "header" => (is_token && !taken(&name)).then_some(CredentialPlace::Header(name)),
                "query" => Some(CredentialPlace::Query(name)),
                "cookie" => is_token.then_some(CredentialPlace::Cookie(name)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a header is the client's own, so that no credential goes there.
fn taken(header: &str) -> bool {
    let own =
        ["accept", "connection", "content-length", "content-type", "host", "transfer-encoding"];
    own.iter().any(|it| header.eq_ignore_ascii_case(it))
}
