//! Where keywords stand, and which of them are changed.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::Value as Json;

use crate::node::pointer_token;
use crate::openapi::keyword::{Keyword, Treatment};
use crate::openapi::{DOCUMENT, Holds, ObjectType};

/// A keyword in a document.
#[derive(Clone, Debug)]
pub struct Place {
    /// The JSON pointer of its value.
    pub pointer: String,
    /// The object that it is a keyword of.
    pub of: &'static ObjectType,
    /// What there is to say of it.
    pub keyword: &'static Keyword,
}

impl Place {
    /// Returns the keyword with its object, as the table names them.
    pub fn name(&self) -> (&'static str, &'static str) {
        (self.of.name, self.keyword.name)
    }
}

/// How many places of a kind are remembered for each that is wanted: some are reached by no operation.
const SPARE: usize = 4;

/// Chooses so many places, each with the index of its document, evenly among the keywords.
pub(super) fn choose(documents: &[&Json], count: usize, seed: u64) -> Vec<(usize, Place)> {
    let mut random = Rng::with_seed(seed);
    let mut kinds: BTreeMap<(&str, &str), Sample> = BTreeMap::new();
    let room = count.min(1 << 16) * SPARE / 64 + SPARE;
    for (of, document) in documents.iter().enumerate() {
        each(document, &DOCUMENT, &mut String::new(), &mut |place| {
            kinds.entry(place.name()).or_default().offer((of, place), room, &mut random);
        });
    }
    let mut lists: Vec<Vec<(usize, Place)>> = kinds.into_values().map(|it| it.places).collect();
    lists.iter_mut().for_each(|it| random.shuffle(it));
    let mut chosen = Vec::new();
    while chosen.len() < count && lists.iter().any(|it| !it.is_empty()) {
        chosen.extend(lists.iter_mut().filter_map(Vec::pop));
    }
    chosen.truncate(count);
    chosen
}

/// Some of very many places, each as likely as any other.
#[derive(Default)]
struct Sample {
    offered: usize,
    places: Vec<(usize, Place)>,
}

impl Sample {
    fn offer(&mut self, place: (usize, Place), room: usize, random: &mut Rng) {
        self.offered += 1;
        if self.places.len() < room {
            self.places.push(place);
        } else if let Some(slot) = self.places.get_mut(random.usize(..self.offered)) {
            *slot = place;
        }
    }
}

/// Shows every keyword below an object that is accounted for by itself.
fn each(node: &Json, of: &'static ObjectType, pointer: &mut String, visit: &mut dyn FnMut(Place)) {
    let Some(members) = node.as_object() else { return };
    // What stands beside a reference means something else in each version.
    if members.contains_key("$ref") {
        return;
    }
    for (name, value) in members {
        below(pointer, name, |pointer| {
            if let Some(keyword) = of.keyword(name)
                && !matches!(keyword.treatment, Treatment::Followed)
            {
                visit(Place { pointer: pointer.clone(), of, keyword });
            }
            // What is in something without effect has none.
            let keyword = of.keyword(name).map(|it| it.treatment);
            if !matches!(keyword, Some(Treatment::WithoutEffect(_))) {
                held(value, of.holds(name), pointer, visit);
            }
        });
    }
}

fn held(value: &Json, holds: Holds, pointer: &mut String, visit: &mut dyn FnMut(Place)) {
    let items = |of, pointer: &mut String, visit: &mut dyn FnMut(Place)| {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            below(pointer, &index.to_string(), |pointer| each(item, of, pointer, visit));
        }
    };
    match holds {
        Holds::Data | Holds::Names => {}
        Holds::One(of) if value.is_array() => items(of, pointer, visit),
        Holds::One(of) => each(value, of, pointer, visit),
        Holds::List(of) => items(of, pointer, visit),
        Holds::Map(of) | Holds::Extensible(of) => {
            let extensions = matches!(holds, Holds::Extensible(_));
            for (name, value) in value.as_object().into_iter().flatten() {
                if !(extensions && name.starts_with("x-")) {
                    below(pointer, name, |pointer| each(value, of, pointer, visit));
                }
            }
        }
    }
}

fn below(pointer: &mut String, token: &str, visit: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&pointer_token(token));
    visit(pointer);
    pointer.truncate(length);
}
