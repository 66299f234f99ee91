//! Types that lead back to themselves by several ways end in an error before they cost too much.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::super::fault::PATHS;
use super::super::work::{FLOOR, Guard, PER_BYTE, left};
use super::*;

thread_local! {
    /// How many values have been tried on this thread.
    static TRIED: Cell<u64> = const { Cell::new(0) };
}

/// Counts one, wherever a value is tried.
#[derive(Debug)]
pub(super) struct Tried;

impl<'de> Deserialize<'de> for Tried {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TRIED.set(TRIED.get() + 1);
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// What is decoded, and how many values were tried for it.
pub(super) fn tried<T: DeserializeOwned>(body: &str) -> (Result<T, Fault>, u64) {
    TRIED.set(0);
    let decoded = from_json(body.as_bytes());
    (decoded, TRIED.get())
}

/// Declares a union of two types that each lead back to it through a value of this form.
macro_rules! expression {
    ($module:ident, $operand:ty) => {
        mod $module {
            use super::*;

            #[derive(Debug)]
            #[allow(dead_code, reason = "decoded, never read")]
            pub(super) enum Expression {
                And(Box<And>),
                Or(Box<Or>),
                Unknown(Value),
            }

            #[derive(Debug, Deserialize)]
            #[allow(dead_code, reason = "decoded, never read")]
            pub(super) struct And {
                a: Tried,
                operand: $operand,
                label: String,
            }

            #[derive(Debug, Deserialize)]
            #[allow(dead_code, reason = "decoded, never read")]
            pub(super) struct Or {
                a: Tried,
                operand: $operand,
                weight: i64,
            }

            impl<'de> Deserialize<'de> for Expression {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Untagged::read(deserializer)?
                        .alternative(JsonType::Object, Self::And)
                        .alternative(JsonType::Object, Self::Or)
                        .finish(Self::Unknown)
                }
            }
        }
    };
}

expression!(plain, Expression);
expression!(listed, Vec<Expression>);
expression!(mapped, BTreeMap<String, Expression>);
expression!(flattened, Box<Named>);
expression!(tagged, Labelled);

/// An object of which a union is one part.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "decoded, never read")]
struct Named {
    #[serde(default)]
    name: Option<String>,
    #[serde(flatten)]
    expression: flattened::Expression,
}

/// A union with a tag around the one without.
#[derive(Debug)]
#[allow(dead_code, reason = "decoded, never read")]
enum Labelled {
    Expression(Box<tagged::Expression>),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Labelled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = Tagged::read(deserializer, "a")?;
        match tagged.tag() {
            Some("e") => tagged.decode().map(Self::Expression),
            _ => Ok(Self::Unknown(tagged.into_json())),
        }
    }
}

/// So many levels of this start and this end around a core.
pub(super) fn nested(depth: usize, start: &str, core: &str, end: &str) -> String {
    start.repeat(depth) + core + &end.repeat(depth)
}

/// Decoding ends in the error that says why, and has not tried more values than the body may cost.
fn check<T: DeserializeOwned + std::fmt::Debug>(body: &str) {
    let (decoded, tried) = tried::<T>(body);
    let fault = decoded.unwrap_err();
    assert!(fault.is_too_costly(), "{}", fault.message());
    assert!(fault.message().contains("too much work"), "{}", fault.message());
    assert_eq!(fault.path(), "");
    assert!(tried < FLOOR + PER_BYTE * body.len() as u64, "{tried}");
    // Most of the work is the way to what is tried, where that is deep.
    assert!(tried > 500, "it was not given up at once: {tried}");
}

