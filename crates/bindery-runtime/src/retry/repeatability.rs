//! Whether an attempt that failed may be followed by another one.

use std::time::Duration;

use reqwest::StatusCode;

use crate::{Operation, TransportError};

/// What is known of a call before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeatability {
    /// Doing it twice is as good as once.
    Idempotent,
    /// Only if there is no connection, or the vendor says that it has not acted.
    NotIdempotent,
}

impl Repeatability {
    /// Of the operation it is known whether it is idempotent; the call may have been declared to be so besides.
    pub(crate) fn new(operation: &Operation, declared_safe: bool) -> Self {
        if declared_safe || operation.idempotent { Self::Idempotent } else { Self::NotIdempotent }
    }

    /// Whether to try again after an answer with this status, in which the vendor asks to wait so long, if it asks.
    pub(crate) fn after_answer(self, status: StatusCode, retry_after: Option<Duration>) -> bool {
        match (self, status.as_u16()) {
            (_, 429 | 503) if retry_after.is_some() => true,
            (Self::Idempotent, _) => is_failure(status),
            _ => false,
        }
    }

    /// Whether to try again although there was no whole answer.
    pub(crate) fn after_error(self, error: &TransportError) -> bool {
        matches!(self, Self::Idempotent) || error.is_unprocessed()
    }
}

/// Whether the vendor could not do now what may be done later.
pub(crate) fn is_failure(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500..=599)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::*;
    use crate::retry::retry_after;

    fn statuses(repeatability: Repeatability, headers: &HeaderMap) -> Vec<u16> {
        let after = retry_after(headers, SystemTime::now());
        let again =
            |code: &u16| repeatability.after_answer(StatusCode::from_u16(*code).unwrap(), after);
        [200, 400, 401, 404, 408, 409, 425, 429, 500, 502, 503, 504, 599]
            .into_iter()
            .filter(again)
            .collect()
    }

    #[test]
    fn idempotent_operations_and_declared_calls_are_safe() {
        let operation = |idempotent| Operation {
            id: "id",
            method: reqwest::Method::PUT,
            path: "/",
            server: None,
            accept: None,
            idempotent,
        };
        let repeatability = |idempotent, declared| {
            matches!(
                Repeatability::new(&operation(idempotent), declared),
                Repeatability::Idempotent
            )
        };
        assert!(
            repeatability(true, false) && repeatability(true, true) && repeatability(false, true)
        );
        assert!(!repeatability(false, false));
    }

    #[test]
    fn other_calls_need_the_word_of_the_vendor() {
        let silent = HeaderMap::new();
        let told = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("1"))]);
        let transient = [408, 429, 500, 502, 503, 504, 599];
        assert_eq!(statuses(Repeatability::Idempotent, &silent), transient);
        assert_eq!(statuses(Repeatability::Idempotent, &told), transient);
        assert!(statuses(Repeatability::NotIdempotent, &silent).is_empty());
        assert_eq!(statuses(Repeatability::NotIdempotent, &told), [429, 503]);
        let malformed = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("soon"))]);
        assert_eq!(statuses(Repeatability::Idempotent, &malformed), transient);
        assert!(
            statuses(Repeatability::NotIdempotent, &malformed).is_empty(),
            "such a header counts as none"
        );
    }

    #[test]
    fn other_calls_are_repeated_only_if_the_vendor_has_not_acted() {
        let errors = [
            TransportError::timeout(),
            TransportError::new("reset"),
            TransportError::connect("no"),
            TransportError::unprocessed("refused"),
        ];
        assert_eq!(
            errors.each_ref().map(|error| Repeatability::Idempotent.after_error(error)),
            [true; 4]
        );
        let others = errors.each_ref().map(|error| Repeatability::NotIdempotent.after_error(error));
        assert_eq!(others, [false, false, true, true]);
    }
}
