//! Two pages side by side: which lines belong together, and which of them to show for a change.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::super::change::{Change, Comparison};
use crate::source::{Source, Span};

/// Lines around what changed.
const CONTEXT: usize = 3;
/// Lines of a place that are shown: the place of an object can be the whole of it.
const PLACE: usize = 12;
/// Changed lines next to a place that are shown with it.
const NEIGHBOURS: usize = 16;
/// Rows of an excerpt.
const ROWS: usize = 60;
/// Two pages whose differing lines are more are aligned around each change only: the time that it takes
/// grows with the square.
const MAX_DIFFERING: usize = 6_000;

/// A line of the old page beside the line of the new one; they are numbers from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
    pub(super) same: bool,
}

/// What to show for a change.
#[derive(Debug)]
pub(super) struct Excerpt<'c> {
    pub(super) old: Option<Page<'c>>,
    pub(super) new: Option<Page<'c>>,
    /// The rows; nothing stands for lines that are left out.
    pub(super) rows: Vec<Option<Row>>,
}

/// A page in lines.
#[derive(Clone, Debug)]
pub(super) struct Page<'c> {
    pub(super) source: &'c Source,
    pub(super) lines: Rc<[&'c str]>,
}

/// Takes each page apart once, and aligns each pair of pages once.
pub(super) struct Aligner<'c> {
    comparison: &'c Comparison,
    pages: BTreeMap<usize, Page<'c>>,
    aligned: BTreeMap<(usize, usize), Option<Rc<[Row]>>>,
}

impl<'c> Aligner<'c> {
    pub(super) fn new(comparison: &'c Comparison) -> Self {
        Self { comparison, pages: BTreeMap::new(), aligned: BTreeMap::new() }
    }

    /// The pages around a change; nothing for a change without a place.
    pub(super) fn excerpt(&mut self, change: &'c Change) -> Option<Excerpt<'c>> {
        let (was, now) = (change.was.as_ref(), change.now.as_ref());
        let old = was.map(Span::source).or_else(|| self.other(change, true));
        let new = now.map(Span::source).or_else(|| self.other(change, false));
        let (old, new) = (old.map(|it| self.page(it)), new.map(|it| self.page(it)));
        // What is gone has a place now only in what is around it, of which most has nothing to do with it.
        let now = now.filter(|_| was.is_none() || change.after.is_some());
        let places = (was.map(lines_of), now.map(lines_of));
        if places == (None, None) {
            return None;
        }
        let rows = match (&old, &new) {
            (Some(old), Some(new)) => match self.aligned(old, new) {
                Some(rows) => select(&rows, &places),
                None => around(&old.lines, &new.lines, &places),
            },
            (Some(page), None) => alone(page.lines.len(), true, &places),
            (None, Some(page)) => alone(page.lines.len(), false, &places),
            (None, None) => return None,
        };
        Some(Excerpt { old, new, rows })
    }

    /// The page that the only place of a change is compared with: that of the same path, or the only one.
    fn other(&self, change: &Change, old: bool) -> Option<&'c Arc<Source>> {
        let place = change.was.as_ref().or(change.now.as_ref())?;
        let api = self.comparison.apis.iter().find(|api| api.api == change.api)?;
        let pages = if old { &api.old_pages } else { &api.new_pages };
        let same = pages.iter().find(|page| page.path() == place.source().path());
        same.or_else(|| pages.first().filter(|_| pages.len() == 1))
    }

