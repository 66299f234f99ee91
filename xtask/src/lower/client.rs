//! What holds for all operations: the credential, and constant headers.

use std::collections::BTreeMap;

use crate::config::{ApiConfig, CredentialPlace};
use crate::finding::Finding;
use crate::node::Node;
use crate::plan::Credential;
use crate::source::Span;

use super::Lowering;
use super::naming;
use super::operation::follow;

/// Methods that every builder has.
const BUILDER: &[&str] = &["base_url", "build", "configure", "header", "timeout", "user_agent"];

impl Lowering<'_> {
    /// The credential: what `api.toml` decides, else that of the first scheme that a client can be made
    /// with. Schemes that the document requires of all calls come before the others.
    pub(super) fn credential(&mut self) -> Option<Credential> {
        if let Some(decided) = &self.config.credential {
            let credential = Credential {
                place: decided.place.clone(),
                name: decided.name.clone(),
                env: decided.env.clone(),
            };
            self.check_name(&credential, &decided.span);
            return Some(credential);
        }
        let schemes = schemes(self.document);
        let found =
            schemes.iter().find_map(|(name, scheme)| Some((name, scheme, derived(scheme)?)));
        let Some((name, scheme, place)) = found else {
            let (name, scheme) = schemes.first()?;
            let finding = Finding::loss("security-scheme", format!("`{name}` is not supported"))
                .at(&scheme.span)
                .why("a client cannot be given a credential")
                .help(
                    "decide on one in `api.toml`: a bearer token, basic authentication, a header, a \
                     query parameter or a cookie",
                );
            self.findings.push(finding);
            return None;
        };
        if matches!(scheme.str("type"), Some("oauth2" | "openIdConnect")) {
            let finding =
                Finding::note("access-token", format!("`{name}` is a way to get a token"))
                    .at(&scheme.span)
                    .why("the client sends an access token and does not get one itself")
                    .help(
                        "whoever makes the client gives a token, or a `TokenSource` that gets one",
                    );
            self.findings.push(finding);
        }
        let (name, env) = (place.setter().to_owned(), place.variables(&self.config.name));
        Some(Credential { place, name, env })
    }

    fn check_name(&mut self, credential: &Credential, span: &Span) {
        let name = &credential.name;
        if naming::value_name(name) != *name || BUILDER.contains(&name.as_str()) {
            let what =
                format!("`{name}` is no name for the builder's method that takes the credential");
            let finding = Finding::error("credential-name", what)
                .at(span)
                .why("the name is not in Rust's spelling, or the builder has such a method already")
                .help("call it `token` or `api_key`, or something else");
            self.findings.push(finding);
        }
    }

    /// The constant headers, by name.
    pub(super) fn headers(&self) -> BTreeMap<String, String> {
        self.config
            .headers
            .iter()
            .map(|it| (it.name.to_ascii_lowercase(), it.value.clone()))
            .collect()
    }
}

/// The place of the credential, where no finding is to be made of it.
pub(super) fn credential_place(document: &Node, config: &ApiConfig) -> Option<CredentialPlace> {
    let decided = config.credential.as_ref().map(|decided| decided.place.clone());
    decided.or_else(|| schemes(document).iter().find_map(|(_, scheme)| derived(scheme)))
}

/// The security schemes of the document, first those that it requires of all calls.
fn schemes(document: &Node) -> Vec<(&str, &Node)> {
    let Some(all) = document.pointer("/components/securitySchemes") else { return Vec::new() };
    let requirements = document.get("security").into_iter().flat_map(Node::items);
    let required: Vec<&str> = requirements.flat_map(Node::members).map(|(name, _)| name).collect();
    let followed = all.members().filter_map(|(name, it)| Some((name, follow(document, it)?)));
    let mut schemes: Vec<_> = followed.collect();
    // Stable, so that the others stay in the order of the page.
    schemes.sort_by_key(|(name, _)| {
        required.iter().position(|it| it == name).unwrap_or(required.len())
    });
    schemes
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
                "header" => is_token.then_some(CredentialPlace::Header(name)),
                "query" => Some(CredentialPlace::Query(name)),
                "cookie" => is_token.then_some(CredentialPlace::Cookie(name)),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
