//! Which errors of a refresh say that whoever was asked has certainly not acted, or that its runtime is gone.

use std::error::Error;
use std::io::{self, ErrorKind};

use tokio::task::JoinError;

use crate::{TransportError, transport};

/// How many causes are looked at. A chain that is longer leads nowhere.
const DEPTH: usize = 16;

/// Whether the error, or one of its causes, says so. The function that refreshes is its caller's own, so that it may be
/// an error of this crate's, of reqwest's or of the system's: the outermost that is known knows most. What nobody
/// knows counts as no.
pub(super) fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    chain(error).filter_map(classify).next().unwrap_or_default()
}

/// Whether the error, or one of its causes, is that of a task which was ended from outside, as all tasks of a runtime
/// are that goes.
pub(super) fn is_cancelled(error: &(dyn Error + 'static)) -> bool {
    chain(error).filter_map(|it| it.downcast_ref()).any(JoinError::is_cancelled)
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| cause(error)).take(DEPTH)
}

/// The cause of an error. An error of the system's that holds another gives the cause of that as its own.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => Some(held),
        None => error.source(),
    }
}

/// Returns whether an error by itself says so, and nothing if its type is unknown.
fn classify(error: &(dyn Error + 'static)) -> Option<bool> {
    if let Some(error) = error.downcast_ref::<TransportError>() {
        return Some(error.is_unprocessed());
    }
    if let Some(error) = error.downcast_ref::<reqwest::Error>() {
        return Some(transport::is_unprocessed(error));
    }
    let error = error.downcast_ref::<io::Error>().filter(|error| error.get_ref().is_none())?;
    Some(matches!(
        error.kind(),
        ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unprocessed(error: impl Into<Box<dyn Error + Send + Sync>>) -> bool {
        is_unprocessed(&*error.into())
    }

    #[test]
    fn a_connection_that_did_not_come_about_is() {
        assert!(unprocessed(TransportError::connect("no route")));
        assert!(unprocessed(TransportError::unprocessed("refused")));
        assert!(unprocessed(io::Error::from(ErrorKind::ConnectionRefused)));
        // As a cause, too.
        let cause = TransportError::new(io::Error::from(ErrorKind::NetworkUnreachable));
        assert!(!unprocessed(cause), "what a transport says of its cause is known better");
        let wrapped = io::Error::other(TransportError::connect("no route"));
        assert!(!unprocessed("no route") && !unprocessed(io::Error::from(ErrorKind::TimedOut)));
        assert!(unprocessed(wrapped));
    }

    #[test]
    fn what_may_have_been_acted_upon_is_not() {
        assert!(!unprocessed(TransportError::new("reset")));
        assert!(!unprocessed(TransportError::timeout()));
        assert!(!unprocessed("invalid_grant"));
    }
}
