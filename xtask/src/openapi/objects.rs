//! The objects of OpenAPI (3.2.0, section 4; what 3.0.4 and 3.1.1 have besides is marked).

use super::gaps;
use super::keyword::Holds::{Extensible, List, Map, One};
use super::keyword::Role::{Annotation, Structure, Wire};
use super::keyword::Standard::{Since3_1, Since3_2};
use super::keyword::Treatment::{DocumentedWhere, Followed, Gap, Types, TypesWhere, WithoutEffect};
use super::keyword::{Keyword, ObjectType, Treatment};
use super::parts::{EXTERNAL_DOCS, IN_CALLS, KEPT, kept, map, object};
use super::schema::SCHEMA;

const SENT: Treatment = Treatment::Wire;
const AS_IT_COMES: Treatment = WithoutEffect("a header is handed out as it comes");
const LINKS: Treatment = WithoutEffect("a link suggests a next call, and changes none");
const FLOWS: Treatment = WithoutEffect("the client sends a token and does not fetch one");

const fn data(name: &'static str, treatment: Treatment) -> Keyword {
    Keyword::data(name, Wire, treatment)
}

const REF: Keyword = Keyword::data("$ref", Structure, Followed);

pub(crate) static DOCUMENT: ObjectType = object(
    "OpenAPI",
    &[
        Keyword::data("openapi", Structure, Followed),
        Keyword::data("$self", Structure, WithoutEffect("references are followed by place"))
            .of(Since3_2),
        Keyword::structure("info", One(&INFO)),
        Keyword::data("jsonSchemaDialect", Structure, Gap(&gaps::DIALECT)).of(Since3_1),
        Keyword::new("servers", List(&SERVER), Wire, SENT),
        Keyword::new("security", List(&REQUIREMENT), Wire, Gap(&gaps::SECURITY)),
        Keyword::structure("tags", List(&TAG)),
        Keyword::structure("externalDocs", One(&EXTERNAL_DOCS)),
        Keyword::structure("paths", Extensible(&PATH_ITEM)),
        Keyword::new("webhooks", Map(&PATH_ITEM), Wire, Gap(&gaps::WEBHOOKS)).of(Since3_1),
        Keyword::structure("components", One(&COMPONENTS)),
    ],
);

static INFO: ObjectType = object(
    "Info",
    &[
        kept("title"),
        kept("summary").of(Since3_1),
        kept("description"),
        kept("termsOfService"),
        Keyword::structure("contact", One(&CONTACT)),
        Keyword::structure("license", One(&LICENSE)),
        kept("version"),
    ],
);

static CONTACT: ObjectType = object("Contact", &[kept("name"), kept("url"), kept("email")]);

static LICENSE: ObjectType =
    object("License", &[kept("name"), kept("identifier").of(Since3_1), kept("url")]);

pub(super) static SERVER: ObjectType = object(
    "Server",
    &[
        data("url", SENT),
        Keyword::prose_where("description", "there are several servers"),
        kept("name").of(Since3_2),
        Keyword::structure("variables", Map(&SERVER_VARIABLE)),
    ],
);

static SERVER_VARIABLE: ObjectType = object(
    "Server Variable",
    &[data("enum", Gap(&gaps::SERVER_VALUES)), data("default", SENT), kept("description")],
);

/// Names of schemes, each with its scopes.
pub(super) static REQUIREMENT: ObjectType = map("Security Requirement");

static TAG: ObjectType = object(
    "Tag",
    &[
        Keyword::data("name", Annotation, DocumentedWhere("an operation has the tag")),
        kept("summary").of(Since3_2),
        kept("description"),
        Keyword::structure("externalDocs", One(&EXTERNAL_DOCS)),
        kept("parent").of(Since3_2),
        kept("kind").of(Since3_2),
    ],
);

pub(crate) static PATH_ITEM: ObjectType = object(
    "Path Item",
    &[
        REF,
        kept("summary"),
        kept("description"),
        Keyword::new("servers", List(&SERVER), Wire, SENT),
        Keyword::structure("parameters", List(&PARAMETER)),
        Keyword::structure("get", One(&OPERATION)),
        Keyword::structure("put", One(&OPERATION)),
        Keyword::structure("post", One(&OPERATION)),
        Keyword::structure("delete", One(&OPERATION)),
        Keyword::structure("options", One(&OPERATION)),
        Keyword::structure("head", One(&OPERATION)),
        Keyword::structure("patch", One(&OPERATION)),
        Keyword::structure("trace", One(&OPERATION)),
        Keyword::new("query", One(&OPERATION), Wire, Gap(&gaps::OTHER_METHODS)).of(Since3_2),
        Keyword::new("additionalOperations", Map(&OPERATION), Wire, Gap(&gaps::OTHER_METHODS))
            .of(Since3_2),
    ],
);

