//! The error of decoding, which collects its path on the way out.

use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::work::{self, Exhausted};

/// What went wrong, and where.
#[derive(Debug, Default)]
pub(crate) struct Fault {
    /// From the inside to the outside: each level adds itself when the error passes by. Of a path that is
    /// longer than anybody reads, the innermost are forgotten.
    steps: VecDeque<Step>,
    /// How many bytes the steps have.
    kept: usize,
    /// How many steps there were.
    depth: usize,
    /// The property that should have been there, below the last step.
    missing: Option<&'static str>,
    message: String,
    too_costly: bool,
}

#[derive(Debug)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    /// The beginning of a key.
    pub(super) fn key(key: &str) -> Self {
        Self::Key(beginning(key, KEPT).to_owned())
    }

    fn length(&self) -> usize {
        match self {
            Self::Key(key) => key.len() + 1,
            Self::Index(_) => 8,
        }
    }
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// What was decoded, unless it cost too much: whatever failed last then, that is why.
    pub(super) fn unless_exhausted<T>(decoded: Result<T, Self>) -> Result<T, Self> {
        if work::is_exceeded() { Err(Exhausted.into()) } else { decoded }
    }

    pub(crate) fn is_too_costly(&self) -> bool {
        self.too_costly
    }

    pub(super) fn within(mut self, step: Step) -> Self {
        // If there is no more work left, the next visit fails.
        let _ = work::charge(step.length());
        self.kept += step.length();
        self.depth += 1;
        self.steps.push_back(step);
        while self.kept > KEPT
            && self.steps.len() > 1
            && let Some(innermost) = self.steps.pop_front()
        {
            self.kept -= innermost.length();
        }
        self
    }

    /// How many levels of the JSON the decoder went down. A missing property does not count: the
    /// JSON has no such level.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The path as it is shown, `detail[0].loc[1]`.
    pub(crate) fn path(&self) -> String {
        #[cfg(test)]
        PATHS.set(PATHS.get() + 1);
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            match step {
                Step::Key(key) => push_key(&mut path, key),
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        if self.steps.len() < self.depth {
            path.push('…');
        } else if let Some(missing) = self.missing {
            push_key(&mut path, missing);
        }
        path
    }
}

/// A key with a dot or a bracket in it must not read like a path of its own.
fn push_key(path: &mut String, key: &str) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
    if key.is_empty() || !key.chars().all(plain) {
        path.push_str(&format!("[{key:?}]"));
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

/// How many bytes of a message and of a path are kept: more than is ever looked at to show them without a credential.
const KEPT: usize = 1 << 16;

/// The beginning of a message, which may quote all of a body. What is not kept is not written either.
pub(super) fn short(message: impl fmt::Display) -> String {
    let mut text = Beginning(String::new());
    // It fails when there is enough.
    let _ = fmt::write(&mut text, format_args!("{message}"));
    // Messages are work as well. If there is no more left, the next visit fails.
    let _ = work::charge(text.0.len());
    text.0
}

struct Beginning(String);

impl fmt::Write for Beginning {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = KEPT.saturating_sub(self.0.len());
        let kept = beginning(text, room);
        self.0.push_str(kept);
        if kept.len() == text.len() { Ok(()) } else { Err(fmt::Error) }
    }
}

/// As much of a text as has room.
fn beginning(text: &str, room: usize) -> &str {
    let end = (0..=room.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

pub(super) fn write(f: &mut fmt::Formatter<'_>, path: &str, message: &str) -> fmt::Result {
    match path {
        "" => f.write_str(message),
        _ => write!(f, "{path}: {message}"),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, &self.path(), &self.message)
    }
}

impl std::error::Error for Fault {}

impl From<Exhausted> for Fault {
    fn from(_: Exhausted) -> Self {
        let message = "it takes too much work to find out which of the types that the API documents \
                       the body has";
        Self { too_costly: true, ..Self::new(message) }
    }
}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        HANDED_OVER.take().unwrap_or_else(|| Self::new(short(message)))
    }

    /// As serde_json words it: what serde calls a unit is null in JSON.
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Unit => {
                Self::new(short(format_args!("invalid type: null, expected {expected}")))
            }
            _ => Self::new(short(format_args!("invalid type: {found}, expected {expected}"))),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::new(format!("missing field `{field}`")) }
    }
}

thread_local! {
    /// A fault on its way through [`hand_over`], and empty otherwise.
    static HANDED_OVER: Cell<Option<Fault>> = const { Cell::new(None) };
}

#[cfg(test)]
thread_local! {
    /// How many paths were written on this thread.
    pub(super) static PATHS: Cell<usize> = const { Cell::new(0) };
}

/// Turns the fault of a buffered value into the error of whatever deserializer is outside.
///
/// A union knows that error only as `E: de::Error`, which can be made from a message alone. If `E` is
/// `Fault` too, or hands on to it, the text would lose the path; so the fault lies ready for
/// `custom` to pick it up whole. A path never travels inside a message, where the text of a server
/// could pass for one. Other errors are made from the text, which starts with the path.
pub(super) fn hand_over<E: de::Error>(fault: Fault) -> E {
    HANDED_OVER.set(Some(fault));
    let error = E::custom(HandedOver);
    HANDED_OVER.set(None);
    error
}

/// The text of the fault that lies ready, which is not written unless somebody wants it: it may be long, and
/// there may be many unions to go through.
struct HandedOver;

impl fmt::Display for HandedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(fault) = HANDED_OVER.take() else { return Ok(()) };
        let written = fault.fmt(f);
        HANDED_OVER.set(Some(fault));
        written
    }
}
