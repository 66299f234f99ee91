//! Where the secret of a credential goes in a request, and how each place is spelt.

use std::fmt;

use serde_json::{Value as Json, json};

use crate::prose;

/// Where a secret goes in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialPlace {
    /// `Authorization: Bearer <secret>` (RFC 6750).
    Bearer,
    /// `Authorization: Basic <user and password>` (RFC 7617).
    Basic,
    /// A header of its own.
    Header(String),
    /// A parameter of the query.
    Query(String),
    /// A cookie.
    Cookie(String),
}

/// For each secret of a credential: the name of its argument, the end of its variable's name.
type Secrets = &'static [(&'static str, &'static str)];

impl CredentialPlace {
    /// The parameter that carries the credential: where it is, and its name.
    pub fn parameter(&self) -> (&'static str, &str) {
        match self {
            Self::Bearer | Self::Basic => ("header", "Authorization"),
            Self::Header(name) => ("header", name),
            Self::Query(name) => ("query", name),
            Self::Cookie(name) => ("cookie", name),
        }
    }

    /// Whether a parameter is the one that carries the credential.
    pub fn is_carried_by(&self, place: &str, name: &str) -> bool {
        let (own, known) = self.parameter();
        // Of these, only headers are named alike whatever the case.
        let same = if own == "header" { name.eq_ignore_ascii_case(known) } else { name == known };
        place == own && same
    }

    /// The security scheme of OpenAPI that says so.
    pub fn scheme(&self) -> Json {
        match self {
            Self::Bearer => json!({"type": "http", "scheme": "bearer"}),
            Self::Basic => json!({"type": "http", "scheme": "basic"}),
            Self::Header(_) | Self::Query(_) | Self::Cookie(_) => {
                let (place, name) = self.parameter();
                json!({"type": "apiKey", "in": place, "name": name})
            }
        }
    }

    /// The method of the builder, unless it is decided otherwise.
    pub fn setter(&self) -> &'static str {
        match self {
            Self::Bearer => "token",
            Self::Basic => "basic_auth",
            Self::Header(_) | Self::Query(_) | Self::Cookie(_) => "api_key",
        }
    }

    /// The vendor's name for it, where it has one.
    pub fn own_name(&self) -> Option<&str> {
        match self {
            Self::Bearer | Self::Basic => None,
            Self::Header(name) | Self::Query(name) | Self::Cookie(name) => Some(name),
        }
    }

    /// What it is made of, where that is more than one secret.
    fn parts(&self) -> Option<Secrets> {
        match self {
            Self::Basic => Some(&[("user", "USERNAME"), ("password", "PASSWORD")]),
            _ => None,
        }
    }

    /// The arguments of a method that takes the credential and has this name.
    pub fn arguments<'s>(&self, setter: &'s str) -> Vec<&'s str> {
        self.parts().map_or(vec![setter], |parts| parts.iter().map(|(name, _)| *name).collect())
    }

    /// The environment variables that it is read from for the API of this name, unless it is decided otherwise.
    pub fn variables(&self, api: &str, setter: &str) -> Vec<String> {
        let spelt = |end: &str| {
            let text = format!("{api}_{end}").to_ascii_uppercase();
            text.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect()
        };
        self.parts().map_or_else(
            || vec![spelt(setter)],
            |parts| parts.iter().map(|(_, end)| spelt(end)).collect(),
        )
    }

    /// For people, in Markdown: the secret is sent in …
    pub fn in_words(&self) -> String {
        match self {
            Self::Bearer => "`Authorization: Bearer`".to_owned(),
            Self::Basic => "`Authorization: Basic`".to_owned(),
            Self::Header(name) => format!("the header {}", prose::code(name)),
            Self::Query(name) => format!("the query parameter {}", prose::code(name)),
            Self::Cookie(name) => format!("the cookie {}", prose::code(name)),
        }
    }
}

/// In a word or two: `bearer`, `header x-api-key`.
impl fmt::Display for CredentialPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bearer => f.write_str("bearer"),
            Self::Basic => f.write_str("basic"),
            Self::Header(_) | Self::Query(_) | Self::Cookie(_) => {
                let (place, name) = self.parameter();
                write!(f, "{place} {name}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_carries_the_credential_by_place_and_name() {
        let header = CredentialPlace::Header("X-Key".to_owned());
        assert!(header.is_carried_by("header", "x-key"));
        assert!(!header.is_carried_by("query", "X-Key"));
        let query = CredentialPlace::Query("key".to_owned());
        assert!(query.is_carried_by("query", "key"));
        assert!(!query.is_carried_by("query", "Key"));
        assert!(CredentialPlace::Basic.is_carried_by("header", "authorization"));
    }

    #[test]
    fn basic_has_two_secrets_and_the_others_one() {
        let bearer = CredentialPlace::Bearer;
        assert_eq!(bearer.arguments("key"), ["key"]);
        assert_eq!(bearer.variables("better-stack", "token"), ["BETTER_STACK_TOKEN"]);
        let basic = CredentialPlace::Basic;
        assert_eq!(basic.arguments("basic_auth"), ["user", "password"]);
        assert_eq!(basic.variables("a", "basic_auth"), ["A_USERNAME", "A_PASSWORD"]);
    }
}
