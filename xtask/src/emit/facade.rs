//! The crate `bindery`: all clients behind features, and nothing else.
//!
//! It follows from the decisions about the APIs alone, so a broken page does not keep it from being made. It names
//! no crate that is not there: cargo would load nothing of the workspace. Its folder also holds files written by hand,
//! so it is not owned.

use std::fmt::Write as _;

use semver::Version;

use crate::config::ApiConfig;
use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;
use crate::emit::manifest;
use crate::sanitize;

/// The name of the facade's package.
pub const PACKAGE: &str = "bindery";

/// The examples, which are written by hand in the facade's folder, and the features that each needs.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("invite", &["anthropic"]),
    ("mock_in_tests", &["anthropic", "mock"]),
    ("onboard", &["anthropic", "basic", "betterstack", "vijil"]),
    ("retry", &["anthropic"]),
];

/// The files of the facade of that version over these APIs. `has_example` tells whether there is an example.
pub fn facade(
    apis: &[&ApiConfig],
    version: &Version,
    has_example: &dyn Fn(&str) -> bool,
) -> FileSet {
    let mut files = FileSet::default();
    let manifest = manifest(apis, version, has_example);
    files.insert(format!("crates/{PACKAGE}/Cargo.toml").into(), manifest);
    files.insert(format!("crates/{PACKAGE}/src/lib.rs").into(), library(apis));
    files
}

/// Written as text, because a reviewer reads it: one line per API and section, titles as comments.
fn manifest(apis: &[&ApiConfig], own: &Version, has_example: &dyn Fn(&str) -> bool) -> String {
    let (mut features, mut full, mut dependencies) = Default::default();
    for api in apis {
        let ApiConfig { name, package, title, version, .. } = api;
        let (version, path) = (quoted(&version.to_string()), quoted(&format!("../{package}")));
        let title = sanitize::line(title);
        add(&mut features, format_args!("# {title}\n{name} = [\"dep:{package}\"]\n"));
        add(&mut full, format_args!("    \"{name}\",\n"));
        add(
            &mut dependencies,
            format_args!(
                "{package} = {{ version = {version}, path = {path}, default-features = false, optional = true }}\n"
            ),
        );
    }
    let examples = examples(apis, has_example);
    let has_webhooks = apis.iter().any(|it| it.webhooks.is_some());
    let passed_on = manifest::features(has_webhooks, |feature| passed_on(apis, feature));
    format!(
        r#"# {PREAMBLE}

[package]
name = "{PACKAGE}"
description = "Typed clients for the APIs of many vendors, each behind a feature"
version = "{own}"
edition.workspace = true
rust-version.workspace = true
license.workspace = true
readme = "README.md"
keywords = ["api", "client", "sdk"]
categories = ["api-bindings"]
# An example is declared below, with the APIs that it calls.
autoexamples = false

[features]
default = ["rustls"]
# All APIs
full = [
{full}]
{features}{passed_on}
[dependencies]
bindery-runtime.workspace = true
{dependencies}
# What the examples use.
[dev-dependencies]
serde_json.workspace = true
tokio.workspace = true
wiremock.workspace = true
{examples}
[package.metadata.docs.rs]
all-features = true

[lints]
workspace = true
"#
    )
}

/// What a feature enables: it in the runtime, and in the clients that are enabled. Webhooks not all clients have, but
/// those about whose webhooks something is decided.
fn passed_on(apis: &[&ApiConfig], feature: &str) -> String {
    let has_it = |api: &&&ApiConfig| feature != "webhooks" || api.webhooks.is_some();
    let clients =
        apis.iter().filter(has_it).map(|api| format!("    \"{}?/{feature}\",\n", api.package));
    format!("[\n    \"bindery-runtime/{feature}\",\n{}]", clients.collect::<String>())
}

/// Those that are there, and whose features are: cargo takes no example without a file, and no feature that the
/// manifest does not have.
fn examples(apis: &[&ApiConfig], has_example: &dyn Fn(&str) -> bool) -> String {
    let is_there = |name: &&str| {
        let passed_on = manifest::PASSED_ON.iter().any(|(feature, _)| feature == name);
        passed_on || apis.iter().any(|api| api.name == *name)
    };
    let mut text = String::new();
    let declared =
        |(name, needed): &&(&str, &[&str])| needed.iter().all(is_there) && has_example(name);
    for (name, needed) in EXAMPLES.iter().filter(declared) {
        let features: Vec<_> = needed.iter().map(|feature| quoted(feature)).collect();
        let features = features.join(", ");
        add(
            &mut text,
            format_args!("\n[[example]]\nname = \"{name}\"\nrequired-features = [{features}]\n"),
        );
    }
    text
}

/// Written as text too: blank lines keep rustfmt from sorting the exports, and trees have none.
fn library(apis: &[&ApiConfig]) -> String {
    let (mut rows, mut exports) = Default::default();
    for ApiConfig { name, package, title, .. } in apis {
        let (title, library) = (escaped(title), package.replace('-', "_"));
        add(&mut rows, format_args!("//! | `{name}` | {title} | `{package}` |\n"));
        add(
            &mut exports,
            format_args!(
                "\n/// {title}\n#[cfg(feature = \"{name}\")]\npub use {library} as {name};\n"
            ),
        );
    }
    format!(
        "\
// {PREAMBLE}

//! Typed clients for the APIs of many vendors, generated from the pages that the vendors publish.
//!
//! Each API is a module behind a feature of the same name; `full` enables all of them. Other features are
//! passed on to all clients: `rustls` (the default) or `native-tls`, `http2`, `blocking`, `tracing`, and
//! `mock` for tests.
//!
//! | Module and feature | API | Crate |
//! | --- | --- | --- |
{rows}//!
//! [`runtime`] holds what all clients share.
#![cfg_attr(docsrs, feature(doc_cfg))]

/// What all clients share: credentials, transport, errors.
pub use bindery_runtime as runtime;
{exports}"
    )
}

/// A title inside Markdown: what Markdown or a table would take for its own is escaped.
fn escaped(title: &str) -> String {
    let special = |c: char| "\\`*_[]<>|#&".contains(c);
    let title = sanitize::line(title);
    title.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn add(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(line);
}

#[cfg(test)]
mod tests;
