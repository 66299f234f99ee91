//! What a value in `api.toml` may look like. A rule says what is wrong, to follow "… is not legal:".

use http::{HeaderName, HeaderValue};
use syn::Ident;

use crate::finding::Kind;
use crate::near::{nearest_few, offered};
use crate::openapi::METHODS;
use crate::sanitize::is_hidden;

/// A check of one text.
pub(super) type Rule = fn(&str) -> Result<(), String>;

/// Methods that the type of credentials has anyway, which the function for one of them would collide with.
pub(crate) const CREDENTIAL_METHODS: &[&str] = &["clone", "from", "into"];

/// Names beside the vendors' in the facade: its features and its own re-export.
const FACADE_NAMES: &[&str] = &[
    "blocking",
    "default",
    "full",
    "http2",
    "mock",
    "native_tls",
    "runtime",
    "rustls",
    "tracing",
    "webhooks",
];

/// The name of a folder under `specs/`, which becomes a module and a feature.
pub(crate) fn module(name: &str) -> Result<(), String> {
    snake_case(name)?;
    if FACADE_NAMES.contains(&name) {
        return Err("the facade has a feature or a module of that name".to_owned());
    }
    Ok(())
}

/// Text for people: something, on one line.
pub(super) fn line(text: &str) -> Result<(), String> {
    prose(text)?;
    require(
        !text.chars().any(is_hidden),
        "it must be one line without control characters and other characters that nobody sees",
    )
}

/// Text for people: something, on any number of lines.
pub(super) fn prose(text: &str) -> Result<(), String> {
    require(!text.trim().is_empty(), "it must say something")
}

/// The kind of a finding that may be accepted.
pub(super) fn acceptable_kind(name: &str) -> Result<(), String> {
    match Kind::named(name.trim()) {
        Some(kind) if kind.is_acceptable() => Ok(()),
        Some(kind) => {
            let severities: Vec<_> = kind.entry().severities.iter().map(|it| it.as_str()).collect();
            let severities = severities.join(" or ");
            Err(format!(
                "`{kind}` is always of the severity {severities}, and only a loss or a deviation is accepted"
            ))
        }
        None => {
            let acceptable = Kind::ALL.iter().filter(|kind| kind.is_acceptable());
            let near = nearest_few(name, acceptable.map(|kind| kind.name()), 3);
            let near = match near.is_empty() {
                true => "; `cargo xtask explain` lists the kinds".to_owned(),
                false => format!("; did you mean {}?", offered(&near)),
            };
            Err(format!("no finding is of the kind `{name}`{near}"))
        }
    }
}

/// The name of a package, which is a folder under `crates/` as well.
pub(super) fn package(name: &str) -> Result<(), String> {
    let rest = name.strip_prefix("bindery-").unwrap_or_default();
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let edges = rest.starts_with(['-', '_']) || rest.ends_with(['-', '_']);
    require(
        !rest.is_empty() && rest.chars().all(legal) && !edges,
        "it must be `bindery-` and then lower-case letters, digits and hyphens",
    )?;
    require(name.len() <= 64, "registries take at most 64 characters")?;
    require(name != "bindery-runtime", "the runtime of all clients has that name")
}

/// A semantic version.
pub(super) fn version(text: &str) -> Result<(), String> {
    semver::Version::parse(text).map(drop).map_err(|error| format!("{error} (think of `0.1.0`)"))
}

/// An absolute url for people.
pub(super) fn url(text: &str) -> Result<(), String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    // Where the host is missing, the parser takes the first part of the path for it.
    let absolute = rest.is_some_and(|rest| !rest.starts_with('/'));
    require(absolute, "it must be absolute, with http or https")?;
    let authority = rest.and_then(|rest| rest.split('/').next()).unwrap_or_default();
    require(!authority.contains('@'), "a url must not carry a user or a password")?;
    // The same parser as that of the clients.
    url::Url::parse(text).map_err(|error| error.to_string())?;
    // The url ends up in Markdown and in Rust's documentation, where these would end it early.
    require(text.chars().all(|c| c.is_ascii_graphic() && !"<>\"\\^`{|}".contains(c)), "escape it")
}

