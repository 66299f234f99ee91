//! Operations: what a call sends, and what it gets.

use super::{DEVIATION, Entry, LOSS, NOTE, UNTYPED};
use crate::finding::Severity;

pub(super) const ACCESS_TOKEN: Entry = Entry::new(
    "access-token",
    NOTE,
    [
        "A security scheme is a way to get a token, such as OAuth 2.",
        "The client sends an access token and does not get one itself.",
        "Give the client a token, or a `TokenSource` that gets one.",
    ],
);

pub(super) const AUTHORIZATION_PARAMETER: Entry = Entry::new(
    "authorization-parameter",
    LOSS,
    [
        "Calls need an `Authorization` header that no security scheme describes.",
        "OpenAPI has such a parameter ignored, so the client could not be given a credential.",
        "Decide on a credential in `api.toml`, such as `bearer = true` under `[credential]`.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters: [{name: Authorization, in: header, required: true, schema: {type: string}}]
      responses: {'204': {description: Done.}}
",
);

pub(super) const GROUPS: Entry = Entry::new(
    "groups",
    NOTE,
    [
        "The client has many methods, and its operations have tags.",
        "A list of so many is hard to read, and their names have to say what each is about.",
        "Decide `groups = true` in `api.toml`: then `client.files().get(…)` is in place of `client.get_file(…)`.",
    ],
);

pub(super) const NO_CONTENT: Entry = Entry::new(
    "no-content",
    NOTE,
    [
        "A response that cannot have a body has content.",
        "Answers to HEAD, and those with 204, 205 or 304, end with their headers, so they give no body.",
        "Ask the vendor for the status that the content comes with, if there is one.",
    ],
);

pub(super) const NO_SUCCESS: Entry = Entry::new(
    "no-success",
    DEVIATION,
    [
        "The page documents no success of an operation.",
        "Every answer is an error to the client, even one that says that all went well.",
        "Tell the vendor; until then, take status and body from the error.",
    ],
)
.document(
    "\
paths:
  /things:
    get: {responses: {'404': {description: There is none.}}}
",
);

pub(super) const IGNORED_HEADER: Entry = Entry::new(
    "ignored-header",
    NOTE,
    [
        "A parameter is a header that OpenAPI says to ignore.",
        "The client sends `Accept`, `Authorization` and `Content-Type` by what bodies and security schemes say.",
        "Give a call another header with `with_options` if the vendor means something else.",
    ],
);

pub(super) const OPERATION_SERVER: Entry = Entry::new(
    "operation-server",
    &[Severity::Loss, Severity::Note],
    [
        "An operation is at another server than the others.",
        "Unless a base url is set, the credential goes there, too; if the url is none that requests can go to, the \
         client sends the call to the server of the others.",
        "See that the vendor means it; if the call has to go elsewhere, make a client with that base url for it.",
    ],
)
.document(
    "\
servers: [{url: 'https://api.example.com'}]
paths:
  /things:
    get:
      servers: [{url: 'ftp://files.example.com'}]
      responses: {'204': {description: Done.}}
",
);

pub(super) const OTHER_CREDENTIAL: Entry = Entry::new(
    "other-credential",
    DEVIATION,
    [
        "An operation asks for another credential than the client's, or for none.",
        "The client sends the credential that most operations ask for, also to those that ask for another or for \
         none.",
        "Give a call another credential with `with_options`, or make another client for these calls.",
    ],
)
.document(
    "\
security: [{token: []}]
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
    delete: {security: [{key: []}], responses: {'204': {description: Done.}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: x-api-key}
",
);

pub(super) const OTHER_MEDIA_TYPE: Entry = Entry::new(
    "other-media-type",
    NOTE,
    [
        "A body has several media types.",
        "A client needs one of them, and takes the one that is typed best.",
        "If you need another one, tell us which and what for.",
    ],
);

pub(super) const OTHER_SCHEME: Entry = Entry::new(
    "other-scheme",
    NOTE,
    [
        "A security scheme is one of several, and the client sends another.",
        "A client is made with one credential, or with those that are asked for together.",
        "Give a call another credential with `with_options`, or decide on another one in `api.toml`.",
    ],
);

pub(super) const OTHER_SERVER: Entry = Entry::new(
    "other-server",
    NOTE,
    [
        "An operation has several servers of its own.",
        "The client calls the first of them that it can, and does not offer the others.",
        "Make a client with the base url of another one if you need it.",
    ],
);

pub(super) const PARAMETER_NOT_IN_PATH: Entry = Entry::new(
    "parameter-not-in-path",
    NOTE,
    [
        "The path of an operation has no place for one of its path parameters.",
        "It cannot be sent, so the operation does not ask for it.",
        "Tell the vendor.",
    ],
);

pub(super) const PARAMETER_PLACE: Entry = Entry::new(
    "parameter-place",
    LOSS,
    [
        "A parameter goes where a client cannot send it.",
        "The operation arrives without the parameter.",
        "If the vendor needs it, make it a constant header in `api.toml`.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters: [{name: q, in: matrix, schema: {type: string}}]
      responses: {'204': {description: Done.}}
",
);

pub(super) const PLAIN_HTTP: Entry = Entry::new(
    "plain-http",
    NOTE,
    [
        "The server where requests go by default is reached without encryption.",
        "Others can read a credential on its way, so a client with one is made only by a builder whose \
         `allow_plain_http` is called.",
        "Name a server with https in `api.toml`, if the vendor has one.",
    ],
);

pub(super) const RESPONSE_STATUS: Entry = Entry::new(
    "response-status",
    LOSS,
    [
        "A response is listed under something that is no status, or leads nowhere.",
        "The response arrives as an undocumented one.",
        "Tell the vendor.",
    ],
)
.document(
    "\
paths:
  /things:
    get: {responses: {'204': {description: Done.}, '2000': {description: Done.}}}
",
);

pub(super) const SECURITY_SCHEME: Entry = Entry::new(
    "security-scheme",
    LOSS,
    [
        "A security scheme that calls require is not supported.",
        "A client cannot be given this credential.",
        "Decide on one in `api.toml`: a bearer token, basic authentication, a header, a query parameter or a cookie.",
    ],
)
.document(
    "\
security: [{signature: []}]
paths:
  /things:
    get: {responses: {'204': {description: Done.}}}
components:
  securitySchemes:
    signature: {type: http, scheme: digest}
",
);

pub(super) const SERVER_URL: Entry = Entry::new(
    "server-url",
    NOTE,
    [
        "A server has a url that requests cannot go to, such as a relative one.",
        "The client does not offer it.",
        "Name the server in `api.toml` if it is known.",
    ],
);

pub(super) const UNPARSED_MEDIA_TYPE: Entry = Entry::new(
    "unparsed-media-type",
    UNTYPED,
    [
        "A body in a media type such as XML has a schema.",
        "The body arrives as text or bytes, which the caller has to write or parse.",
        "If the vendor offers JSON as well, its page should say so.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      responses:
        '200':
          description: A thing.
          content: {application/xml: {schema: {type: object, properties: {id: {type: string}}}}}
",
);

pub(super) const UNREQUIRED: Entry = Entry::new(
    "unrequired",
    NOTE,
    [
        "A page declares security schemes and requires none.",
        "The client is made with the first scheme that it can send, and sends it with every call.",
        "Decide on the credential in `api.toml` if another one is meant.",
    ],
)
.document(
    "\
paths:
  /things: {get: {responses: {'204': {description: Done.}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
",
);

pub(super) const UNRESOLVED_PART: Entry = Entry::new(
    "unresolved-part",
    LOSS,
    [
        "A parameter or a body is a reference that leads to nothing.",
        "The operation arrives without it.",
        "Fetch the page again; if it is published like this, tell the vendor.",
    ],
)
.document(
    "\
paths:
  /things:
    get:
      parameters: [{$ref: '#/components/parameters/Limit'}]
      responses: {'204': {description: Done.}}
",
);
