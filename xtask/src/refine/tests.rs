//! The code that comes out, on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::config::{ApiConfig, CredentialDecision, CredentialPlace, HeaderDecision};
use crate::plan::Place;
use crate::testing::{component, components, config, operation, run, run_with};

#[test]
fn a_choice_has_a_variant_for_each_property() {
    let one = |name: &str| json!({"required": [name]});
    let document = component(
        "Invite",
        json!({
            "type": "object",
            "required": ["roles"],
            "properties": {
                "roles": {"type": "array", "items": {"type": "string"}},
                "email": {"type": "string", "description": "By mail."},
                "username": {"type": "string"},
            },
            "oneOf": [one("email"), one("username")],
        }),
    );
    let outcome = run(document);
    assert_snapshot!(outcome.code_of("InviteEmailOrUsername"), @r#"
    /// Exactly one of `email` and `username`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub enum InviteEmailOrUsername {
        /// By mail.
        #[serde(rename = "email")]
        Email(String),
        /// `username`
        #[serde(rename = "username")]
        Username(String),
    }
    "#);
    assert_snapshot!(outcome.code_of("Invite"), @"
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct Invite {
        /// Exactly one of `email` and `username`.
        #[serde(flatten)]
        pub email_or_username: InviteEmailOrUsername,
        /// `roles`
        pub roles: Vec<String>,
    }
    impl Invite {
        /// Makes one from the required fields; setters add the others.
        pub fn new(email_or_username: InviteEmailOrUsername, roles: Vec<String>) -> Self {
            Self { email_or_username, roles }
        }
    }
    ");
}

#[test]
fn what_is_all_constant_has_a_default_and_what_is_much_is_allowed() {
    let many: serde_json::Map<String, Json> =
        ('a'..='i').map(|it| (it.to_string(), json!({"type": "integer"}))).collect();
    let required: Vec<&String> = many.keys().collect();
    let document = components(json!({
        "Ping": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "ping"}}},
        "Many": {"type": "object", "required": required, "properties": many},
    }));
    let outcome = run(document);
    assert_snapshot!(outcome.code_of("Ping"), @r#"
    /// What [`call_0`](crate::Client::call_0) gives.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[non_exhaustive]
    pub struct Ping {
        /// `kind`
        ///
        /// Always `ping`.
        pub kind: String,
    }
    impl Ping {
        /// Makes one from the required fields; setters add the others.
        pub fn new() -> Self {
            Self { kind: "ping".to_owned() }
        }
    }
    impl Default for Ping {
        fn default() -> Self {
            Self::new()
        }
    }
    "#);
    assert!(outcome.code_of("Many").contains("#[allow(clippy::too_many_arguments"));
}

#[test]
fn arguments_take_text_for_strings_and_enums_and_what_is_in_a_box() {
    let document = components(json!({
        "Role": {"type": "string", "enum": ["a", "b"]},
        "Node": {"type": "object", "required": ["name", "role", "next"], "properties": {
            "name": {"type": "string"},
            "role": {"$ref": "#/components/schemas/Role"},
            "next": {"$ref": "#/components/schemas/Node"},
            "last": {"$ref": "#/components/schemas/Node"},
        }},
    }));
    let code = run(document).code_of("Node");
    let methods = code.split("impl Node").nth(1).unwrap_or_default();
    assert_snapshot!(methods, @"
     {
        /// Makes one from the required fields; setters add the others.
        pub fn new(name: impl Into<String>, next: Node, role: impl Into<Role>) -> Self {
            Self {
                last: None,
                name: name.into(),
                next: Box::new(next),
                role: role.into(),
            }
        }
        /// Sets `last`.
        #[must_use]
        pub fn last(mut self, last: Node) -> Self {
            self.last = Some(Box::new(last));
            self
        }
    }
    ");
}

#[test]
fn an_enum_of_strings_is_its_variants_and_a_macro_of_the_runtime() {
    let values = json!({"type": "string", "enum": ["team_lead", "a`\"b"], "description": "What one may do."});
    assert_snapshot!(run(component("Role", values)).code_of("Role"), @r#"
    /// What one may do.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Role {
        /// `team_lead`
        TeamLead,
        /// `` a`"b ``
        Ab,
        /// A value that the vendor's page does not name.
        Unknown(String),
    }
    runtime::open_enum!(Role { TeamLead = "team_lead", Ab = "a`\"b" });
    "#);
}

#[test]
fn a_sum_says_what_each_status_means() {
    let text = json!({"application/json": {"schema": {"type": "string"}}});
    let number = json!({"application/json": {"schema": {"type": "integer"}}});
    let document = operation(json!({"operationId": "fetch", "responses": {
        "200": {"description": "There it is.\n\n```json\n{}\n```", "content": text},
        "202": {"description": "Not yet.", "content": number},
        "204": {"description": ""},
    }}));
    assert_snapshot!(run(document).code_of("FetchResponse"), @"
    /// What [`fetch`](crate::Client::fetch) gives, by status.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum FetchResponse {
        /// `200`:
        ///
        /// There it is.
        ///
        /// ```text
        /// {}
        /// ```
        Ok(String),
        /// `202`: Not yet.
        Accepted(i64),
        /// `204`
        NoContent,
    }
    ");
}

#[test]
fn an_example_is_no_longer_than_it_helps() {
    let mut schemas = serde_json::Map::new();
    for level in 0..6 {
        let next = json!({"$ref": format!("#/components/schemas/L{}", level + 1)});
        let properties: serde_json::Map<_, _> =
            (0..9).map(|at| (format!("p{at}"), next.clone())).collect();
        let required: Vec<&String> = properties.keys().collect();
        schemas.insert(
            format!("L{level}"),
            json!({"type": "object", "required": required, "properties": properties}),
        );
    }
    schemas.insert(
        "L6".to_owned(),
        json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}),
    );
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}});
    let mut document = operation(json!({"requestBody": {"required": true, "content": content}}));
    document["components"] = json!({"schemas": schemas});
    let example =
        run(document).refined.and_then(|it| it.example).map(|it| it.expression.to_string().len());
    assert!(example.is_some_and(|it| it < 20_000), "{example:?}");
}