/// The url that the paths of operations are appended to.
pub(crate) fn base_url(text: &str) -> Result<(), String> {
    url(text)?;
    require(!text.contains(['?', '#']), "paths are appended to it, so it has no query or fragment")
}

/// An environment variable.
pub(super) fn env(name: &str) -> Result<(), String> {
    let legal = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    require(
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(legal),
        "it must be upper-case letters, digits and underscores, such as `BASIC_TOKEN`",
    )
}

/// The name of a header field (RFC 9110).
pub(super) fn header_name(name: &str) -> Result<(), String> {
    HeaderName::from_bytes(name.as_bytes()).map(drop).map_err(|error| error.to_string())
}

/// The name of a cookie (RFC 6265), which is a token as the name of a header is, but for the case.
pub(super) fn cookie_name(name: &str) -> Result<(), String> {
    let legal = HeaderName::from_bytes(name.as_bytes()).is_ok();
    require(legal, "it must be letters, digits and a few marks, without blanks")
}

/// The value of a header field: visible ASCII, with blanks inside at most.
pub(super) fn header_value(value: &str) -> Result<(), String> {
    HeaderValue::from_str(value).map_err(|error| error.to_string())?;
    require(
        !value.is_empty() && value.is_ascii() && value.trim() == value && !value.contains('\t'),
        "it must be visible ASCII characters, with no blank at either end",
    )
}

/// The name of a method, an argument or a field.
pub(super) fn snake_case(name: &str) -> Result<(), String> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    require(
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(legal)
            && !name.ends_with('_')
            && !name.contains("__"),
        "it must be snake_case: lower-case letters, digits and single underscores",
    )?;
    not_a_keyword(name)
}

/// The name of the function that makes a credential.
pub(super) fn setter(name: &str) -> Result<(), String> {
    snake_case(name)?;
    require(!CREDENTIAL_METHODS.contains(&name), "every credential has a method of that name")
}

/// The name of a type or a variant.
pub(super) fn upper_camel_case(name: &str) -> Result<(), String> {
    require(
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric()),
        "it must be UpperCamelCase: letters and digits, starting with a capital",
    )?;
    not_a_keyword(name)
}

/// An operation of a client: `POST /team/{team_id}/invite`.
pub(super) fn operation(text: &str) -> Result<(), String> {
    let (method, path) = method_and_path(text)?;
    let capitals = method.to_ascii_uppercase();
    match METHODS.iter().any(|it| it.eq_ignore_ascii_case(method)) {
        true if method == capitals => Ok(()),
        true => Err(format!("write the method in capitals: `{capitals} {path}`")),
        false => {
            Err(format!("the method must be one of {}", METHODS.join(", ").to_ascii_uppercase()))
        }
    }
}

/// An operation of a page, of which a client may have none: `COPY /team/{team_id}`.
pub(super) fn operation_of_page(text: &str) -> Result<(), String> {
    let (method, _) = method_and_path(text)?;
    let is_other = !METHODS.iter().any(|it| it.eq_ignore_ascii_case(method));
    if is_other && http::Method::from_bytes(method.as_bytes()).is_ok() {
        return Ok(());
    }
    operation(text)
}

fn method_and_path(text: &str) -> Result<(&str, &str), &'static str> {
    let is_path = |path: &str| path.starts_with('/') && !path.contains(char::is_whitespace);
    text.split_once(' ')
        .filter(|(_, path)| is_path(path))
        .ok_or("it must be a method and a path, such as `POST /team/{team_id}/invite`")
}

/// A property of a type: `Invite.email`.
pub(super) fn property(text: &str) -> Result<(), String> {
    member(text, snake_case, "`Invite.email`")
}

/// A variant of an enum: `Role.Admin`.
pub(super) fn variant(text: &str) -> Result<(), String> {
    member(text, upper_camel_case, "`Role.Admin`")
}

/// The way to a property, one inside the other: `pagination.next`.
pub(super) fn way(text: &str) -> Result<(), String> {
    line(text)?;
    let legal = text.trim().split('.').all(|name| !name.trim().is_empty());
    require(legal, "it must name properties with dots between, such as `pagination.next`")
}

