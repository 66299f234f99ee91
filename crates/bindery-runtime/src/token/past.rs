//! The secrets that a source has given lately. A server can send one back when another has replaced it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};

/// How many are kept: the one that is used, and some before it.
const MOST: usize = 5;

#[derive(Default)]
pub(super) struct Past(Mutex<VecDeque<SecretString>>);

impl Past {
    /// Keeps a secret, and forgets the one that was given the longest time ago if there are too many.
    pub(super) fn keep(&self, secret: &SecretString) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.iter().position(|it| it.expose_secret() == secret.expose_secret()) {
            Some(0) => return,
            Some(at) => drop(kept.remove(at)),
            None => kept.truncate(MOST - 1),
        }
        kept.push_front(secret.clone());
    }

    pub(super) fn all(&self) -> Vec<SecretString> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_each_once() {
        let past = Past::default();
        let kept = |secrets: &[&str]| {
            secrets.iter().for_each(|it| past.keep(&SecretString::from(*it)));
            let all = past.all();
            all.iter().map(|it| it.expose_secret().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(kept(&["a", "a", "b", "c", "b"]), ["b", "c", "a"]);
        assert_eq!(kept(&["d", "e", "f"]), ["f", "e", "d", "b", "c"]);
    }
}
