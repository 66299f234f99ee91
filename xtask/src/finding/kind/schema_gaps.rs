//! Keywords of schemas that say more than a crate does. `xtask/KEYWORDS.md` lists them with their reasons.

use super::{DEVIATION, Entry, NOTE};

pub(super) const CONDITION: Entry = Entry::new(
    "condition",
    DEVIATION,
    [
        "A schema declares properties that are there under a condition.",
        "Properties that are declared under a condition are in no type.",
        "Declare the properties without the condition, if the page is yours.",
    ],
)
.document(
    "\
paths:
  /pets:
    get:
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema:
                type: object
                properties: {kind: {type: string}}
                if: {properties: {kind: {const: cat}}}
                then: {properties: {lives: {type: integer}}}
",
);

pub(super) const DEFAULT_MAPPING: Entry = Entry::new(
    "default-mapping",
    DEVIATION,
    [
        "A `discriminator` says which alternative a value without a known tag is.",
        "A value without a known tag arrives as JSON.",
        "Decode that JSON where you need it.",
    ],
);

pub(super) const DIALECT: Entry = Entry::new(
    "dialect",
    NOTE,
    [
        "A document or a schema names a dialect of JSON Schema that is not known.",
        "Schemas are read by the rules of JSON Schema 2020-12, whatever dialect they name.",
        "See that the schema means the same by these rules.",
    ],
);

pub(super) const DYNAMIC_REFERENCE: Entry = Entry::new(
    "dynamic-reference",
    DEVIATION,
    [
        "A schema has a reference that depends on what leads to it.",
        "The reference is not followed: the value arrives as any JSON.",
        "Use `$ref` instead, if the page is yours.",
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
          content: {application/json: {schema: {$dynamicRef: '#thing'}}}
",
);

pub(super) const ENCODED_TEXT: Entry = Entry::new(
    "encoded-text",
    NOTE,
    [
        "A text holds something encoded, such as bytes in base64.",
        "The text is handed out as it comes, and decoded by the caller.",
        "Decode it where you use it.",
    ],
);

pub(super) const ENUM_NAMES: Entry = Entry::new(
    "enum-names",
    NOTE,
    [
        "The values of an enum have names or descriptions in an extension.",
        "Variants are named and documented by their values.",
        "Rename variants in `api.toml` if their names are clumsy.",
    ],
);

pub(super) const EXTENSIBLE_ENUM: Entry = Entry::new(
    "extensible-enum",
    NOTE,
    [
        "A text lists known values in an extension.",
        "The values are not listed in the type.",
        "Look the values up on the vendor's page.",
    ],
);

pub(super) const MISPLACED_KEYWORD: Entry = Entry::new(
    "misplaced-keyword",
    NOTE,
    [
        "A schema has a keyword for values of another type than it has.",
        "The keyword says nothing about values of the type that the schema has, and is passed over.",
        "See whether the type or the keyword is meant, and tell the vendor.",
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
              schema: {type: object, items: {type: string}}
",
);

pub(super) const NULL_LEFT_OUT: Entry = Entry::new(
    "null-left-out",
    DEVIATION,
    [
        "A property of a form may be null, and may be left out.",
        "Null cannot be sent: the property is left out instead.",
        "Check whether the two mean the same to the vendor.",
    ],
)
.document(
    "\
paths:
  /things:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {name: {type: [string, 'null']}}}
      responses: {'204': {description: Done.}}
",
);

pub(super) const UNENFORCED: Entry = Entry::new(
    "unenforced",
    NOTE,
    [
        "A schema has a constraint for which Rust has no type.",
        "The vendor enforces it; neither the types nor the documentation say it.",
        "Look the constraint up on the vendor's page.",
    ],
);
