//! A request on its way, and what becomes of its answer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Failure;
use crate::{BoxFuture, Error, Request, Response};

/// A request that is sent when this is awaited. Dropping it gives the call up.
///
/// It is one type for all operations, so that a program does not pay for each that it calls with a state machine of
/// its own.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<T, E> {
    response: BoxFuture<'static, Result<Response, Failure>>,
    read: fn(Response) -> Result<T, Error<E>>,
}

impl<T, E> Sending<T, E> {
    /// The answer is read to its end.
    pub(crate) fn whole(request: Request, read: fn(Response) -> Result<T, Error<E>>) -> Self {
        Self { response: Box::pin(request.send()), read }
    }

    /// The body of an answer is not read if the function says so of its status.
    pub(super) fn unread(
        request: Request,
        streams: fn(u16) -> bool,
        read: fn(Response) -> Result<T, Error<E>>,
    ) -> Self {
        Self { response: Box::pin(request.open(streams)), read }
    }
}

impl<T, E> Future for Sending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.response.as_mut().poll(cx).map(|response| read(response?))
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
