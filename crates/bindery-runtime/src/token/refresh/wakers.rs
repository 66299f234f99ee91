//! Whom to wake when a refresh can go on: every call that waits, since any of them may have stopped being polled.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

/// The wakers of calls, by their numbers.
#[derive(Default)]
pub(super) struct Wakers(Mutex<BTreeMap<u64, Waker>>);

impl Wakers {
    pub(super) fn register(&self, call: u64, waker: &Waker) {
        let old = self.all().insert(call, waker.clone());
        // Dropping one can drop a task, and with it a call that waits here, too.
        drop(old);
    }

    pub(super) fn forget(&self, call: u64) {
        let old = self.all().remove(&call);
        drop(old);
    }

    pub(super) fn wake_all(&self) {
        let all = std::mem::take(&mut *self.all());
        all.into_values().for_each(Waker::wake);
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<u64, Waker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Wakers {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all();
    }
}
