//! Credentials on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::*;
use crate::config::{ApiConfig, CredentialDecision};
use crate::testing::{config, run_with};

fn client(document: Json, config: &ApiConfig) -> String {
    let outcome = run_with(document, config);
    let mut lines: Vec<String> = Vec::new();
    if let Some(refined) = &outcome.refined {
        lines.extend(
            refined
                .plan
                .credential
                .iter()
                .map(|it| format!("{:?} {} {}", it.place, it.name, it.env)),
        );
    }
    lines.extend(outcome.findings);
    lines.iter().map(|it| it.trim_end()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_credential_is_derived_from_the_first_scheme_that_a_client_can_be_made_with() {
    let schemes = |schemes: Json| json!({"components": {"securitySchemes": schemes}});
    let oauth = json!({"type": "oauth2"});
    let bearer = json!({"type": "http", "scheme": "Bearer"});
    let header = json!({"type": "apiKey", "in": "header", "name": "X-Key"});
    let query = json!({"type": "apiKey", "in": "query", "name": "key"});
    let odd = json!({"type": "apiKey", "in": "header", "name": "X Key\n"});
    let test =
        |document| client(document, &ApiConfig { name: "better-stack".to_owned(), ..config() });
    assert_snapshot!(test(schemes(json!({"a": oauth, "b": bearer, "c": header}))), @"Bearer token BETTER_STACK_TOKEN");
    assert_snapshot!(test(schemes(json!({"a": query, "b": header}))), @r#"Header("X-Key") api_key BETTER_STACK_API_KEY"#);
    assert_snapshot!(test(schemes(json!({"a": query, "b": odd}))), @"loss[security-scheme]: `a` is not supported");
    assert_snapshot!(test(schemes(json!({}))), @"");
}

#[test]
fn a_decided_credential_needs_a_name_that_the_builder_does_not_have() {
    let decided = |name: &str| {
        let span = config().span;
        let place = CredentialPlace::Header("x-key".to_owned());
        let (name, env, reason) = (name.to_owned(), "TEST_KEY".to_owned(), "a test".to_owned());
        let credential = Some(CredentialDecision { place, name, env, reason, span });
        client(json!({}), &ApiConfig { credential, ..config() })
    };
    assert_snapshot!(decided("key"), @r#"Header("x-key") key TEST_KEY"#);
    assert_snapshot!(decided("timeout"), @"error[credential-name] api.toml:1: `timeout` is no name for the builder's method that takes the credential");
    assert_snapshot!(decided("1 key"), @"error[credential-name] api.toml:1: `1 key` is no name for the builder's method that takes the credential");
}
