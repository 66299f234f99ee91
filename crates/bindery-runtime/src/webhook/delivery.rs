//! What was delivered.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::redact::Redactor;
use crate::response::EXPLANATION;
use crate::{DecodeError, decode};

/// A webhook that was delivered.
#[derive(Clone, PartialEq)]
pub struct Delivery {
    id: Option<String>,
    sent_at: Option<SystemTime>,
    body: Bytes,
}

impl Delivery {
    /// A delivery that a [`Verifier`](super::Verifier) has found to be the vendor's.
    pub(super) fn verified(id: Option<&str>, sent_at: Option<SystemTime>, body: Bytes) -> Self {
        Self { id: id.map(str::to_owned), sent_at, body }
    }

    /// A delivery whose sender is known by other means, such as a secret url, or is not known at all.
    pub fn unverified(body: impl Into<Bytes>) -> Self {
        Self { id: None, sent_at: None, body: body.into() }
    }

    /// What tells it from all others, if the scheme has that. A vendor that got no answer delivers again, under the same
    /// id.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// When it was sent, if the scheme says so.
    #[must_use]
    pub fn sent_at(&self) -> Option<SystemTime> {
        self.sent_at
    }

    /// The bytes that were received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body.
    ///
    /// # Errors
    ///
    /// Where and why it does not fit the type.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::from_json(&self.body).map_err(|fault| {
            // There is no secret to hide, but texts are shortened here as everywhere.
            let show = |text: &str| Redactor::default().show(text, EXPLANATION);
            DecodeError::new(show(&fault.path()), show(fault.message()))
                .with_cost(fault.is_too_costly())
        })
    }
}

/// A payload may hold what no log should.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.id)
            .field("sent_at", &self.sent_at)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
