//! Clients that come out, on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::config::{ApiConfig, CredentialDecision, CredentialPlace, HeaderDecision};
use crate::plan::Place;
use crate::testing::{config, operation, run, run_with};

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
    let methods = code
        .split("impl Client {")
        .nth(1)
        .and_then(|it| it.split("impl runtime::ApiClient").next());
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
            Self::builder().base_url(base_url).credential(Credential::token(token)).build()
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
                .credential(Credential::token(runtime::env::secret("TEST_TOKEN")?))
                .build()
        }
        /// Starts a builder, to change the defaults.
        pub fn builder() -> ClientBuilder {
            ClientBuilder::of(&SETTINGS)
        }
        /// The client with another credential, for instance of another tenant. Both share their connections.
        ///
        /// # Errors
        ///
        /// When no request could be made with what is given.
        pub fn with_credential(&self, credential: Credential) -> Result<Self, BuildError> {
            Ok(Self {
                inner: self.inner.with_credentials([credential.into()])?,
            })
        }
        /// A call of something that the vendor offers and this crate does not describe, at a path below the base url: with the credentials, retries and limits of the client.
        pub fn request(
            &self,
            method: runtime::Method,
            path: impl AsRef<str>,
        ) -> runtime::RawCall {
            self.inner.raw(method, path)
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
        ".credential(Credential::basic_auth(user, password))",
        "/// - `TEST_USERNAME`: the user",
        "/// - `TEST_PASSWORD`: the password",
        "runtime::env::secret(\"TEST_USERNAME\")?,",
        "Self(runtime::Credential::basic(user, password))",
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
    assert!(code.contains("Sent in the query parameter `key`"), "{code}");
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
     that the vendor documents, for [`ClientBuilder::base_url`](runtime::ClientBuilder::base_url).
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
