//! What the tests of the emitted clients share.
//!
//! - [`server`]: servers on the loopback interface, and what a client has sent to them.
//! - [`document`]: the bound document of an API, as a JSON Schema validator reads it.
//! - [`normal_form`](mod@normal_form): the one form in which a vendor's JSON and ours are compared.
//! - [`subject`]: the clients, as far as they are alike.
//! - [`workspace`]: copies of this workspace for the generator to work on.
//!
//! The tests themselves stand in `tests/`: a file per API, with every status that its page
//! documents; `clients.rs` for what holds for all of them, and `snapshots.rs`; for the generator,
//! `drift.rs`, `bad_input.rs` and `documents.rs`.
//!
//! # What does not compile
//!
//! A value that the vendor requires is an argument. Each of these stands beside the same call with
//! nothing missing, which shows that nothing else is wrong with it.
//!
//! ```
//! bindery_anthropic::types::CreateInviteParams::new("a@example.com", "user");
//! ```
//!
//! ```compile_fail
//! bindery_anthropic::types::CreateInviteParams::new("a@example.com");
//! ```
//!
//! A body cannot be written without its constructor either, so that the vendor may add to it.
//!
//! ```compile_fail
//! bindery_anthropic::types::CreateInviteParams {
//!     email: "a@example.com".to_owned(),
//!     role: bindery_anthropic::types::NoAdminRole::User,
//! };
//! ```
//!
//! Basic wants exactly one of an email and a username: a call has one place for the two.
//!
//! ```
//! use bindery_basic::types::{CreateTeamInviteParams, Invitee};
//! CreateTeamInviteParams::new(Invitee::Email("a@example.com".to_owned()), "admin");
//! ```
//!
//! ```compile_fail
//! use bindery_basic::types::{CreateTeamInviteParams, Invitee};
//! CreateTeamInviteParams::new("admin");
//! ```
//!
//! ```compile_fail
//! use bindery_basic::types::{CreateTeamInviteParams, Invitee};
//! let email = Invitee::Email("a@example.com".to_owned());
//! CreateTeamInviteParams::new(email, "admin").username("a");
//! ```
//!
//! Vijil's page names no server, so that its client is not made of a credential alone.
//!
//! ```
//! # fn example() -> Result<(), bindery_vijil::BuildError> {
//! bindery_vijil::Client::new("https://vijil.example.com", "token")?;
//! # Ok(())
//! # }
//! ```
//!
//! ```compile_fail
//! # fn example() -> Result<(), bindery_vijil::BuildError> {
//! bindery_vijil::Client::new("token")?;
//! # Ok(())
//! # }
//! ```

pub mod document;
pub mod normal_form;
pub mod server;
pub mod subject;
pub mod workspace;

use std::path::PathBuf;

/// The folder of an emitted crate, such as `bindery-anthropic`.
#[must_use]
pub fn crate_folder(package: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates")).join(package)
}

/// The examples of the workspace's README, which compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the facade's README, which compile.
#[cfg(doctest)]
#[doc = include_str!("../../crates/bindery/README.md")]
pub struct FacadeReadme;
