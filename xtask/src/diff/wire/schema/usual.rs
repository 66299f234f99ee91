//! Keywords that all work alike: [`KEYWORDS`] says how.

use super::super::rules::{Context, Effect};
use super::super::tree::{Id, Pair};
use super::super::walk::{At, Walk};
use super::added;

/// How a keyword is compared.
#[derive(Clone, Copy)]
enum Compare {
    /// Fewer values below or above.
    Lower,
    Upper,
    /// A check that is there or not, and can be another one.
    Check,
    /// A schema that is a check; two of them are compared.
    Schema,
    /// The same, where to tighten the schema may be to loosen the whole.
    Condition,
    /// Checks by name.
    Schemas,
}

/// Keywords that all work alike: the keyword, its name in rules, its name in sentences.
const KEYWORDS: [(&str, &str, &str, Compare); 33] = [
    ("minimum", "min", "the minimum", Compare::Lower),
    ("maximum", "max", "the maximum", Compare::Upper),
    ("exclusiveMinimum", "exclusive-min", "the exclusive minimum", Compare::Lower),
    ("exclusiveMaximum", "exclusive-max", "the exclusive maximum", Compare::Upper),
    ("minLength", "min-length", "the minimum length", Compare::Lower),
    ("maxLength", "max-length", "the maximum length", Compare::Upper),
    ("minItems", "min-items", "the minimum number of items", Compare::Lower),
    ("maxItems", "max-items", "the maximum number of items", Compare::Upper),
    ("minProperties", "min-properties", "the minimum number of properties", Compare::Lower),
    ("maxProperties", "max-properties", "the maximum number of properties", Compare::Upper),
    ("minContains", "min-contains", "the minimum number of items contained", Compare::Lower),
    ("maxContains", "max-contains", "the maximum number of items contained", Compare::Upper),
    ("pattern", "pattern", "the pattern", Compare::Check),
    ("multipleOf", "multiple-of", "the step", Compare::Check),
    ("uniqueItems", "unique-items", "the uniqueness of items", Compare::Check),
    ("contentMediaType", "content-media-type", "the media type of the content", Compare::Check),
    ("contentEncoding", "content-encoding", "the encoding of the content", Compare::Check),
    ("contentSchema", "content-schema", "the schema of the content", Compare::Schema),
    ("items", "items", "the schema of the items", Compare::Schema),
    ("additionalItems", "additional-items", "the schema of further items", Compare::Schema),
    ("contains", "contains", "the schema of an item contained", Compare::Schema),
    ("propertyNames", "property-names", "the schema of property names", Compare::Schema),
    ("unevaluatedItems", "unevaluated-items", "the schema of other items", Compare::Schema),
    (
        "unevaluatedProperties",
        "unevaluated-properties",
        "the schema of other properties",
        Compare::Schema,
    ),
    ("if", "if", "the condition", Compare::Condition),
    ("then", "then", "the consequence", Compare::Schema),
    ("else", "else", "the alternative", Compare::Schema),
    ("not", "not", "the exclusion", Compare::Condition),
    ("dependentSchemas", "dependent-schema", "the dependent schema", Compare::Schemas),
    ("patternProperties", "pattern-property", "the properties by pattern", Compare::Schemas),
    ("dependentRequired", "dependent-required", "the dependent properties", Compare::Check),
    ("dependencies", "dependencies", "the dependencies", Compare::Check),
    ("x-extensible-enum", "x-extensible-enum", "the known values", Compare::Check),
];

impl<'f> Walk<'f> {
    pub(super) fn usual(&mut self, at: At, context: Context, name: &str, (was, now): Pair) -> bool {
        let Some((_, stem, noun, how)) = KEYWORDS.iter().find(|(keyword, ..)| *keyword == name)
        else {
            return false;
        };
        match how {
            Compare::Lower | Compare::Upper => {
                self.bound(at, stem, noun, matches!(how, Compare::Lower), (was, now))
            }
            Compare::Check => self.check(at, stem, noun, (was, now)),
            Compare::Schema | Compare::Condition => {
                let unclear = context.unclear || matches!(how, Compare::Condition);
                let context = Context { unclear, ..self.inner(context, name) };
                match was.zip(now) {
                    Some(pair) => {
                        self.pair(at, None, self.label(at).below(&held(name)), pair, context)
                    }
                    None => self.presence(at, stem, noun, (was, now)),
                }
                true
            }
            Compare::Schemas => self.schemas(at, context, (stem, noun), (was, now)),
        }
    }

    /// How a schema in a schema is used.
    fn inner(&self, context: Context, name: &str) -> Context {
        match name {
            // What holds of the value itself, as a whole.
            "then" | "else" | "not" | "if" => Context { part: false, ..context },
            _ => context.below(),
        }
    }

    fn bound(&mut self, at: At, stem: &str, noun: &str, lower: bool, (was, now): Pair) -> bool {
        let number = |id: Option<Id>| id.map(|id| self.new.arena.number(id));
        let (action, effect) = match (number(was), number(now)) {
            (None, Some(Some(_))) => ("set", Effect::Tightened),
            (Some(Some(_)), None) => ("unset", Effect::Loosened),
            (Some(Some(was)), Some(Some(now))) => {
                let up = now > was;
                let effect = if up == lower { Effect::Tightened } else { Effect::Loosened };
                (if up { "increased" } else { "decreased" }, effect)
            }
            _ => return false,
        };
        self.judge(at, &format!("{stem}-{action}"), effect, noun, (was, now));
        true
    }

    fn check(&mut self, at: At, stem: &str, noun: &str, (was, now): Pair) -> bool {
        if was.is_some() && now.is_some() {
            self.judge(at, &format!("{stem}-changed"), Effect::Changed, noun, (was, now));
        } else {
            self.presence(at, stem, noun, (was, now));
        }
        true
    }

    /// A check that is new, or no more.
    fn presence(&mut self, at: At, stem: &str, noun: &str, pair: Pair) {
        let effect = if pair.1.is_some() { Effect::Tightened } else { Effect::Loosened };
        self.judge(at, &added(stem, pair.0, pair.1), effect, noun, pair);
    }

    fn schemas(
        &mut self,
        at: At,
        context: Context,
        (stem, noun): (&str, &str),
        (was, now): Pair,
    ) -> bool {
        if !self.are_objects(was, now) {
            return false;
        }
        for (name, pair) in self.by_name(was, now) {
            match pair {
                (Some(old), Some(new)) => {
                    let label = self.label(at).below(&format!("({name})"));
                    self.pair(at, None, label, (old, new), self.inner(context, stem));
                }
                pair => self.presence(at, stem, &format!("{noun} `{name}`"), pair),
            }
        }
        true
    }
}

fn held(keyword: &str) -> String {
    match keyword {
        "items" | "additionalItems" | "unevaluatedItems" => "[]".to_owned(),
        _ => format!("({keyword})"),
    }
}
