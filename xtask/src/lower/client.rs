//! What holds for all operations: servers, the credential, constant headers.

use std::collections::BTreeMap;

use crate::config::{ApiConfig, CredentialPlace};
use crate::finding::Finding;
use crate::node::Node;
use crate::plan::{Credential, Server};
use crate::source::Span;

use super::Lowering;
use super::naming::{self, Scope};
use super::operation::follow;

/// Methods that every builder has.
const BUILDER: &[&str] = &["base_url", "build", "configure", "header", "timeout", "user_agent"];

/// Words that say no more than that a server is one.
const SERVER_WORDS: &[&str] =
    &["api", "base", "endpoint", "environment", "host", "server", "the", "url"];

impl Lowering<'_> {
    /// The servers that the document names, the default one first.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut scope = Scope::default();
        let mut servers = Vec::new();
        let listed = self.document.get("servers").and_then(Node::as_array).unwrap_or_default();
        for server in listed {
            let url = with_defaults(server.str("url").unwrap_or_default(), server.get("variables"));
            if !is_base_url(&url) {
                self.unusable_server(&url, server);
                continue;
            }
            let description = server.str("description").unwrap_or_default().trim().to_owned();
            let wanted = match server.str("x-bindery-name") {
                Some(name) => naming::variant_name(name),
                None => server_name(&description, &url),
            };
            servers.push(Server { name: scope.claim(&wanted), url, description });
        }
        servers
    }

    /// A relative url says where on the documentation's own host, which is not known.
    fn unusable_server(&mut self, url: &str, server: &Node) {
        let finding =
            Finding::note("server-url", format!("`{url}` is no url that requests can go to"))
                .at(&server.span)
                .why("the client does not offer it")
                .help("name the server in `api.toml` if it is known");
        self.findings.push(finding);
    }

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

/// Whether a url is one that a client can be made with: absolute, and nothing but scheme, host and path.
fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let part_of_host =
        |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_' | ':' | '[' | ']');
    let part_of_path = |it: char| {
        it.is_ascii_graphic() && !matches!(it, '?' | '#' | '<' | '>' | '`' | '{' | '}' | '"' | '\\')
    };
    rest.is_some_and(|rest| {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        !host.is_empty() && host.chars().all(part_of_host) && path.chars().all(part_of_path)
    })
}

/// The url with its variables replaced by their defaults.
fn with_defaults(url: &str, variables: Option<&Node>) -> String {
    let mut url = url.to_owned();
    for (name, variable) in variables.iter().flat_map(|it| it.members()) {
        if let Some(default) = variable.str("default") {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    url
}

/// "Production server" names `Production`; a server without such words is named by its host.
fn server_name(description: &str, url: &str) -> String {
    let words: Vec<&str> = description
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .filter(|word| !SERVER_WORDS.contains(&word.to_ascii_lowercase().as_str()))
        .collect();
    if (1..=3).contains(&words.len()) {
        return naming::variant_name(&words.join(" "));
    }
    let host = url.split("://").nth(1).unwrap_or(url);
    naming::variant_name(host.split(['/', ':']).next().unwrap_or(host))
}

#[cfg(test)]
mod tests;
