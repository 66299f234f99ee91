//! Many documents at once: a folder of OpenAPI documents through the same pipeline as `generate`, a crate
//! each, in one workspace, with a report of what arrived.
//!
//! [`input`] finds the documents, [`outcome`] makes and measures one, [`layout`] writes the workspace,
//! [`check`] has the compiler judge it, `messages` has what cargo says, [`size`] measures what was emitted, without
//! `comments`, and [`report`] says it all.

pub mod check;
mod comments;
pub mod examples;
pub mod input;
pub mod layout;
mod messages;
pub mod outcome;
pub mod report;
pub mod size;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use input::Document;
use outcome::{Making, Outcome};

use crate::pipeline::STACK;

/// Makes all documents on so many threads. The outcomes stand in the order of the documents, whatever the
/// number of threads; `done` is called after each.
pub fn make(
    documents: &[Document],
    jobs: usize,
    making: Making,
    done: &(dyn Fn(&Document) + Sync),
) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let work = || {
        while let Some((index, document)) = take(documents, &next) {
            let outcome = outcome::make_all(document, making);
            // A panic while the list is held is impossible, so a poisoned one holds no less.
            outcomes.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((index, outcome));
            done(document);
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, documents.len().max(1)) {
            let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            // Without a thread the work is done here, only slower.
            if spawned.is_err() {
                work();
            }
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn take<'d>(documents: &'d [Document], next: &AtomicUsize) -> Option<(usize, &'d Document)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    documents.get(index).map(|document| (index, document))
}

#[cfg(test)]
mod tests;
