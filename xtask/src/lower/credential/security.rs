//! What the document requires of a client: of several alternatives, each is the names of schemes that go together.

use std::collections::BTreeMap;

use crate::config::CredentialPlace;
use crate::openapi::model::{SchemeKind, SecurityRequirement, SecurityScheme};
use crate::openapi::{Document, Operation, ParameterLocation};

/// More than this is nothing that somebody gives a client as arguments.
const MOST: usize = 4;

/// The names of schemes that go together.
type Requirement<'n> = Vec<&'n str>;

/// Security schemes by name.
type Schemes<'n> = Vec<(&'n str, SecurityScheme<'n>)>;

/// A security scheme that a client can be made with.
pub(super) struct Scheme<'n> {
    pub(super) name: &'n str,
    pub(super) scheme: SecurityScheme<'n>,
    pub(super) place: CredentialPlace,
}

/// The security of a document.
pub(super) struct Security<'n> {
    schemes: Schemes<'n>,
    /// What a client had better meet, the best first.
    requirements: Vec<Requirement<'n>>,
    /// What it is made with.
    pub(super) chosen: Vec<Scheme<'n>>,
}

impl<'n> Security<'n> {
    /// A client is made with the first requirement that it can meet, else with the first scheme that it can send.
    pub(super) fn of(document: Document<'n>) -> Self {
        let all = document.security_schemes();
        let schemes: Schemes<'n> =
            all.filter_map(|(name, it)| Some((name, document.resolve(it)?))).collect();
        let requirements = requirements(document);
        let required = requirements.iter().find_map(|it| together(it, &schemes));
        let chosen = required.unwrap_or_else(|| {
            schemes.iter().find_map(|(name, it)| scheme(name, *it)).into_iter().collect()
        });
        Self { schemes, requirements, chosen }
    }

    /// The first scheme that had to be sent and is not.
    pub(super) fn lost(&self) -> Option<(&'n str, SecurityScheme<'n>)> {
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

    /// Returns the schemes that are asked for somewhere and never sent, where others are.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&'n str, SecurityScheme<'n>)> {
        let is_asked_for = |name: &str| self.requirements.iter().flatten().any(|it| *it == name);
        let lost = self.lost().map(|(name, _)| name);
        let others = self.schemes.iter().copied().filter(|_| !self.chosen.is_empty());
        others
            .filter(move |(name, _)| is_asked_for(name) && !self.sends(name) && lost != Some(*name))
    }

    /// The operations that do not ask for what is sent, and what they ask for in its place. That may be nothing.
    pub(super) fn others(
        &self,
        document: Document<'n>,
    ) -> impl Iterator<Item = (Operation<'n>, Requirement<'n>)> {
        let all = document.operations().filter(|_| !self.chosen.is_empty());
        all.filter_map(move |operation| {
            let wanted: Vec<Requirement<'n>> =
                operation.security_in(document)?.map(|it| it.schemes().collect()).collect();
            let is_met = |it: &Requirement<'_>| it.iter().all(|name| self.sends(name));
            if wanted.iter().any(|it| !it.is_empty() && is_met(it)) {
                return None;
            }
            // Of alternatives, the one that asks for nothing is met by sending nothing.
            Some((operation, wanted.into_iter().min_by_key(Vec::len).unwrap_or_default()))
        })
    }

    /// Whether what is sent goes where this scheme wants it.
    fn sends(&self, name: &str) -> bool {
        let known = self.schemes.iter().find(|(other, _)| *other == name);
        let place = known.and_then(|(_, scheme)| derived(*scheme));
        place.is_some_and(|place| self.chosen.iter().any(|it| it.place == place))
    }
}

/// What is required of all calls, then what is of the most of them. What requires nothing is left out.
fn requirements(document: Document<'_>) -> Vec<Requirement<'_>> {
    let mut counted: BTreeMap<Requirement<'_>, (usize, usize)> = BTreeMap::new();
    fn schemes(requirement: SecurityRequirement<'_>) -> Requirement<'_> {
        requirement.schemes().collect()
    }
    let own = document.operations().filter_map(Operation::security).flatten();
    for (at, requirement) in own.map(schemes).enumerate() {
        counted.entry(requirement).or_insert((0, at)).0 += 1;
    }
    let mut of_some: Vec<_> = counted.into_iter().collect();
    of_some.sort_by_key(|(_, (count, first))| (usize::MAX - count, *first));
    let of_all = document.security().into_iter().flatten().map(schemes);
    of_all.chain(of_some.into_iter().map(|(it, _)| it)).filter(|it| !it.is_empty()).collect()
}

/// The schemes of a requirement, if a client can be made with all of them. Of several that go into one place, one is
/// enough: they are ways to get the same token.
fn together<'n>(names: &Requirement<'n>, schemes: &Schemes<'n>) -> Option<Vec<Scheme<'n>>> {
    let mut together: Vec<Scheme<'n>> = Vec::new();
    for name in names {
        let (name, known) = schemes.iter().find(|(other, _)| other == name)?;
        let scheme = scheme(name, *known)?;
        if !together.iter().any(|it| it.place == scheme.place) {
            together.push(scheme);
        }
    }
    (1..=MOST).contains(&together.len()).then_some(together)
}

fn scheme<'n>(name: &'n str, scheme: SecurityScheme<'n>) -> Option<Scheme<'n>> {
    Some(Scheme { name, scheme, place: derived(scheme)? })
}

/// Where the credential goes that a security scheme asks for, if a client can be made with it.
fn derived(scheme: SecurityScheme<'_>) -> Option<CredentialPlace> {
    match scheme.kind() {
        SchemeKind::Http(kind) if kind.eq_ignore_ascii_case("bearer") => {
            Some(CredentialPlace::Bearer)
        }
        SchemeKind::Http(kind) if kind.eq_ignore_ascii_case("basic") => {
            Some(CredentialPlace::Basic)
        }
        // However it is had, an access token is sent as a bearer token (RFC 6750).
        SchemeKind::AccessToken => Some(CredentialPlace::Bearer),
        SchemeKind::ApiKey(name, Some(location)) if !name.trim().is_empty() => {
            let (name, is_token) =
                (name.to_owned(), http::HeaderName::from_bytes(name.as_bytes()).is_ok());
            match location {
                ParameterLocation::Header if is_token && !taken(&name) => {
                    Some(CredentialPlace::Header(name))
                }
                ParameterLocation::Query => Some(CredentialPlace::Query(name)),
                ParameterLocation::Cookie if is_token => Some(CredentialPlace::Cookie(name)),
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