#[test]
fn alternatives_that_lead_back_end_in_linear_time() {
    for depth in [20, 120] {
        check::<plain::Expression>(&nested(depth, r#"{"a":"e","operand":"#, "{}", "}"));
        check::<tagged::Expression>(&nested(depth, r#"{"a":"e","operand":"#, "{}", "}"));
    }
    check::<Named>(&nested(50, r#"{"a":"e","name":"n","operand":"#, "{}", "}"));
    check::<listed::Expression>(&nested(50, r#"{"a":"e","operand":["#, "{}", "]}"));
    check::<mapped::Expression>(&nested(50, r#"{"a":"e","operand":{"k":"#, "{}", "}}"));
}

#[test]
fn a_long_text_counts_for_its_length() {
    let text = "x".repeat(100_000);
    let core = format!(r#"{{"a":"e","operand":"x","label":"{text}"}}"#);
    let body = nested(30, r#"{"a":"e","operand":"#, &core, "}");
    let (decoded, tried) = tried::<plain::Expression>(&body);
    assert!(decoded.unwrap_err().is_too_costly());
    assert!(tried < 2000, "each of them has copied the text: {tried}");
}

#[test]
fn one_body_has_one_allowance() {
    let item = nested(30, r#"{"a":"e","operand":"#, "{}", "}");
    let body = format!("[{}]", vec![item; 100].join(","));
    check::<Vec<Option<plain::Expression>>>(&body);
    // The next body has its own.
    assert!(tried::<plain::Expression>(r#"{"a":"e","operand":"x","label":"y"}"#).0.is_ok());
}

/// Which part of what it may cost a body costs that fits, in percent.
fn cost<T: DeserializeOwned>(body: &str) -> u64 {
    let _guard = Guard::new(|| body.len());
    let allowed = left();
    assert_eq!(allowed, FLOOR + PER_BYTE * body.len() as u64);
    from_json::<T>(body.as_bytes()).unwrap_or_else(|fault| panic!("{fault}"));
    (allowed - left()) * 100 / allowed
}

#[test]
fn bodies_that_fit_are_far_from_the_limit() {
    // The second alternative is the one, on each of eight levels.
    let body = nested(8, r#"{"a":"e","operand":"#, r#""x""#, r#","weight":1}"#);
    let percent = cost::<plain::Expression>(&body);
    assert!(percent <= 15, "{percent}");
    // The first one is, on as many as a body can have.
    let body = nested(120, r#"{"a":"e","operand":"#, r#""x""#, r#","label":"l"}"#);
    let percent = cost::<plain::Expression>(&body);
    assert!(percent <= 25, "{percent}");

    // Groups within groups, twenty failures in each, by tag.
    let leaf = r#"{"type":"invalid","message":"m"}"#;
    let mut group = leaf.to_owned();
    for _ in 0..40 {
        let errors = format!("{},{group}", vec![leaf; 20].join(","));
        group = format!(r#"{{"type":"group","errors":[{errors}]}}"#);
    }
    let percent = cost::<Envelope>(&format!(r#"{{"error":{group}}}"#));
    assert!(percent <= 25, "{percent}");
    // A list of many that are small, and the shortest values that there are.
    let percent = cost::<Vec<Failure>>(&format!("[{}]", vec![leaf; 20_000].join(",")));
    assert!(percent <= 5, "{percent}");
    let percent = cost::<Vec<Step>>(&format!("[{}]", vec!["1"; 100_000].join(",")));
    assert!(percent <= 10, "{percent}");
}

#[test]
fn what_is_merely_wrong_is_not_given_up() {
    let (decoded, _) = tried::<plain::Expression>(&nested(6, r#"{"a":"e","operand":"#, "{}", "}"));
    let fault = decoded.unwrap_err();
    assert!(!fault.is_too_costly());
    assert_eq!(fault.path(), "operand.operand.operand.operand.operand.operand.a");
}

#[test]
fn outside_of_a_client_it_ends_too() {
    let body = nested(50, r#"{"a":"e","operand":"#, "{}", "}");
    TRIED.set(0);
    let error = serde_json::from_str::<plain::Expression>(&body).unwrap_err();
    assert!(error.to_string().contains("too much work"), "{error}");
    assert!(TRIED.get() <= 2 * (FLOOR + PER_BYTE * body.len() as u64));
}

#[test]
fn a_long_key_counts_for_its_length_and_is_not_written_on_each_level() {
    // One level of many has the key, the inner alternatives fail on each.
    let key = "k".repeat(1 << 20);
    let core = format!(r#"{{"a":"e","operand":{{"{key}":{{}}}}}}"#);
    let body = nested(40, r#"{"a":"e","operand":{"k":"#, &core, "}}");
    PATHS.set(0);
    let (decoded, tried) = tried::<mapped::Expression>(&body);
    assert!(decoded.unwrap_err().is_too_costly());
    assert!(tried < 5000, "each of them has copied a part of the key: {tried}");
    assert!(PATHS.get() <= 2, "{}", PATHS.get());
}

#[test]
fn of_a_long_path_the_outer_end_is_kept() {
    type Maps = BTreeMap<String, BTreeMap<String, BTreeMap<String, u8>>>;
    let long = "k".repeat(60_000);
    let body = format!(r#"{{"first":{{"{long}":{{"{long}":"x"}}}}}}"#);
    let fault = from_json::<Maps>(body.as_bytes()).unwrap_err();
    assert_eq!(fault.path(), format!("first.{long}…"));
    assert_eq!(fault.depth(), 3);
    let body = format!(r#"{{"{}":{{"a":{{}},"b":7}}}}"#, "é".repeat(60_000));
    let fault = from_json::<Maps>(body.as_bytes()).unwrap_err();
    assert_eq!(fault.path(), format!("{}…", "é".repeat(1 << 15)));
}

#[test]
fn copies_of_what_is_unknown_are_work_too() {
    /// Keeps what it does not know, and is then not what it should be.
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "decoded, never read")]
    struct Keeper {
        rest: Labelled,
        weight: i64,
    }
    #[derive(Debug)]
    #[allow(dead_code, reason = "decoded, never read")]
    enum Union {
        Keeper(Keeper),
        Unknown(Value),
    }
    impl<'de> Deserialize<'de> for Union {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let mut union = Untagged::read(deserializer)?;
            for _ in 0..10_000 {
                union = union.alternative(JsonType::Object, Self::Keeper);
            }
            union.finish(Self::Unknown)
        }
    }
    let body = format!(r#"{{"rest":[{}0]}}"#, "0,".repeat(50_000));
    assert!(from_json::<Union>(body.as_bytes()).unwrap_err().is_too_costly());
}
