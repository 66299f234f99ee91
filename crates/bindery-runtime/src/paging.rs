//! Lists that come page by page, as a stream of their items.

mod cycle;
mod link;
mod walk;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use reqwest::header::HeaderMap;

use crate::{Error, Operation};
use walk::{Pages, Walk};

/// How many pages without an item may follow each other, unless [`Items::past_empty`] says that more may.
const EMPTY_PAGES: u32 = 100;

/// One page of a list, and where the next one is.
///
/// `C` is what leads there: a cursor, a number, or a url, which
/// [`Request::at`](crate::Request::at) takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, C> {
    items: Vec<T>,
    next: Option<C>,
    /// Whether there is more, where the vendor says so.
    more: Option<bool>,
}

impl<T, C> Page<T, C> {
    /// A page that leads to the next one, unless it is the last.
    pub fn leading(items: Vec<T>, next: Option<C>) -> Self {
        Self { items, next, more: None }
    }

    /// What the vendor says of whether there is more: without more, the page is the last; with more, an
    /// empty page is not, and one that leads nowhere is an error.
    #[must_use]
    pub fn saying(self, more: Option<bool>) -> Self {
        let next = self.next.filter(|_| more != Some(false));
        Self { next, more, ..self }
    }
}

impl<T> Page<T, String> {
    /// A page that names the next one by a cursor, unless it is the last. An empty cursor is none.
    pub fn named(items: Vec<T>, next: Option<impl Into<String>>) -> Self {
        let next = next.map(Into::into).filter(|next: &String| !next.is_empty());
        Self::leading(items, next)
    }

    /// A page that names the url of the next one, unless it is the last. An empty url is none. A fragment is dropped: it
    /// is not sent, so it leads to no other page.
    pub fn at_url(items: Vec<T>, next: Option<impl Into<String>>) -> Self {
        let page = Self::named(items, next);
        let next = page.next.map(|it| match it.split_once('#') {
            Some((url, _)) => url.to_owned(),
            None => it,
        });
        Self { next, ..page }
    }

    /// A page whose answer has a `Link` header with the relation `next` (RFC 8288), unless it is the
    /// last.
    pub fn linked(items: Vec<T>, headers: &HeaderMap) -> Self {
        // An empty target is this page itself (RFC 3986, section 4.4), and so leads back.
        let next = link::next(headers);
        let next = next.map(|it| it.split('#').next().unwrap_or_default().to_owned());
        Self::leading(items, next)
    }
}

impl<T> Page<T, u64> {
    /// The page is the last if the next one is beyond what the parameter of the operation takes.
    #[must_use]
    pub fn within(self, largest: impl TryInto<u64>) -> Self {
        let largest = largest.try_into().unwrap_or(u64::MAX);
        Self { next: self.next.filter(|next| *next <= largest), ..self }
    }

    /// The page of this number. The last is the one of the number `last`, if that is known, and an
    /// empty one in any case.
    pub fn numbered(items: Vec<T>, number: u64, last: Option<u64>) -> Self {
        let next = number.checked_add(1).filter(|next| last.is_none_or(|last| *next <= last));
        Self::leading(items, next)
    }

    /// The page that starts at this place in the list. The last is the one that reaches `total`, if
    /// that is known, and an empty one in any case.
    pub fn at_offset(items: Vec<T>, offset: u64, total: Option<u64>) -> Self {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let next = offset.checked_add(count);
        let next = next.filter(|next| total.is_none_or(|total| *next < total));
        Self::leading(items, next)
    }
}

/// The items of a list, page after page: a [`Stream`], and [`next`](Self::next) where a stream is
/// too much.
///
/// The next page is asked for when all items of the one before have been taken; nothing else is
/// kept. After an error there are no more items. A page that leads back to an earlier one is an
/// error, which may come after items that were there before. A page without items is the last, unless
/// the vendor says that there is more. Of such pages, 100 in a row are passed by, and one more is an
/// error: whoever sends them may never end.
///
/// ```
/// use bindery_runtime::{Error, Items};
///
/// async fn names<E: 'static>(mut items: Items<String, E>) -> Result<Vec<String>, Error<E>> {
///     let mut names = Vec::new();
///     while let Some(name) = items.next().await {
///         names.push(name?);
///     }
///     Ok(names)
/// }
/// ```
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<T, E>(Box<dyn Pages<T, E> + Send>);

impl<T: Send + 'static, E: 'static> Items<T, E> {
    /// The items of the pages that a function fetches: first the one for `None`, then those to
    /// which each page leads.
    pub fn new<C, F>(
        operation: &'static Operation,
        fetch: impl FnMut(Option<C>) -> F + Send + 'static,
    ) -> Self
    where
        C: Clone + PartialEq + Send + 'static,
        F: Future<Output = Result<Page<T, C>, Error<E>>> + Send + 'static,
    {
        Self(Box::new(Walk::new(operation, fetch)))
    }

    /// Passes by so many empty pages in a row, if they name a next one: some vendors filter a page
    /// after they have cut it off. More than 100 raise the bound beyond which empty pages are an error, too.
    pub fn past_empty(mut self, pages: u32) -> Self {
        self.0.past_empty(pages);
        self
    }

    /// The next item. `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// Those of the operation, and [`ErrorKind::Paging`](crate::ErrorKind::Paging) where a page leads
    /// back, to where no request may go, or nowhere although there is more, and where too many pages in a
    /// row are empty.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|cx| self.0.poll(cx)).await
    }
}

impl<T, E> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(cx)
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &self.0.operation().id).finish_non_exhaustive()
    }
}

/// Why a list cannot be followed to its next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingError(Reason);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// The list would never end.
    Back,
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
