//! Keywords of calls that say more than a crate does. `xtask/KEYWORDS.md` lists them with their reasons.

use super::{DEVIATION, Entry, LOSS, NOTE};
use crate::finding::Severity;

/// What has a body that is not JSON differs; what has none has nothing to arrive.
const NO_PAYLOAD: &[Severity] = &[Severity::Deviation, Severity::Note];

pub(super) const ALLOW_RESERVED: Entry = Entry::new(
    "allow-reserved",
    DEVIATION,
    [
        "A parameter is to be sent with reserved characters as they are.",
        "Reserved characters are percent-encoded all the same.",
        "Check whether the vendor decodes the value, as nearly all do.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters: [{name: q, in: query, allowReserved: true, schema: {type: string}}]
      responses: {'204': {description: Done.}}
",
);

pub(super) const CALLBACKS: Entry = Entry::new(
    "callbacks",
    NO_PAYLOAD,
    [
        "A callback of an operation has no body in JSON.",
        "The crate has no type for what the vendor sends back.",
        "Take apart what the vendor sends with types of your own.",
    ],
)
.document(
    "\
paths:
  /things:
    post:
      responses: {'204': {description: Done.}}
      callbacks:
        done:
          '{$request.query.url}':
            post:
              requestBody: {content: {text/csv: {schema: {type: string}}}}
              responses: {'204': {description: Seen.}}
",
);

pub(super) const EXPLODE: Entry = Entry::new(
    "explode",
    DEVIATION,
    [
        "A list or an object outside of a query is to be written with `explode`.",
        "The parameter is written as if `explode` were false.",
        "Give a text that is written as the vendor expects it, if the operation takes one.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters: [{name: x-filter, in: header, explode: true, schema: {type: object}}]
      responses: {'204': {description: Done.}}
",
);

pub(super) const FORM_STYLE: Entry = Entry::new(
    "form-style",
    DEVIATION,
    [
        "A member of a form is to be written in a style of its own.",
        "Members of a form are written in one way: lists repeat the name, objects are JSON.",
        "Check whether the vendor reads the form as it is sent.",
    ],
);

pub(super) const ITEM_SCHEMA: Entry = Entry::new(
    "item-schema",
    DEVIATION,
    [
        "A body is a stream of items that have a schema.",
        "The items of the stream are not decoded one by one.",
        "Take the raw body apart.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      responses:
        '200':
          description: The things.
          content: {application/jsonl: {itemSchema: {type: object}}}
",
);

pub(super) const OTHER_METHOD: Entry = Entry::new(
    "other-method",
    LOSS,
    [
        "An operation has a method that OpenAPI has known only since 3.2.",
        "The crate has no method for the operation: clients know the methods of OpenAPI 3.1.",
        "If the crate can do without the operation, accept it in `api.toml`.",
    ],
)
.document(
    "\
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
    query: {responses: {'204': {description: Done.}}}
",
);

pub(super) const PARAMETER_CONTENT: Entry = Entry::new(
    "parameter-content",
    DEVIATION,
    [
        "A parameter is to be written in a media type.",
        "The parameter is not written in this media type: in a query it is JSON, elsewhere the ordinary style of its \
         place.",
        "Check whether the vendor reads it as it is sent.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters:
      - {name: x-filter, in: header, content: {application/json: {schema: {type: object}}}}
      responses: {'204': {description: Done.}}
",
);

pub(super) const PARAMETER_STYLE: Entry = Entry::new(
    "parameter-style",
    DEVIATION,
    [
        "A parameter has a style that is not one of its place.",
        "The parameter is written in the ordinary style of its place.",
        "Check whether the vendor reads it as it is sent.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters: [{name: x-filter, in: header, style: deepObject, schema: {type: object}}]
      responses: {'204': {description: Done.}}
",
);

pub(super) const PART_HEADERS: Entry = Entry::new(
    "part-headers",
    DEVIATION,
    [
        "A part of a body is to have headers.",
        "Parts of a body have no headers of their own.",
        "Check whether the vendor takes the part without them.",
    ],
);

pub(super) const PART_TYPE: Entry = Entry::new(
    "part-type",
    DEVIATION,
    [
        "A part of a body is to have a certain content type.",
        "The content type of a part is chosen by its type in Rust.",
        "Check whether the vendor takes the part as it is sent.",
    ],
);

pub(super) const PARTS_BY_PLACE: Entry = Entry::new(
    "parts-by-place",
    DEVIATION,
    [
        "The parts of a body are described by their place.",
        "Parts of a body are told apart by name alone.",
        "Describe the parts by name, if the page is yours.",
    ],
);

pub(super) const RESPONSE_HEADERS: Entry = Entry::new(
    "response-headers",
    NOTE,
    [
        "A response has documented headers.",
        "The headers of an answer come with `send_with_meta`, as text and not in their documented types.",
        "Call `send_with_meta`, and parse the header that you need.",
    ],
);

pub(super) const SERVER_VARIABLE: Entry = Entry::new(
    "server-variable",
    NOTE,
    [
        "The url of a server has a variable with several values.",
        "The client goes to the default; for another value, set the whole base url.",
        "Name the other servers in `api.toml` if they are often needed.",
    ],
);

pub(super) const UNDEFINED_STYLE: Entry = Entry::new(
    "undefined-style",
    NOTE,
    [
        "A style is not defined for the values of its parameter.",
        "A sign between values is for lists and objects that are not exploded; the parameter is written without it.",
        "Check whether the vendor reads it as it is sent.",
    ],
);

pub(super) const WEBHOOKS: Entry = Entry::new(
    "webhooks",
    NO_PAYLOAD,
    [
        "A webhook has no body in JSON.",
        "The crate has no type for what the vendor sends.",
        "Take apart what the vendor sends with types of your own.",
    ],
)
.document(
    "\
webhooks:
  created:
    post:
      requestBody: {content: {text/csv: {schema: {type: string}}}}
      responses: {'204': {description: Seen.}}
",
);
