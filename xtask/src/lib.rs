//! Bindery's generator: vendors' API pages in, Rust client crates out.
//!
//! The stages, in order: [`read`] → [`lower`] → [`generate`] → [`refine`] → [`emit`], and then
//! [`workspace`] writes the files or compares them. [`pipeline`] puts them one after the other.

pub mod catalog;
pub mod config;
pub mod emit;
pub mod finding;
pub mod generate;
pub mod lower;
pub mod node;
pub mod pipeline;
pub mod plan;
pub mod prose;
pub mod read;
pub mod refine;
pub mod source;

#[cfg(test)]
mod testing;
