//! The command line: what can be asked, and how the answer is shown.

mod agreement;
mod bind;
mod bump;
mod corpus;
mod cost;
mod diff;
mod explain;
mod generate;
mod golden;
mod list;
mod mutate;
mod print;
mod progress;
mod report;
mod review;

use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use clap::{Parser, Subcommand};

use crate::catalog::{Api, SPECS};
use crate::finding::{Finding, Findings, Kind};
use crate::openapi::page;
use crate::pipeline::bind_api;
use crate::prose;

pub use agreement::{Agreement, agreement};
pub use bind::Bind;
pub use bump::{Bump, bump};
pub use corpus::{Corpus, corpus};
pub use cost::{Cost, cost};
pub use diff::{Diff, FailOn, Format, diff};
pub use explain::explain;
pub use generate::{Mode, generate};
pub use list::list;
pub use mutate::{Mutate, mutate};
pub use report::{Report, Status};
pub use review::{Review, review};

use print::colour_is_wanted;
use progress::Progress;

/// Binds the API pages under specs/ into the client crates under crates/.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
#[command(after_help = "\
Exit status: 0 done, 1 failed, 2 wrong usage, 4 stale (only with --check and review), 5 the
change is as grave as --fail-on says (only with diff).

Examples:
  cargo xtask generate                 make all crates anew
  cargo xtask generate basic vijil     only these two, and the facade
  cargo xtask generate --check         say what is not as it would be generated
  cargo xtask bump                     raise the versions of what changed
  cargo xtask list                     show the APIs
  cargo xtask keywords                 show what is done with each keyword
  cargo xtask explain bad-rename       say what a finding means, and what to do
  cargo xtask diff                     what changed since the main branch, and what it breaks
  cargo xtask diff old.yaml new.yaml   the same for two files or folders
  cargo xtask review                   what a pull request would be told
  cargo xtask corpus DIR --out OUT     try a folder of OpenAPI documents
  cargo xtask mutate DIR               change documents, and see whether it shows
  cargo xtask agreement                ask the compiler about pairs of pages
  cargo xtask cost                     build with a client and without")]
