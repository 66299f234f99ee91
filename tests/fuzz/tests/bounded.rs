//! Each target on what is committed, and on mutations of that: as many as fit into a run of all tests.
//!
//! `BINDERY_FUZZ_FACTOR=100` makes a hundred times as many, and `BINDERY_FUZZ_SEED=7` makes others.

use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use bindery_fuzz::{Rng, Target, targets};

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
fn every_target_has_its_inputs() {
    for target in targets::ALL {
        let grows = target.seeds == "bytes";
        assert!(grows || target.seeds().len() > 2, "`{}` has nothing to begin with", target.name);
    }
}