pub(crate) static OPERATION: ObjectType = object(
    "Operation",
    &[
        Keyword::data("tags", Annotation, TypesWhere("it is the first one, which names a module")),
        Keyword::prose("summary"),
        Keyword::prose("description"),
        Keyword::structure("externalDocs", One(&EXTERNAL_DOCS)),
        Keyword::data("operationId", Annotation, Types),
        Keyword::prose("deprecated"),
        Keyword::new("servers", List(&SERVER), Wire, SENT),
        Keyword::new("security", List(&REQUIREMENT), Wire, Gap(&gaps::SECURITY)),
        Keyword::structure("parameters", List(&PARAMETER)),
        Keyword::structure("requestBody", One(&REQUEST_BODY)),
        Keyword::structure("responses", Extensible(&RESPONSE)),
        Keyword::new("callbacks", Map(&CALLBACK), Wire, Gap(&gaps::CALLBACKS)),
    ],
);

/// A path item by each of its expressions.
static CALLBACK: ObjectType =
    ObjectType { name: "Callback", keywords: &[REF], patterned: Some(One(&PATH_ITEM)) };

pub(crate) static PARAMETER: ObjectType = object(
    "Parameter",
    &[
        REF,
        data("name", SENT),
        data("in", SENT),
        Keyword::prose("description"),
        data("required", Types),
        Keyword::prose("deprecated"),
        data("allowEmptyValue", WithoutEffect("an empty text can be given to any parameter")),
        data("style", Gap(&gaps::STYLE)),
        data("explode", Gap(&gaps::EXPLODE)),
        data("allowReserved", Gap(&gaps::ALLOW_RESERVED)),
        Keyword::new("schema", One(&SCHEMA), Wire, Types),
        Keyword::new("content", Map(&MEDIA_TYPE), Wire, Gap(&gaps::PARAMETER_CONTENT)),
        Keyword::prose_where("example", IN_CALLS),
        Keyword::new("examples", Map(&EXAMPLE), Annotation, DocumentedWhere(IN_CALLS)),
    ],
);

/// A header of a response or of a part: a parameter whose name and place are where it stands.
pub(crate) static HEADER: ObjectType = object(
    "Header",
    &[
        REF,
        kept("description"),
        data(
            "required",
            WithoutEffect("a header that comes is read, whether it has to come or not"),
        ),
        kept("deprecated"),
        data("style", AS_IT_COMES),
        data("explode", AS_IT_COMES),
        Keyword::new("schema", One(&SCHEMA), Wire, AS_IT_COMES),
        Keyword::new("content", Map(&MEDIA_TYPE), Wire, AS_IT_COMES),
        kept("example"),
        Keyword::new("examples", Map(&EXAMPLE), Annotation, KEPT),
    ],
);

pub(crate) static REQUEST_BODY: ObjectType = object(
    "Request Body",
    &[
        REF,
        Keyword::prose("description"),
        data("required", Types),
        Keyword::structure("content", Map(&MEDIA_TYPE)),
    ],
);

pub(crate) static RESPONSE: ObjectType = object(
    "Response",
    &[
        REF,
        kept("summary").of(Since3_2),
        Keyword::prose_where("description", "an operation has several answers"),
        Keyword::new("headers", Map(&HEADER), Wire, Gap(&gaps::RESPONSE_HEADERS)),
        Keyword::structure("content", Map(&MEDIA_TYPE)),
        Keyword::new("links", Map(&LINK), Annotation, LINKS),
    ],
);

static LINK: ObjectType = object(
    "Link",
    &[
        REF,
        Keyword::data("operationRef", Annotation, LINKS),
        Keyword::data("operationId", Annotation, LINKS),
        Keyword::data("parameters", Annotation, LINKS),
        Keyword::data("requestBody", Annotation, LINKS),
        kept("description"),
        Keyword::new("server", One(&SERVER), Annotation, LINKS),
    ],
);

