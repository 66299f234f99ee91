//! Real documents, changed in one keyword at a time: nothing of them may be silent. A crate shows a change, or a
//! finding points to its place, or both documents mean the same, or the table of keywords says that a client does nothing
//! different because of it.
//!
//! `place` finds keywords in documents and chooses among them, `excerpt` cuts a document down to an operation that
//! reaches a place, `change` gives a keyword another value, and `judge` looks at what becomes of it.

mod change;
mod excerpt;
mod judge;
mod place;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value as Json;

use crate::pipeline::STACK;
use excerpt::Excerpts;

pub use judge::Verdict;
pub use place::Place;

/// A document to change.
#[derive(Clone, Debug)]
pub struct Original {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub document: Json,
}

/// A keyword of a document that was given another value, and what came of it.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// The document's name.
    pub document: String,
    /// The keyword.
    pub place: Place,
    /// What it is now: another value, or gone.
    pub change: String,
    /// What came of it.
    pub verdict: Verdict,
}

/// Chooses so many keywords, evenly among their kinds, and changes them one by one on so many threads. The same seed
/// chooses the same. Places that no operation reaches are passed over.
pub fn mutate(
    originals: &[Original],
    count: usize,
    seed: u64,
    jobs: usize,
    done: &(dyn Fn() + Sync),
) -> Vec<Mutation> {
    let documents: Vec<&Json> = originals.iter().map(|it| &it.document).collect();
    let chosen = place::choose(&documents, count, seed);
    let excerpts: Vec<Excerpts<'_>> = documents.iter().map(|it| Excerpts::new(it)).collect();
    let next = AtomicUsize::new(0);
    let made = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((of, place)) = chosen.get(at) else { break };
            let mutation = originals.get(*of).zip(excerpts.get(*of)).and_then(|(original, cut)| {
                let mut random = fastrand::Rng::with_seed(seed.wrapping_add(at as u64));
                mutation(original, cut, place, &mut random)
            });
            // A panic while the map is held is impossible, so a poisoned one holds no less.
            made.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(at, mutation);
            done();
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, chosen.len().max(1)) {
            // Without a thread the work is done here, only slower.
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_err() {
                work();
            }
        }
    });
    let made = made.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    made.into_values().flatten().collect()
}

/// Changes one keyword; nothing if no operation reaches it, or if it has no other value.
fn mutation(
    original: &Original,
    excerpts: &Excerpts<'_>,
    place: &Place,
    random: &mut fastrand::Rng,
) -> Option<Mutation> {
    let before = excerpts.around(&place.pointer)?;
    let change = change::of(place, &before, random)?;
    let mut after = before.clone();
    change::apply(&mut after, &place.pointer, &change)?;
    Some(Mutation {
        document: original.name.clone(),
        place: place.clone(),
        change: change.to_string(),
        verdict: judge::judge(&before, &after, place),
    })
}

#[cfg(test)]
mod tests;
