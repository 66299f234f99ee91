//! Arbitrary input for the generator and the runtime, and what must hold whatever it is.
//!
//! A [`Target`] is a function that takes any bytes and panics if a property is violated, a mutator that makes new
//! inputs of known ones, and the inputs to begin with. Two drivers use it:
//!
//! - `cargo test -p bindery-fuzz` runs each target on the committed inputs and on a fixed number of mutated ones, on
//!   the stable toolchain and within seconds. Continuous integration does that.
//! - cargo-fuzz runs it for as long as one likes, led by coverage: `tests/fuzz/run TARGET`.
//!
//! An input that violated a property is made small and committed below `regressions/`, named for what it shows.

pub mod check;
pub mod input;
pub mod mutate;
pub mod targets;
pub mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use fastrand::Rng;

/// What the binaries print if cargo-fuzz did not build them.
pub const HOW_TO_RUN: &str = "Run `tests/fuzz/run TARGET`, or `cargo test -p bindery-fuzz`.";

/// The folder with the inputs to begin with, a folder for each kind.
pub const SEEDS: &str = "seeds";
/// The folder with the inputs that violated a property once, a folder for each target.
pub const REGRESSIONS: &str = "regressions";

/// How long one input may take. Nothing that the seeds can grow into takes a tenth of that, even in a build without
/// optimisations on a busy machine: what takes longer hangs.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Something to attack.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: that of the binary, and of the folder with its regressions.
    pub name: &'static str,
    /// The folder with the inputs to begin with, below [`SEEDS`]; `None` where inputs grow out of nothing.
    pub seeds: Option<&'static str>,
    /// How many mutated inputs the bounded run makes.
    pub executions: usize,
    /// Panics if an input violates a property.
    pub check: fn(&[u8]),
    /// Makes another input of one, with pieces of a second one.
    pub mutate: fn(&[u8], &[u8], &mut Rng) -> Vec<u8>,
}

impl Target {
    /// Checks one input.
    ///
    /// # Panics
    ///
    /// If it violates a property or takes too long.
    pub fn run(&self, input: &[u8]) {
        let start = Instant::now();
        (self.check)(input);
        let time = start.elapsed();
        assert!(time < TIME_LIMIT, "`{}` takes {time:?} for one input", self.name);
    }

    /// Returns the inputs to begin with, in the order of their names.
    ///
    /// # Panics
    ///
    /// If they cannot be read.
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        self.seeds.map_or_else(Vec::new, |name| files(&folder(SEEDS).join(name)))
    }

    /// Returns the inputs that violated a property once, in the order of their names.
    ///
    /// # Panics
    ///
    /// If there are some that cannot be read.
    pub fn regressions(&self) -> Vec<Vec<u8>> {
        let folder = folder(REGRESSIONS).join(self.name);
        if folder.exists() { files(&folder) } else { Vec::new() }
    }

    /// Mutates an input in the buffer of libFuzzer, which has room for a larger one. Returns the new length, or
    /// nothing if what came out does not fit.
    pub fn mutate_in_place(&self, buffer: &mut [u8], length: usize, seed: u32) -> Option<usize> {
        let mut random = Rng::with_seed(seed.into());
        let input = buffer.get(..length)?;
        let mutated = (self.mutate)(input, input, &mut random);
        buffer.get_mut(..mutated.len())?.copy_from_slice(&mutated);
        Some(mutated.len())
    }
}

/// Returns a folder of this package.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns what is in a folder, sorted. An input that was passed over in silence would be taken for one that passed.
///
/// # Panics
///
/// If it cannot be read.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .and_then(|all| all.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>());
    let mut paths = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    paths.sort();
    paths
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let read = |path: &PathBuf| {
        fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    entries(folder).iter().map(read).collect()
}

/// Makes a binary for libFuzzer of a [`Target`]. It mutates by the target's own rules, and by libFuzzer's now and then.
#[macro_export]
macro_rules! libfuzzer {
    ($target:path) => {
        libfuzzer_sys::fuzz_target!(|input: &[u8]| $target.run(input));

        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            let room = max_size.min(data.len());
            match seed % 8 {
                0 => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
                _ => match $target.mutate_in_place(&mut data[..room], size, seed) {
                    Some(length) => length,
                    None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
                },
            }
        });
    };
}
