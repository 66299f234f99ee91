//! `[webhooks]`: how the vendor signs what it sends, which no page says in a form that can be read.

use serde::Serialize;

use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::source::Span;

use super::rules::{self, require};
use super::table::Table;

/// How webhooks are signed.
#[derive(Clone, Debug, Serialize)]
pub struct SignatureScheme {
    /// What differs from Standard Webhooks; nothing if that is the scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnScheme>,
    /// Why it is decided.
    pub reason: String,
    /// Where it is decided.
    #[serde(skip)]
    pub span: Span,
}

/// A vendor's own scheme by HMAC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnScheme {
    /// The header with the signature.
    pub signature: String,
    /// What separates several values in it.
    pub separator: Option<char>,
    /// What a value begins with that is a signature.
    pub prefix: Option<String>,
    /// How a signature is written.
    pub encoding: Option<String>,
    /// The hash function.
    pub digest: Option<String>,
    /// What is signed.
    pub signed: Option<String>,
    /// The header with the id.
    pub id: Option<String>,
    /// The header with the time.
    pub timestamp: Option<String>,
    /// What the value in the header of the signature begins with that is the time.
    pub timestamp_prefix: Option<String>,
    /// What a secret in base64 may begin with; nothing if a secret is a text.
    pub secret_prefix: Option<String>,
}

/// The keys that only a vendor's own scheme has.
const OWN: [&str; 9] = [
    "separator",
    "prefix",
    "encoding",
    "digest",
    "signed",
    "id",
    "timestamp",
    "timestamp_prefix",
    "secret_prefix",
];

/// Reads a `[webhooks]`.
pub(super) fn webhooks(node: &Node, findings: &mut Findings) -> Option<SignatureScheme> {
    let keys = [&["standard", "signature", "reason"][..], &OWN].concat();
    let table = Table::open(node, "[webhooks]", &keys, findings)?;
    let choice = table.choice(&["standard", "signature"], findings);
    let reason = table.text("reason", rules::prose, findings);
    let span = table.span().clone();
    let own = match choice? {
        "standard" => {
            table.is_true("standard", findings)?;
            let beside = OWN.into_iter().find(|key| table.has(key));
            if let Some(key) = beside {
                let what = "the scheme of Standard Webhooks says this already";
                findings.push(wrong(key, what, &table).help("Take it out, or take `signature`."));
            }
            beside.is_none().then_some(None)
        }
        _ => own(&table, findings).map(Some),
    };
    Some(SignatureScheme { own: own?, reason: reason?, span })
}

fn own(table: &Table<'_>, findings: &mut Findings) -> Option<OwnScheme> {
    let before = findings.iter().count();
    let signature = table.text("signature", rules::header_name, findings);
    let scheme = OwnScheme {
        signature: signature.unwrap_or_default(),
        separator: table.optional("separator", separator, findings).and_then(|it| {
            // A blank is cut off from all other texts.
            it.chars().next().or(Some(' '))
        }),
        prefix: table.optional("prefix", value, findings),
        encoding: table.optional("encoding", |it| one_of(it, &["hex", "base64"]), findings),
        digest: table.optional("digest", |it| one_of(it, &["sha1", "sha256", "sha512"]), findings),
        signed: table.optional("signed", template, findings),
        id: table.optional("id", rules::header_name, findings),
        timestamp: table.optional("timestamp", rules::header_name, findings),
        timestamp_prefix: table.optional("timestamp_prefix", value, findings),
        secret_prefix: table.optional("secret_prefix", prefix_or_nothing, findings),
    };
    if findings.iter().count() == before {
        consistent(&scheme, table, findings);
    }
    (findings.iter().count() == before).then_some(scheme)
}

/// Says where a scheme contradicts itself, or takes something on trust that nothing proves.
fn consistent(scheme: &OwnScheme, table: &Table<'_>, findings: &mut Findings) {
    let signed = scheme.signed.as_deref().unwrap_or("{body}");
    let has_time = scheme.timestamp.is_some() || scheme.timestamp_prefix.is_some();
    let time_key = if scheme.timestamp.is_some() { "timestamp" } else { "timestamp_prefix" };
    let mut check = |holds: bool, key: &str, what: &str, help: &str| {
        if !holds {
            findings.push(wrong(key, what, table).help(help));
        }
    };
    check(
        scheme.timestamp.is_none() || scheme.timestamp_prefix.is_none(),
        "timestamp_prefix",
        "`timestamp` says already where the time is",
        "Keep one of the two.",
    );
    check(
        scheme.timestamp_prefix.is_none() || scheme.separator.is_some(),
        "timestamp_prefix",
        "without a `separator`, the header has one value, which is the signature",
        "Add `separator = \",\"`, or what else stands between the values.",
    );
    check(
        signed.contains("{timestamp}") == has_time,
        if has_time { time_key } else { "signed" },
        "a time has to be in a header and in what is signed, since anybody could change it otherwise",
        "Give both, or neither.",
    );
    check(
        signed.contains("{id}") == scheme.id.is_some(),
        if scheme.id.is_some() { "id" } else { "signed" },
        "an id has to be in a header and in what is signed, since anybody could change it otherwise",
        "Give both, or neither.",
    );
}

fn wrong(key: &str, what: &str, table: &Table<'_>) -> Finding {
    let what = format!("`{key}` is not legal here: {what}");
    Finding::error(Kind::ConfigValue, what).at(&table.span_of(key))
}

fn one_of(text: &str, all: &[&str]) -> Result<(), String> {
    require(all.contains(&text), &format!("it must be one of {}", all.join(", ")))
}

fn separator(text: &str) -> Result<(), String> {
    let is_one =
        text.chars().count() == 1 && text.chars().all(|it| it == ' ' || it.is_ascii_punctuation());
    require(is_one, "it must be one mark, such as `,`, or one blank")
}

/// The beginning of a value of a header.
fn value(text: &str) -> Result<(), String> {
    rules::header_value(text)
}

/// The same, or nothing: base64 alone.
fn prefix_or_nothing(text: &str) -> Result<(), String> {
    if text.is_empty() { Ok(()) } else { value(text) }
}

/// A text in which names in braces stand for what was received.
fn template(text: &str) -> Result<(), String> {
    rules::line(text)?;
    require(text.contains("{body}"), "what is signed has the body in it, `{body}`")?;
    let mut rest = text.to_owned();
    for name in ["{id}", "{timestamp}", "{body}"] {
        rest = rest.replace(name, "");
    }
    require(!rest.contains(['{', '}']), "braces stand around `id`, `timestamp` and `body` alone")
}

#[cfg(test)]
mod tests;
