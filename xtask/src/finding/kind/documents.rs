//! Documents: what several pages, or several parts of one, say of the same thing.

use super::{ERROR, Entry, LOSS, NOTE};
use crate::finding::Severity;

pub(super) const ALIKE: Entry = Entry::new(
    "alike",
    NOTE,
    [
        "Two operations differ only in the names of their path parameters.",
        "A request cannot say which of the two it means; the crate has a method for each.",
        "Use the one whose page is up to date.",
    ],
);

pub(super) const DESCRIBED_TWICE: Entry = Entry::new(
    "described-twice",
    NOTE,
    [
        "An endpoint describes one parameter or field twice.",
        "The crate has it once, as the first description says.",
        "Compare the two; if the second is right, tell the vendor.",
    ],
);

pub(super) const DIFFERS: Entry = Entry::new(
    "differs",
    NOTE,
    [
        "A page has other servers or another security than the API's first page.",
        "The operations of this page keep their own.",
        "See that the vendor means it; if not, fetch both pages again.",
    ],
);

pub(super) const EXTERNAL_REFERENCE: Entry = Entry::new(
    "external-reference",
    LOSS,
    [
        "A `$ref` leads to another file.",
        "Generating reads what is under `specs/` and fetches nothing, so what it refers to is missing.",
        "Put a bundled document in the page's place, in which every reference begins with `#/`.",
    ],
)
.document(
    "\
components:
  schemas:
    Thing: {$ref: 'https://example.com/thing.yaml'}
",
);

pub(super) const NO_RESPONSES: Entry = Entry::new(
    "no-responses",
    NOTE,
    [
        "The page does not say what an operation answers.",
        "The crate can only hand out the raw body.",
        "If the vendor documents the answer elsewhere, add that page.",
    ],
);

pub(super) const OPERATION_MISMATCH: Entry = Entry::new(
    "operation-mismatch",
    ERROR,
    [
        "The fence of a page names another operation than the document in it has.",
        "The two are the same fact stated twice, so one of them is wrong.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.page(
    "\
# Delete a thing

````yaml DELETE /things
openapi: 3.1.0
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
````
",
);

pub(super) const REFERENCE_CYCLE: Entry = Entry::new(
    "reference-cycle",
    LOSS,
    [
        "A `$ref` only leads back to itself.",
        "Nothing ever says what it is.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.document(
    "\
components:
  schemas:
    One: {$ref: '#/components/schemas/Other'}
    Other: {$ref: '#/components/schemas/One'}
",
);

pub(super) const RENAMED: Entry = Entry::new(
    "renamed",
    NOTE,
    [
        "Two pages have different components of one name.",
        "The pages say different things under one name, so the document has each under a name of its own.",
        "If the two are one, the older page is out of date: fetch it again.",
    ],
);

pub(super) const SAME_OPERATION: Entry = Entry::new(
    "same-operation",
    ERROR,
    [
        "Two places describe one operation in different ways.",
        "The crate can have the operation once, and which description is right cannot be known.",
        "Keep the page that is up to date, and take the other away.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
[/endpoint]
[endpoint]
path = "/things"
method = "GET"
description = "Lists the things."
[/endpoint]
"#,
);

pub(super) const TWO_VERSIONS: Entry = Entry::new(
    "two-versions",
    NOTE,
    [
        "A page has two versions of one schema.",
        "The crate has one type for it: that of `components`.",
        "Compare the two if the type lacks something.",
    ],
);

pub(super) const UNDESCRIBED_PARAMETER: Entry = Entry::new(
    "undescribed-parameter",
    NOTE,
    [
        "A path has a parameter that is not described.",
        "It has to be sent; the crate takes a string for it.",
        "Tell the vendor.",
    ],
);

pub(super) const UNKNOWN_KEYWORD: Entry = Entry::new(
    "unknown-keyword",
    NOTE,
    [
        "An object has a member that no standard gives it.",
        "Nobody but the vendor knows what it says, so the crate does nothing with it.",
        "If it is misspelled or misplaced, tell the vendor.",
    ],
)
.document(
    "\
components:
  schemas:
    Thing: {type: object, requires: [id], properties: {id: {type: string}}}
",
);

pub(super) const UNKNOWN_MEMBER: Entry = Entry::new(
    "unknown-member",
    LOSS,
    [
        "A page has a member that its reader does not know.",
        "What it says about the operation does not arrive in the crate.",
        "If it matters, the reader of this format is the place to teach it.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
quota = 10
[/endpoint]
"#,
);

pub(super) const UNKNOWN_TYPE: Entry = Entry::new(
    "unknown-type",
    &[Severity::Loss, Severity::Untyped],
    [
        "A value has a type that is not known.",
        "The crate takes any JSON value here.",
        "Tell the vendor. Known are string, boolean, integer, number, object, array and, in `[endpoint]` blocks, \
         array of these.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
[[query_param]]
name = "since"
type = "moment"
[/endpoint]
"#,
);

pub(super) const UNRESOLVED_REFERENCE: Entry = Entry::new(
    "unresolved-reference",
    &[Severity::Loss, Severity::Untyped],
    [
        "A `$ref` leads to nothing.",
        "What stands there cannot be known, so neither can the type that uses it.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.document(
    "\
components:
  schemas:
    Thing: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}
",
);
