//! What is kept without being known, while a union tries its alternatives.
//!
//! A union that is an alternative of another one keeps what it does not know, and so takes everything; an open enum takes
//! every text. The union around them has to hear of it, since another alternative may know the value.

use std::cell::Cell;

use serde_json::Value;

/// How many unions in one another look for the alternative that knows the most. Each of them may decode what is inside
/// once for each alternative, so more would be exponential in the depth of the body.
const SEARCHING: usize = 2;

/// What was kept.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    /// A text, by an enum. Where a text is decoded, it can only be the whole.
    Text,
    /// What lies there, by a union. What is decoded again lies where it lay.
    Value(usize),
}

thread_local! {
    /// What was kept last, and how much was on the way that was taken.
    static KEPT: Cell<(Option<Kept>, usize)> = const { Cell::new((None, 0)) };

    /// How many unions are trying alternatives inside of one another.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Says that a union keeps a value without knowing it.
pub(super) fn note(value: &Value) {
    keep(Kept::Value(place(value)));
}

/// Says that an enum keeps a text without knowing it.
pub fn note_text() {
    keep(Kept::Text);
}

fn keep(kept: Kept) {
    let (_, count) = KEPT.get();
    KEPT.set((Some(kept), count.saturating_add(1)));
}

/// Whether this very value was kept, and not only a part of it.
fn is_whole(value: &Value) -> bool {
    match KEPT.get().0 {
        Some(Kept::Text) => value.is_string(),
        kept => kept == Some(Kept::Value(place(value))),
    }
}

fn place(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

/// A union that tries its alternatives.
pub(super) struct Search {
    /// How much was kept before.
    start: usize,
    /// How many unions around it try theirs.
    depth: usize,
}

/// How much of a value was kept by an alternative that decoded it. Less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unknown {
    /// Whether that is the whole of it.
    pub(super) whole: bool,
    parts: usize,
}

impl Search {
    /// A union of which so many alternatives are possible.
    pub(super) fn among(possible: usize) -> Self {
        let depth = DEPTH.get();
        DEPTH.set(depth.saturating_add(usize::from(possible > 1)));
        Self { start: KEPT.get().1, depth }
    }

    /// Whether one alternative is worth trying after another one of the same rank has decoded.
    pub(super) fn goes_on(&self) -> bool {
        self.depth < SEARCHING
    }

    /// Begins with an alternative.
    pub(super) fn begin(&self) {
        KEPT.set((None, self.start));
    }

    /// Returns how much the alternative has kept. One that does not fit is as one that has kept something.
    pub(super) fn unknown(&self, value: &Value, fits: bool) -> Unknown {
        let parts = KEPT.get().1.saturating_sub(self.start).saturating_add(usize::from(!fits));
        Unknown { whole: is_whole(value), parts }
    }

    /// Says what the union has come to: what the alternative that it takes has kept, or the whole.
    pub(super) fn end(self, value: &Value, taken: Option<Unknown>) {
        let parts = taken.map_or(0, |it| it.parts);
        KEPT.set((None, self.start.saturating_add(parts)));
        if taken.is_none_or(|it| it.whole) {
            note(value);
        }
    }
}

impl Unknown {
    /// Whether everything is known.
    pub(super) fn is_nothing(self) -> bool {
        !self.whole && self.parts == 0
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        DEPTH.set(self.depth);
    }
}