fn client(document: Json, config: &ApiConfig) -> String {
    let refined = run_with(document, config).refined;
    let items = refined.map(|it| it.client).unwrap_or_default();
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: vec![], items })
}

#[test]
fn a_client_without_a_server_asks_for_one() {
    let span = config().span;
    let credential = Some(CredentialDecision {
        place: CredentialPlace::Bearer,
        name: "token".to_owned(),
        env: vec!["TEST_TOKEN".to_owned()],
        reason: "a test".to_owned(),
        span,
    });
    let config =
        ApiConfig { base_url_env: Some("TEST_BASE_URL".to_owned()), credential, ..config() };
    let code = client(json!({}), &config);
    let methods = code.split("impl Client {").nth(1).and_then(|it| it.split("pub(crate)").next());
    assert_snapshot!(methods.unwrap_or_default(), @r#"

    /// A client for this server, with this credential and the default settings.
    ///
    /// The vendor's page names no server.
    ///
    /// # Errors
    ///
    /// When no request could be made with what is given.
    pub fn new(
        base_url: impl AsRef<str>,
        token: impl Into<runtime::TokenSource>,
    ) -> Result<Self, BuildError> {
        Self::builder().base_url(base_url).token(token).build()
    }
    /// A client with what stands in the environment:
    ///
    /// - `TEST_BASE_URL`: the base url
    /// - `TEST_TOKEN`: the credential
    ///
    /// # Errors
    ///
    /// When a variable is not set, or when no request could be made with it.
    pub fn from_env() -> Result<Self, BuildError> {
        Self::builder()
            .base_url(runtime::env::string("TEST_BASE_URL")?)
            .token(runtime::env::secret("TEST_TOKEN")?)
            .build()
    }
    /// Starts a builder, to change the defaults.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            inner: runtime::ClientBuilder::new(&SETTINGS),
        }
    }
    "#);
}

#[test]
fn basic_authentication_takes_two_arguments() {
    let schemes = json!({"a": {"type": "http", "scheme": "basic"}});
    let document = json!({
        "servers": [{"url": "https://a.example.com"}],
        "components": {"securitySchemes": schemes},
    });
    let code = client(document, &config());
    for line in [
        "user: impl Into<runtime::SecretString>,",
        "Self::builder().basic_auth(user, password).build()",
        "/// - `TEST_USERNAME`: the user",
        "/// - `TEST_PASSWORD`: the password",
        "runtime::env::secret(\"TEST_USERNAME\")?,",
        ".credential(runtime::Credential::basic(user, password));",
    ] {
        assert!(code.contains(line), "{line} is missing in {code}");
    }
}

#[test]
fn a_credential_of_the_query_is_no_argument_of_an_operation() {
    let parameters = json!([
        {"name": "key", "in": "query", "required": true, "schema": {"type": "string"}},
        {"name": "Key", "in": "query", "schema": {"type": "string"}},
        {"name": "key", "in": "cookie", "schema": {"type": "string"}},
    ]);
    let mut document = operation(json!({"parameters": parameters}));
    let scheme = json!({"type": "apiKey", "in": "query", "name": "key"});
    document["components"] = json!({"securitySchemes": {"a": scheme}});
    let refined = run(document).refined.unwrap();
    let operations = refined.plan.operations.values();
    let left: Vec<_> = operations.flat_map(|it| &it.parameters).collect();
    let left: Vec<_> = left.iter().map(|it| (it.place, it.wire.as_str())).collect();
    assert_eq!(left, [(Place::Query, "Key"), (Place::Cookie, "key")]);
    let code = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: vec![],
        items: refined.client,
    });
    assert!(code.contains("runtime::Credential::query_from(\"key\", api_key)"), "{code}");
    assert!(code.contains("sent in the query parameter `key` with every request"), "{code}");
}

#[test]
fn a_client_has_the_servers_and_the_constant_headers_of_the_page() {
    let header = HeaderDecision {
        name: "X-Version".to_owned(),
        value: "1".to_owned(),
        reason: "a test".to_owned(),
        span: config().span,
    };
    let document = json!({"servers": [
        {"url": "https://a.example.com", "description": "Production.\n\n- for `real`"},
        {"url": "https://b.example.com"},
    ]});
    let code = client(document, &ApiConfig { headers: vec![header], ..config() });
    let settings = code.split("/// A client of").next().unwrap_or_default();
    assert_snapshot!(settings, @r#"
    static SETTINGS: runtime::Settings = runtime::Settings {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        base_url: Some("https://a.example.com"),
        headers: &[("x-version", "1")],
    };
    "#);
    let servers = code.split("/// The servers").nth(1).unwrap_or_default();
    assert_snapshot!(servers, @r#"
     that the vendor documents, for [`ClientBuilder::base_url`].
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Server {
        /// `https://a.example.com`, used unless another is set
        ///
        /// Production.
        ///
        /// * for `real`
        #[default]
        ProductionForReal,
        /// `https://b.example.com`
        BExampleCom,
    }
    impl Server {
        /// The base url.
        pub const fn url(self) -> &'static str {
            match self {
                Self::ProductionForReal => "https://a.example.com",
                Self::BExampleCom => "https://b.example.com",
            }
        }
    }
    impl AsRef<str> for Server {
        fn as_ref(&self) -> &str {
            self.url()
        }
    }
    "#);
}
