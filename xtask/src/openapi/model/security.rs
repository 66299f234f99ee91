//! Security: what is asked of who calls, and how it is sent.

use std::collections::{BTreeMap, BTreeSet};

use super::{ParameterLocation, Tree};

view! {
    /// A Security Requirement Object: schemes that go together.
    SecurityRequirement: REQUIREMENT {}
}

impl<'n, T: Tree<'n>> SecurityRequirement<'n, T> {
    pub(crate) fn schemes(self) -> impl Iterator<Item = &'n str> {
        self.value.members().map(|(name, _)| name)
    }

    /// Returns the scopes by scheme, if it is as the standard has it.
    pub(crate) fn scopes(self) -> Option<BTreeMap<&'n str, BTreeSet<&'n str>>> {
        let scopes = |list: T| list.items().map(T::as_str).collect::<Option<_>>();
        let scopes = |list: T| scopes(list).filter(|_| list.is_array());
        let all = self.value.members().map(|(name, list)| Some((name, scopes(list)?)));
        all.collect::<Option<_>>().filter(|_| self.value.is_object())
    }
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind<'n> {
    /// By a scheme of HTTP, such as `basic`.
    Http(&'n str),
    /// As a parameter of that name; without a location if it is none that clients know.
    ApiKey(&'n str, Option<ParameterLocation>),
    /// As an access token of OAuth 2 or OpenID Connect.
    AccessToken,
    /// In a way that no client can.
    Other,
}

view! {
    /// A Security Scheme Object.
    SecurityScheme: SECURITY_SCHEME {
        type_name: text "type",
        name: text "name",
        location_name: text "in",
        scheme: text "scheme",
    }
}

impl<'n, T: Tree<'n>> SecurityScheme<'n, T> {
    pub(crate) fn kind(self) -> SchemeKind<'n> {
        match (self.type_name(), self.scheme(), self.name()) {
            (Some("http"), Some(scheme), _) => SchemeKind::Http(scheme),
            (Some("oauth2" | "openIdConnect"), ..) => SchemeKind::AccessToken,
            (Some("apiKey"), _, Some(name)) => {
                SchemeKind::ApiKey(name, self.location_name().and_then(ParameterLocation::named))
            }
            _ => SchemeKind::Other,
        }
    }
}
