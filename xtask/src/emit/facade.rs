//! The crate `bindery`: all clients behind features, and nothing else.
//!
//! It follows from the decisions about the APIs alone, so a broken page does not keep it from being
//! made. Its folder also holds files written by hand, so it is not owned.

use std::fmt::Write as _;

use quote::{format_ident, quote};

use crate::config::ApiConfig;
use crate::emit::FileSet;
use crate::emit::header::PREAMBLE;
use crate::finding::Finding;

/// The name of the facade's package.
pub const PACKAGE: &str = "bindery";
const VERSION: &str = "0.1.0";

/// The files of the facade over all APIs.
pub fn facade(apis: &[&ApiConfig]) -> Result<FileSet, Finding> {
    let library = library(apis).map_err(|error| {
        Finding::error("facade", format!("the facade is not Rust: {error}"))
            .why("No API can be used through it then.")
            .help("This is a defect of the generator; report it with the names under specs/.")
    })?;
    let mut files = FileSet::default();
    files.files.insert(format!("crates/{PACKAGE}/Cargo.toml").into(), manifest(apis));
    files.files.insert(format!("crates/{PACKAGE}/src/lib.rs").into(), library);
    Ok(files)
}

/// Written as text, because a reviewer reads it: one line per API and section, titles as comments.
fn manifest(apis: &[&ApiConfig]) -> String {
    let (mut features, mut full, mut dependencies) = Default::default();
    for api in apis {
        let ApiConfig { name, package, title, version, .. } = api;
        let (version, path) = (quoted(version), quoted(&format!("../{package}")));
        add(&mut features, format_args!("# {title}\n{name} = [\"dep:{package}\"]\n"));
        add(&mut full, format_args!("    \"{name}\",\n"));
        add(
            &mut dependencies,
            format_args!("{package} = {{ version = {version}, path = {path}, optional = true }}\n"),
        );
    }
    format!(
        r#"# {PREAMBLE}

[package]
name = "{PACKAGE}"
description = "Typed clients for the APIs of many vendors, each behind a feature"
version = "{VERSION}"
edition.workspace = true
rust-version.workspace = true
license.workspace = true

[features]
default = []
# All APIs
full = [
{full}]
{features}
[dependencies]
bindery-runtime.workspace = true
{dependencies}
[package.metadata.docs.rs]
all-features = true

[lints]
workspace = true
"#
    )
}

fn library(apis: &[&ApiConfig]) -> syn::Result<String> {
    let mut docs = String::from(
        "Typed clients for the APIs of many vendors, generated from the pages that the vendors publish.\n\
         \n\
         Each API is a module behind a feature of the same name; `full` enables all of them.\n\
         \n\
         | Module and feature | API | Crate |\n\
         | --- | --- | --- |\n",
    );
    for ApiConfig { name, package, title, .. } in apis {
        add(&mut docs, format_args!("| `{name}` | {} | `{package}` |\n", escaped(title)));
    }
    docs.push_str("\n[`runtime`] holds what all clients share.");
    let docs = docs.lines().map(doc_line);
    let exports = apis.iter().map(|api| {
        let feature = &api.name;
        let module = format_ident!("{feature}");
        let library = format_ident!("{}", api.package.replace('-', "_"));
        let title = doc_line(&escaped(&api.title));
        quote! {
            #[doc = #title]
            #[cfg(feature = #feature)]
            pub use #library as #module;
        }
    });
    let file = syn::parse2(quote! {
        #(#![doc = #docs])*

        /// What all clients share: credentials, transport, errors.
        pub use bindery_runtime as runtime;
        #(#exports)*
    })?;
    Ok(format!("// {PREAMBLE}\n\n{}", prettyplease::unparse(&file)))
}

/// Rustdoc takes the line as it stands after `//!`, so it brings its own blank.
fn doc_line(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// A title inside Markdown: what Markdown or a table would take for its own is escaped.
fn escaped(title: &str) -> String {
    let special = |c: char| "\\`*_[]<>|#&".contains(c);
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
