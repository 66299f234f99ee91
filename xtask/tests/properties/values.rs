//! Values of a schema, with those at the edges, made smaller while they still fail.

use proptest::prelude::RngExt;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{TestRng, TestRunner};
use serde_json::{Map, Value as Json, json};

use super::judge::Judge;
use super::schema::{Family, Object, Rest, Schema, Shape, Way, Whole};

/// How many references and parts deep a value goes before it ends wherever it can.
const DEPTH: usize = 6;

/// How often one is tried that the schema refuses after all, as alternatives may refuse each other's.
const ATTEMPTS: usize = 40;

/// The values that a component accepts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values<'a> {
    pub(crate) family: &'a Family,
    pub(crate) component: usize,
    pub(crate) way: Way,
    pub(crate) judge: &'a Judge,
}

impl<'a> Strategy for Values<'a> {
    type Tree = Shrinking<'a>;
    type Value = Json;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let schema = &self.family.components[self.component];
        for _ in 0..ATTEMPTS {
            let value = self.value(schema, 0, runner.rng());
            if let Some(value) = value.filter(|it| self.judge.accepts(it)) {
                let tried = value.clone();
                return Ok(Shrinking { judge: self.judge, failing: value, tried, open: None });
            }
        }
        Err("no value that the schema accepts".into())
    }
}

impl Values<'_> {
    /// A value of a schema, unless there is none so deep.
    fn value(&self, schema: &Schema, depth: usize, rng: &mut TestRng) -> Option<Json> {
        if schema.nullable && (depth > DEPTH || rng.random_ratio(1, 5)) {
            return Some(Json::Null);
        }
        match &schema.shape {
            Shape::Any => Some(any(rng)),
            Shape::Boolean => Some(rng.random::<bool>().into()),
            Shape::Integer(whole) => Some(integer(*whole, rng)),
            Shape::Number(_) => Some(number(rng)),
            Shape::Text(format) => Some(text(*format, rng).into()),
            Shape::Enum(values) => Some(one(values, rng)),
            Shape::Constant(value) => Some(value.clone()),
            Shape::Mixed(types) => Some(of_type(types[rng.random_range(0..types.len())], rng)),
            Shape::List(items) => {
                let count = rng.random_range(0..=3);
                let mut item = |_| self.value(items, depth + 1, rng);
                Some((0..count).map_while(&mut item).collect())
            }
            Shape::Object(object) => self.object(object, depth, rng).map(Json::Object),
            Shape::All(parts) => {
                let mut all = Map::new();
                for part in parts {
                    all.extend(self.value(part, depth, rng)?.as_object().cloned()?);
                }
                Some(all.into())
            }
            Shape::Union { alternatives, .. } => {
                let start = rng.random_range(0..alternatives.len());
                let mut from_there = alternatives.iter().cycle().skip(start);
                let mut next = || self.value(from_there.next()?, depth + 1, rng);
                (0..alternatives.len()).find_map(|_| next())
            }
            Shape::Tagged { .. } => {
                let component = rng.random_range(1..self.family.components.len());
                self.value(&self.family.components[component], depth + 1, rng)
            }
            Shape::Tag { of, .. } => Some(self.family.tag_of(*of).into()),
            Shape::Reference(_) if depth > DEPTH => None,
            Shape::Reference(to) => self.value(&self.family.components[*to], depth + 1, rng),
        }
    }

    fn object(
        &self,
        object: &Object,
        depth: usize,
        rng: &mut TestRng,
    ) -> Option<Map<String, Json>> {
        let mut all = Map::new();
        for member in object.members.iter().filter(|it| self.way.has(it.way)) {
            if !member.required && (depth > DEPTH || rng.random()) {
                continue;
            }
            match self.value(&member.schema, depth + 1, rng) {
                Some(value) => drop(all.insert(member.name.to_owned(), value)),
                None if member.required => return None,
                None => {}
            }
        }
        let more = ["undeclared", "новое"];
        let more = &more[..rng.random_range(0..=more.len())];
        match &object.rest {
            Rest::None => {}
            Rest::Unsaid if rng.random_ratio(2, 3) => {}
            Rest::Unsaid | Rest::Any => {
                all.extend(more.iter().map(|it| ((*it).to_owned(), any(rng))));
            }
            Rest::Of(schema) => all
                .extend(more.iter().filter_map(|it| {
                    Some(((*it).to_owned(), self.value(schema, depth + 1, rng)?))
                })),
        }
        Some(all)
    }
}

fn one<T: Clone>(values: &[T], rng: &mut TestRng) -> T {
    values[rng.random_range(0..values.len())].clone()
}

fn any(rng: &mut TestRng) -> Json {
    let types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    of_type(one(&types, rng), rng)
}

