//! All examples of a corpus: in batches, and none twice.

use std::fs;
use std::io;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};

use crate::corpus::outcome::Outcome;
use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;
use crate::regular_file;

use super::{Examples, batch};

/// How much code a program has at most, in bytes. The compiler takes four thousand times as much room for it.
const MOST: usize = 384 << 10;

/// The folder in the output folder. No document has one of that name.
const FOLDER: &str = ".examples";

/// Reads and writes the examples of all outcomes. What an earlier run found out about the same examples and the same
/// types is not found out again.
pub fn run(
    out: &Path,
    workspace: &Path,
    outcomes: &mut [Outcome],
    jobs: usize,
    done: &dyn Fn(&str),
) -> Result<(), Finding> {
    let mut run = Run {
        out: OutputFolder::claim(&out.join(FOLDER), workspace)?,
        runtime: hash_of_runtime(workspace).map_err(|error| no_compiler(&error))?,
        outcomes,
        jobs: jobs.max(1),
        done,
    };
    batch::write_workspace(&mut run.out, workspace, run.jobs)?;
    let open = run.settle_known()?;
    let mut batches = batch::batches(&open, MOST);
    batches.reverse();
    while !batches.is_empty() {
        let next = batches.split_off(batches.len().saturating_sub(run.jobs));
        batches.extend(run.group(&next)?);
    }
    run.out.clean()
}

/// A run in progress.
struct Run<'a> {
    out: OutputFolder,
    /// Tells the sources of the runtime from any others.
    runtime: Vec<u8>,
    outcomes: &'a mut [Outcome],
    jobs: usize,
    done: &'a dyn Fn(&str),
}

impl Run<'_> {
    /// Settles the documents that an earlier run has tried, and returns the others with the size of their code.
    fn settle_known(&mut self) -> Result<Vec<(usize, usize)>, Finding> {
        let mut open = Vec::new();
        for at in 0..self.outcomes.len() {
            let Some(examples) = self.examples(at) else { continue };
            if examples.cases.is_empty() {
                continue;
            }
            let (key, size) = (self.key(examples), examples.code.len());
            let path = self.path(at);
            let known = regular_file::read_to_string(&self.out.path().join(&path)).ok();
            match known.as_deref().and_then(|it| it.strip_prefix(&format!("{key}\n"))) {
                Some(output) => self.settle(at, output)?,
                None => open.push((at, size)),
            }
        }
        Ok(open)
    }

    /// Compiles and runs some batches at a time, and returns those that are to be tried again: the documents of one that
    /// did not compile, each for itself.
    fn group(&mut self, batches: &[Vec<usize>]) -> Result<Vec<Vec<usize>>, Finding> {
        let mut files: Vec<Utf8PathBuf> = Vec::new();
        for number in 0..self.jobs {
            let empty = Vec::new();
            let documents = batches.get(number).unwrap_or(&empty);
            let examples: Vec<&Examples> = documents
                .iter()
                .filter_map(|it| self.outcomes.get(*it)?.examples.as_ref())
                .collect();
            files.push(batch::write(&mut self.out, number, &examples)?);
        }
        let mut built = batch::build(self.out.path(), self.jobs, self.jobs)
            .map_err(|error| no_compiler(&error))?;
        let mut again = Vec::new();
        for ((number, documents), cases) in batches.iter().enumerate().zip(&files) {
            match (built.remove(&number), documents.as_slice()) {
                (Some(Ok(program)), _) => self.take(&program, documents, cases)?,
                (other, [one]) => {
                    let says = other.and_then(Result::err).unwrap_or_default();
                    if let Some(examples) = self.examples_mut(*one) {
                        examples.fail("the types do not compile", &says);
                    }
                }
                (_, several) => again.extend(several.iter().map(|it| vec![*it])),
            }
        }
        Ok(again)
    }

    /// Runs a program and settles its documents.
    fn take(
        &mut self,
        program: &Path,
        documents: &[usize],
        cases: &Utf8Path,
    ) -> Result<(), Finding> {
        let output = batch::run(self.out.path(), program, cases);
        let output = output.map_err(|error| no_compiler(&error))?;
        let examples: Vec<&Examples> =
            documents.iter().filter_map(|it| self.outcomes.get(*it)?.examples.as_ref()).collect();
        let outputs = batch::split(&output, &examples);
        documents.iter().zip(outputs).try_for_each(|(at, output)| self.settle(*at, &output))
    }

    /// Keeps what was written for a document, and judges it.
    fn settle(&mut self, at: usize, output: &str) -> Result<(), Finding> {
        let path = self.path(at);
        let Some(examples) = self.examples(at) else { return Ok(()) };
        let text = format!("{}\n{output}", self.key(examples));
        self.out.write(&path, &text)?;
        if let Some(outcome) = self.outcomes.get_mut(at) {
            outcome.examples.iter_mut().for_each(|it| it.settle(output));
            (self.done)(&outcome.name);
        }
        Ok(())
    }

    /// Tells the examples of a document and all that reads them from any others.
    fn key(&self, examples: &Examples) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.runtime);
        hash.update(batch::PROGRAM);
        hash.update(&examples.code);
        for ty in &examples.types {
            hash.update(&ty.text);
            hash.update("\n");
        }
        for case in &examples.cases {
            hash.update(format!("{} {}\n", case.ty, case.value));
        }
        hex(&hash.finalize())
    }

    fn path(&self, at: usize) -> Utf8PathBuf {
        let folder = self.outcomes.get(at).map(|it| it.package.as_str()).unwrap_or_default();
        Utf8PathBuf::from("results").join(format!("{folder}.txt"))
    }

    fn examples(&self, at: usize) -> Option<&Examples> {
        self.outcomes.get(at)?.examples.as_ref()
    }

    fn examples_mut(&mut self, at: usize) -> Option<&mut Examples> {
        self.outcomes.get_mut(at)?.examples.as_mut()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// Hashes the sources of the runtime, which all types use.
fn hash_of_runtime(workspace: &Path) -> io::Result<Vec<u8>> {
    let mut hash = Sha256::new();
    let mut open = vec![workspace.join("crates/bindery-runtime/src")];
    let mut files = vec![workspace.join("Cargo.lock")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    for file in files {
        hash.update(regular_file::read(&file)?);
    }
    Ok(hash.finalize().to_vec())
}

fn no_compiler(error: &io::Error) -> Finding {
    Finding::error(Kind::CommandFailed, format!("cannot compile and run the types: {error}"))
        .why("The examples were to be read by them.")
        .help("Check that `cargo` can be started from here, or leave `--examples` out.")
}
