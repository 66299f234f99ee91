//! What has another name, and is otherwise what it was.

use std::collections::{BTreeMap, BTreeSet};

use super::Both;
use crate::surface::{Effect, Item, Kind};

/// A type may hold one that is renamed too, and so on; deeper than this, they are told as new.
const ROUNDS: usize = 16;

/// A type under another path.
#[derive(Clone, Debug)]
pub(super) struct Rename {
    from: String,
    to: String,
}

impl Rename {
    pub(super) fn effect(&self, old: &BTreeSet<Item>, new: &BTreeSet<Item>) -> Effect {
        let text = |items: &BTreeSet<Item>, path: &str| {
            let all = items.range(first(path)..).take_while(|it| it.path == path);
            let item = all.into_iter().find(|it| it.kind.is_type());
            item.map(|it| it.text.clone())
        };
        let verb = if last(&self.from) == last(&self.to) { "moved" } else { "renamed" };
        Effect {
            item: self.from.clone(),
            before: text(old, &self.from),
            after: text(new, &self.to),
            breaking: true,
            what: format!("{verb} to {}", self.to),
        }
    }
}

/// The types that are gone and have a new one with the same content, up to the name.
pub(super) fn types(old: &BTreeSet<Item>, new: &BTreeSet<Item>) -> Vec<Rename> {
    let taken = |items: &BTreeSet<Item>| -> BTreeSet<String> {
        items.iter().filter(|it| it.kind.is_type()).map(|it| it.path.clone()).collect()
    };
    let only = |items: &BTreeSet<Item>, others: &BTreeSet<String>| -> Vec<String> {
        let own = |it: &&Item| it.kind.is_type() && !matches!(it.kind, Kind::Module | Kind::Use);
        let own = items.iter().filter(own).map(|it| it.path.clone());
        own.filter(|path| !others.contains(path)).collect()
    };
    let (mut gone, fresh) = (only(old, &taken(new)), only(new, &taken(old)));
    if gone.is_empty() || fresh.is_empty() {
        return Vec::new();
    }
    let mut candidates: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for path in fresh {
        candidates.entry(content(new, &path, &[])).or_default().push(path);
    }
    let mut renames: Vec<Rename> = Vec::new();
    for _ in 0..ROUNDS {
        let found = renames.len();
        gone.retain(|from| {
            let Some(same) = candidates.get_mut(&content(old, from, &renames)) else { return true };
            // Errors of one shape are many; the nearest name is the likeliest.
            let near = |to: &str| strsim::jaro_winkler(last(from), last(to));
            let best = (0..same.len()).max_by(|a, b| {
                let near = |at: usize| same.get(at).map_or(0.0, |it| near(it));
                near(*a).total_cmp(&near(*b)).then(b.cmp(a))
            });
            let Some(best) = best else { return true };
            renames.push(Rename { from: from.clone(), to: same.remove(best) });
            false
        });
        if renames.len() == found {
            break;
        }
    }
    renames
}

/// The items with the new names, each with what it was.
pub(super) fn apply<'a>(items: &'a BTreeSet<Item>, renames: &[Rename]) -> Vec<(Item, &'a Item)> {
    let names: BTreeMap<_, _> =
        renames.iter().map(|it| (it.from.as_str(), it.to.as_str())).collect();
    let renamed = |item: &Item| Item {
        path: replace(&item.path, &names),
        kind: item.kind,
        text: replace(&item.text, &names),
    };
    items.iter().map(|item| (renamed(item), item)).collect()
}

/// The methods and the variants that have another name and otherwise differ only by a type that has one too, such as an
/// operation's request, or the body of an error. What is alike in any other way may well be another one.
pub(super) fn members<'a>(
    gone: &[&Both<'a>],
    fresh: &[&'a Item],
    renames: &[Rename],
) -> Vec<(&'a Item, &'a Item)> {
    let names: BTreeMap<_, _> = renames.iter().map(|it| (it.to.as_str(), "")).collect();
    let mentions = |text: &str| replace(text, &names) != text;
    let same = |a: &Item, b: &Item| {
        matches!(a.kind, Kind::Fn | Kind::Variant)
            && a.kind == b.kind
            && owner(&a.path) == owner(&b.path)
            && a.text == b.text
    };
    let pairs = gone.iter().filter(|it| mentions(&it.item.text)).filter_map(|from| {
        let mut to = fresh.iter().filter(|to| same(from.item, to));
        let to = to.next().filter(|_| to.next().is_none())?;
        let only = gone.iter().filter(|it| same(it.item, to)).count() == 1;
        only.then_some((from.item, *to))
    });
    pairs.collect()
}

/// What comes before all that is said about a path.
fn first(path: &str) -> Item {
    Item { path: path.to_owned(), kind: Kind::Feature, text: String::new() }
}

/// All that is said about a type and what is in it, with a mark in place of its path.
fn content(items: &BTreeSet<Item>, path: &str, renames: &[Rename]) -> Vec<String> {
    let mut names: BTreeMap<_, _> =
        renames.iter().map(|it| (it.from.as_str(), it.to.as_str())).collect();
    names.insert(path, "\0");
    let own = items.range(first(path)..).take_while(|it| it.path.starts_with(path));
    let own = own.filter(|it| {
        it.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    });
    let line = |it: &Item| format!("{} {}", replace(&it.path, &names), replace(&it.text, &names));
    let mut lines: Vec<_> = own.map(line).collect();
    lines.sort();
    lines
}

/// A text with other paths. Of a path that is not known, the longest known beginning is replaced.
fn replace(text: &str, names: &BTreeMap<&str, &str>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(first) = rest.chars().next() {
        let length = if quoted { 0 } else { path_length(rest) };
        if length == 0 {
            quoted ^= first == '"';
            let escaped = quoted && first == '\\';
            let length = rest.chars().take(1 + usize::from(escaped)).map(char::len_utf8).sum();
            let (this, behind) = rest.split_at(length);
            result.push_str(this);
            rest = behind;
            continue;
        }
        let (path, behind) = rest.split_at(length);
        let ends = path.match_indices("::").map(|(end, _)| end).chain([length]);
        let known = ends.filter_map(|end| Some((names.get(path.get(..end)?)?, path.get(end..)?)));
        match known.last() {
            Some((name, below)) => result.extend([name, below]),
            None => result.push_str(path),
        }
        rest = behind;
    }
    result
}

/// How much of the beginning of a text is a path: `a::b`, and not the colon of `a: b`.
fn path_length(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = text.get(length..).unwrap_or_default();
        let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_');
        let name = end.unwrap_or(rest.len());
        if name == 0 {
            return length;
        }
        length += name;
        match text.get(length..).and_then(|rest| rest.strip_prefix("::")) {
            Some(next) if next.starts_with(|it: char| it.is_alphanumeric() || it == '_') => {
                length += 2;
            }
            _ => return length,
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn owner(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(owner, _)| owner)
}
