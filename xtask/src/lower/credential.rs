//! Credentials: what a client needs to prove its identity, as the document's security requirements have it.

mod security;

use crate::config::{ApiConfig, BUILDER_METHODS, CredentialPlace};
use crate::finding::Finding;
use crate::node::Node;
use crate::plan::Credential;

use super::Lowering;
use super::naming::{self, Scope};
use security::{Scheme, Security};

impl Lowering<'_> {
    /// The credentials: what `api.toml` decides, else those of the first requirement that a client can be made with,
    /// else that of the first such scheme.
    pub(super) fn credentials(&mut self) -> Vec<Credential> {
        if let Some(decided) = &self.config.credential {
            let (place, name) = (decided.place.clone(), decided.name.clone());
            return vec![Credential { place, name, env: decided.env.clone() }];
        }
        let security = Security::of(self.document);
        self.report_lost(&security);
        self.report_others(&security);
        let is_alone = security.chosen.len() == 1;
        let mut names = Scope::with(BUILDER_METHODS);
        for argument in CredentialPlace::Basic.arguments("") {
            names.claim(argument);
        }
        security
            .chosen
            .into_iter()
            .map(|scheme| {
                self.report_access_token(&scheme);
                let wanted = match &scheme.place {
                    place if is_alone => place.setter().to_owned(),
                    place => place.own_name().map_or(place.setter().to_owned(), naming::value_name),
                };
                let name = names.claim(&wanted);
                let env = scheme.place.variables(&self.config.name, &name);
                Credential { place: scheme.place, name, env }
            })
            .collect()
    }

    fn report_access_token(&mut self, scheme: &Scheme<'_>) {
        if matches!(scheme.node.str("type"), Some("oauth2" | "openIdConnect")) {
            let what = format!("`{}` is a way to get a token", scheme.name);
            self.findings.push(
                Finding::note("access-token", what)
                    .at(&scheme.node.span)
                    .why("the client sends an access token and does not get one itself")
                    .help(
                        "whoever makes the client gives a token, or a `TokenSource` that gets one",
                    ),
            );
        }
    }

    /// Says what is required and cannot be sent.
    fn report_lost(&mut self, security: &Security<'_>) {
        let Some((name, scheme)) = security.lost() else { return };
        self.findings.push(
            Finding::loss("security-scheme", format!("`{name}` is not supported"))
                .at(&scheme.span)
                .why("a client cannot be given this credential")
                .help(
                    "decide on one in `api.toml`: a bearer token, basic authentication, a header, a query \
                     parameter or a cookie",
                ),
        );
    }

    /// Says which operations ask for something else than what is sent.
    fn report_others(&mut self, security: &Security<'_>) {
        let mut others = security.others(self.document);
        let Some((operation, wanted)) = others.next() else { return };
        let more = match others.count() {
            0 => String::new(),
            1 => ", and one more for something else, too".to_owned(),
            several => format!(", and {several} more for something else, too"),
        };
        let what = format!("an operation asks for `{}`{more}", wanted.join("` and `"));
        self.findings.push(
            Finding::note("other-credential", what)
                .at(&operation.span)
                .why("the client sends the one credential that all calls or most of them are to have")
                .help("give a call another with `with_options`, or a client with `header`"),
        );
    }
}

/// The places of the credentials, where no finding is to be made of them.
pub(super) fn places(document: &Node, config: &ApiConfig) -> Vec<CredentialPlace> {
    match &config.credential {
        Some(decided) => vec![decided.place.clone()],
        None => Security::of(document).chosen.into_iter().map(|it| it.place).collect(),
    }
}

#[cfg(test)]
mod tests;
