//! The targets, a module each.

mod calls;
mod config;
mod decoding;
mod diffs;
mod documents;
mod pages;
mod parameters;
mod redaction;

use crate::{Target, mutate};

/// A vendor's page of any format, through the whole pipeline.
pub const PAGES: Target = Target {
    name: "pages",
    seeds: Some("pages"),
    executions: 120,
    check: pages::check,
    mutate: mutate::text::mutate,
};

/// An OpenAPI document whose tree is mutated, through the whole pipeline.
pub const DOCUMENTS: Target = Target {
    name: "documents",
    seeds: Some("documents"),
    executions: 20,
    check: documents::check,
    mutate: mutate::json::mutate,
};

/// An `api.toml` beside a page.
pub const CONFIG: Target = Target {
    name: "config",
    seeds: Some("config"),
    executions: 120,
    check: config::check,
    mutate: mutate::text::mutate,
};

/// Two documents, compared and reported in every format.
pub const DIFFS: Target = Target {
    name: "diffs",
    seeds: Some("documents"),
    executions: 5,
    check: diffs::check,
    mutate: diffs::mutate,
};

/// The body of an answer, decoded into types with unions of all kinds.
pub const DECODING: Target = Target {
    name: "decoding",
    seeds: Some("decoding"),
    executions: 3_000,
    check: decoding::check,
    mutate: decoding::mutate,
};

/// An answer or an error that repeats a credential, as errors show it.
pub const REDACTION: Target = Target {
    name: "redaction",
    seeds: None,
    executions: 3_000,
    check: redaction::check,
    mutate: mutate::bytes::mutate,
};

/// Values of parameters and bodies, and the request that is sent for them.
pub const PARAMETERS: Target = Target {
    name: "parameters",
    seeds: None,
    executions: 3_000,
    check: parameters::check,
    mutate: mutate::bytes::mutate,
};

/// All targets.
pub const ALL: [Target; 7] = [PAGES, DOCUMENTS, CONFIG, DIFFS, DECODING, REDACTION, PARAMETERS];
