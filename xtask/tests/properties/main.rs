//! Properties of the types of random small schemas: what a schema accepts is read and comes back, in either direction,
//! and no alternative is taken for another that the schema tells from it.
//!
//! The types of some hundred schemas are emitted and compiled in one go, and read thousands of values. `BINDERY_SEED=7`
//! makes other schemas and values, and `BINDERY_FACTOR=10` ten times as many, with as many seeds from there on.

mod check;
mod document;
mod ground;
mod grow;
mod judge;
mod schema;
mod spelling;
mod values;

use std::env;
use std::fs;
use std::path::Path;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use xtask::corpus::examples::reader;
use xtask::corpus::outcome::{Making, make_all};
use xtask::pipeline::STACK;

use check::Tried;
use document::{document, families};
use spelling::Spelling;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// How many families of schemas a document has. One document is in 3.0, the other in 3.1.
const FAMILIES: usize = 50;

/// How many values are tried of each component in each direction.
const VALUES: u32 = 32;

/// How many failures are shown, those of the smallest schemas.
const SHOWN: usize = 20;

fn setting(name: &str, default: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")),
        Err(_) => default,
    }
}

fn runner(seed: u64) -> TestRunner {
    let config = Config { cases: VALUES, failure_persistence: None, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Tries what a seed makes.
fn try_seed(seed: u64) -> Tried {
    let mut runner = runner(seed);
    let documents = [Spelling::Old, Spelling::New].map(|spelling| {
        let families = families(FAMILIES, &mut runner);
        let document = document(&families, spelling, &mut runner);
        (spelling, families, document)
    });
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let made = documents.iter().map(|(_, _, document)| {
        // Whoever looks into a failure wants the page.
        fs::write(folder.join(format!("{}.json", document.name)), &document.text).expect("a file");
        let outcome = make_all(document, Making::Examples);
        outcome.examples.unwrap_or_else(|| panic!("seed {seed}: {:#?}", outcome.findings))
    });
    let readers = reader::build(&folder.join("properties"), ROOT.as_ref(), made.collect(), 2);
    let readers = readers.unwrap_or_else(|finding| panic!("seed {seed}: {finding:#?}"));
    let mut tried = Tried::default();
    for ((spelling, families, _), mut reader) in documents.iter().zip(readers) {
        for family in families {
            for component in 0..family.components.len() {
                tried.component(&mut reader, family, component, *spelling, &mut runner);
            }
        }
    }
    tried
}

fn try_all() {
    let seed = setting("BINDERY_SEED", 1);
    for seed in (seed..).take(setting("BINDERY_FACTOR", 1).try_into().expect("a factor")) {
        let Tried { values, types, untyped, without_values, told_apart, mut failures } =
            try_seed(seed);
        println!(
            "seed {seed}: {values} values of {types} types, {told_apart} alternatives told apart; \
             {untyped} schemas are any JSON, {without_values} have no values",
        );
        failures.sort();
        let count = failures.len();
        let shown: Vec<String> = failures.into_iter().take(SHOWN).map(|(_, it)| it).collect();
        assert!(count == 0, "seed {seed}: {count} failures\n\n{}", shown.join("\n\n"));
        assert!(
            types > 2 * untyped && values > 2_000 && told_apart > 50,
            "hardly anything is tried"
        );
    }
}

#[test]
fn what_a_schema_accepts_comes_back() {
    // The same room as the command gives.
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(try_all);
    if let Err(panic) = thread.expect("a thread").join() {
        std::panic::resume_unwind(panic);
    }
}