struct Cli {
    /// The workspace; without it, the one that the current folder is in
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the crates from the pages
    ///
    /// All APIs are made in memory first. If anything is wrong with one of them, all problems of
    /// all APIs are shown and no file is touched. Files that are up to date are not touched either;
    /// files in a generated crate that are not generated are removed.
    #[command(after_help = "\
Exit status: 0 done, 1 failed (nothing was changed), 4 stale (only with --check).

A run that was killed while it wrote is completed by the next one, which says so.")]
    Generate {
        /// The APIs to make, by their folders under specs/; without any, all
        #[arg(value_name = "API")]
        apis: Vec<String>,
        /// Write nothing; list the files that are stale, missing or orphaned, and exit with 4
        #[arg(long)]
        check: bool,
    },
    /// Raise the versions of the crates that have changed since their release
    ///
    /// Compares what would be generated with the recorded surface of each crate's last release, writes the
    /// versions that the changes ask for and the changelog, and generates. A version never goes down, and one
    /// that goes far enough stays. A second time, nothing changes.
    #[command(after_help = "\
Exit status: 0 done, 1 failed (nothing was changed).

The runtime and the facade are always among the crates. A crate that shows the types of another
changes with it.")]
    Bump {
        /// The APIs to look at, by their folders under specs/; without any, all
        #[arg(value_name = "API")]
        apis: Vec<String>,
        /// Write nothing; say what would be written
        #[arg(long)]
        dry_run: bool,
        /// Record all crates as released with the versions that they have
        #[arg(long, conflicts_with = "apis")]
        released: bool,
    },
    /// Show what Bindery does with each keyword of OpenAPI and JSON Schema, in Markdown
    Keywords,
    /// Say what a kind of finding or a rule of `diff` means, why it matters, and what to do
    ///
    /// The name of a finding stands in brackets behind its severity, that of a rule at the end of a change.
    #[command(after_help = "\
Exit status: 0 done, 1 nothing has that name; the nearest names are said.

Examples:
  cargo xtask explain                                  list all
  cargo xtask explain bad-rename
  cargo xtask explain request-property-max-decreased")]
    Explain {
        /// The kind or the rule; without it, all are listed with a line each
        #[arg(value_name = "KIND")]
        kind: Option<String>,
    },
    /// Show the APIs: crate, version, base url, credential, operations
    List,
    /// Say what changed, what it breaks on the wire and in Rust, and which version bump it asks for
    ///
    /// Compares a revision with the working tree: the pages that the vendor published, and the crates that
    /// are made of them. Or compares two files or folders of pages, in any format that is read.
    #[command(after_help = "\
Exit status: 0 fine, 1 could not compare, 2 wrong usage, 5 the verdict is as grave as --fail-on
says.

The JSON is {\"verdict\", \"bump\", \"changes\": [{\"rule\", \"pointer\", \"file\", \"line\",
\"operation\", \"before\", \"after\", \"wire\", \"rust\", \"cause\", \"message\"}]}; each change has more
keys besides. wire is what becomes of calls: breaking, review, additive, none. rust is what
becomes of programs: breaking, unknown, additive, none. cause is page, config (api.toml) or
generator.

Examples:
  cargo xtask diff                              all APIs since the main branch
  cargo xtask diff --base v0.1.0 basic          one API since a tag
  cargo xtask diff old.yaml new.yaml            two documents
  cargo xtask diff --format html --out diff.html")]
    Diff {
        /// APIs by their folders under specs/ (without any, all), or two files or folders
        #[arg(value_name = "API | OLD NEW")]
        what: Vec<String>,
        /// The revision to compare with; without it, where work branched off from the main branch
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// The form of the report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// The verdict from which on the exit status is 5
        #[arg(long, value_enum, default_value_t)]
        fail_on: FailOn,
        /// Write the report to a file, in place of one of that name; a link is refused
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Print what a pull request would be told: whether the crates are as generated, and the report
    #[command(after_help = "\
Exit status: 0 done, 1 failed (also when a version does not follow the changes), 4 stale.

With --out, DIR gets report.md (the comment), report.json and report.html, in place of files of
these names; other files in it stay. Neither it nor these may be links.

With --drift-at, --root may name a tree that has another generator than this one, such as a
pull request's: its pages are compared by this one, and nothing of it is built or run.")]
    Review {
        /// The revision to compare with; without it, where work branched off from the main branch
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// Write the reports into a folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Print annotations for GitHub, too; on by itself in its workflows
        #[arg(long)]
        annotate: bool,
        /// Compare only: whether the crates are as generated is judged at this address, to which the report links
        #[arg(long, value_name = "URL", value_parser = web_address)]
        drift_at: Option<String>,
    },
    /// Make a crate of every OpenAPI document in a folder, and say what arrived
    ///
    /// The documents go through the same pipeline as the pages under specs/, each into a crate of its
    /// own, all in one workspace. Files that are no OpenAPI document are skipped and counted. In OUT, a
    /// file lists what was made: only that is replaced and removed by the next run.
    #[command(after_help = "\
Exit status: 0 done, 1 failed (also when --check finds a crate that does not compile cleanly).

The report is a JSON array with an object per document: name, outcome (ok, partial, failed),
operations_in, operations_out, complete, untyped, positions (of schemas: typed, untyped),
findings (kind, pointer, message), seconds, bytes (of Rust), code (the bytes without comments:
types, operations, mocks, rest), check (ok, failed, null), examples (null without --examples).

Examples are tried (all), without_type (no type is made of their schema by itself), unjudged
(their schema is none), valid (their schema accepts them, formats included), passed (they
come back), byte_equal (as the same text, but for the order of members), untyped (read as
raw JSON, which proves nothing), failures (pointer, type, reason, at, sent, came). What
comes back may lack what a closed object does not declare, and a null for which nothing
stands; instants, numbers and UUIDs may be spelled otherwise.")]
    Corpus {
        /// The folder with the documents
        #[arg(value_name = "DIR")]
        input: PathBuf,
        /// The folder for the workspace of crates: empty, or filled by an earlier run
        #[arg(long, value_name = "OUT")]
        out: PathBuf,
        /// How many documents at a time; without it, as many as there are processors
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
        /// Compile all crates, and count those that do so without a warning
        #[arg(long)]
        check: bool,
        /// Read every valid example of the documents by the emitted types, and write it again
        ///
        /// The types alone are compiled, in batches. What an earlier run found out about the same examples and types is
        /// not found out again.
        #[arg(long)]
        examples: bool,
        /// Write the report to a file, in place of one of that name; a link is refused
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Change keywords of the OpenAPI documents in a folder, and list the changes that nothing shows
    ///
    /// Each document is cut down to an operation that reaches the keyword. A change is shown by another crate,
    /// by a finding at its place, or the table of keywords says that a client does nothing because of it.
    /// What no operation reaches, and what only a very long document shows, is not tried.
    #[command(after_help = "\
Exit status: 0 nothing is silent, 1 something is.")]
    Mutate {
        /// The folder with the documents
        #[arg(value_name = "DIR")]
        input: PathBuf,
        /// How many keywords to change, evenly among their kinds
        #[arg(long, value_name = "N", default_value = "1000")]
        count: NonZeroUsize,
        /// What decides which ones; the report says it, so that a run can be repeated
        #[arg(long, value_name = "SEED")]
        seed: Option<u64>,
        /// How many at a time; without it, as many as there are processors
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
    /// Compare what Bindery says of changes with what the compiler says
    ///
    /// Each pair of pages becomes two clients. A program that uses the old one has to break against the
    /// new one, for the expected reason, where the change is breaking, and must compile where it is not.
    #[command(after_help = "\
Exit status: 0 all agree, 1 somebody disagrees, or it could not be found out.

A pair is a folder with old.yaml and new.yaml (or .json, .md), consumer.rs, for an additive
change addition.rs, and pair.toml: rust, wire, why, errors (the compiler's codes), silent. An
api.toml holds for both pages.")]
    Agreement {
        /// The folder with the pairs; without it, tests/pairs
        #[arg(value_name = "DIR")]
        pairs: Option<PathBuf>,
        /// The folder for the clients and programs, empty or filled by an earlier run; without it,
        /// agreement/ in the target folder
        #[arg(long, value_name = "OUT")]
        out: Option<PathBuf>,
        /// Ask cargo-semver-checks, too: what is major to it has to be breaking
        #[arg(long)]
        semver_checks: bool,
    },
    /// Measure what a client costs those who build with it, compared with reqwest alone
    ///
    /// Builds three programs that make the same call, from nothing and for release, one after the other,
    /// each in a target folder of its own that is removed afterwards. It takes some minutes.
    #[command(after_help = "\
Exit status: 0 measured, 1 something could not be built.

Crates are those that the program needs on this machine, Bindery's own included. CPU is the
time of all processors, which does not depend on how many there are and what else they do; only
Linux tells. Sizes are of the stripped program. Cargo fetches what is missing before any time
is taken.")]
    Cost {
        /// The folder for the programs, empty or filled by an earlier run; without it, cost/ in the
        /// target folder
        #[arg(long, value_name = "OUT")]
        out: Option<PathBuf>,
    },
}

/// Returns the address of a page of the web, as it can stand in Markdown.
fn web_address(text: &str) -> Result<String, String> {
    match crate::refine::docs::is_web(text) {
        true => Ok(text.to_owned()),
        false => Err("it is no address of a page of the web".to_owned()),
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return print::usage(&error),
    };
    let report = match workspace_root(cli.root.as_deref()) {
        Ok(root) => run(&root, cli.command),
        Err(finding) => Report::failure(finding),
    };
    match print::print(&report) {
        // Whoever closed the other end of a pipe does not want the rest.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::from(report.status as u8),
    }
}

/// Carries out a command, and shows on a terminal that it is at work.
fn run(root: &Path, command: Command) -> Report {
    // A corpus has a bar of its own, and the others say what they do themselves.
    let progress = match command {
        Command::Corpus { .. }
        | Command::Mutate { .. }
        | Command::Agreement { .. }
        | Command::Cost { .. } => None,
        _ => Some(Progress::start(None)),
    };
    let bind = |api: &Api, findings: &mut Findings| {
        let pages = prose::plural(api.pages.len(), "page", "pages");
        progress.iter().for_each(|it| it.about(&format!("{}: {pages}", api.config.name)));
        bind_api(api, findings)
    };
    match command {
        Command::Generate { apis, check } => {
            let mode = if check { Mode::Check } else { Mode::Write };
            generate(root, &apis, mode, &bind)
        }
        Command::Bump { apis, dry_run, released } => {
            bump(root, &Bump { apis, dry_run, released }, &bind)
        }
        Command::Keywords => Report { output: page(), ..Report::new() },
        Command::Explain { kind } => explain(kind.as_deref()),
        Command::List => list(root, &bind),
        Command::Diff { what, base, format, fail_on, out } => {
            diff(root, &Diff { base, what, format, fail_on, out })
        }
        Command::Review { base, out, annotate, drift_at } => {
            let annotate = annotate || std::env::var_os("GITHUB_ACTIONS").is_some();
            review(root, &Review { base, out, annotate, drift_at }, &bind)
        }
        Command::Corpus { input, out, jobs, check, examples, report } => {
            corpus(root, &Corpus { input, out, jobs: threads(jobs), check, examples, report })
        }
        Command::Mutate { input, count, seed, jobs } => {
            let seed = seed.unwrap_or_else(|| fastrand::u64(..1 << 32));
            mutate(&Mutate { input, count: count.into(), seed, jobs: threads(jobs) })
        }
        Command::Agreement { pairs, out, semver_checks } => {
            agreement(root, &Agreement { pairs, out, semver_checks })
        }
        Command::Cost { out } => cost(root, &Cost { out }),
    }
}

/// The most threads that are of use. Each has a stack of its own, and with `--examples` a crate as well.
const THREADS: usize = 256;

/// Returns how many threads to use: as many as were asked for, else as many as there are processors.
fn threads(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| thread::available_parallelism().ok()).map_or(1, Into::into).min(THREADS)
}

/// Cargo tells where this package is; without cargo, the folder that has `specs/` is looked for.
fn workspace_root(given: Option<&Path>) -> Result<PathBuf, Finding> {
    if let Some(root) = given {
        return Ok(root.to_owned());
    }
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let of_cargo = package.as_deref().and_then(Path::parent);
    let current = std::env::current_dir().ok();
    let candidates = of_cargo.into_iter().chain(current.iter().flat_map(|dir| dir.ancestors()));
    let root = candidates.into_iter().find(|dir| dir.join(SPECS).is_dir());
    root.map(Path::to_owned).ok_or_else(|| {
        Finding::error(Kind::NoWorkspace, format!("no folder here or above holds `{SPECS}/`"))
    })
}

#[cfg(test)]
mod tests;
