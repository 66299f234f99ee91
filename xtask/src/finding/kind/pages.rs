//! Pages: what is not read of one, or not as it stands.

use super::{ERROR, Entry, LOSS, NOTE};

pub(super) const BAD_ENDPOINT: Entry = Entry::new(
    "bad-endpoint",
    ERROR,
    [
        "An `[endpoint]` block has no path or no method that a request can have.",
        "Without it there is nothing to call.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "FETCH"
[/endpoint]
"#,
);

pub(super) const BROKEN_EXAMPLE: Entry = Entry::new(
    "broken-example",
    LOSS,
    [
        "The example of a response is neither JSON nor text.",
        "The example is all that says what the response holds.",
        "Tell the vendor. Until the page is mended, the crate has this response without a body.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
[/endpoint]
[responses]
[[response]]
status = 200
body = '''{"id": }'''
[/responses]
"#,
);

pub(super) const CREDENTIAL_PREFIX: Entry = Entry::new(
    "credential-prefix",
    NOTE,
    [
        "The value of a header is not the bare secret, but has a word before it.",
        "OpenAPI has no word for that, so a client sends what it is given as it is.",
        "Callers give the whole value, prefix included; say so in `api.toml` where the credential is decided.",
    ],
);

pub(super) const CUT_OFF: Entry = Entry::new(
    "cut-off",
    ERROR,
    [
        "A block of the page begins and is never closed.",
        "The page was cut off, so what is missing at its end cannot be known.",
        "Fetch the page again.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
"#,
);

pub(super) const DANGLING_TAG: Entry = Entry::new(
    "dangling-tag",
    LOSS,
    [
        "The mapping of a `discriminator` leads to a schema that no page has.",
        "Values with that tag arrive as JSON, without a type of their own.",
        "Add a page that has the schema, or accept it.",
    ],
)
.document(
    "\
components:
  schemas:
    Cat: {type: object, properties: {kind: {type: string}}, required: [kind]}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}
",
);

pub(super) const INFERRED: Entry = Entry::new(
    "inferred",
    NOTE,
    [
        "The responses of a page are known from examples only.",
        "Their types are what the examples show: what is missing there is missing in the crate.",
        "If the vendor publishes schemas, use those instead.",
    ],
);

pub(super) const LONE_RESPONSES: Entry = Entry::new(
    "lone-responses",
    ERROR,
    [
        "A `[responses]` block stands before any `[endpoint]` block.",
        "Nothing says which operation they belong to.",
        "Fetch the page again: its beginning may be missing.",
    ],
)
.page(
    r#"[responses]
[[response]]
status = 204
[/responses]
[endpoint]
path = "/things"
method = "DELETE"
[/endpoint]
"#,
);

pub(super) const NO_NAME: Entry = Entry::new(
    "no-name",
    LOSS,
    [
        "A parameter or field of an endpoint has no name.",
        "What has no name cannot be sent.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
[[query_param]]
type = "string"
[/endpoint]
"#,
);

pub(super) const NO_OPERATION: Entry = Entry::new(
    "no-operation",
    LOSS,
    [
        "A method of a path has something else than an operation.",
        "The crate will not have it.",
        "If the vendor offers this operation, its page has to say how it is called.",
    ],
)
.document(
    "\
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
    delete: null
",
);

pub(super) const NO_OPERATIONS: Entry = Entry::new(
    "no-operations",
    ERROR,
    [
        "A page has no operation.",
        "A folder under `specs/` holds nothing but an API's pages, so this one was to have some.",
        "Fetch the page again, or take it away.",
    ],
)
.document("paths: {}\n");

pub(super) const NO_STATUS: Entry = Entry::new(
    "no-status",
    LOSS,
    [
        "A response has no status.",
        "Which response it is cannot be known, so the crate will not have it.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.page(
    r#"[endpoint]
path = "/things"
method = "GET"
[/endpoint]
[responses]
[[response]]
description = "Done."
[/responses]
"#,
);

pub(super) const SWAGGER: Entry = Entry::new(
    "swagger",
    ERROR,
    [
        "A page is a Swagger 2.0 document, the predecessor of OpenAPI.",
        "Bindery reads OpenAPI since 3.0; Swagger describes bodies, servers and schemas differently.",
        "Convert it with `npx swagger2openapi --yaml --outfile openapi.yaml swagger.json`, put the result in its \
         place, and say in `api.toml` where it is from.",
    ],
)
.page(
    "\
swagger: '2.0'
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
",
);

pub(super) const SYNTAX: Entry = Entry::new(
    "syntax",
    ERROR,
    [
        "A page or an `api.toml` is not valid JSON, YAML or TOML.",
        "Nothing that stands there can be read, so the API would arrive incomplete.",
        "Fetch the page again; if the vendor publishes it like this, tell the vendor.",
    ],
)
.page(
    "\
openapi: 3.1.0
paths: {/things: {get: {}
",
);

pub(super) const UNKNOWN_FORMAT: Entry = Entry::new(
    "unknown-format",
    ERROR,
    [
        "A page is empty, or in none of the formats that are known.",
        "A folder under `specs/` holds nothing but an API's pages, so this one was to be read.",
        "Fetch the page again; if it is published like this, it needs a reader of its own.",
    ],
)
.page("# Things\n\nAsk us for the documentation.\n");

pub(super) const UNKNOWN_VERSION: Entry = Entry::new(
    "unknown-version",
    ERROR,
    [
        "A document is in a version of OpenAPI that Bindery does not read.",
        "What a document means depends on its version.",
        "See whether the vendor publishes the page in 3.0, 3.1 or 3.2, which Bindery reads.",
    ],
)
.page(
    "\
openapi: 4.0.0
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
",
);

pub(super) const UNREAD_FENCE: Entry = Entry::new(
    "unread-fence",
    NOTE,
    [
        "A fence that says of no operation holds an API's description.",
        "Only fences ````yaml METHOD /path are read; what stands in this one alone is in no crate.",
        "Look whether it has operations that no other fence has; if so, save it as a page of its own.",
    ],
);

pub(super) const UNREAD_PAGE: Entry = Entry::new(
    "unread-page",
    NOTE,
    [
        "Pages of a bundle describe no operation in a way that is read.",
        "If the vendor describes an operation there, the crate does not have it.",
        "Look at them; leave them out of the file if they are guides.",
    ],
);
