//! Lists that come page by page: what a call of one says, and streams of its pages and of its items.

mod cycle;
mod items;
mod link;
mod page;
mod pages;

use std::fmt;

use reqwest::header::HeaderMap;

use crate::Call;
#[cfg(feature = "blocking")]
pub use items::BlockingItems;
pub use items::Items;
pub use page::Page;
pub use pages::Pages;

/// How many pages without an item may follow each other, unless [`Items::past_empty`] says that more may.
const EMPTY_PAGES: u32 = 100;

/// A page as a call of it gives it.
pub type PageOf<C> = Page<<C as Paged>::Item, <C as Paged>::Cursor>;

/// A call of one page of a list.
///
/// Generated calls implement what leads from page to page; what follows it stands here.
pub trait Paged: Call + Clone {
    /// An item of the list.
    type Item: Clone + PartialEq + Send + 'static;
    /// What leads to a page: a cursor, a number, or a url.
    type Cursor: Clone + PartialEq + Send + 'static;

    /// The items of a page that this call has been answered with, and what leads to the next one.
    fn page(&self, page: Self::Output, headers: &HeaderMap) -> PageOf<Self>;

    /// Makes it the call of another page.
    fn turn(&mut self, to: Self::Cursor);

    /// What leads to the page that it is the call of, if that can be said without an answer: of pages that are
    /// numbered.
    fn first(&self) -> Option<Self::Cursor> {
        None
    }

    /// The items of the list, from this page to the last.
    ///
    /// A page is asked for when the items of the one before have been taken. A url of another origin is refused,
    /// since the credential would go along. A page that leads back to an earlier one is an error, perhaps after items
    /// that were there before, and so is one that has the items of the page before, of a list that only an empty page
    /// ends. A page without items is the last, unless the vendor says that there is more, or
    /// [`past_empty`](Items::past_empty) says otherwise.
    fn items(self) -> Items<Self> {
        Items::new(self.pages())
    }

    /// The pages of the list, from this one to the last, each with its status and its headers. For the rest like
    /// [`items`](Self::items).
    fn pages(self) -> Pages<Self> {
        Pages::new(self)
    }
}

/// Why a list cannot be followed to its next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingError(Reason);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// The list would never end.
    Back,
    /// Nobody says where the list ends, and its pages do not change any more.
    Same,
    /// The vendor says that there is more, and not where.
    Lost,
    /// The vendor says that there is more, page after page, and so many of them had no items.
    Empty(u32),
    /// No request may go there, in words that are fit to be shown.
    Refused(String),
}

impl PagingError {
    pub(crate) fn refused(message: String) -> Self {
        Self(Reason::Refused(message))
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Back => f.write_str("a page of the list leads back to an earlier one"),
            Reason::Same => f.write_str("a page of the list has the items of the one before"),
            Reason::Lost => {
                f.write_str("there is more of the list, and its page does not say where")
            }
            Reason::Empty(pages) => write!(
                f,
                "{pages} pages of the list in a row had no items, and the last one leads to another"
            ),
            Reason::Refused(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for PagingError {}

#[cfg(test)]
mod tests;
