//! Versions: what was released, what is made now, and which version the difference asks for.
//!
//! The surface of a crate's last release lies beside its version, in the folder of what the crate is made
//! from: `specs/<api>/` for a client, `specs/` for the facade over all of them, the crate's own folder for the
//! runtime, which is made by hand. So no history is needed to see that a crate broke and its version did not
//! follow. [`statuses`] says how each crate stands, [`changelog`] and [`manifests`] write it down.

pub mod changelog;
mod line;
pub mod manifests;
mod member;
mod status;

pub use line::{Grade, bump, next, satisfies};
pub(crate) use member::read;
pub use member::{Member, RUNTIME, members};
pub use status::{ReleaseStatus, statuses};
