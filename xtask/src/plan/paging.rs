//! How an operation's list goes on from page to page.

use serde::Serialize;
use syn::Type;

/// A list that comes page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The way to the items in the body of the success. The body itself is the list if it is empty.
    #[serde(skip_serializing_if = "Way::is_empty")]
    pub items: Way,
    /// What leads to the next page.
    #[serde(flatten)]
    pub next: Next,
}

/// The properties to go through, one inside the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Way(pub Vec<Step>);

impl Way {
    /// Whether it leads nowhere else.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names on the wire, with dots between.
    pub fn wire(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|it| it.wire.as_str()).collect();
        names.join(".")
    }
}

/// A property on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The type that has it.
    #[serde(rename = "in")]
    pub of: String,
    /// Its name in Rust.
    pub name: String,
    /// Its name on the wire.
    #[serde(skip)]
    pub wire: String,
    /// Its Rust type.
    #[serde(skip)]
    pub ty: Type,
}

/// What leads to the next page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// The body has its url.
    Url {
        /// The way to the url.
        at: Way,
    },
    /// The header `Link` has its url.
    Link,
    /// The body has what a parameter takes.
    Cursor {
        /// Where the way to the cursor starts.
        from: From,
        /// The way to the cursor.
        at: Way,
        /// The parameter, by its name in Rust.
        parameter: String,
        /// The way to what says whether there is a next page, if something does.
        #[serde(skip_serializing_if = "Option::is_none")]
        more: Option<Way>,
    },
    /// Pages have numbers.
    Page {
        /// The parameter, by its name in Rust.
        parameter: String,
        /// The number of the first page.
        first: u64,
        /// The way to how many pages there are, if the body says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pages: Option<Way>,
    },
    /// A page starts at a place in the list.
    Offset {
        /// The parameter, by its name in Rust.
        parameter: String,
        /// The way to how many items there are, if the body says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<Way>,
    },
}

/// Where the way to a cursor starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// In the body.
    Body,
    /// In the last item of the page.
    LastItem,
}

impl Paging {
    /// All steps of all ways.
    pub fn steps_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        let (one, other) = match &mut self.next {
            Next::Url { at } => (Some(at), None),
            Next::Link => (None, None),
            Next::Cursor { at, more, .. } => (Some(at), more.as_mut()),
            Next::Page { pages: way, .. } | Next::Offset { total: way, .. } => (way.as_mut(), None),
        };
        [Some(&mut self.items), one, other].into_iter().flatten().flat_map(|it| &mut it.0)
    }

    /// All ways that start in the body.
    pub fn ways(&self) -> impl Iterator<Item = &Way> {
        let (one, other) = match &self.next {
            Next::Url { at } => (Some(at), None),
            Next::Link => (None, None),
            Next::Cursor { from: From::Body, at, more, .. } => (Some(at), more.as_ref()),
            Next::Cursor { from: From::LastItem, more, .. } => (None, more.as_ref()),
            Next::Page { pages: way, .. } | Next::Offset { total: way, .. } => (way.as_ref(), None),
        };
        std::iter::once(&self.items).chain(one).chain(other)
    }
}
