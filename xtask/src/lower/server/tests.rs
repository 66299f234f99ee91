//! Servers on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::*;
use crate::testing::{operation, run};

#[test]
fn a_server_is_named_by_what_the_vendor_calls_it() {
    assert_eq!(server_name("Production server", "https://api.basic.tech"), "Production");
    assert_eq!(server_name("", "https://eu.example.com/v1"), "EuExampleCom");
}

fn servers(document: Json) -> String {
    let outcome = run(document);
    let servers = outcome.refined.map(|it| it.plan.servers).unwrap_or_default();
    let servers = servers.iter().map(|it| format!("{} {} {}", it.name, it.url, it.description));
    let lines: Vec<String> = servers.chain(outcome.findings).collect();
    lines.iter().map(|it| it.trim_end()).collect::<Vec<_>>().join("\n")
}

#[test]
fn servers_are_absolute_and_have_names_of_their_own() {
    let document = json!({"servers": [
        {"url": "https://{region}.example.com/{version}", "description": "Production",
            "variables": {"region": {"default": "eu"}, "version": {"default": "v2"}}},
        {"url": "https://b.example.com", "description": "The production server"},
        {"url": "http://127.0.0.1:8080", "x-bindery-name": "local"},
        {"url": "/v1"},
        {"url": "https://{tenant}.example.com"},
        {"url": "https://user:secret@example.com"},
        {"url": "ftp://example.com"},
        {"url": "https://example.com/\n```\n#![x]"},
        {},
    ]});
    assert_snapshot!(servers(document), @"
    Production https://eu.example.com/v2 Production
    Production2 https://b.example.com The production server
    Local http://127.0.0.1:8080
    note[server-url]: `/v1` is no url that requests can go to
    note[server-url]: `https://{tenant}.example.com` is no url that requests can go to
    note[server-url]: `https://user:secret@example.com` is no url that requests can go to
    note[server-url]: `ftp://example.com` is no url that requests can go to
    note[server-url]: `https://example.com/
    ```
    #![x]` is no url that requests can go to
    note[server-url]: `` is no url that requests can go to
    ");
}

#[test]
fn a_variable_in_the_default_of_a_variable_is_none() {
    let document = json!({"servers": [{"url": "https://{a}.example.com/{b}", "variables":
        {"a": {"default": "{b}"}, "b": {"default": "x"}}}]});
    assert_snapshot!(servers(document), @"note[server-url]: `https://{b}.example.com/x` is no url that requests can go to");
    // Each is twice the next.
    let twice =
        |at: usize| (format!("v{at}"), json!({"default": format!("{{v{}}}", at + 1).repeat(2)}));
    let variables: serde_json::Map<String, Json> = (0..200).map(twice).collect();
    let document = json!({"servers": [{"url": "https://{v0}", "variables": variables}]});
    assert_snapshot!(servers(document), @"note[server-url]: `https://{v1}{v1}` is no url that requests can go to");
}

#[test]
fn a_default_server_without_encryption_is_told_of() {
    let server =
        |url: &str| servers(json!({"servers": [{"url": url}, {"url": "http://b.example.com"}]}));
    assert!(server("http://a.example.com/v1").ends_with(
        "note[plain-http]: `http://a.example.com/v1`, where requests go by default, is http"
    ));
    for url in
        ["https://a.example.com", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:1/v1"]
    {
        assert!(!server(url).contains("plain-http"), "{url}");
    }
}

/// What an operation at this server has of it, where the default one is another.
fn own_of(default: &str, url: &str) -> String {
    let mut document = operation(json!({"servers": [{"url": url}]}));
    document["servers"] = json!([{"url": default}]);
    let outcome = run(document);
    let operations = outcome.refined.map(|it| it.plan.operations).unwrap_or_default();
    let servers = operations.into_values().filter_map(|it| it.server);
    servers
        .chain(outcome.findings.into_iter().filter(|it| it.contains("operation-server")))
        .collect()
}

#[test]
fn an_operation_may_be_at_another_server() {
    let own = |url| own_of("https://a.example.com/v1", url);
    let files = "https://files.example.com/";
    assert_eq!(own(files), format!("{files}note[operation-server]: GET /things is at `{files}`"));
    assert_eq!(
        own("https://a.example.com.evil.example/v1").split("note").next(),
        Some("https://a.example.com.evil.example/v1")
    );
    assert_eq!(own("https://a.example.com/v1/"), "");
}

#[test]
fn a_server_that_differs_by_its_path_goes_along_with_the_base_url() {
    let own = |url| own_of("https://a.example.com/v1", url);
    assert_eq!(own("https://a.example.com"), "/");
    assert_eq!(own("https://a.example.com/v2"), "/v2");
    assert_eq!(own("/v2"), "/v2");
    assert_eq!(own(""), "/");
}

#[test]
fn a_server_that_cannot_be_known_is_told() {
    let own = |url| own_of("https://a.example.com/v1", url);
    let lost = |url: &str| format!("loss[operation-server]: GET /things is at `{url}`");
    for url in [
        "https://{tenant}.example.com",
        "//b.example.com",
        "/v1?x",
        "ftp://b.example.com",
        "v2",
        "http://b.example.com",
        "http://a.example.com/v1",
        "https://b.example.com:99999",
        "https://1.2.3.4.5",
    ] {
        assert_eq!(own(url), lost(url));
    }
    // The caller sets the base url, and so that of this operation.
    assert_eq!(own_of("/v1", "https://b.example.com"), lost("https://b.example.com"));
    assert_eq!(own_of("/v1", "/v2"), "/v2");
}

#[test]
fn variables_and_path_items_count_and_the_default_among_several_does_not() {
    let mut document = operation(json!({}));
    document["servers"] = json!([{"url": "https://a.example.com"}]);
    document["paths"]["/item"] = json!({
        "servers": [{"url": "https://{at}.example.com", "variables": {"at": {"default": "b"}}}],
        "get": {"operationId": "item"},
        "put": {"operationId": "own", "servers": [{"url": "https://c.example.com"}, {"url": "https://d.example.com"}]},
        "delete": {"operationId": "same", "servers": [{"url": "https://c.example.com"}, {"url": "https://a.example.com/"}]},
    });
    let operations = run(document).refined.map(|it| it.plan.operations).unwrap_or_default();
    let servers: Vec<_> =
        operations.iter().map(|(name, it)| (&**name, it.server.as_deref())).collect();
    assert_eq!(
        servers,
        [
            ("get_things", None),
            ("item", Some("https://b.example.com")),
            ("own", Some("https://c.example.com")),
            ("same", None),
        ]
    );
}

#[test]
fn servers_of_an_operation_that_are_not_taken_are_told_of_once() {
    let server = |url: &str| json!({"url": url});
    let operation = || json!({"responses": {"204": {"description": ""}}});
    let list = |own: [&str; 2]| {
        json!({"servers": [server("https://a.example.com")], "paths": {"/b": {
        "servers": own.map(server), "get": operation(), "put": operation()}}})
    };
    let findings = |own: [&str; 2]| run(list(own)).findings.join("\n");
    assert_snapshot!(findings(["https://a.example.com/v2", "https://b.example.com"]), @"note[other-server]: GET /b is not called at `https://b.example.com`");
    assert_snapshot!(findings(["https://b.example.com", "https://a.example.com"]), @"note[other-server]: GET /b is not called at `https://b.example.com`");
}
