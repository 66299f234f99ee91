//! From page to page: what a list does, whatever it is that leads to its pages.

use std::future::Future;
use std::task::{Context, Poll, ready};

use super::cycle::Cycle;
use super::{EMPTY_PAGES, Page, PagingError, Reason};
use crate::error::Context as Place;
use crate::{BoxFuture, Error, ErrorKind, Operation};

/// A list whose pages are led to by something that its caller need not know.
pub(super) trait Pages<T, E> {
    fn operation(&self) -> &'static Operation;

    fn past_empty(&mut self, pages: u32);

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>>;
}

pub(super) struct Walk<T, C, E> {
    operation: &'static Operation,
    fetch: Box<Fetch<T, C, E>>,
    /// The page that is on its way.
    pending: Option<Pending<T, C, E>>,
    page: std::vec::IntoIter<T>,
    next: Next<C>,
    cycle: Cycle<C>,
    /// How many empty pages in a row may be passed by.
    patience: u32,
    empty: u32,
}

type Pending<T, C, E> = BoxFuture<'static, Result<Page<T, C>, Error<E>>>;
type Fetch<T, C, E> = dyn FnMut(Option<C>) -> Pending<T, C, E> + Send;

enum Next<C> {
    First,
    At(C),
    Nowhere,
    Wrong(PagingError),
}

impl<T, C: Clone + PartialEq, E> Walk<T, C, E> {
    pub(super) fn new<F>(
        operation: &'static Operation,
        mut fetch: impl FnMut(Option<C>) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Page<T, C>, Error<E>>> + Send + 'static,
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

    fn turn(&mut self, page: Page<T, C>) {
        self.empty = if page.items.is_empty() { self.empty.saturating_add(1) } else { 0 };
        self.page = page.items.into_iter();
        let more = page.more == Some(true);
        self.next = match page.next {
            Some(_) if self.empty > EMPTY_PAGES.max(self.patience) => {
                Next::Wrong(PagingError(Reason::Empty(self.empty)))
            }
            Some(_) if self.empty > self.patience && !more => Next::Nowhere,
            Some(next) if self.cycle.closes(&next) => Next::Wrong(PagingError(Reason::Back)),
            Some(next) => Next::At(next),
            None if more => Next::Wrong(PagingError(Reason::Lost)),
            None => Next::Nowhere,
        };
    }
}

impl<T, C: Clone + PartialEq, E> Pages<T, E> for Walk<T, C, E> {
    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn past_empty(&mut self, pages: u32) {
        self.patience = pages;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
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
                Next::Wrong(error) => {
                    let place = Place::unsent(self.operation.id);
                    return Poll::Ready(Some(Err(Error::new(place, ErrorKind::Paging(error)))));
                }
            };
            self.pending = Some((self.fetch)(at));
        }
    }
}
