//! A comparison for people and for programs.
//!
//! Each format is a function of a [`Comparison`](super::Comparison) and nothing else, and the same comparison
//! gives the same bytes. What a vendor's page says passes through `escape` on its way into any of them: pages
//! are untrusted, and each format has means of its own to deceive a reader.
//!
//! # The JSON report
//!
//! [`json`] writes one object:
//!
//! ```text
//! {
//!   "verdict": "breaking",            breaking | review | additive | none: the gravest of all changes
//!   "bump": "minor",                  major | minor | patch | none: the largest that a crate asks for
//!   "apis": [{"api", "verdict", "bump"}],
//!   "changes": [{
//!     "api": "basic",                 the API's folder under specs/, or the file's name
//!     "rule": "response-property-removed",
//!     "pointer": "/components/…",     in the new document; in the old one for what is gone; "" for neither
//!     "file": "specs/basic/a.md",     the new page, or null
//!     "line": 12,                     in that page, counted from 1, or null
//!     "was": {"file", "line"},        the place in the old page, or null
//!     "operation": "POST /invites",   the first operation that is affected, or null
//!     "operations": ["POST /invites"],
//!     "before": "string",             what was there, in one line, or null
//!     "after": null,                  what is there now, in one line, or null
//!     "wire": "breaking",             breaking | review | additive | none: what becomes of calls
//!     "rust": "breaking",             breaking | unknown | additive | none: what becomes of programs
//!     "effects": [{"item", "before", "after", "breaking", "what"}],
//!     "cause": "page",                page | config | generator
//!     "message": "…"
//!   }]
//! }
//! ```
//!
//! Keys may be added; those that are here keep their meaning. Changes stand in the order of the comparison:
//! the gravest first within an API.

mod escape;
mod github;
mod html;
mod json;
mod markdown;
mod text;
mod words;

pub use github::github;
pub use html::html;
pub use json::json;
pub use markdown::{COMMENT_LIMIT, MARKER, markdown};
pub use text::text;

#[cfg(test)]
mod sample;
