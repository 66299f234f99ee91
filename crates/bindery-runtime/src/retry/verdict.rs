//! Whether an attempt that failed may be followed by another one.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::{Operation, TransportError};

/// What is known of a call before it is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict {
    /// Doing it twice is as good as once.
    Safe,
    /// Only if the vendor has certainly not acted.
    Unsafe,
}

impl Verdict {
    /// Of the operation it is known whether it is idempotent; the call may have been declared to be so besides.
    pub(crate) fn new(operation: &Operation, declared_safe: bool) -> Self {
        if declared_safe || operation.idempotent { Self::Safe } else { Self::Unsafe }
    }

    /// Whether to try again after this answer.
    pub(crate) fn after_answer(self, status: StatusCode, headers: &HeaderMap) -> bool {
        match (self, status.as_u16()) {
            (_, 429 | 503) if headers.contains_key(RETRY_AFTER) => true,
            (Self::Safe, _) => is_failure(status),
            _ => false,
        }
    }

    /// Whether to try again although there was no whole answer.
    pub(crate) fn after_error(self, error: &TransportError) -> bool {
        matches!(self, Self::Safe) || error.is_unprocessed()
    }
}

/// Whether the vendor could not do now what may be done later.
pub(crate) fn is_failure(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500..=599)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn statuses(verdict: Verdict, headers: &HeaderMap) -> Vec<u16> {
        let again =
            |code: &u16| verdict.after_answer(StatusCode::from_u16(*code).unwrap(), headers);
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
        let verdict = |idempotent, declared| {
            matches!(Verdict::new(&operation(idempotent), declared), Verdict::Safe)
        };
        assert!(verdict(true, false) && verdict(true, true) && verdict(false, true));
        assert!(!verdict(false, false));
    }

    #[test]
    fn other_calls_need_the_word_of_the_vendor() {
        let silent = HeaderMap::new();
        let told = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("1"))]);
        let transient = [408, 429, 500, 502, 503, 504, 599];
        assert_eq!(statuses(Verdict::Safe, &silent), transient);
        assert_eq!(statuses(Verdict::Safe, &told), transient);
        assert!(statuses(Verdict::Unsafe, &silent).is_empty());
        assert_eq!(statuses(Verdict::Unsafe, &told), [429, 503]);
    }

    #[test]
    fn other_calls_are_repeated_only_if_the_vendor_has_not_acted() {
        let errors = [
            TransportError::timeout(),
            TransportError::new("reset"),
            TransportError::connect("no"),
            TransportError::unprocessed("refused"),
        ];
        assert_eq!(errors.each_ref().map(|error| Verdict::Safe.after_error(error)), [true; 4]);
        let others = errors.each_ref().map(|error| Verdict::Unsafe.after_error(error));
        assert_eq!(others, [false, false, true, true]);
    }
}
