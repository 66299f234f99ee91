//! What holds for all operations: the credential, and constant headers.

use std::collections::BTreeMap;

use crate::config::CredentialPlace;
use crate::finding::Finding;
use crate::node::Node;
use crate::plan::Credential;
use crate::source::Span;

use super::Lowering;
use super::naming;

/// Methods that every builder has.
const BUILDER: &[&str] = &["base_url", "build", "configure", "header", "timeout", "user_agent"];

impl Lowering<'_> {
    /// The credential: what `api.toml` decides, else the first scheme of the document that a client can
    /// be made with.
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
        let schemes = self.document.pointer("/components/securitySchemes")?;
        let found = schemes.members().find_map(|(_, scheme)| derived(&self.config.name, scheme));
        if let (None, Some((name, scheme))) = (&found, schemes.members().next()) {
            let finding = Finding::loss("security-scheme", format!("`{name}` is not supported"))
                .at(&scheme.span)
                .why("a client cannot be given a credential")
                .help("decide on one in `api.toml`: a bearer token or a header");
            self.findings.push(finding);
        }
        found
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

/// The credential that a security scheme asks for, if a client can be made with it.
fn derived(api: &str, scheme: &Node) -> Option<Credential> {
    let (place, name) = match (scheme.str("type")?, scheme.str("scheme"), scheme.str("in")) {
        ("http", Some(kind), _) if kind.eq_ignore_ascii_case("bearer") => {
            (CredentialPlace::Bearer, "token")
        }
        ("apiKey", _, Some("header")) => {
            let header = scheme.str("name")?;
            http::HeaderName::from_bytes(header.as_bytes()).ok()?;
            (CredentialPlace::Header(header.to_owned()), "api_key")
        }
        _ => return None,
    };
    let env: String = format!("{api}_{name}")
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_uppercase() } else { '_' })
        .collect();
    Some(Credential { place, name: name.to_owned(), env })
}

#[cfg(test)]
mod tests;