pub(crate) static MEDIA_TYPE: ObjectType = object(
    "Media Type",
    &[
        REF.of(Since3_2),
        Keyword::new("schema", One(&SCHEMA), Wire, Types),
        Keyword::new("itemSchema", One(&SCHEMA), Wire, Gap(&gaps::ITEM_SCHEMA)).of(Since3_2),
        Keyword::prose_where("example", IN_CALLS),
        Keyword::new("examples", Map(&EXAMPLE), Annotation, DocumentedWhere(IN_CALLS)),
        Keyword::structure("encoding", Map(&ENCODING)),
        Keyword::new("prefixEncoding", List(&ENCODING), Wire, Gap(&gaps::PARTS_BY_PLACE))
            .of(Since3_2),
        Keyword::new("itemEncoding", One(&ENCODING), Wire, Gap(&gaps::PARTS_BY_PLACE)).of(Since3_2),
    ],
);

/// Media types, each with what it says of the value.
#[cfg(test)]
pub(super) static CONTENT: ObjectType = map("Content");

pub(crate) static ENCODING: ObjectType = object(
    "Encoding",
    &[
        data("contentType", Gap(&gaps::PART_TYPE)),
        Keyword::new("headers", Map(&HEADER), Wire, Gap(&gaps::PART_HEADERS)),
        data("style", Gap(&gaps::FORM_STYLE)),
        data("explode", Gap(&gaps::FORM_STYLE)),
        data("allowReserved", Gap(&gaps::FORM_STYLE)),
        Keyword::new("encoding", Map(&ENCODING), Wire, Gap(&gaps::PARTS_BY_PLACE)).of(Since3_2),
        Keyword::new("prefixEncoding", List(&ENCODING), Wire, Gap(&gaps::PARTS_BY_PLACE))
            .of(Since3_2),
        Keyword::new("itemEncoding", One(&ENCODING), Wire, Gap(&gaps::PARTS_BY_PLACE)).of(Since3_2),
    ],
);

static EXAMPLE: ObjectType = object(
    "Example",
    &[
        REF,
        kept("summary"),
        kept("description"),
        Keyword::data("dataValue", Annotation, KEPT).of(Since3_2),
        Keyword::data("serializedValue", Annotation, KEPT).of(Since3_2),
        Keyword::prose_where("value", IN_CALLS),
        Keyword::data("externalValue", Annotation, WithoutEffect("nothing is fetched")),
    ],
);

pub(crate) static COMPONENTS: ObjectType = object(
    "Components",
    &[
        Keyword::structure("schemas", Map(&SCHEMA)),
        Keyword::structure("responses", Map(&RESPONSE)),
        Keyword::structure("parameters", Map(&PARAMETER)),
        Keyword::structure("examples", Map(&EXAMPLE)),
        Keyword::structure("requestBodies", Map(&REQUEST_BODY)),
        Keyword::structure("headers", Map(&HEADER)),
        Keyword::structure("securitySchemes", Map(&SECURITY_SCHEME)),
        Keyword::structure("links", Map(&LINK)),
        Keyword::structure("callbacks", Map(&CALLBACK)),
        Keyword::structure("pathItems", Map(&PATH_ITEM)).of(Since3_1),
        Keyword::structure("mediaTypes", Map(&MEDIA_TYPE)).of(Since3_2),
    ],
);

pub(super) static SECURITY_SCHEME: ObjectType = object(
    "Security Scheme",
    &[
        REF,
        data("type", SENT),
        kept("description"),
        data("in", SENT),
        data("name", SENT),
        data("scheme", SENT),
        data("bearerFormat", WithoutEffect("how a token is made is for whoever makes it")),
        Keyword::new("flows", Map(&FLOW), Wire, FLOWS),
        data("openIdConnectUrl", FLOWS),
        data("oauth2MetadataUrl", FLOWS).of(Since3_2),
        kept("deprecated").of(Since3_2),
    ],
);

static FLOW: ObjectType = object(
    "OAuth Flow",
    &[
        data("authorizationUrl", FLOWS),
        data("deviceAuthorizationUrl", FLOWS).of(Since3_2),
        data("tokenUrl", FLOWS),
        data("refreshUrl", FLOWS),
        Keyword::new("scopes", One(&SCOPES), Wire, FLOWS),
    ],
);

static SCOPES: ObjectType = map("Scopes");
