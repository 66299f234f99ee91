//! The module of webhooks as code.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::*;
use crate::testing::{config, run, run_with};

fn document(kinds: [Json; 2]) -> Json {
    let hook = |kind: &Json| {
        let schema = json!({"type": "object", "required": ["type"], "properties": {"type": kind}});
        json!({"post": {"summary": "Something happened.", "requestBody": {"content": {
            "application/json": {"schema": schema}}}}})
    };
    json!({"paths": {"/": {"get": {"responses": {"204": {"description": ""}}}}},
        "webhooks": {"pet.created": hook(&kinds[0]), "pet.deleted": hook(&kinds[1])}})
}

#[test]
fn payloads_with_a_tag_are_decoded_by_it() {
    let code = run(document([json!({"const": "created"}), json!({"const": "deleted"})]));
    assert_snapshot!(code.webhooks_code(), @r#"
    /// What the vendor sends by itself: the payload of a webhook or of a callback.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Webhook {
        /// Something happened.
        Created(types::PetCreatedPayload),
        /// Something happened.
        Deleted(types::PetDeletedPayload),
        /// A kind that the vendor's page does not name, with its JSON.
        Unknown(serde_json::Value),
    }
    impl<'de> Deserialize<'de> for Webhook {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let tagged = runtime::Tagged::read(deserializer, "type")?;
            match tagged.tag() {
                Some("created") => tagged.decode().map(Self::Created),
                Some("deleted") => tagged.decode().map(Self::Deleted),
                _ => Ok(Self::Unknown(tagged.into_json())),
            }
        }
    }
    "#);
}

#[test]
fn payloads_without_one_are_decoded_by_name() {
    let code = run(document([json!({"type": "string"}), json!({"type": "integer"})]));
    assert_snapshot!(code.webhooks_code(), @r#"
    /// What the vendor sends by itself: the payload of a webhook or of a callback.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    #[non_exhaustive]
    pub enum Webhook {
        /// Something happened.
        PetCreated(types::PetCreatedPayload),
        /// Something happened.
        PetDeleted(types::PetDeletedPayload),
        /// A webhook that the vendor's page does not name, with its JSON.
        Unknown(serde_json::Value),
    }
    impl Webhook {
        /// Decodes the payload of the webhook that has this name on the vendor's page. Nothing in the payload says which one it is.
        ///
        /// # Errors
        ///
        /// Where and why the payload does not fit its type.
        pub fn named(
            name: &str,
            delivery: &runtime::webhook::Delivery,
        ) -> Result<Self, runtime::DecodeError> {
            match name {
                "pet.created" => delivery.payload().map(Self::PetCreated),
                "pet.deleted" => delivery.payload().map(Self::PetDeleted),
                _ => delivery.payload().map(Self::Unknown),
            }
        }
    }
    "#);
}

/// The constant for a scheme.
fn constant(own: Option<OwnScheme>) -> String {
    let base = config();
    let scheme = SignatureScheme { own, reason: "A guide.".to_owned(), span: base.span.clone() };
    let config = crate::config::ApiConfig { webhooks: Some(scheme), ..base };
    let code = run_with(document([json!({"const": "a"}), json!({"const": "b"})]), &config);
    let code = code.webhooks_code();
    let end = code.find(";\n").unwrap_or_default();
    code[..=end].to_owned()
}

#[test]
fn a_scheme_is_a_constant() {
    assert_snapshot!(constant(None), @"
    /// How the vendor signs webhooks: A guide.
    pub const SCHEME: runtime::webhook::Scheme = runtime::webhook::Scheme::STANDARD;
    ");
    let own = OwnScheme {
        signature: "x-signature".to_owned(),
        separator: Some(','),
        prefix: Some("v1=".to_owned()),
        encoding: Some("base64".to_owned()),
        digest: Some("sha512".to_owned()),
        signed: Some("{id}.{timestamp}.{body}".to_owned()),
        id: Some("x-id".to_owned()),
        timestamp: None,
        timestamp_prefix: Some("t=".to_owned()),
        secret_prefix: Some("whsec_".to_owned()),
    };
    assert_snapshot!(constant(Some(own)), @r#"
    /// How the vendor signs webhooks: A guide.
    pub const SCHEME: runtime::webhook::Scheme = runtime::webhook::Scheme::new("x-signature")
        .separator(',')
        .prefix("v1=")
        .encoding(runtime::webhook::Encoding::Base64)
        .digest(runtime::webhook::Digest::Sha512)
        .signed("{id}.{timestamp}.{body}")
        .id("x-id")
        .timestamp(runtime::webhook::Timestamp::BesideSignature("t="))
        .secret(runtime::webhook::Secret::Base64 {
            prefix: "whsec_",
        });
    "#);
    let own = OwnScheme {
        signature: "x-signature".to_owned(),
        separator: None,
        prefix: None,
        encoding: Some("hex".to_owned()),
        digest: Some("sha1".to_owned()),
        signed: Some("{timestamp}{body}".to_owned()),
        id: None,
        timestamp: Some("x-time".to_owned()),
        timestamp_prefix: None,
        secret_prefix: None,
    };
    assert_snapshot!(constant(Some(own)), @r#"
    /// How the vendor signs webhooks: A guide.
    pub const SCHEME: runtime::webhook::Scheme = runtime::webhook::Scheme::new("x-signature")
        .encoding(runtime::webhook::Encoding::Hex)
        .digest(runtime::webhook::Digest::Sha1)
        .signed("{timestamp}{body}")
        .timestamp(runtime::webhook::Timestamp::Header("x-time"));
    "#);
}
