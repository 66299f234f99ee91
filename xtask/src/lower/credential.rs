//! Credentials: what a client needs to prove its identity, as the document's security requirements have it.

mod security;

use crate::config::{ApiConfig, CREDENTIAL_METHODS, CredentialPlace};
use crate::finding::{Finding, Kind};
use crate::openapi::model::{Parameter, SchemeKind};
use crate::openapi::{Document, Operation, ParameterLocation};
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
        self.report_unrequired(&security);
        self.report_lost(&security);
        self.report_others(&security);
        self.report_unused(&security);
        self.report_authorization(&security);
        let is_alone = security.chosen.len() == 1;
        let mut names = Scope::with(CREDENTIAL_METHODS);
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
        if scheme.scheme.kind() == SchemeKind::AccessToken {
            let what = format!("`{}` is a way to get a token", scheme.name);
            self.findings.push(Finding::note(Kind::AccessToken, what).at(scheme.scheme.span()));
        }
    }

    /// Reports schemes that a document declares without requiring any credential, or none, of any call.
    fn report_unrequired(&mut self, security: &Security<'_>) {
        let is_silent = self.document.security_node().is_none()
            && self.document.operations().all(|it| it.security_node().is_none());
        let Some(scheme) = security.chosen.first().filter(|_| is_silent) else { return };
        let what = format!("nothing requires `{}`, and every call sends it", scheme.name);
        self.findings.push(Finding::note(Kind::Unrequired, what).at(scheme.scheme.span()));
    }

    /// Says what is required and cannot be sent.
    fn report_lost(&mut self, security: &Security<'_>) {
        let Some((name, scheme)) = security.lost() else { return };
        self.findings.push(
            Finding::loss(Kind::SecurityScheme, format!("`{name}` is not supported"))
                .at(scheme.span()),
        );
    }

    /// Reports the security schemes that are not chosen.
    fn report_unused(&mut self, security: &Security<'_>) {
        for (name, scheme) in security.unused() {
            let what = format!("`{name}` is not sent");
            self.findings.push(Finding::note(Kind::OtherScheme, what).at(scheme.span()));
        }
    }

    /// Reports each operation that asks for something else than what is sent, or for nothing.
    fn report_others(&mut self, security: &Security<'_>) {
        for (operation, wanted) in security.others(self.document) {
            let what = match wanted.is_empty() {
                true => "no credential is asked for, and the client's is sent".to_owned(),
                false => format!(
                    "`{}` is asked for, and another credential sent",
                    wanted.join("` and `")
                ),
            };
            let place = operation.security_node().or(self.document.security_node());
            let place = place.unwrap_or(operation.node());
            self.findings.about(Some(operation.key.to_string()));
            self.findings.push(Finding::deviation(Kind::OtherCredential, what).at(&place.span));
            self.findings.about(None);
        }
    }

    /// Reports a credential that the document has as a parameter alone, which the standard says to ignore.
    fn report_authorization(&mut self, security: &Security<'_>) {
        let is_credential = |it: &Parameter<'_>| {
            it.location() == Some(ParameterLocation::Header)
                && it.name().is_some_and(|name| name.eq_ignore_ascii_case("authorization"))
                && it.is_required()
        };
        let parameters = self.document.operations().flat_map(Operation::parameters);
        let mut found = parameters.filter_map(|it| self.document.resolve(it)).filter(is_credential);
        let Some(parameter) = found.next().filter(|_| security.chosen.is_empty()) else { return };
        let what =
            "calls need an `Authorization` header, and the document has no security scheme for it";
        self.findings.push(Finding::loss(Kind::AuthorizationParameter, what).at(parameter.span()));
    }
}

/// The places of the credentials, where no finding is to be made of them.
pub(super) fn places(document: Document<'_>, config: &ApiConfig) -> Vec<CredentialPlace> {
    match &config.credential {
        Some(decided) => vec![decided.place.clone()],
        None => Security::of(document).chosen.into_iter().map(|it| it.place).collect(),
    }
}

#[cfg(test)]
mod tests;
