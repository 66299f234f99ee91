//! Bindery's generator: vendors' API pages in, Rust client crates out.
//!
//! The stages, in order: [`read`] → [`lower`] → [`generate`] → [`refine`] → [`emit`], and then
//! [`workspace`] writes the files or compares them. [`pipeline`] puts them one after the other.

#![allow(
    clippy::result_large_err,
    reason = "an error is a finding, of which a run has a handful; boxing each would be noise"
)]
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used,
        reason = "pages are not ours, so no input may panic"
    )
)]

pub mod agreement;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod cost;
pub mod coverage;
pub mod diff;
pub mod emit;
pub mod finding;
pub mod generate;
pub mod lower;
pub mod mutation;
mod near;
pub mod node;
pub mod openapi;
pub mod output;
pub mod panics;
pub mod pipeline;
pub mod plan;
pub mod prose;
pub mod read;
pub mod refine;
mod regular_file;
pub mod release;
pub mod render;
pub mod sanitize;
pub mod short;
pub mod source;
pub mod surface;
pub mod workspace;

#[cfg(test)]
mod testing;
