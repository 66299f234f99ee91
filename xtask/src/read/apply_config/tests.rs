//! What our decisions add to a document.

use serde_json::json;

use super::*;
use crate::config::{HeaderDecision, ServerDecision};
use crate::read::tests::config;
use crate::source::Source;

fn decided(document: Json, config: &ApiConfig) -> Json {
    let mut document = Node::from_json(document, &Source::new("page", "").start());
    apply_config(&mut document, config);
    document.to_json()
}

fn credential(place: CredentialPlace) -> ApiConfig {
    let base = config();
    let credential = CredentialDecision {
        place,
        name: "token".into(),
        env: vec!["TOKEN".to_owned()],
        reason: "Why.".into(),
        span: base.span.clone(),
    };
    ApiConfig { credential: Some(credential), ..base }
}

#[test]
fn a_credential_is_required_of_all_operations() {
    let decided = decided(json!({"security": []}), &credential(CredentialPlace::Bearer));
    let mark = json!({"source": "specs/a/api.toml", "reason": "Why."});
    let expected = json!({"security": [{"token": []}], "components": {"securitySchemes": {
        "token": {"type": "http", "scheme": "bearer", "x-bindery": mark}}}});
    assert_eq!(decided, expected);
}

#[test]
fn what_the_page_requires_already_stays() {
    let page = json!({"security": [{"jwt": []}, {"key": []}], "components": {"securitySchemes": {
        "jwt": {"type": "http", "scheme": "Bearer"}, "key": {"type": "http", "scheme": "bearer"}}}});
    let config = credential(CredentialPlace::Bearer);
    assert_eq!(decided(page.clone(), &config)["security"], page["security"]);
    let other = json!({"security": [{"jwt": []}], "components": {"securitySchemes": {
        "jwt": {"type": "apiKey", "in": "header", "name": "X"}, "token": {}}}});
    assert_eq!(decided(other, &config)["security"], json!([{"token_": []}]));
}

#[test]
fn each_place_has_its_scheme_and_its_parameter() {
    for (place, at, scheme) in [
        (
            CredentialPlace::Basic,
            ["header", "authorization"],
            json!({"type": "http", "scheme": "basic"}),
        ),
        (
            CredentialPlace::Query("k".into()),
            ["query", "k"],
            json!({"type": "apiKey", "in": "query", "name": "k"}),
        ),
        (
            CredentialPlace::Cookie("k".into()),
            ["cookie", "k"],
            json!({"type": "apiKey", "in": "cookie", "name": "k"}),
        ),
    ] {
        let parameter = |place: &str, name: &str| json!({"in": place, "name": name});
        let parameters = [parameter(at[0], at[1]), parameter("header", "k")];
        let page = json!({"paths": {"/a": {"parameters": parameters}}});
        let decided = decided(page, &credential(place));
        let marked = |at: usize| &decided["paths"]["/a"]["parameters"][at]["x-bindery"]["role"];
        assert_eq!((marked(0), marked(1)), (&json!("credential"), &Json::Null), "{at:?}");
        let mut written = decided["components"]["securitySchemes"]["token"].clone();
        written.as_object_mut().unwrap().remove("x-bindery");
        assert_eq!(written, scheme);
    }
}

#[test]
fn headers_that_are_decided_are_marked() {
    let parameter = |name: &str, place: &str| json!({"name": name, "in": place});
    let page = json!({"paths": {"/a": {"parameters": [parameter("X-Key", "header")],
            "get": {"parameters": [parameter("version", "header"), parameter("version", "query")]}}},
        "components": {"parameters": {"K": parameter("x-key", "header")}}});
    let mut config = credential(CredentialPlace::Header("x-key".into()));
    config.headers.push(HeaderDecision {
        name: "Version".into(),
        value: "1".into(),
        reason: "Because.".into(),
        span: config.span.clone(),
    });
    let decided = decided(page, &config);
    let role =
        |pointer: &str| decided.pointer(pointer).and_then(|it| it["x-bindery"]["role"].as_str());
    assert_eq!(role("/paths/~1a/parameters/0"), Some("credential"));
    assert_eq!(role("/components/parameters/K"), Some("credential"));
    assert_eq!(role("/paths/~1a/get/parameters/0"), Some("constant"));
    assert_eq!(role("/paths/~1a/get/parameters/1"), None);
    let listed = json!([{"name": "Version", "value": "1", "source": "specs/a/api.toml", "reason": "Because."}]);
    assert_eq!(decided["x-bindery-headers"], listed);
}

#[test]
fn servers_get_their_names_and_missing_ones_are_added() {
    let mut config = config();
    for (url, name) in [("https://a", "production"), ("https://b", "staging")] {
        config.servers.push(ServerDecision {
            url: url.into(),
            name: name.into(),
            reason: "Why.".into(),
            span: config.span.clone(),
        });
    }
    let decided = decided(json!({"servers": [{"url": "https://a/", "description": "A"}]}), &config);
    let mark = json!({"source": "specs/a/api.toml", "reason": "Why."});
    let expected = json!([
        {"url": "https://a/", "description": "A", "x-bindery-name": "production", "x-bindery": mark},
        {"url": "https://b", "x-bindery-name": "staging", "x-bindery": mark},
    ]);
    assert_eq!(decided["servers"], expected);
}
