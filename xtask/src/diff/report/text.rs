//! The report for a terminal.

use textwrap::{Options, WordSeparator, WordSplitter};

use super::super::change::{Change, Comparison, Verdict};
use super::words::{self, Headline, Subject};
use crate::sanitize::plain_line;
use crate::surface::Effect;

const MAX_MESSAGE: usize = 600;
const MAX_VALUE: usize = 400;
const MAX_EFFECTS: usize = 8;
/// Narrower than this, words no longer fit.
const MIN_WIDTH: usize = 40;
/// Wider than this, lines are hard to read.
const MAX_WIDTH: usize = 100;

/// The report in lines of at most so many columns, and no more than 100. Colour is an addition: without it, the
/// text says the same.
pub fn text(comparison: &Comparison, colour: bool, width: usize) -> String {
    let mut page = Page { text: String::new(), colour, width: width.clamp(MIN_WIDTH, MAX_WIDTH) };
    let Headline { verdict, mark, rest } = words::headline(comparison);
    let paint = paint_of(comparison.verdict());
    page.line(&format!("{verdict}{mark}"), paint, &rest, 0);
    if comparison.apis.len() > 1 {
        for api in comparison.apis.iter().filter(|api| api.verdict > Verdict::None) {
            let (name, verdict) = (plain_line(&api.api, MAX_VALUE), words::title(api.verdict));
            let bump = words::bump(api.bump);
            page.line("", Paint::None, &format!("{name}: {verdict}, bump: {bump}"), 2);
        }
    }
    for verdict in words::VERDICTS {
        let changes = words::of(comparison, verdict);
        if !changes.is_empty() {
            page.text.push('\n');
            page.line(words::title(verdict), paint_of(verdict), "", 0);
        }
        for change in changes {
            page.change(change);
        }
    }
    page.text
}

#[derive(Clone, Copy)]
enum Paint {
    None,
    Bold,
    Red,
    Yellow,
    Green,
}

fn paint_of(verdict: Verdict) -> Paint {
    match verdict {
        Verdict::Breaking => Paint::Red,
        Verdict::Review => Paint::Yellow,
        Verdict::Additive => Paint::Green,
        Verdict::None => Paint::Bold,
    }
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Bold => "1",
            Self::Red => "1;31",
            Self::Yellow => "1;33",
            Self::Green => "1;32",
        }
    }
}

struct Page {
    text: String,
    colour: bool,
    width: usize,
}

impl Page {
    /// A painted word, then the rest, wrapped; lines after the first stand two columns further in.
    fn line(&mut self, start: &str, paint: Paint, rest: &str, indent: usize) {
        let (first, next) = (" ".repeat(indent), " ".repeat(indent + 2));
        let options = Options::new(self.width)
            .initial_indent(&first)
            .subsequent_indent(&next)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        let blank = if start.is_empty() || rest.is_empty() { "" } else { " " };
        let whole = format!("{start}{blank}{rest}");
        let wrapped = textwrap::fill(&whole, options);
        // A start is a word of ours, short and never wrapped, so it is found where it was put.
        let painted = match (self.colour, wrapped.split_at_checked(indent + start.len())) {
            (true, Some((head, tail))) if head.ends_with(start) => {
                format!("{}{}{tail}", " ".repeat(indent), self.paint(start, paint))
            }
            (true, _) => self.paint(&wrapped, paint),
            _ => wrapped,
        };
        self.text.push_str(&painted);
        self.text.push('\n');
    }

    fn paint(&self, text: &str, paint: Paint) -> String {
        match paint {
            Paint::None => text.to_owned(),
            _ if text.is_empty() => String::new(),
            _ => format!("\u{1b}[{}m{text}\u{1b}[0m", paint.code()),
        }
    }

    fn change(&mut self, change: &Change) {
        self.text.push('\n');
        let message = plain_line(&change.message, MAX_MESSAGE);
        self.line("•", paint_of(change.verdict()), &message, 0);
        self.line("", Paint::None, &where_it_is(change), 2);
        self.values(change.before.as_deref(), change.after.as_deref(), 4);
        let (wire, rust) = (words::wire(change.wire), words::rust(change.rust));
        let mut verdicts = format!("calls: {wire}, Rust: {rust}");
        if let Some(cause) = words::cause(change.cause) {
            verdicts.push_str(&format!(", {cause}"));
        }
        let rule = plain_line(&change.rule, MAX_VALUE);
        self.line("", Paint::None, &format!("{verdicts} [{rule}]"), 2);
        for effect in change.effects.iter().take(MAX_EFFECTS) {
            self.effect(effect);
        }
        if change.effects.len() > MAX_EFFECTS {
            let more = change.effects.len() - MAX_EFFECTS;
            self.line("", Paint::None, &format!("and {more} more effects"), 4);
        }
    }

    fn effect(&mut self, effect: &Effect) {
        let (item, what) =
            (plain_line(&effect.item, MAX_VALUE), plain_line(&effect.what, MAX_MESSAGE));
        self.line("", Paint::None, &format!("{item}: {what}"), 4);
        self.values(effect.before.as_deref(), effect.after.as_deref(), 6);
    }

    fn values(&mut self, before: Option<&str>, after: Option<&str>, indent: usize) {
        for (sign, paint, value) in [("-", Paint::Red, before), ("+", Paint::Green, after)] {
            if let Some(value) = value {
                self.line(sign, paint, &plain_line(value, MAX_VALUE), indent);
            }
        }
    }
}

fn where_it_is(change: &Change) -> String {
    let subject = match words::subject(change) {
        Subject::None => change.api.clone(),
        Subject::Operation(operation) => operation.to_owned(),
        Subject::Shared { name, operations } => {
            let name = name.or_else(|| operations.first().cloned()).unwrap_or_default();
            format!("{name}, in {} operations", operations.len())
        }
    };
    let place = words::place(change).map(|it| format!(" at {it}")).unwrap_or_default();
    plain_line(&format!("{subject}{place}"), MAX_MESSAGE)
}

#[cfg(test)]
mod tests;