/// The same, or nothing: the body itself.
pub(super) fn way_or_nothing(text: &str) -> Result<(), String> {
    if text.is_empty() { Ok(()) } else { way(text) }
}

fn member(text: &str, rule: Rule, example: &str) -> Result<(), String> {
    let (owner, name) = text
        .split_once('.')
        .ok_or_else(|| format!("it must name the type and the member, such as {example}"))?;
    upper_camel_case(owner).and_then(|()| rule(name))
}

fn not_a_keyword(name: &str) -> Result<(), String> {
    // `gen` is a keyword since the edition 2024, which syn does not know about.
    let keyword = name == "gen" || syn::parse_str::<Ident>(name).is_err();
    require(!keyword, "that is a keyword of Rust")
}

pub(super) fn require(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text must pass, or none.
    fn all(rule: Rule, legal: bool, texts: &[&str]) {
        for text in texts {
            assert_eq!(rule(text).is_ok(), legal, "{text:?}: {:?}", rule(text));
        }
    }

    #[test]
    fn names_of_packages_and_modules() {
        all(package, true, &["bindery-basic", "bindery-better-stack", "bindery-x2"]);
        all(package, false, &["basic", "bindery-", "bindery-A", "bindery-runtime", "bindery-a-"]);
        all(package, false, &["bindery-../x", "bindery-é", &format!("bindery-{}", "x".repeat(60))]);
        all(module, true, &["basic", "better_stack"]);
        all(module, false, &["", "full", "runtime", "default", "gen", "type", "a-b", "2a", "a__b"]);
    }

    #[test]
    fn names_in_rust() {
        all(setter, true, &["api_key", "token"]);
        all(setter, false, &["from", "Token", "self", "crate", "async", "tok en", "_t", "é"]);
        all(upper_camel_case, true, &["Invite", "V1Invite"]);
        all(upper_camel_case, false, &["Self", "invite", "In_vite", ""]);
        all(property, true, &["Invite.email"]);
        all(property, false, &["Invite", "Invite.Email", "invite.email", "Invite.a.b", "Invite."]);
        all(variant, true, &["Role.Admin"]);
        all(variant, false, &["Role.admin", "Role.Self"]);
        all(operation, true, &["POST /a/{b}"]);
        all(operation, false, &["post /a", "POST a", "POST  /a", "/a", "POST /a b"]);
        all(operation_of_page, true, &["POST /a", "QUERY /a", "Lock /a"]);
        all(operation_of_page, false, &["post /a", "Get /a", "QUERY a", "QÜ /a", " /a", "/a"]);
    }

    #[test]
    fn what_is_wrong_with_an_operation_is_said() {
        let wrong = |text: &str| operation(text).unwrap_err();
        assert_eq!(wrong("post /a"), "write the method in capitals: `POST /a`");
        assert_eq!(
            wrong("FETCH /a"),
            "the method must be one of GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, TRACE"
        );
        assert!(wrong("POST a").starts_with("it must be a method and a path, such as `POST /"));
    }

    #[test]
    fn values_of_the_wire() {
        all(header_name, true, &["x-api-key", "Anthropic_Version"]);
        all(header_name, false, &["", "a b", "a:", "é"]);
        all(header_value, true, &["2023-06-01", "a b"]);
        all(header_value, false, &["", " a", "a\n", "a\tb", "é", "a\r\nx: y"]);
        all(env, true, &["BASIC_TOKEN", "X2"]);
        all(env, false, &["", "basic", "2X", "_X", "A-B", "A=B"]);
        all(version, true, &["0.1.0", "1.0.0-rc.1+b2"]);
        all(version, false, &["1", "1.0", "v1.0.0", "01.0.0", ""]);
    }

    #[test]
    fn urls() {
        all(url, true, &["https://a.io", "http://localhost:8080/x", "https://a.io/x?y=1#z"]);
        all(
            url,
            false,
            &["a.io", "/x", "ftp://a.io", "https://", "https://u:p@a.io", "https://@a"],
        );
        all(url, false, &["https://a.io/`x`", "https://a.io/a b", "javascript:alert(1)", ""]);
        all(base_url, true, &["https://a.io/v1"]);
        all(base_url, false, &["https://a.io?x=1", "https://a.io/#x"]);
    }
}
