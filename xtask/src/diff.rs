//! Reviewing: what changed between two states of an API, on the wire and in Rust.
//!
//! [`wire`] compares the bound documents, [`crate::surface`] the public surfaces of the crates. The two are
//! joined into one list of [`Change`]s, which [`report`] shows to people and to programs.

pub mod change;
pub mod compare;
pub mod git;
pub mod join;
pub mod origins;
pub mod report;
pub mod rules;
pub mod state;
pub mod wire;

pub use change::{Bump, Cause, Change, Comparison, Rust, Verdict, Wire};
