//! What commands do with crates, folders and other programs.

use super::{ERROR, Entry, NOTE};
use crate::finding::Severity;

pub(super) const CLASHING_PATHS: Entry = Entry::new(
    "clashing-paths",
    ERROR,
    [
        "Two generated files would be one where case does not count.",
        "One of them would overwrite the other.",
        "Rename one of the two in `api.toml`.",
    ],
);

pub(super) const COMMAND_FAILED: Entry = Entry::new(
    "command-failed",
    ERROR,
    [
        "A program that a command needs, such as cargo, did not run.",
        "Without it, the command has no answer.",
        "Check that the program can be started from here, and see what it says.",
    ],
);

pub(super) const DEFECT: Entry = Entry::new(
    "defect",
    ERROR,
    [
        "Bindery itself broke off.",
        "No input may do that; the other APIs are not concerned.",
        "Report it with the page. Taking pages out tells which one it is.",
    ],
);

pub(super) const DISAGREEMENT: Entry = Entry::new(
    "disagreement",
    ERROR,
    [
        "Bindery and the compiler say different things about a change.",
        "One of them, or the claim of the pair, is wrong.",
        "Find out who is right, and mend the others.",
    ],
);

pub(super) const INTERRUPTED_WRITE: Entry = Entry::new(
    "interrupted-write",
    NOTE,
    [
        "An earlier run was stopped while it wrote, and has been completed.",
        "Files may have changed that this run did not have to write.",
        "Review the changes as those of any run.",
    ],
);

pub(super) const JOURNAL: Entry = Entry::new(
    "journal",
    ERROR,
    [
        "The journal of a run that was stopped cannot be used.",
        "It lists what that run had still to write.",
        "Delete the folder `.bindery` and run `cargo xtask generate`, which makes all files anew.",
    ],
);

pub(super) const LOCKED: Entry = Entry::new(
    "locked",
    ERROR,
    [
        "Another run of the generator is at work.",
        "Two at once would mix their files.",
        "Wait until it is done, then run the command again.",
    ],
);

pub(super) const MANIFEST: Entry = Entry::new(
    "manifest",
    ERROR,
    [
        "The version in a manifest or in `Cargo.lock` cannot be changed.",
        "The files must agree about versions, or cargo refuses them.",
        "Mend the file, then run the command again. Nothing was changed.",
    ],
);

pub(super) const NO_BASE: Entry = Entry::new(
    "no-base",
    ERROR,
    [
        "The revision to compare with cannot be found or read.",
        "A comparison needs the state before.",
        "Name a revision that is there with `--base REV`.",
    ],
);

pub(super) const NOT_GENERATED: Entry = Entry::new(
    "not-generated",
    ERROR,
    [
        "The folder of a crate is there, and was not generated.",
        "Files that others made would be overwritten or removed.",
        "Move the folder away, or give the API another `package` in its `api.toml`.",
    ],
);

pub(super) const NOT_IN_FACADE: Entry = Entry::new(
    "not-in-facade",
    &[Severity::Note, Severity::Error],
    [
        "The facade leaves out an API whose crate is not there.",
        "Cargo loads no workspace in which a crate names one that is not there.",
        "Generate the API, which makes its crate and adds it.",
    ],
);

pub(super) const OUTPUT: Entry = Entry::new(
    "output",
    ERROR,
    [
        "A command cannot write to the place that is named for its output.",
        "What the command makes has to be written somewhere, and nothing that others made is overwritten.",
        "Name another folder, which is empty or not there.",
    ],
);

pub(super) const PAIR: Entry = Entry::new(
    "pair",
    ERROR,
    [
        "A pair of pages for `agreement` is not complete.",
        "The pair proves nothing as it is.",
        "Complete the pair: `cargo xtask agreement --help` says what it consists of.",
    ],
);

pub(super) const RENAMED_PACKAGE: Entry = Entry::new(
    "renamed-package",
    NOTE,
    [
        "The recorded surface of a crate is that of another package.",
        "A package under another name is another one, which nobody depends on yet.",
        "Release it: `cargo xtask bump --released` records the new one.",
    ],
);

pub(super) const RUNTIME_VERSION: Entry = Entry::new(
    "runtime-version",
    ERROR,
    [
        "The manifest of the runtime has no version.",
        "All clients depend on it.",
        "Write `version = \"…\"` under `[package]`.",
    ],
);

pub(super) const SURFACE: Entry = Entry::new(
    "surface",
    ERROR,
    [
        "It cannot be told what a crate offers to its callers.",
        "Without that, nobody knows which version it asks for.",
        "Mend the file, or generate the crate anew.",
    ],
);

pub(super) const SURFACE_BROKEN: Entry = Entry::new(
    "surface-broken",
    ERROR,
    [
        "A `surface.txt` is no record of a surface.",
        "What was released is compared with what is made, to see which version it asks for.",
        "Take back the file as it was committed; `cargo xtask bump --released` writes it.",
    ],
);

pub(super) const UNKNOWN_KIND: Entry = Entry::new(
    "unknown-kind",
    ERROR,
    [
        "No kind of finding and no rule of `diff` has the name that was given.",
        "There is nothing to explain.",
        "Name one of those that `cargo xtask explain` lists.",
    ],
);

pub(super) const UNSAFE_PATH: Entry = Entry::new(
    "unsafe-path",
    ERROR,
    [
        "The path of a file leads out of the workspace or over a link.",
        "The generator writes the crates that it makes, and nothing else.",
        "Put a real folder in the place of the link; anything else is a defect of the generator to report.",
    ],
);

pub(super) const VERSION_BEHIND: Entry = Entry::new(
    "version-behind",
    &[Severity::Error, Severity::Note],
    [
        "A crate has changed further since its release than its version says.",
        "Callers take a new version for what its number promises.",
        "Run `cargo xtask bump`, which raises the version and writes the changelog.",
    ],
);

pub(super) const WORKSPACE_MANIFEST: Entry = Entry::new(
    "workspace-manifest",
    ERROR,
    [
        "The manifest or the lock file of Bindery's workspace cannot be read.",
        "What a command compiles takes its dependencies, and their versions, from there.",
        "Run the command inside Bindery's workspace, or name that with `--root`.",
    ],
);

pub(super) const WORKSPACE_WRITE: Entry = Entry::new(
    "workspace-write",
    ERROR,
    [
        "The workspace cannot be written.",
        "A generation is written as a whole or not at all.",
        "Make the workspace writable, then run `cargo xtask generate` again.",
    ],
);

pub(super) const WOULD_NOT_LOAD: Entry = Entry::new(
    "would-not-load",
    ERROR,
    [
        "After the change, cargo could not load the workspace.",
        "Cargo would load no manifest of the workspace and start no command, this one included.",
        "Change the manifest that the finding names, or give the API another `package`.",
    ],
);