    fn page(&mut self, source: &'c Arc<Source>) -> Page<'c> {
        let page = || Page { source, lines: source.text().lines().collect() };
        self.pages.entry(Arc::as_ptr(source).addr()).or_insert_with(page).clone()
    }

    fn aligned(&mut self, old: &Page<'_>, new: &Page<'_>) -> Option<Rc<[Row]>> {
        let address = |page: &Page<'_>| std::ptr::from_ref(page.source).addr();
        let rows = || align(&old.lines, &new.lines, 0, 0).map(Rc::from);
        self.aligned.entry((address(old), address(new))).or_insert_with(rows).clone()
    }
}

type Places = (Option<Range<usize>>, Option<Range<usize>>);

fn lines_of(span: &Span) -> Range<usize> {
    let first = span.line().saturating_sub(1);
    let count = span.text().trim_end().matches('\n').count() + 1;
    first..first + count.min(PLACE)
}

/// All rows of two pages whose first lines have these numbers, unless it takes too long.
fn align(old: &[&str], new: &[&str], old_first: usize, new_first: usize) -> Option<Vec<Row>> {
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let ends = old.iter().rev().zip(new.iter().rev());
    let after = ends.take_while(|(old, new)| old == new).count();
    let after = after.min(old.len().min(new.len()) - before);
    let (old_end, new_end) = (old.len() - after, new.len() - after);
    if (old_end - before) + (new_end - before) > MAX_DIFFERING {
        return None;
    }
    let same = |old: usize, new: usize| Row {
        old: Some(old + old_first),
        new: Some(new + new_first),
        same: true,
    };
    let mut rows: Vec<Row> = (0..before).map(|line| same(line, line)).collect();
    let ops = capture_diff_slices(
        Algorithm::Myers,
        old.get(before..old_end).unwrap_or_default(),
        new.get(before..new_end).unwrap_or_default(),
    );
    for op in ops {
        let (olds, news) = (op.old_range(), op.new_range());
        let is_same = matches!(op, DiffOp::Equal { .. });
        for line in 0..olds.len().max(news.len()) {
            let old = (line < olds.len()).then_some(olds.start + line + before + old_first);
            let new = (line < news.len()).then_some(news.start + line + before + new_first);
            rows.push(Row { old, new, same: is_same });
        }
    }
    rows.extend((0..after).map(|line| same(old_end + line, new_end + line)));
    Some(rows)
}

/// The rows of the places, with the changed rows next to them, and some more around.
fn select(rows: &[Row], (was, now): &Places) -> Vec<Option<Row>> {
    let within = |place: &Option<Range<usize>>, line: Option<usize>| {
        place.as_ref().is_some_and(|place| line.is_some_and(|line| place.contains(&line)))
    };
    let mut shown: Vec<usize> = Vec::new();
    let focus = rows.iter().enumerate();
    let focus = focus.filter(|(_, row)| within(was, row.old) || within(now, row.new));
    for (at, _) in focus {
        let before = changed(rows.get(..at).unwrap_or_default().iter().rev());
        let after = changed(rows.get(at + 1..).unwrap_or_default().iter());
        let first = at.saturating_sub(before + CONTEXT);
        shown.extend(first..(at + after + CONTEXT + 1).min(rows.len()));
    }
    shown.sort_unstable();
    shown.dedup();
    let mut selected = Vec::new();
    let mut last = None;
    for at in shown.into_iter().take(ROWS) {
        if last.is_some_and(|last: usize| last + 1 != at) {
            selected.push(None);
        }
        selected.extend(rows.get(at).copied().map(Some));
        last = Some(at);
    }
    selected
}

fn changed<'r>(rows: impl Iterator<Item = &'r Row>) -> usize {
    rows.take(NEIGHBOURS).take_while(|row| !row.same).count()
}

/// The rows around the places alone, for pages that are too different to be aligned as a whole.
fn around(old: &[&str], new: &[&str], (was, now): &Places) -> Vec<Option<Row>> {
    let window = |place: &Option<Range<usize>>, lines: usize| match place {
        Some(place) => {
            place.start.saturating_sub(CONTEXT).min(lines)..(place.end + CONTEXT).min(lines)
        }
        None => 0..0,
    };
    let (olds, news) = (window(was, old.len()), window(now, new.len()));
    let rows = align(
        old.get(olds.clone()).unwrap_or_default(),
        new.get(news.clone()).unwrap_or_default(),
        olds.start,
        news.start,
    );
    rows.unwrap_or_default().into_iter().map(Some).collect()
}

/// The rows of one page that has no other.
fn alone(count: usize, is_old: bool, (was, now): &Places) -> Vec<Option<Row>> {
    let Some(place) = was.as_ref().or(now.as_ref()) else { return Vec::new() };
    let lines = place.start.saturating_sub(CONTEXT)..(place.end + CONTEXT).min(count);
    let row = |line| match is_old {
        true => Row { old: Some(line), new: None, same: false },
        false => Row { old: None, new: Some(line), same: false },
    };
    lines.map(|line| Some(row(line))).collect()
}

#[cfg(test)]
mod tests;