fn of_type(ty: &str, rng: &mut TestRng) -> Json {
    match ty {
        "boolean" => rng.random::<bool>().into(),
        "integer" => integer(Whole { format: None, least: None, most: None }, rng),
        "number" => number(rng),
        "string" => text(None, rng).into(),
        "array" => one(&[json!([]), json!([null]), json!([1, "a", {}])], rng),
        "object" => one(&[json!({}), json!({"a": null}), json!({"ü": [u64::MAX, 1e21]})], rng),
        _ => Json::Null,
    }
}

fn integer(whole: Whole, rng: &mut TestRng) -> Json {
    const EXACT: i128 = 1 << 53;
    let (low, high) = whole.range();
    let edges =
        [0, 1, -1, 5, low, high, low + 1, high - 1, EXACT - 1, EXACT, EXACT + 1, -EXACT - 1];
    let above = [1 << 63, (1 << 63) - 1];
    let edges: Vec<i128> =
        edges.into_iter().chain(above).filter(|it| (low..=high).contains(it)).collect();
    let value = one(&edges, rng);
    // Some write whole numbers with a fraction.
    match i32::try_from(value) {
        Ok(small) if rng.random_ratio(1, 8) => f64::from(small).into(),
        _ => i64::try_from(value).map_or_else(|_| (value as u64).into(), Json::from),
    }
}

fn number(rng: &mut TestRng) -> Json {
    const EXACT: u64 = 1 << 53;
    let fractions = [0.5, -0.25, 1.0, 1e21, 1e-7, -1e300, 0.1];
    match rng.random() {
        true => one(&fractions, rng).into(),
        false => one(&[0, 7, EXACT - 1, EXACT + 1, 1 << 63, u64::MAX], rng).into(),
    }
}

fn text(format: Option<&str>, rng: &mut TestRng) -> String {
    let texts: &[&str] = match format {
        Some("date-time") => &[
            "2024-02-29T12:00:00Z",
            "2024-01-01T01:00:00.123456789+01:00",
            "1999-12-31T23:59:59-00:00",
        ],
        Some("date") => &["2024-02-29", "0001-01-01", "9999-12-31"],
        Some("uuid") => &[
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
            "00000000-0000-0000-0000-000000000000",
        ],
        Some("uri") => &["https://example.com/ä?b=c#d", "urn:a:b", "https://example.com"],
        _ => {
            &["", "a", "Grüße, 世界 😀", "\0\u{7f}\"\\\n", "\u{2028}\u{feff}", "null", "1", "true"]
        }
    };
    one(texts, rng).to_owned()
}

/// A value that fails, and smaller ones of which the first that fails too comes in its place.
pub(crate) struct Shrinking<'a> {
    judge: &'a Judge,
    failing: Json,
    tried: Json,
    open: Option<std::vec::IntoIter<Json>>,
}

impl Shrinking<'_> {
    fn next(&mut self) -> bool {
        let judge = self.judge;
        let next = self.open.as_mut().and_then(|it| it.find(|it| judge.accepts(it)));
        self.tried = next.clone().unwrap_or_else(|| self.failing.clone());
        next.is_some()
    }
}

impl ValueTree for Shrinking<'_> {
    type Value = Json;

    fn current(&self) -> Json {
        self.tried.clone()
    }

    fn simplify(&mut self) -> bool {
        self.failing = self.tried.clone();
        self.open = Some(smaller(&self.failing).into_iter());
        self.next()
    }

    fn complicate(&mut self) -> bool {
        self.next()
    }
}

/// Values with something less.
fn smaller(value: &Json) -> Vec<Json> {
    let mut found = Vec::new();
    match value {
        Json::Null | Json::Bool(false) => {}
        Json::Bool(true) => found.push(false.into()),
        Json::Number(number) => {
            found.extend([json!(0), json!(1)].into_iter().filter(|_| number.as_f64() > Some(1.0)));
        }
        Json::String(text) if text.is_empty() => {}
        Json::String(text) => {
            found.extend(["", "a"].into_iter().filter(|it| it != text).map(Json::from))
        }
        Json::Array(items) => {
            for at in 0..items.len() {
                let with = |item: Option<Json>| {
                    let mut items = items.clone();
                    items.splice(at..=at, item);
                    Json::from(items)
                };
                found.push(with(None));
                found.extend(smaller(&items[at]).into_iter().map(|it| with(Some(it))));
            }
        }
        Json::Object(members) => {
            for (name, value) in members {
                let mut without = members.clone();
                without.remove(name);
                found.push(without.into());
                for value in smaller(value) {
                    let mut with = members.clone();
                    with.insert(name.clone(), value);
                    found.push(with.into());
                }
            }
        }
    }
    found
}
