//! The public surface of a crate: what its callers can name, and what a change of it does to them.

use serde::Serialize;

/// A difference of two surfaces: one item, and what becomes of programs that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The item's path in the crate, such as `types::Invite::role` or `Client::create_invite`.
    pub item: String,
    /// Its signature before, in one line; nothing if it is new.
    pub before: Option<String>,
    /// Its signature now, in one line; nothing if it is gone.
    pub after: Option<String>,
    /// Whether programs that compiled may not any more, or may mean something else.
    pub breaking: bool,
    /// What happened to it, in a few words: `the type changed`, `renamed to types::Member`.
    pub what: String,
}
