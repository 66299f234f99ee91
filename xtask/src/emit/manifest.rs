//! The manifest of a crate, fit for publishing.

use std::collections::BTreeSet;

use crate::config::ApiConfig;
use crate::plan::Plan;
use crate::sanitize;

use super::header::PREAMBLE;

/// Crates that generated code may name, by their names in Rust, which are also those of their packages.
const OPTIONAL: &[&str] = &["serde", "serde_json", "uuid"];

/// The manifest of a crate whose sources use the given names. It depends on nothing that they do not.
pub(super) fn manifest(config: &ApiConfig, plan: &Plan, used: &BTreeSet<String>) -> String {
    let runtime = match ["runtime::Date", "runtime::DateTime"].iter().any(|it| used.contains(*it)) {
        true => "bindery-runtime = { workspace = true, features = [\"chrono\"] }",
        false => "bindery-runtime.workspace = true",
    };
    let mut dependencies = vec![runtime.to_owned()];
    let serde = used.contains("Serialize") || used.contains("Deserialize");
    dependencies.extend(
        OPTIONAL
            .iter()
            .filter(|name| used.contains(**name) || (**name == "serde" && serde))
            .map(|name| format!("{name}.workspace = true")),
    );
    format!(
        r#"# {PREAMBLE}

[package]
name = {name}
description = {description}
version = {version}
{publish}edition.workspace = true
rust-version.workspace = true
license.workspace = true
readme = "README.md"
keywords = ["api", "client", "sdk"]
categories = ["api-bindings"]

[package.metadata.docs.rs]
all-features = true

[features]
default = ["rustls"]
{features}
[dependencies]
{dependencies}

[lints]
workspace = true
"#,
        name = quoted(&config.package),
        description = quoted(&description(&config.title)),
        version = quoted(&config.version.to_string()),
        publish = if config.publish { "" } else { "publish = false\n" },
        features = features(plan.webhooks.is_some(), |feature| {
            format!("[\"bindery-runtime/{feature}\"]")
        }),
        dependencies = dependencies.join("\n"),
    )
}

/// A title is a text of the page, and a manifest has no room for more than a line.
fn description(title: &str) -> String {
    match sanitize::line(title) {
        title if title.is_empty() => "A client of an API".to_owned(),
        title => format!("A client of the {title}"),
    }
}

/// Features of the runtime that each client passes on, and the facade to all clients.
pub(super) const PASSED_ON: &[(&str, &str)] = &[
    ("blocking", "`send_blocking`, for programs that are not asynchronous."),
    ("http2", "HTTP/2, where the server offers it."),
    ("mock", "A server that stands in for the vendor's in tests, and what only answers have."),
    ("native-tls", "TLS by the platform's own library."),
    ("rustls", "TLS by rustls, with the certificates of the platform."),
    ("tracing", "A span of `tracing` for each call."),
];

/// A feature that clients have whose API has webhooks.
const WEBHOOKS: (&str, &str) =
    ("webhooks", "What the vendor sends by itself, and whether it is the vendor who sends it.");

/// The lines of the features that are passed on.
pub(super) fn features(has_webhooks: bool, enables: impl Fn(&str) -> String) -> String {
    let line = |(name, docs): &(&str, &str)| format!("# {docs}\n{name} = {}\n", enables(name));
    let webhooks = has_webhooks.then_some(WEBHOOKS);
    PASSED_ON.iter().chain(&webhooks).map(line).collect()
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
