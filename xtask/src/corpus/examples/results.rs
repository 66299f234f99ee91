//! What became of the examples of a document.

use serde::Serialize;
use serde_json::Value as Json;

use super::compare::{Difference, compare};
use super::{Case, Examples};
use crate::corpus::outcome::Outcome;

/// How much of a value a failure shows, in characters.
const EXCERPT: usize = 300;

/// The examples of a document, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Results {
    /// All examples in JSON.
    pub tried: usize,
    /// Those whose schema became no type by itself, such as one that no operation reaches.
    pub without_type: usize,
    /// Those whose schema could not be judged.
    pub unjudged: usize,
    /// Those that their schema accepts.
    pub valid: usize,
    /// Those of the valid ones that are written as they were read.
    pub passed: usize,
    /// Those of them that are written in the same bytes, but for the order of members.
    pub byte_equal: usize,
    /// Those of the valid ones that are read as raw JSON, which proves nothing.
    pub untyped: usize,
    /// The others of the valid ones.
    pub failures: Vec<Failure>,
}

/// A valid example that does not come back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Where it stands in the document.
    pub pointer: String,
    /// The type that read it.
    #[serde(rename = "type")]
    pub ty: String,
    /// What is the case, in words that are the same for all of a kind.
    pub reason: String,
    /// Where in the example, and more about it.
    pub at: String,
    /// What was read there.
    pub sent: String,
    /// What was written there.
    pub came: String,
}

/// What was written of a value that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The alternative that was taken, if the type is a union.
    pub alternative: String,
    /// The value.
    pub value: Json,
}

impl Results {
    fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.without_type += other.without_type;
        self.unjudged += other.unjudged;
        self.valid += other.valid;
        self.passed += other.passed;
        self.byte_equal += other.byte_equal;
        self.untyped += other.untyped;
        self.failures.extend(other.failures);
    }
}

/// Returns the examples of all documents together. The place of a failure begins with its document.
pub fn total(outcomes: &[Outcome]) -> Results {
    let mut total = Results::default();
    for outcome in outcomes {
        let Some(Examples { results, .. }) = &outcome.examples else { continue };
        let mut results = results.clone();
        results.failures.iter_mut().for_each(|it| it.pointer.insert_str(0, &outcome.name));
        total.add(results);
    }
    total
}

impl Examples {
    /// Takes what the program wrote, a line for each case.
    pub(super) fn settle(&mut self, output: &str) {
        let mut lines = output.lines();
        let cases = std::mem::take(&mut self.cases);
        for case in &cases {
            let failure = self.outcome(case, lines.next());
            match failure {
                Ok(is_equal) => {
                    self.results.passed += 1;
                    self.results.byte_equal += usize::from(is_equal);
                }
                Err(mut failure) => {
                    failure.pointer.clone_from(&case.pointer);
                    failure.ty =
                        self.types.get(case.ty).map(|it| it.text.clone()).unwrap_or_default();
                    self.results.failures.push(failure);
                }
            }
        }
    }

    /// Counts all cases as failed.
    pub(super) fn fail(&mut self, reason: &str, why: &str) {
        let failures = self.cases.iter().map(|case| Failure {
            pointer: case.pointer.clone(),
            ty: self.types.get(case.ty).map(|it| it.text.clone()).unwrap_or_default(),
            reason: reason.to_owned(),
            at: shortened(why),
            ..Failure::default()
        });
        self.results.failures.extend(failures);
    }

    /// Whether what was written is also the same text.
    fn outcome(&self, case: &Case, line: Option<&str>) -> Result<bool, Failure> {
        let written = self.written(case.ty, &case.value, line.unwrap_or_default())?;
        Ok(sorted(&case.value) == sorted(&written.value))
    }

