//! What holds for all operations: servers, the credential, constant headers.

use std::collections::BTreeMap;

use crate::config::CredentialPlace;
use crate::node::Node;
use crate::plan::{Credential, Server};

use super::Lowering;
use super::naming::{self, Scope};

/// Words that say no more than that a server is one.
const SERVER_WORDS: &[&str] =
    &["api", "base", "endpoint", "environment", "host", "server", "the", "url"];

impl Lowering<'_> {
    /// The servers that the document names, the default one first.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut scope = Scope::default();
        self.document
            .get("servers")
            .iter()
            .flat_map(|servers| servers.items())
            .filter_map(|server| {
                let url = with_defaults(server.str("url")?, server.get("variables"));
                // A relative url says where on the documentation's own host, which is not known.
                url.contains("://").then(|| {
                    let description = server.str("description").unwrap_or_default().trim();
                    let wanted = match server.str("x-bindery-name") {
                        Some(name) => naming::variant_name(name),
                        None => server_name(description, &url),
                    };
                    Server { name: scope.claim(&wanted), url, description: description.to_owned() }
                })
            })
            .collect()
    }

    /// The credential: what `api.toml` decides, else the first scheme of the document that a client can
    /// be made with.
    pub(super) fn credential(&self) -> Option<Credential> {
        if let Some(decided) = &self.config.credential {
            let (place, name, env) =
                (decided.place.clone(), decided.name.clone(), decided.env.clone());
            return Some(Credential { place, name, env });
        }
        let schemes = self.document.pointer("/components/securitySchemes")?;
        schemes.members().find_map(|(_, scheme)| {
            let prefix = self.config.name.to_uppercase();
            match (scheme.str("type")?, scheme.str("scheme"), scheme.str("in")) {
                ("http", Some(kind), _) if kind.eq_ignore_ascii_case("bearer") => {
                    Some(Credential {
                        place: CredentialPlace::Bearer,
                        name: "token".to_owned(),
                        env: format!("{prefix}_TOKEN"),
                    })
                }
                ("apiKey", _, Some("header")) => Some(Credential {
                    place: CredentialPlace::Header(scheme.str("name")?.to_owned()),
                    name: "api_key".to_owned(),
                    env: format!("{prefix}_API_KEY"),
                }),
                _ => None,
            }
        })
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
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_what_the_vendor_calls_it() {
        assert_eq!(server_name("Production server", "https://api.basic.tech"), "Production");
        assert_eq!(server_name("", "https://eu.example.com/v1"), "EuExampleCom");
    }
}
