//! What a comparison says: one list of changes, each with its verdicts on the wire and in Rust.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::{Source, Span};
use crate::surface::Effect;

/// What changed between two states of APIs.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The changes, the gravest first within an API.
    pub changes: Vec<Change>,
    /// The APIs that were compared, with what they ask of the version.
    pub apis: Vec<ApiSummary>,
}

/// What the changes of one API come to.
#[derive(Clone, Debug)]
pub struct ApiSummary {
    /// The API's folder under `specs/`, or the file's name.
    pub api: String,
    /// The gravest verdict of its changes.
    pub verdict: Verdict,
    /// What its crate's version has to do.
    pub bump: Bump,
    /// Its pages before.
    pub old_pages: Vec<Arc<Source>>,
    /// Its pages now.
    pub new_pages: Vec<Arc<Source>>,
}

/// One change. The comparison of the documents finds it, and says what it does on the wire; what it does in Rust is
/// added when the crates are compared.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The API that it is a change of.
    pub api: String,
    /// The rule that found it, stable, in kebab case. Those of the wire are oasdiff's where they are its.
    pub rule: String,
    /// Where it is in the bound document, as a JSON pointer: in the new one, or in the old one if it is
    /// there no more. Empty for a change that is in no document.
    pub pointer: String,
    /// Its place in the new page: its own, or that of the nearest thing around it that is still there.
    pub now: Option<Span>,
    /// Its place in the old page, if it was there.
    pub was: Option<Span>,
    /// The operations that it affects, as `METHOD /path`, in the order of the document.
    pub operations: Vec<String>,
    /// What was there, in one line.
    pub before: Option<String>,
    /// What is there now, in one line.
    pub after: Option<String>,
    /// What it does to calls.
    pub wire: Wire,
    /// What it does to programs that use the crate.
    pub rust: Rust,
    /// What it does to the crate's surface, item by item.
    pub effects: Vec<Effect>,
    /// Where it comes from.
    pub cause: Cause,
    /// What it is in, the nearest first: properties, schemas, the operation. Rust items are found by it.
    pub owners: Vec<Owner>,
    /// What changed, in a sentence for people. Holds text of the page as it is, not escaped for any format.
    pub message: String,
}

/// Something of a document that may have a Rust item.
#[derive(Clone, Debug)]
pub struct Owner {
    /// The schema object or operation object in the old document.
    pub old: Option<Span>,
    /// The schema object or operation object in the new document.
    pub new: Option<Span>,
    /// The property of that schema, or the parameter of that operation, by its name on the wire.
    pub member: Option<String>,
}

/// What a change does to calls of clients that know nothing of it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Wire {
    /// Nothing.
    #[default]
    None,
    /// There is more than before.
    Additive,
    /// Somebody has to look.
    Review,
    /// Calls that worked do not, or answers are not what was promised.
    Breaking,
}

/// What a change does to programs that compile against the crate.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// Nothing.
    #[default]
    None,
    /// There is more than before.
    Additive,
    /// It could not be determined.
    Unknown,
    /// Programs that compiled do not.
    Breaking,
}

/// Where a change comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The vendor's page.
    #[default]
    Page,
    /// Our decisions in `api.toml`.
    Config,
    /// The generator.
    Generator,
}

/// The gravest of all changes, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing changed, or nothing that matters to callers.
    #[default]
    None,
    /// There is more than before.
    Additive,
    /// Somebody has to look.
    Review,
    /// Something breaks, on the wire or in Rust.
    Breaking,
}

/// What the version of the crate has to do (Cargo's reading of Semantic Versioning).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Stay as it is.
    #[default]
    None,
    /// `0.1.0` to `0.1.1`, `1.2.3` to `1.2.4`.
    Patch,
    /// `0.1.0` to `0.2.0`, `1.2.3` to `1.3.0`.
    Minor,
    /// `1.2.3` to `2.0.0`. Before 1.0, a breaking change asks for a minor bump.
    Major,
}

impl From<Wire> for Verdict {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::None => Self::None,
            Wire::Additive => Self::Additive,
            Wire::Review => Self::Review,
            Wire::Breaking => Self::Breaking,
        }
    }
}

impl From<Rust> for Verdict {
    fn from(rust: Rust) -> Self {
        match rust {
            Rust::None => Self::None,
            Rust::Additive => Self::Additive,
            Rust::Unknown => Self::Review,
            Rust::Breaking => Self::Breaking,
        }
    }
}

impl Change {
    /// The graver of the two verdicts.
    pub fn verdict(&self) -> Verdict {
        Verdict::from(self.wire).max(self.rust.into())
    }
}

impl Comparison {
    /// The gravest verdict of all.
    pub fn verdict(&self) -> Verdict {
        self.changes.iter().map(Change::verdict).max().unwrap_or_default()
    }

    /// The largest bump that any crate asks for.
    pub fn bump(&self) -> Bump {
        self.apis.iter().map(|api| api.bump).max().unwrap_or_default()
    }
}
