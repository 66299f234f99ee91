//! Reads the body of an answer into memory, up to a limit.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use reqwest::Body;

use crate::TransportError;

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Unread {
    Broken(TransportError),
    TooLarge,
}

/// The whole body, if it has so many bytes at most.
///
/// What the server says of the length is believed only where it is too much. Otherwise bytes are
/// counted as they come, and the connection is given up with the first one too many.
pub(crate) async fn whole(mut body: Body, limit: usize) -> Result<Bytes, Unread> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Unread::TooLarge);
    }
    // Most bodies come in one piece, which is then the whole without being copied.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|error| Unread::Broken(TransportError::http(error)))?;
        let Ok(piece) = frame.into_data() else { continue };
        if piece.len() > limit - (first.len() + all.len()) {
            return Err(Unread::TooLarge);
        }
        if first.is_empty() && all.is_empty() {
            first = piece;
            continue;
        }
        if all.is_empty() {
            all.reserve(first.len() + piece.len());
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&piece);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll};

    use http_body::{Frame, SizeHint};

    use super::*;

    /// A body of pieces, which counts those that were asked for and says of its length what it likes.
    struct Pieces {
        rest: u32,
        piece: &'static [u8],
        hint: u64,
    }

    impl http_body::Body for Pieces {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            let left = self.rest.checked_sub(1);
            Poll::Ready(left.map(|left| {
                self.rest = left;
                Ok(Frame::data(Bytes::from_static(self.piece)))
            }))
        }

        fn size_hint(&self) -> SizeHint {
            let mut hint = SizeHint::new();
            hint.set_lower(self.hint);
            hint
        }
    }

    async fn read(rest: u32, hint: u64, limit: usize) -> Result<Bytes, Unread> {
        whole(Body::wrap(Pieces { rest, piece: b"abc", hint }), limit).await
    }

    #[tokio::test]
    async fn pieces_are_joined_up_to_the_limit() {
        assert_eq!(read(0, 0, 0).await.unwrap(), "");
        assert_eq!(read(1, 0, 3).await.unwrap(), "abc");
        assert_eq!(read(3, 9, 9).await.unwrap(), "abcabcabc");
        assert!(matches!(read(3, 0, 8).await, Err(Unread::TooLarge)));
        assert!(matches!(read(1, 0, 2).await, Err(Unread::TooLarge)));
        assert_eq!(read(3, 0, usize::MAX).await.unwrap().len(), 9);
    }

    #[tokio::test]
    async fn a_length_is_believed_only_where_it_is_too_much() {
        assert!(matches!(read(0, 10, 9).await, Err(Unread::TooLarge)));
        assert!(matches!(read(0, u64::MAX, 9).await, Err(Unread::TooLarge)));
        // An endless body that says it has one byte.
        assert!(matches!(read(u32::MAX, 1, 1000).await, Err(Unread::TooLarge)));
    }
}
