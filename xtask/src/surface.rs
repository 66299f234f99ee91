//! The public surface of a crate: what its callers can name, and what a change of it does to them.
//!
//! [`Surface::of`] takes it from the crate's sources, [`compare`] tells two of them apart. As text it has a
//! line for each item, so that what was released can be kept beside the pages and reads well as a diff.

mod bare;
mod compare;
mod expand;
mod export;
mod extract;
mod features;
mod line;
mod paths;
mod text;
mod tree;

use std::collections::BTreeSet;

use semver::Version;
use serde::Serialize;

pub use compare::compare;
pub use text::Kind;

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

/// What callers of a crate can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    /// The package.
    pub package: String,
    /// Its version.
    pub version: Version,
    /// A digest of all files of the crate, so that a change below the surface shows as well.
    pub content: Option<u64>,
    /// What can be named, by path.
    pub items: BTreeSet<Item>,
}

impl Surface {
    /// Returns what is said of a path and of what is below it.
    pub fn within(&self, path: &str) -> impl Iterator<Item = &Item> {
        // A longer name stands between the two: `A`, `A2`, `A::b`.
        let below = format!("{path}::");
        let own: Vec<&Item> = self.from(path).take_while(|it| it.path == path).collect();
        own.into_iter().chain(self.from(&below).take_while(move |it| it.path.starts_with(&below)))
    }

    /// Returns the items from a path on.
    fn from(&self, path: &str) -> impl Iterator<Item = &Item> + use<'_> {
        let first = Item { path: path.to_owned(), kind: Kind::Feature, text: String::new() };
        self.items.range(first..)
    }
}

/// Something that can be named, or a fact about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Its path in the crate. Two facts may have one path: a struct, and that it is `Clone`.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Its signature in one line, with full paths and without its own name: `fn(&self) -> types::Role`.
    pub text: String,
}
