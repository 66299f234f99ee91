//! Each target on what is committed, and on mutations of that: as many as fit into a run of all tests.
//!
//! `BINDERY_FUZZ_FACTOR=100` makes a hundred times as many, and `BINDERY_FUZZ_SEED=7` makes others.

use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use bindery_fuzz::{REGRESSIONS, Rng, SEEDS, Target, entries, targets};

fn setting(name: &str, default: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")),
        Err(_) => default,
    }
}

fn run(target: &Target) {
    let seed = setting("BINDERY_FUZZ_SEED", 10);
    let factor = setting("BINDERY_FUZZ_FACTOR", 1);
    let known = [target.seeds(), target.regressions()].concat();
    println!("{}: {} inputs, seed {seed}", target.name, known.len());
    known.iter().for_each(|input| check(target, input));
    // Where there is nothing to begin with, anything grows out of nothing.
    let known = if known.is_empty() { vec![Vec::new()] } else { known };
    for number in 0..target.executions as u64 * factor {
        let mut random = Rng::with_seed(seed << 40 | number);
        let mut input = random.choice(&known).cloned().unwrap_or_default();
        for _ in 0..random.usize(1..4) {
            let other = random.choice(&known).cloned().unwrap_or_default();
            input = (target.mutate)(&input, &other, &mut random);
        }
        check(target, &input);
    }
}

/// Checks an input. One that fails is kept, so that it can be looked at and committed.
fn check(target: &Target, input: &[u8]) {
    let Err(panic) = panic::catch_unwind(AssertUnwindSafe(|| target.run(input))) else { return };
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.failed", target.name));
    match fs::write(&kept, input) {
        Ok(()) => eprintln!("the input is kept in {}", kept.display()),
        Err(error) => eprintln!("the input cannot be kept: {error}"),
    }
    panic::resume_unwind(panic);
}

macro_rules! bounded {
    ($($name:ident: $target:ident;)*) => {$(
        #[test]
        fn $name() {
            run(&targets::$target);
        }
    )*};
}

bounded! {
    pages: PAGES;
    documents: DOCUMENTS;
    config: CONFIG;
    diffs: DIFFS;
    decoding: DECODING;
    redaction: REDACTION;
    parameters: PARAMETERS;
}

#[test]
fn targets_with_seeds_have_several() {
    for target in targets::ALL.iter().filter(|it| it.seeds.is_some()) {
        assert!(target.seeds().len() > 2, "`{}` has nothing to begin with", target.name);
    }
}

/// A folder that no target has is one whose inputs nobody checks, such as one with a misspelt name.
#[test]
fn every_folder_of_inputs_is_that_of_a_target() {
    let seeds: Vec<_> = targets::ALL.iter().filter_map(|it| it.seeds).collect();
    let names: Vec<_> = targets::ALL.iter().map(|it| it.name).collect();
    for (folder, known) in [(SEEDS, seeds), (REGRESSIONS, names)] {
        for path in entries(&bindery_fuzz::folder(folder)) {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(known.contains(&name), "no target has `{folder}/{name}`, but {known:?}");
        }
    }
}
