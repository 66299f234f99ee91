//! What a union costs whose alternatives lead back to it, by the depth of the answer.
//!
//! `cargo bench --package bindery-runtime --bench decode` prints the time for 10, 50 and 127 levels, the most that
//! serde_json reads. It doubles with no level: an alternative is taken by what it declares, before anything is decoded. What
//! grows with the square of the depth, and little, is the way to each value in the buffer that they share. In `last`, the last alternative declares each member; in `all`, all do, so that the first is taken.

use bindery_runtime::__private::decode;
use bindery_runtime::{JsonType, Untagged};
use divan::{Bencher, black_box};
use serde::{Deserialize, Deserializer};

fn main() {
    divan::main();
}

/// A filter: of one value, or of others.
#[derive(Debug)]
#[allow(dead_code, reason = "decoded, never read")]
enum Filter {
    All(Box<All>),
    Any(Box<Any>),
    Not(Box<Not>),
    Unknown(serde_json::Value),
}

macro_rules! operand {
    ($($name:ident: $member:ident),*) => {$(
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "decoded, never read")]
        struct $name {
            $member: Option<Filter>,
            of: Option<Filter>,
        }
    )*};
}

operand!(All: all, Any: any, Not: not);

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Untagged::read(deserializer)?
            .alternative(JsonType::Object, Self::All)
            .declares(&["/all"])
            .alternative(JsonType::Object, Self::Any)
            .declares(&["/any"])
            .alternative(JsonType::Object, Self::Not)
            .declares(&["/not"])
            .finish(Self::Unknown)
    }
}

const LEVELS: [usize; 3] = [10, 50, 127];

/// Objects in one another, each the only member of the one around it.
fn nested(member: &str, levels: usize) -> String {
    (1..levels).fold("{}".to_owned(), |inner, _| format!("{{\"{member}\":{inner}}}"))
}

#[divan::bench(args = LEVELS)]
fn last(bencher: Bencher<'_, '_>, levels: usize) {
    let json = nested("not", levels);
    bencher.bench(|| decode::<Filter>(black_box(json.as_bytes())).expect("a filter"));
}

#[divan::bench(args = LEVELS)]
fn all(bencher: Bencher<'_, '_>, levels: usize) {
    let json = nested("of", levels);
    bencher.bench(|| decode::<Filter>(black_box(json.as_bytes())).expect("a filter"));
}
