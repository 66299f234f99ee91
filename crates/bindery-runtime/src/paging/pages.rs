//! From page to page: what a list does, whatever it is that leads to its pages.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::cycle::Cycle;
use super::{EMPTY_PAGES, Page, Paged, PagingError, Reason};
use crate::error::Context as Place;
use crate::{Answer, Error, ErrorKind, Sending};

/// The pages of a list, one after the other: a [`Stream`], and [`next`](Self::next) where a stream is too much.
///
/// Of a list that has no end but a page without items, a page is kept until the next one has come; of any other, nothing is.
/// After an error there are no more pages, until [`resume`](Self::resume) is called.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<C: Paged> {
    /// The call that the list was asked for with.
    start: C,
    /// That of the page that is on its way, or was the last to come.
    call: C,
    on_its_way: Option<Sending<Answer<C::Output>, C::Error>>,
    next: Next<C::Cursor>,
    cycle: Cycle<C::Cursor>,
    /// How many empty pages in a row may be passed by.
    patience: u32,
    empty: u32,
    /// The items of the page before, of a list that only an empty page ends.
    before: Vec<C::Item>,
}

/// The next of several things, if there is one.
pub(super) type Polled<T, E> = Poll<Option<Result<T, Error<E>>>>;

enum Next<C> {
    First,
    At(C),
    /// The page that there was an error of.
    Failed(Option<C>),
    Nowhere,
    Wrong(PagingError),
}

impl<C: Paged> Pages<C> {
    pub(super) fn new(call: C) -> Self {
        Self {
            start: call.clone(),
            call,
            on_its_way: None,
            next: Next::First,
            cycle: Cycle::default(),
            patience: 0,
            empty: 0,
            before: Vec::new(),
        }
    }

    /// Starts at a page that [`cursor`](Self::cursor) has given before, perhaps in another run of the program.
    pub fn starting_at(mut self, cursor: C::Cursor) -> Self {
        self.next = Next::At(cursor);
        self
    }

    /// What leads to the page that comes next, to be kept for [`starting_at`](Self::starting_at). `None` before the
    /// first page and after the last.
    #[must_use]
    pub fn cursor(&self) -> Option<&C::Cursor> {
        match &self.next {
            Next::At(cursor) | Next::Failed(Some(cursor)) => Some(cursor),
            _ => None,
        }
    }

    /// Asks once more for the page that there was an error of, when the next one is asked for. A list that leads
    /// back, or nowhere, stays at its end.
    pub fn resume(&mut self) {
        self.next = match std::mem::replace(&mut self.next, Next::Nowhere) {
            Next::Failed(Some(cursor)) => Next::At(cursor),
            Next::Failed(None) => Next::First,
            other => other,
        };
    }

    /// Passes by so many empty pages in a row, if they name a next one: some vendors filter a page
    /// after they have cut it off. More than 100 raise the bound beyond which empty pages are an error, too.
    pub fn past_empty(mut self, pages: u32) -> Self {
        self.patience = pages;
        self
    }

    /// The next page. `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// Those of the operation, and [`ErrorKind::Paging`] where a page leads
    /// back, to where no request may go, or nowhere although there is more, and where too many pages in a
    /// row are empty.
    pub async fn next(&mut self) -> Option<Result<Answer<Vec<C::Item>>, Error<C::Error>>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    #[cfg(feature = "blocking")]
    pub(super) fn call(&mut self) -> &mut C {
        &mut self.call
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Polled<Answer<Vec<C::Item>>, C::Error> {
        loop {
            if let Some(sending) = &mut self.on_its_way {
                let answer = ready!(Pin::new(sending).poll(cx));
                self.on_its_way = None;
                return Poll::Ready(Some(answer.map(|answer| self.turn(answer)).inspect_err(
                    |_| {
                        self.next = match std::mem::replace(&mut self.next, Next::Nowhere) {
                            Next::At(cursor) => Next::Failed(Some(cursor)),
                            _ => Next::Failed(None),
                        };
                    },
                )));
            }
            let mut call = self.start.clone();
            match &self.next {
                Next::First => call.first().into_iter().for_each(|first| call.turn(first)),
                Next::At(cursor) => call.turn(cursor.clone()),
                Next::Nowhere | Next::Failed(_) => return Poll::Ready(None),
                Next::Wrong(_) => {
                    let Next::Wrong(error) = std::mem::replace(&mut self.next, Next::Nowhere)
                    else {
                        return Poll::Ready(None);
                    };
                    let place = Place::unsent(C::OPERATION.id);
                    return Poll::Ready(Some(Err(Error::new(place, ErrorKind::Paging(error)))));
                }
            }
            self.call = call.clone();
            self.on_its_way = Some(call.send_with_meta());
        }
    }

    /// Takes what leads to the next page.
    fn turn(&mut self, answer: Answer<C::Output>) -> Answer<Vec<C::Item>> {
        let Answer { body, status, headers, attempts } = answer;
        let Page { items, next, more, is_open } = self.call.page(body, &headers);
        // Some vendors answer with the last page whatever is asked for beyond it.
        if is_open && !items.is_empty() && items == self.before {
            self.next = Next::Wrong(PagingError(Reason::Same));
            return Answer { body: Vec::new(), status, headers, attempts };
        }
        self.before = if is_open { items.clone() } else { Vec::new() };
        self.empty = if items.is_empty() { self.empty.saturating_add(1) } else { 0 };
        let more = more == Some(true);
        self.next = match next {
            Some(_) if self.empty > EMPTY_PAGES.max(self.patience) => {
                Next::Wrong(PagingError(Reason::Empty(self.empty)))
            }
            Some(_) if self.empty > self.patience && !more => Next::Nowhere,
            Some(next) if self.cycle.closes(&next) => Next::Wrong(PagingError(Reason::Back)),
            Some(next) => Next::At(next),
            None if more => Next::Wrong(PagingError(Reason::Lost)),
            None => Next::Nowhere,
        };
        Answer { body: items, status, headers, attempts }
    }
}

/// Nothing in it is borrowed by what is on its way.
impl<C: Paged> Unpin for Pages<C> {}

impl<C: Paged> Stream for Pages<C> {
    type Item = Result<Answer<Vec<C::Item>>, Error<C::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl<C: Paged> fmt::Debug for Pages<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &C::OPERATION.id).finish_non_exhaustive()
    }
}
