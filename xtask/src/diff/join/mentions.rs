//! What comes or goes with something that mentions it.
//!
//! A response that is new brings its type, this one the types of its fields, and so on. No change of the document is in
//! them: they may have been written there all along, for nobody.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::nearest::Direction;
use crate::surface::{Effect, Surface};

/// Gives effects to the changes that explain what mentions their items, and returns the others.
pub(super) fn follow(
    effects: Vec<Effect>,
    joined: &mut [Vec<Effect>],
    [old, new]: [Option<&Surface>; 2],
) -> Vec<Effect> {
    let mut changes = vec![None; effects.len()];
    for (direction, surface) in [(Direction::Went, old), (Direction::Came, new)] {
        let mut search = Search { direction, wanted: BTreeMap::new(), queue: VecDeque::new() };
        for (at, effect) in effects.iter().enumerate() {
            if search.is_about(effect) {
                search.wanted.entry(mentioned_as(effect)).or_default().push(at);
            }
        }
        if !search.wanted.is_empty() {
            search.run(joined, surface, &mut changes);
        }
    }
    let mut alone = Vec::new();
    for (effect, change) in effects.into_iter().zip(changes) {
        match change.and_then(|at: usize| joined.get_mut(at)) {
            Some(effects) => effects.push(effect),
            None => alone.push(effect),
        }
    }
    alone
}

/// The search for what came, or for what went.
struct Search<'a> {
    direction: Direction,
    /// The places of effects, by the path that others mention the item by.
    wanted: BTreeMap<&'a str, Vec<usize>>,
    /// What was found, with the change that explains it. What it mentions is still to be seen.
    queue: VecDeque<(String, usize)>,
}

impl Search<'_> {
    fn is_about(&self, effect: &Effect) -> bool {
        Direction::of(effect.before.as_ref(), effect.after.as_ref()) == self.direction
    }

    fn run(
        &mut self,
        joined: &[Vec<Effect>],
        surface: Option<&Surface>,
        found: &mut [Option<usize>],
    ) {
        for (change, effect) in joined
            .iter()
            .enumerate()
            .flat_map(|(change, effects)| effects.iter().map(move |effect| (change, effect)))
        {
            let texts = match self.direction {
                Direction::Went => [&effect.before, &effect.after],
                _ => [&effect.after, &effect.before],
            };
            let [here, there] = texts.map(|it| paths(it.as_deref().unwrap_or_default()));
            here.difference(&there).for_each(|path| self.visit(path, change, found));
            // What is in it is no effect of its own.
            if self.is_about(effect) {
                self.queue.push_back((effect.item.clone(), change));
            }
        }
        while let Some((path, change)) = self.queue.pop_front() {
            for item in surface.into_iter().flat_map(|it| it.within(&path)) {
                paths(&item.text).into_iter().for_each(|path| self.visit(path, change, found));
            }
        }
    }

    fn visit(&mut self, path: &str, change: usize, found: &mut [Option<usize>]) {
        let Some((path, places)) = self.wanted.remove_entry(path) else { return };
        for at in places {
            if let Some(found) = found.get_mut(at) {
                *found = Some(change);
            }
        }
        self.queue.push_back((path.to_owned(), change));
    }
}

/// The path of an item, or of what it is another name for.
fn mentioned_as(effect: &Effect) -> &str {
    let text = effect.before.as_deref().or(effect.after.as_deref()).unwrap_or_default();
    text.strip_prefix("use ").unwrap_or(&effect.item)
}

/// The paths in a text.
fn paths(text: &str) -> BTreeSet<&str> {
    let of_path = |it: char| it.is_alphanumeric() || it == '_' || it == ':';
    let paths = text.split(|it: char| !of_path(it)).map(|it| it.trim_matches(':'));
    paths.filter(|it| it.contains("::")).collect()
}
