//! Schemas, and the types that become of them.

use super::{DEVIATION, ERROR, Entry, LOSS, NOTE, UNTYPED};
use crate::finding::Severity;

pub(super) const ANY_OF: Entry = Entry::new(
    "any-of",
    DEVIATION,
    [
        "A schema has both `oneOf` and `anyOf`, and its type is made of the first.",
        "What `anyOf` adds arrives only where `oneOf` says it, too.",
        "Say it in one of the two if the page is yours.",
    ],
)
.document(
    "\
components:
  schemas:
    Pet:
      oneOf: [{type: string}, {type: object, properties: {name: {type: string}}}]
      anyOf: [{minLength: 1}, {type: object, properties: {age: {type: integer}}}]
",
);

pub(super) const CONTRADICTION: Entry = Entry::new(
    "contradiction",
    UNTYPED,
    [
        "The parts of a schema contradict one another.",
        "The value arrives, but as JSON that the caller has to take apart.",
        "Correct the schema if the page is yours.",
    ],
)
.document(
    "\
components:
  schemas:
    Thing: {allOf: [{type: string}, {type: object, properties: {id: {type: string}}}]}
",
);

pub(super) const GENERATOR: Entry = Entry::new(
    "generator",
    &[Severity::Error, Severity::Loss],
    [
        "The crate that decides the types, progenitor, does not take a schema.",
        "Either no crate can be made of the API, or the crate lacks what the finding names.",
        "Report it with the page. A schema that progenitor does not take can be changed if the page is yours.",
    ],
);

pub(super) const LONE_DISCRIMINATOR: Entry = Entry::new(
    "lone-discriminator",
    NOTE,
    [
        "A `discriminator` has neither alternatives nor components to choose from.",
        "Every value has the one type of the schema, whatever its discriminating property says.",
        "Look up on the vendor's page which kinds there are, and what they have beside the properties shown.",
    ],
)
.document(
    "\
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind}
",
);

pub(super) const LONG_KEYWORD: Entry = Entry::new(
    "long-keyword",
    NOTE,
    [
        "A schema without a type of its own says something at great length.",
        "The documentation leaves it out, since it would stand in each place that uses the schema.",
        "Look it up on the vendor's page.",
    ],
);

pub(super) const ONE_WAY_PROPERTY: Entry = Entry::new(
    "one-way-property",
    NOTE,
    [
        "A schema that goes one way has a property that goes the other way.",
        "The property is in no type: a request does not send what is read-only, an answer lacks what is write-only.",
        "If the vendor takes or sends it all the same, the page is wrong: ask the vendor to correct it.",
    ],
)
.document(
    "\
paths:
  /pets:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: {id: {type: string, readOnly: true}, name: {type: string}}
      responses: {'204': {description: Done.}}
",
);

pub(super) const OPEN_UNION: Entry = Entry::new(
    "open-union",
    UNTYPED,
    [
        "An alternative of a union allows any value.",
        "The value arrives as any JSON, since it need not be one of the other alternatives.",
        "Take the alternative away, or say what it is, if the page is yours.",
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
          content:
            application/json:
              schema: {anyOf: [{type: object, properties: {id: {type: string}}}, {}]}
",
);

pub(super) const RECURSIVE_ALIAS: Entry = Entry::new(
    "recursive-alias",
    UNTYPED,
    [
        "A schema is another name of itself.",
        "The value arrives, but as JSON that the caller has to take apart.",
        "Correct the schema if the page is yours.",
    ],
)
.document(
    "\
components:
  schemas:
    Thing: {type: array, items: {$ref: '#/components/schemas/Thing'}}
",
);

pub(super) const REQUIRED_PROPERTY: Entry = Entry::new(
    "required-property",
    NOTE,
    [
        "A schema requires a property that it does not describe.",
        "The property may be any JSON, and nobody has to give it: often another one is meant, and misspelt.",
        "Describe the property if the page is yours.",
    ],
)
.document(
    "\
components:
  schemas:
    Thing:
      type: object
      properties: {id: {type: string}}
      required: [id, name]
      additionalProperties: false
",
);

pub(super) const SCHEMA_DEPTH: Entry = Entry::new(
    "schema-depth",
    LOSS,
    [
        "A schema stands too deep in other schemas.",
        "The value arrives, but as JSON that the caller has to take apart.",
        "Make a component of it if the page is yours.",
    ],
);

pub(super) const SCHEMA_SIZE: Entry = Entry::new(
    "schema-size",
    ERROR,
    [
        "The schemas of a document stand for too many types.",
        "Each `allOf` is a type of its own wherever it is used, and they multiply.",
        "Let schemas refer to components instead of repeating their parts, if the page is yours.",
    ],
);

pub(super) const TAG_VALUES: Entry = Entry::new(
    "tag-values",
    NOTE,
    [
        "A `discriminator` names other values than its alternatives allow.",
        "A value is taken for what the mapping says, or without one for the alternative that allows it.",
        "See which values the vendor sends.",
    ],
)
.document(
    "\
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind}
    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat]}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog]}}}
",
);

pub(super) const TUPLE: Entry = Entry::new(
    "tuple",
    UNTYPED,
    [
        "The items of an array have schemas by place.",
        "Items that differ by place arrive as JSON.",
        "Take the items apart where you use them.",
    ],
)
.document(
    "\
components:
  schemas:
    Point: {type: array, prefixItems: [{type: number}, {type: string}]}
",
);

pub(super) const UNTAGGED_UNION: Entry = Entry::new(
    "untagged-union",
    DEVIATION,
    [
        "Nothing tells the alternatives of a union apart.",
        "A value becomes the alternative that declares the most of its members and decodes, without what only another \
         one declares.",
        "Tell the vendor that a `discriminator` would tell them apart.",
    ],
)
.document(
    "\
components:
  schemas:
    Pet:
      anyOf:
      - {type: object, properties: {id: {type: string}, name: {type: string}}}
      - {type: object, properties: {id: {type: integer}, age: {type: integer}}}
",
);
