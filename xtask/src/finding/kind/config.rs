//! Decisions in `api.toml`.

use super::{ERROR, Entry};

pub(super) const BAD_PAGINATION: Entry = Entry::new(
    "bad-pagination",
    ERROR,
    [
        "A `[[pagination]]` names something that the operation does not have.",
        "The list could not be followed from page to page.",
        "Name properties and parameters that the page describes, each of the type that its key asks for.",
    ],
)
.config(
    r#"[[pagination]]
operation = "GET /things"
items = "data"
cursor = "meta.next"
parameter = "cursor"
reason = "The page explains it in a guide."
"#,
);

pub(super) const BAD_RENAME: Entry = Entry::new(
    "bad-rename",
    ERROR,
    [
        "A `[[rename]]` gives a name that the thing cannot have.",
        "The name is not in Rust's spelling, or the crate needs it for something else.",
        "Choose another name.",
    ],
)
.config(
    r#"[[rename]]
type = "Thing"
to = "HTTPThing"
reason = "The vendor calls it so."
"#,
);

pub(super) const CONFIG_CHOICE: Entry = Entry::new(
    "config-choice",
    ERROR,
    [
        "A table has none of the keys that exclude each other, or several of them.",
        "Each of them means something else.",
        "Keep exactly one of them.",
    ],
)
.config(
    r#"[credential]
bearer = true
header = "x-api-key"
name = "token"
env = "THINGS_TOKEN"
reason = "The page names no environment variable."
"#,
);

pub(super) const CONFIG_DUPLICATE: Entry = Entry::new(
    "config-duplicate",
    ERROR,
    [
        "Something is decided twice.",
        "Only one of the two decisions could take effect.",
        "Keep one of the two.",
    ],
)
.config(
    r#"[[header]]
name = "x-version"
value = "1"
reason = "The page requires it."

[[header]]
name = "X-Version"
value = "2"
reason = "The page requires it."
"#,
);

pub(super) const CONFIG_MISSING_KEY: Entry = Entry::new(
    "config-missing-key",
    ERROR,
    [
        "A table has not all of the keys that it must have.",
        "Nothing else says it, and the crate cannot do without.",
        "Add the key.",
    ],
)
.config(
    r#"[[header]]
name = "x-version"
value = "1"
"#,
);

pub(super) const CONFIG_NO_EFFECT: Entry = Entry::new(
    "config-no-effect",
    ERROR,
    [
        "A `[[retry]]` decides what holds without it.",
        "The method of the operation says already whether it may be sent twice.",
        "Take the `[[retry]]` out, or decide otherwise.",
    ],
)
.config(
    r#"[[retry]]
operation = "GET /things"
idempotent = true
reason = "Reading changes nothing."
"#,
);

pub(super) const CONFIG_TYPE: Entry = Entry::new(
    "config-type",
    ERROR,
    [
        "A key has a value of the wrong type, such as a number in place of a text.",
        "The value cannot be used as it is.",
        "Write a value of the type that the finding names.",
    ],
)
.config("docs = true\n");

pub(super) const CONFIG_UNKNOWN_KEY: Entry = Entry::new(
    "config-unknown-key",
    ERROR,
    [
        "A table has a key that it cannot have.",
        "A key that nobody reads is a decision that is not carried out.",
        "Correct the key, or take it out.",
    ],
)
.config("base_url = \"https://api.example.com\"\n");

pub(super) const CONFIG_VALUE: Entry = Entry::new(
    "config-value",
    ERROR,
    [
        "A key has a value that is not legal.",
        "The value goes into the crate as it is.",
        "Write a value of the form that the finding describes.",
    ],
)
.config("docs = \"example.com\"\n");

pub(super) const RENAME_TAKEN: Entry = Entry::new(
    "rename-taken",
    ERROR,
    [
        "A `[[rename]]` gives a name that something else has already.",
        "Two things would have the same name in the crate.",
        "Choose another name, or rename the other thing, too.",
    ],
)
.config(
    r#"[[rename]]
type = "Thing"
to = "Things"
reason = "The vendor calls it so."
"#,
);

pub(super) const UNUSED_ACCEPT: Entry = Entry::new(
    "unused-accept",
    ERROR,
    [
        "An `[[accept]]` accepts what is not found.",
        "It would hide a loss that comes later and that nobody has looked at.",
        "Take it out, or correct the kind of the finding or the operation.",
    ],
)
.config(
    r#"[[accept]]
finding = "security-scheme"
operation = "GET /things"
reason = "The scheme is for the vendor's own pages."
"#,
);

pub(super) const UNUSED_PAGINATION: Entry = Entry::new(
    "unused-pagination",
    ERROR,
    [
        "A `[[pagination]]` is about an operation that no page has.",
        "The decision about its list would have no effect.",
        "Name an operation of the page, or take the decision out.",
    ],
)
.config(
    r#"[[pagination]]
operation = "GET /other"
none = true
reason = "It is a list by itself."
"#,
);

pub(super) const UNUSED_RENAME: Entry = Entry::new(
    "unused-rename",
    ERROR,
    [
        "A `[[rename]]` is about something that the crate does not have.",
        "The crate would have another name than the one that was decided.",
        "Take the rename out, or correct the name: it is the one that the crate has without it.",
    ],
)
.config(
    r#"[[rename]]
type = "Other"
to = "Another"
reason = "The vendor calls it so."
"#,
);

pub(super) const UNUSED_RETRY: Entry = Entry::new(
    "unused-retry",
    ERROR,
    [
        "A `[[retry]]` is about an operation that no page has.",
        "The decision about its retries would have no effect.",
        "Name an operation of the page, or take the decision out.",
    ],
)
.config(
    r#"[[retry]]
operation = "POST /other"
idempotent = true
reason = "The page says so."
"#,
);

pub(super) const UNUSED_TYPE: Entry = Entry::new(
    "unused-type",
    ERROR,
    [
        "A `[[type]]` is about nothing that is a struct of the crate.",
        "The decision about its properties would have no effect.",
        "Name a type as the crate calls it, or take the decision out.",
    ],
)
.config(
    r#"[[type]]
name = "Other"
partial = true
reason = "The caller chooses the properties."
"#,
);

pub(super) const UNUSED_WEBHOOKS: Entry = Entry::new(
    "unused-webhooks",
    ERROR,
    [
        "A `[webhooks]` is about an API whose pages have no webhooks.",
        "The crate has nothing that could be verified.",
        "Add the page with the webhooks, or take the decision out.",
    ],
)
.config(
    r#"[webhooks]
standard = true
reason = "The page says so in a guide."
"#,
);
