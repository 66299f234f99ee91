//! The items of a list, page after page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pages::Polled;
use super::{Paged, Pages};
use crate::Error;

/// The items of a list, page after page: a [`Stream`], and [`next`](Self::next) where a stream is
/// too much.
///
/// The next page is asked for when all items of the one before have been taken; nothing else is
/// kept. After an error there are no more items, until [`resume`](Self::resume) is called. A page that leads back to an
/// earlier one is an error, which may come after items that were there before. A page without items is the last, unless
/// the vendor says that there is more. Of such pages, 100 in a row are passed by, and one more is an
/// error: whoever sends them may never end.
///
/// ```
/// use bindery_runtime::{Error, Items, Paged};
///
/// async fn names<C: Paged<Item = String>>(list: C) -> Result<Vec<String>, Error<C::Error>> {
///     let mut names = Vec::new();
///     let mut items = list.items();
///     while let Some(name) = items.next().await {
///         names.push(name?);
///     }
///     Ok(names)
/// }
/// ```
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<C: Paged> {
    pub(super) pages: Pages<C>,
    page: std::vec::IntoIter<C::Item>,
    /// What led to the page that the items are of.
    at: Option<C::Cursor>,
}

impl<C: Paged> Items<C> {
    pub(super) fn new(pages: Pages<C>) -> Self {
        Self { pages, page: Vec::new().into_iter(), at: None }
    }

    /// Starts at a page that [`cursor`](Self::cursor) has given before, perhaps in another run of the program.
    pub fn starting_at(self, cursor: C::Cursor) -> Self {
        Self { pages: self.pages.starting_at(cursor), ..self }
    }

    /// What leads to the page that the next item is of, to be kept for [`starting_at`](Self::starting_at): its items
    /// that were taken come again. `None` on the first page, and at the end.
    #[must_use]
    pub fn cursor(&self) -> Option<&C::Cursor> {
        match self.page.as_slice() {
            [] => self.pages.cursor(),
            _ => self.at.as_ref(),
        }
    }

    /// Goes on after an error, see [`Pages::resume`].
    pub fn resume(&mut self) {
        self.pages.resume();
    }

    /// Passes by so many empty pages in a row, if they name a next one: some vendors filter a page
    /// after they have cut it off. More than 100 raise the bound beyond which empty pages are an error, too.
    pub fn past_empty(self, pages: u32) -> Self {
        Self { pages: self.pages.past_empty(pages), ..self }
    }

    /// The next item. `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<C::Item, Error<C::Error>>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Polled<C::Item, C::Error> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let at = self.pages.cursor().cloned();
            match ready!(self.pages.poll(cx)) {
                Some(Ok(page)) => {
                    self.page = page.body.into_iter();
                    self.at = at;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in it is borrowed by what is on its way.
impl<C: Paged> Unpin for Items<C> {}

impl<C: Paged> Stream for Items<C> {
    type Item = Result<C::Item, Error<C::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl<C: Paged> fmt::Debug for Items<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &C::OPERATION.id).finish_non_exhaustive()
    }
}

/// The items of a list in a program that is not asynchronous: an [`Iterator`], which waits for each page.
#[cfg(feature = "blocking")]
#[derive(Debug)]
#[must_use = "nothing is sent until an item is asked for"]
pub struct BlockingItems<C: Paged>(Items<C>);

#[cfg(feature = "blocking")]
impl<C: Paged> Items<C> {
    /// The items in a program that is not asynchronous, see [`Call::send_blocking`](crate::Call::send_blocking).
    pub fn blocking(self) -> BlockingItems<C> {
        BlockingItems(self)
    }
}

#[cfg(feature = "blocking")]
impl<C: Paged> Iterator for BlockingItems<C> {
    type Item = Result<C::Item, Error<C::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        let client = self.0.pages.call().caller().client.clone();
        match client.block_on(C::OPERATION, self.0.next()) {
            Ok(item) => item,
            Err(error) => Some(Err(error)),
        }
    }
}
