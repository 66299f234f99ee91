//! How much work one body may cost.
//!
//! A union buffers its JSON and decodes the buffer once for each alternative. Where the alternatives
//! lead back to the union, each level of the JSON doubles the work, so that a short answer could keep
//! a client busy for years, and no timeout reaches into decoding. So the work is counted: each visit
//! of a buffered value and each step of the way to it costs one unit, and a text one more for every
//! 16 bytes, be it of the body or of an error. What a body may cost
//! grows with its length. When that is used up, everything that is still to be decoded fails at once.

use std::cell::Cell;
use std::fmt::{self, Write as _};
use std::marker::PhantomData;

use serde_json::Value;

/// Units that any body may cost, however short it is. Unions in ten levels of each other, each of
/// which takes the second of two alternatives, cost a tenth of it.
pub(super) const FLOOR: u64 = 1 << 18;

/// Units for each byte of a body. The shortest value has two bytes, its comma included, so that each
/// may be visited 32 times; a list of objects in unions of each other visits its values about twice
/// for each union around them.
pub(super) const PER_BYTE: u64 = 16;

/// Bytes of a text that cost one unit.
const TEXT: usize = 16;

#[derive(Clone, Copy)]
struct Work {
    left: u64,
    /// Whether more was asked for than was left.
    exceeded: bool,
}

thread_local! {
    /// The work of the body that is being decoded on this thread, if one is.
    static WORK: Cell<Option<Work>> = const { Cell::new(None) };
}

/// There is no work left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exhausted;

/// Counts work from its making to its end, on one thread. One inside of another counts with that.
#[derive(Debug)]
pub(super) struct Guard {
    is_outermost: bool,
    /// It must end on the thread on which it was made.
    thread: PhantomData<*const ()>,
}

impl Guard {
    /// Allows for what a body of so many bytes may cost. The length is asked for only if nobody counts yet.
    pub(super) fn new(bytes: impl FnOnce() -> usize) -> Self {
        let is_outermost = WORK.get().is_none();
        if is_outermost {
            let bytes = u64::try_from(bytes()).unwrap_or(u64::MAX);
            let left = bytes.saturating_mul(PER_BYTE).saturating_add(FLOOR);
            WORK.set(Some(Work { left, exceeded: false }));
        }
        Self { is_outermost, thread: PhantomData }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.is_outermost {
            WORK.set(None);
        }
    }
}

/// Charges one visit of a value, which has so many bytes if it is a text.
pub(super) fn charge(text: usize) -> Result<(), Exhausted> {
    let Some(work) = WORK.get() else { return Ok(()) };
    let cost = u64::try_from(text / TEXT).unwrap_or(u64::MAX).saturating_add(1);
    let left = work.left.checked_sub(cost).filter(|_| !work.exceeded);
    WORK.set(Some(Work { left: left.unwrap_or_default(), exceeded: left.is_none() }));
    left.map(drop).ok_or(Exhausted)
}

/// Charges one visit of a value, but not of what it holds.
pub(super) fn charge_visit(value: &Value) -> Result<(), Exhausted> {
    charge(match value {
        Value::String(text) => text.len(),
        // A feature of serde_json keeps numbers as they are written, of any length.
        Value::Number(number) => {
            let mut length = Length(0);
            let _ = write!(length, "{number}");
            length.0
        }
        _ => 0,
    })
}

/// Counts the bytes that are written.
struct Length(usize);

impl fmt::Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

/// Charges a copy of a value: a visit of each value in it.
pub(super) fn charge_copy(value: &Value) -> Result<(), Exhausted> {
    charge_visit(value)?;
    match value {
        Value::Array(items) => items.iter().try_for_each(charge_copy),
        Value::Object(members) => members.iter().try_for_each(|(key, value)| {
            charge(key.len())?;
            charge_copy(value)
        }),
        _ => Ok(()),
    }
}

/// How much work is left for the body that is being decoded.
#[cfg(test)]
pub(super) fn left() -> u64 {
    WORK.get().map_or(0, |work| work.left)
}

/// Whether the body that is being decoded has cost more than it may.
pub(super) fn is_exceeded() -> bool {
    WORK.get().is_some_and(|work| work.exceeded)
}