    /// Returns what a line says was written of a value, if that is the same.
    pub(super) fn written(&self, ty: usize, sent: &Json, line: &str) -> Result<Written, Failure> {
        let failure = |reason: &str, at: String| Failure {
            reason: reason.to_owned(),
            at,
            sent: excerpt(Some(sent)),
            ..Failure::default()
        };
        if let Some(error) = line.strip_prefix("error ") {
            let error: String = serde_json::from_str(error).unwrap_or_default();
            return Err(failure(&format!("not read: {}", kind_of(&error)), error));
        }
        let Some((unknown, written)) = parsed(line) else {
            return Err(failure("the program broke off", String::new()));
        };
        let Some(ty) = self.types.get(ty) else {
            return Err(failure("there is no type", String::new()));
        };
        compare(&ty.form, &self.forms, sent, &written.value).map_err(of_difference)?;
        if unknown > 0 {
            return Err(failure("kept as what the page does not name", String::new()));
        }
        Ok(written)
    }
}

/// The count of what is kept for want of a type, and what was written.
fn parsed(line: &str) -> Option<(usize, Written)> {
    let mut parts = line.strip_prefix("ok ")?.splitn(3, ' ');
    let unknown = parts.next()?.parse().ok()?;
    let alternative = parts.next()?.to_owned();
    let value = serde_json::from_str(parts.next()?).ok()?;
    Some((unknown, Written { alternative, value }))
}

fn of_difference(difference: Difference) -> Failure {
    let Difference { pointer, what, sent, came } = difference;
    Failure {
        reason: what.to_owned(),
        at: pointer,
        sent: excerpt(sent.as_ref()),
        came: excerpt(came.as_ref()),
        ..Failure::default()
    }
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn excerpt(value: Option<&Json>) -> String {
    value.map_or("nothing".to_owned(), |it| shortened(&it.to_string()))
}

/// An error of decoding without the path and the values in it.
fn kind_of(error: &str) -> String {
    let message = error.split_once(": ").filter(|(path, _)| !path.contains(' '));
    let message = message.map_or(error, |(_, message)| message);
    // What stands in quotes or in digits is particular to the value.
    let mut kind = String::new();
    let mut signs = message.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '`' | '"' => {
                kind.push('…');
                while let Some(inside) = signs.next().filter(|it| *it != sign) {
                    if inside == '\\' {
                        signs.next();
                    }
                }
            }
            it if it.is_ascii_digit() || it == '.' => {
                if !kind.ends_with('N') {
                    kind.push('N');
                }
            }
            it => kind.push(it),
        }
    }
    // So is the name of a type.
    match kind.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected an object"),
        None => kind,
    }
}

/// The text of a value whose members stand in the order of their names.
fn sorted(value: &Json) -> String {
    fn sort(value: &Json) -> Json {
        match value {
            Json::Array(items) => items.iter().map(sort).collect(),
            Json::Object(members) => {
                let mut sorted: Vec<_> =
                    members.iter().map(|(k, v)| (k.clone(), sort(v))).collect();
                sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
                Json::Object(sorted.into_iter().collect())
            }
            other => other.clone(),
        }
    }
    sort(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_of_a_kind_whatever_the_value_is() {
        let kind = "missing field …";
        assert_eq!(kind_of("a.b[0].c: missing field `c`"), kind);
        assert_eq!(kind_of("missing field `d`"), kind);
        let integer = "invalid type: floating point …, expected iN";
        let string = r#"invalid type: string "{\"a\": 1.5}", expected struct A"#;
        assert_eq!(kind_of(string), "invalid type: string …, expected an object");
        assert_eq!(kind_of("a: invalid type: floating point `1.5`, expected i64"), integer);
    }

    #[test]
    fn the_order_of_members_is_no_difference() {
        let [a, b] = [r#"{"a":1,"b":[{"d":1,"c":2}]}"#, r#"{"b":[{"c":2,"d":1}],"a":1}"#]
            .map(|it| sorted(&serde_json::from_str(it).unwrap()));
        assert_eq!(a, b);
    }
}
