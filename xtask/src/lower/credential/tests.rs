//! Credentials on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::config::ApiConfig;
use crate::testing::{config, run_with};

fn client(document: Json, config: &ApiConfig) -> String {
    let outcome = run_with(document, config);
    let mut lines: Vec<String> = Vec::new();
    if let Some(refined) = &outcome.refined {
        lines.extend(
            refined
                .plan
                .credentials
                .iter()
                .map(|it| format!("{:?} {} {}", it.place, it.name, it.env.join(" "))),
        );
    }
    lines.extend(outcome.findings);
    lines.iter().map(|it| it.trim_end()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_credential_is_derived_from_the_first_scheme_that_a_client_can_be_made_with() {
    let digest = json!({"type": "http", "scheme": "digest"});
    let bearer = json!({"type": "http", "scheme": "Bearer"});
    let header = json!({"type": "apiKey", "in": "header", "name": "X-Key"});
    let odd = json!({"type": "apiKey", "in": "header", "name": "X Key\n"});
    let mutual = json!({"type": "mutualTLS"});
    assert_snapshot!(schemes(json!({"a": digest, "b": bearer, "c": header})), @"
    Bearer token BETTER_STACK_TOKEN
    note[unrequired]: nothing requires `b`, and every call sends it
    ");
    assert_snapshot!(schemes(json!({"a": mutual, "b": header})), @r#"
    Header("X-Key") api_key BETTER_STACK_API_KEY
    note[unrequired]: nothing requires `b`, and every call sends it
    "#);
    assert_snapshot!(schemes(json!({"a": digest, "b": odd})), @"loss[security-scheme]: `a` is not supported");
    assert_snapshot!(schemes(json!({})), @"");
}

fn schemes(schemes: Json) -> String {
    let config = ApiConfig { name: "better-stack".to_owned(), ..config() };
    client(json!({"components": {"securitySchemes": schemes}}), &config)
}

#[test]
fn each_place_gives_a_credential() {
    let basic = json!({"type": "http", "scheme": "BASIC"});
    let key = |place: &str, name: &str| json!({"type": "apiKey", "in": place, "name": name});
    assert_snapshot!(schemes(json!({"a": basic})), @"
    Basic basic_auth BETTER_STACK_USERNAME BETTER_STACK_PASSWORD
    note[unrequired]: nothing requires `a`, and every call sends it
    ");
    assert_snapshot!(schemes(json!({"a": key("query", "k[1]")})), @r#"
    Query("k[1]") api_key BETTER_STACK_API_KEY
    note[unrequired]: nothing requires `a`, and every call sends it
    "#);
    assert_snapshot!(schemes(json!({"a": key("cookie", "sid")})), @r#"
    Cookie("sid") api_key BETTER_STACK_API_KEY
    note[unrequired]: nothing requires `a`, and every call sends it
    "#);
    assert_snapshot!(schemes(json!({"a": key("cookie", "a b")})), @"loss[security-scheme]: `a` is not supported");
    assert_snapshot!(schemes(json!({"a": key("query", " ")})), @"loss[security-scheme]: `a` is not supported");
    assert_snapshot!(schemes(json!({"a": key("header", "Content-Length")})), @"loss[security-scheme]: `a` is not supported");
    assert_snapshot!(schemes(json!({"a": key("path", "k")})), @"loss[security-scheme]: `a` is not supported");
}

#[test]
fn an_access_token_is_a_bearer_token_however_it_is_had() {
    assert_snapshot!(schemes(json!({"a": {"type": "oauth2"}})), @"
    Bearer token BETTER_STACK_TOKEN
    note[unrequired]: nothing requires `a`, and every call sends it
    note[access-token]: `a` is a way to get a token
    ");
    assert_snapshot!(schemes(json!({"a": {"type": "openIdConnect"}})), @"
    Bearer token BETTER_STACK_TOKEN
    note[unrequired]: nothing requires `a`, and every call sends it
    note[access-token]: `a` is a way to get a token
    ");
}

#[test]
fn a_scheme_that_is_required_of_all_calls_comes_first() {
    let document = |security: Json| {
        let schemes = json!({
            "a": {"type": "http", "scheme": "bearer"},
            "b": {"$ref": "#/components/securitySchemes/c"},
            "c": {"type": "apiKey", "in": "query", "name": "key"},
        });
        client(json!({"security": security, "components": {"securitySchemes": schemes}}), &config())
    };
    assert_snapshot!(document(json!([{}, {"b": []}, {"a": []}])), @r#"
    Query("key") api_key TEST_API_KEY
    note[other-scheme]: `a` is not sent
    "#);
    assert_snapshot!(document(json!([{}, {"missing": []}])), @"Bearer token TEST_TOKEN");
}

fn secured(schemes: &[&str], security: Json, operations: &[Json]) -> String {
    let key = |name: &&str| {
        let place = if name.starts_with('q') { "query" } else { "header" };
        let scheme = match *name {
            "digest" => json!({"type": "http", "scheme": "digest"}),
            "oauth" | "oauth2" => json!({"type": "oauth2"}),
            "basic" => json!({"type": "http", "scheme": "basic"}),
            name => json!({"type": "apiKey", "in": place, "name": name}),
        };
        ((*name).to_owned(), scheme)
    };
    let schemes: serde_json::Map<String, Json> = schemes.iter().map(key).collect();
    let path = |(at, own): (usize, &Json)| (format!("/{at}"), json!({"get": {"security": own}}));
    let paths: serde_json::Map<String, Json> = operations.iter().enumerate().map(path).collect();
    let components = json!({"securitySchemes": schemes});
    let all =
        client(json!({"security": security, "paths": paths, "components": components}), &config());
    let access_token = |line: &&str| !line.contains("access-token");
    all.lines().filter(access_token).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_required_together_is_given_together() {
    let both = json!([{"X-Key": [], "qStore-Key": []}]);
    assert_snapshot!(secured(&["X-Key", "qStore-Key"], both, &[]), @r#"
    Header("X-Key") x_key TEST_X_KEY
    Query("qStore-Key") q_store_key TEST_Q_STORE_KEY
    "#);
    let basic = json!([{"basic": [], "password": [], "Retry": []}]);
    assert_snapshot!(secured(&["basic", "password", "Retry"], basic, &[]), @r#"
    Basic basic_auth TEST_USERNAME TEST_PASSWORD
    Header("password") password2 TEST_PASSWORD2
    Header("Retry") retry TEST_RETRY
    "#);
    let one_place = json!([{"oauth": [], "oauth2": []}]);
    assert_snapshot!(secured(&["oauth", "oauth2"], one_place, &[]), @"Bearer token TEST_TOKEN");
}

#[test]
fn what_most_operations_require_is_given() {
    let (key, basic) = (json!([{"X-Key": []}]), json!([{"basic": []}]));
    let operations = [key.clone(), basic.clone(), json!([{}, {"X-Key": []}]), basic.clone(), basic];
    assert_snapshot!(secured(&["X-Key", "basic"], json!(null), &operations), @"
    Basic basic_auth TEST_USERNAME TEST_PASSWORD
    deviation[other-credential]: `X-Key` is asked for, and another credential sent
    deviation[other-credential]: no credential is asked for, and the client's is sent
    note[other-scheme]: `X-Key` is not sent
    ");
    let operations = [json!([{"basic": []}, {"X-Key": []}]), key, json!([])];
    assert_snapshot!(secured(&["X-Key", "basic"], json!([{"basic": []}]), &operations), @"
    Basic basic_auth TEST_USERNAME TEST_PASSWORD
    deviation[other-credential]: `X-Key` is asked for, and another credential sent
    deviation[other-credential]: no credential is asked for, and the client's is sent
    note[other-scheme]: `X-Key` is not sent
    ");
}

#[test]
fn what_is_required_and_cannot_be_given_is_told() {
    let both = json!([{"X-Key": [], "digest": []}]);
    assert_snapshot!(secured(&["X-Key", "digest"], both, &[]), @r#"
    Header("X-Key") api_key TEST_API_KEY
    loss[security-scheme]: `digest` is not supported
    "#);
    let names = ["a", "b", "c", "d", "e"];
    let many = json!([names
        .iter()
        .map(|it| (*it, json!([])))
        .collect::<std::collections::BTreeMap<_, _>>()]);
    assert_snapshot!(secured(&names, many, &[]), @r#"
    Header("a") api_key TEST_API_KEY
    loss[security-scheme]: `b` is not supported
    note[other-scheme]: `c` is not sent
    note[other-scheme]: `d` is not sent
    note[other-scheme]: `e` is not sent
    "#);
}
