//! Folders and files that are read.

use super::{ERROR, Entry, LOSS, NOTE};

pub(super) const CONFIG_MISSING: Entry = Entry::new(
    "config-missing",
    ERROR,
    [
        "The folder of an API has no `api.toml`.",
        "The file says what the pages do not, such as the API's title and its credential.",
        "Create it. Only `title = \"…\"` is required; another API's `api.toml` shows the rest.",
    ],
);

pub(super) const FOLDER_NAME: Entry = Entry::new(
    "folder-name",
    ERROR,
    [
        "The name of a folder under `specs/` cannot be that of a module in Rust.",
        "The folder's name becomes the API's module and feature.",
        "Rename the folder.",
    ],
);

pub(super) const LINK: Entry = Entry::new(
    "link",
    NOTE,
    [
        "Among the documents of a corpus is a symbolic link.",
        "Links are not followed, so that everything that is read is in the folder.",
        "Put a copy of the file in its place.",
    ],
);

pub(super) const NO_API: Entry = Entry::new(
    "no-api",
    ERROR,
    [
        "There is no API under `specs/`.",
        "The crates are made from the pages of the APIs there.",
        "Make a folder `specs/<api>/` with the vendor's pages and an `api.toml`.",
    ],
);

pub(super) const NO_PAGE: Entry = Entry::new(
    "no-page",
    ERROR,
    [
        "A folder holds no page.",
        "A client is made from the vendor's pages.",
        "Save the vendor's API pages there, byte for byte.",
    ],
);

pub(super) const NO_WORKSPACE: Entry = Entry::new(
    "no-workspace",
    ERROR,
    [
        "Neither the current folder nor one above it holds `specs/`.",
        "The APIs are in `specs/`.",
        "Run the command inside the workspace, or name it with `--root`.",
    ],
);

pub(super) const NOT_A_FILE: Entry = Entry::new(
    "not-a-file",
    ERROR,
    [
        "A link, a folder or the like stands in the place of a file.",
        "Pages are read from files in the repository, and crates are written to such files.",
        "Put a file in its place, or move it out of the way.",
    ],
);

pub(super) const NOT_UTF8: Entry = Entry::new(
    "not-utf8",
    ERROR,
    [
        "A page is not encoded as UTF-8.",
        "Pages are text, and a guess at another encoding would garble it.",
        "Save the page as UTF-8, or take the file out of the folder.",
    ],
);

pub(super) const PAGE_NAME: Entry = Entry::new(
    "page-name",
    ERROR,
    [
        "The name of a page is not encoded as UTF-8.",
        "Findings and reports name the page, and could not show this name.",
        "Rename the file.",
    ],
);

pub(super) const PAGE_TOO_LARGE: Entry = Entry::new(
    "page-too-large",
    ERROR,
    [
        "A file is larger than any page.",
        "It is likely something else.",
        "Take it out of the folder, or split it.",
    ],
);

pub(super) const STRAY_PAGE: Entry = Entry::new(
    "stray-page",
    LOSS,
    [
        "A file stands in `specs/` itself, in no API's folder.",
        "It belongs to no API, so no crate has what it describes.",
        "Move it to `specs/<api>/`, or out of `specs/` if it is not a page.",
    ],
);

pub(super) const UNKNOWN_API: Entry = Entry::new(
    "unknown-api",
    ERROR,
    [
        "A command names an API that has no folder under `specs/`.",
        "An API is known by the name of its folder.",
        "Name one of the APIs that `cargo xtask list` shows.",
    ],
);

pub(super) const UNREADABLE: Entry = Entry::new(
    "unreadable",
    ERROR,
    [
        "A file or folder cannot be read.",
        "Nothing can be said about what cannot be read.",
        "Check that it exists and that you may read it.",
    ],
);
