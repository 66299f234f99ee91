//! Lists that come page by page, as a stream of their items.

mod cycle;
mod link;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::header::HeaderMap;

use crate::error::Context as Place;
use crate::{BoxFuture, Error, ErrorKind, Operation};
use cycle::Cycle;

/// One page of a list, and where the next one is.
///
/// `C` is what leads there: a cursor, a number, or a url, which
/// [`Request::at`](crate::Request::at) takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, C> {
    items: Vec<T>,
    next: Option<C>,
}

impl<T, C> Page<T, C> {
    /// A page that leads to the next one, unless it is the last.
    pub fn leading(items: Vec<T>, next: Option<C>) -> Self {
        Self { items, next }
    }
}

impl<T> Page<T, String> {
    /// A page that names the next one, by a cursor or by a url, unless it is the last. An empty name
    /// is none.
    pub fn named(items: Vec<T>, next: Option<impl Into<String>>) -> Self {
        let next = next.map(Into::into).filter(|next: &String| !next.is_empty());
        Self { items, next }
    }

    /// A page whose answer has a `Link` header with the relation `next` (RFC 8288), unless it is the
    /// last.
    pub fn linked(items: Vec<T>, headers: &HeaderMap) -> Self {
        Self { items, next: link::next(headers) }
    }
}

impl<T> Page<T, u64> {
    /// The page of this number. The last is the one of the number `last`, if that is known, and an
    /// empty one in any case.
    pub fn numbered(items: Vec<T>, number: u64, last: Option<u64>) -> Self {
        let next = number.checked_add(1).filter(|next| last.is_none_or(|last| *next <= last));
        Self { items, next }
    }

    /// The page that starts at this place in the list. The last is the one that reaches `total`, if
    /// that is known, and an empty one in any case.
    pub fn at_offset(items: Vec<T>, offset: u64, total: Option<u64>) -> Self {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let next = offset.checked_add(count);
        let next = next.filter(|next| total.is_none_or(|total| *next < total));
        Self { items, next }
    }
}

/// The items of a list, page after page: a [`Stream`], and [`next`](Self::next) where a stream is
/// too much.
///
/// The next page is asked for when all items of the one before have been taken; nothing else is
/// kept. After an error there are no more items. A page that leads back to an earlier one is an
/// error, and a page without items is the last.
///
/// ```
/// use bindery_runtime::{Error, Items};
///
/// async fn names<E>(mut items: Items<'_, String, String, E>) -> Result<Vec<String>, Error<E>> {
///     let mut names = Vec::new();
///     while let Some(name) = items.next().await {
///         names.push(name?);
///     }
///     Ok(names)
/// }
/// ```
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<'a, T, C, E> {
    operation: &'static Operation,
    fetch: Box<Fetch<'a, T, C, E>>,
    /// The page that is on its way.
    pending: Option<Pending<'a, T, C, E>>,
    page: std::vec::IntoIter<T>,
    next: Next<C>,
    cycle: Cycle<C>,
    /// How many empty pages in a row may be passed by.
    patience: u32,
    empty: u32,
}

type Pending<'a, T, C, E> = BoxFuture<'a, Result<Page<T, C>, Error<E>>>;
type Fetch<'a, T, C, E> = dyn FnMut(Option<C>) -> Pending<'a, T, C, E> + Send + 'a;

enum Next<C> {
    First,
    At(C),
    Nowhere,
    /// It was there before.
    Back,
}

impl<'a, T, C: Clone + PartialEq, E> Items<'a, T, C, E> {
    /// The items of the pages that a function fetches: first the one for `None`, then those to
    /// which each page leads.
    pub fn new<F>(
        operation: &'static Operation,
        mut fetch: impl FnMut(Option<C>) -> F + Send + 'a,
    ) -> Self
    where
        F: Future<Output = Result<Page<T, C>, Error<E>>> + Send + 'a,
    {
        Self {
            operation,
            fetch: Box::new(move |at| Box::pin(fetch(at))),
            pending: None,
            page: Vec::new().into_iter(),
            next: Next::First,
            cycle: Cycle::default(),
            patience: 0,
            empty: 0,
        }
    }

    /// Passes by so many empty pages in a row, if they name a next one: some vendors filter a page
    /// after they have cut it off.
    pub fn past_empty(mut self, pages: u32) -> Self {
        self.patience = pages;
        self
    }

    /// The next item. `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// Those of the operation, and [`ErrorKind::Paging`] where a page leads back or to where no
    /// request may go.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    fn turn(&mut self, page: Page<T, C>) {
        self.empty = if page.items.is_empty() { self.empty.saturating_add(1) } else { 0 };
        self.page = page.items.into_iter();
        self.next = match page.next {
            Some(_) if self.empty > self.patience => Next::Nowhere,
            Some(next) if self.cycle.closes(&next) => Next::Back,
            Some(next) => Next::At(next),
            None => Next::Nowhere,
        };
    }
}

// No field is pinned where it stands: the future has a place of its own.
impl<T, C, E> Unpin for Items<'_, T, C, E> {}

impl<T, C: Clone + PartialEq, E> Stream for Items<'_, T, C, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some(pending) = &mut self.pending {
                let page = ready!(pending.as_mut().poll(cx));
                self.pending = None;
                match page {
                    Ok(page) => self.turn(page),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
                continue;
            }
            let at = match std::mem::replace(&mut self.next, Next::Nowhere) {
                Next::First => None,
                Next::At(next) => Some(next),
                Next::Nowhere => return Poll::Ready(None),
                Next::Back => {
                    let place = Place::unsent(self.operation.id);
                    let kind = ErrorKind::Paging(PagingError(Reason::Back));
                    return Poll::Ready(Some(Err(Error::new(place, kind))));
                }
            };
            self.pending = Some((self.fetch)(at));
        }
    }
}

impl<T, C, E> fmt::Debug for Items<'_, T, C, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

/// Why a list cannot be followed: a page leads back to an earlier one, so that it would never end,
/// or to a url to which no request may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingError(Reason);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Back,
    /// In words that are fit to be shown.
    Refused(String),
}

impl PagingError {
    pub(crate) fn refused(message: String) -> Self {
        Self(Reason::Refused(message))
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Reason::Back => "a page of the list leads back to an earlier one",
            Reason::Refused(message) => message,
        })
    }
}

impl std::error::Error for PagingError {}

#[cfg(test)]
mod tests;
