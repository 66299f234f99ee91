//! What a crate has of webhooks, and that one without them has nothing.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::ApiConfig;
use crate::config::SignatureScheme;
use crate::emit::FileSet;
use crate::emit::facade::facade;
use crate::testing::{config, run_with};

fn document(webhooks: Json) -> Json {
    json!({"paths": {"/": {"get": {"responses": {"204": {"description": ""}}}}}, "webhooks": webhooks})
}

fn hook(kind: Json) -> Json {
    let schema = json!({"type": "object", "required": ["type"], "properties": {"type": kind}});
    json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}})
}

fn decided() -> ApiConfig {
    let base = config();
    let scheme = SignatureScheme { own: None, reason: "r".to_owned(), span: base.span.clone() };
    ApiConfig { webhooks: Some(scheme), ..base }
}

fn files(document: Json, config: &ApiConfig) -> FileSet {
    run_with(document.clone(), config).emit(document, config).unwrap_or_default()
}

fn file<'f>(files: &'f FileSet, name: &str) -> &'f str {
    let found = files.files.iter().find(|(path, _)| path.ends_with(name));
    found.map_or("", |(_, text)| text)
}

/// The documentation of the module.
fn module(document: Json, config: &ApiConfig) -> String {
    let files = files(document, config);
    let lines = file(&files, "src/webhooks.rs").lines();
    let docs =
        lines.filter_map(|it| it.strip_prefix("//!")).map(|it| it.strip_prefix(' ').unwrap_or(it));
    docs.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_crate_without_webhooks_has_nothing_of_them() {
    for webhooks in [json!({}), json!({"ping": {"post": {"responses": {}}}})] {
        let files = files(document(webhooks), &config());
        assert!(!files.files.is_empty());
        for (path, text) in files.files.iter().filter(|(path, _)| !path.ends_with("openapi.json")) {
            assert!(!text.to_lowercase().contains("webhook"), "{path}: {text}");
        }
    }
}

#[test]
fn a_crate_with_webhooks_has_them_behind_a_feature() {
    let files = files(document(json!({"created": hook(json!({"type": "string"}))})), &config());
    let manifest: toml::Table = file(&files, "Cargo.toml").parse().unwrap();
    let feature = manifest["features"]["webhooks"].as_array().unwrap();
    assert_eq!(feature, &["bindery-runtime/webhooks".into()]);
    let module = "#[cfg(feature = \"webhooks\")]\n#[rustfmt::skip]\npub mod webhooks;\n";
    assert!(file(&files, "src/lib.rs").contains(module), "{}", file(&files, "src/lib.rs"));
    let readme = file(&files, "README.md");
    let section = readme.split("\n## ").find(|it| it.starts_with("Webhooks\n")).unwrap();
    assert_snapshot!(section, @r#"
    Webhooks

    The feature `webhooks` has what the vendor sends by itself, in one payload. `webhooks::Webhook` is an enum of all of them; `Webhook::named` decodes the one that the caller names. `runtime::webhook::Verifier` verifies signatures in constant time, with a tolerance for clocks.

    ```toml
    [dependencies]
    bindery-test = { version = "0.1", features = ["webhooks"] }
    ```
    "#);
}

#[test]
fn the_example_goes_by_what_is_known() {
    let named = document(json!({"created": hook(json!({"type": "string"}))}));
    assert_snapshot!(module(named, &config()), @"
    Webhooks and callbacks: what the vendor sends by itself, in types.

    A [`Verifier`](runtime::webhook::Verifier) tells whether a delivery is from the vendor. How the vendor signs it, no page says in a form that can be read: look up whether it is [`Verifier::standard`](runtime::webhook::Verifier::standard) or a [`Scheme`](runtime::webhook::Scheme) of the vendor's own. What is not signed at all is a [`Delivery::unverified`](runtime::webhook::Delivery::unverified).

    ```
    use bindery_test::runtime::{http::HeaderMap, webhook::Verifier};
    use bindery_test::webhooks::Webhook;

    /// Takes the name of the webhook, which a url or a header may say, and the headers and the body as a server has received them.
    fn receive(
        verifier: &Verifier,
        name: &str,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Result<Webhook, Box<dyn std::error::Error>> {
        let delivery = verifier.verify(headers, body)?;
        Ok(Webhook::named(name, &delivery)?)
    }
    ```
    ");
    let tagged = document(json!({"created": hook(json!({"const": "created"}))}));
    assert_snapshot!(module(tagged, &decided()), @"
    Webhooks and callbacks: what the vendor sends by itself, in types.

    A [`Verifier`](runtime::webhook::Verifier) tells whether a delivery is from the vendor. [`SCHEME`] is how the vendor signs it.

    ```
    use bindery_test::runtime::{http::HeaderMap, webhook::Verifier};
    use bindery_test::webhooks::{self, Webhook};

    /// Takes the headers and the body as a server has received them.
    fn receive(
        secret: &str,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Result<Webhook, Box<dyn std::error::Error>> {
        let verifier = Verifier::new(webhooks::SCHEME, secret)?;
        let delivery = verifier.verify(headers, body)?;
        Ok(delivery.payload()?)
    }
    ```
    ");
}

#[test]
fn the_facade_passes_webhooks_on_to_those_of_which_something_is_decided() {
    let (name, package) = ("other".to_owned(), "bindery-other".to_owned());
    let (with, without) = (decided(), ApiConfig { name, package, ..config() });
    let manifest = |apis: &[&ApiConfig]| -> toml::Table {
        let files = facade(apis, &with.version, &|_| false);
        file(&files, "Cargo.toml").parse().unwrap()
    };
    let feature = &manifest(&[&with, &without])["features"]["webhooks"];
    let expected = ["bindery-runtime/webhooks".into(), "bindery-test?/webhooks".into()];
    assert_eq!(feature.as_array().unwrap(), &expected);
    assert!(manifest(&[&without])["features"].get("webhooks").is_none());
}
