//! Webhooks: verified by the scheme that is decided, and decoded by what they say they are.

use std::time::{Duration, SystemTime};

use client::runtime::webhook::{Delivery, Verifier, VerifyError};
use client::types::{Thing, ThingCreatedPayload};
use client::webhooks::{SCHEME, Webhook};

fn created() -> ThingCreatedPayload {
    ThingCreatedPayload::new(Thing::new("t"))
}

#[test]
fn a_delivery_of_the_vendor_is_verified_and_decoded() {
    let verifier = Verifier::new(SCHEME, "secret").unwrap();
    let body = client::runtime::Bytes::from(r#"{"type": "thing.created", "thing": {"id": "t"}}"#);
    let headers = verifier.sign("", SystemTime::now(), &body);
    assert!(headers["things-signature"].to_str().unwrap().starts_with("t="));
    let delivery = verifier.verify(&headers, body.clone()).unwrap();
    assert_eq!(delivery.payload::<Webhook>().unwrap(), Webhook::ThingCreated(created()));
    assert_eq!(delivery.payload::<ThingCreatedPayload>().unwrap(), created());

    let later = SystemTime::now() + Duration::from_secs(301);
    assert_eq!(verifier.verify_at(&headers, body.clone(), later), Err(VerifyError::TooOld));
    let other = Verifier::new(SCHEME, "another").unwrap();
    assert_eq!(other.verify(&headers, body), Err(VerifyError::Mismatch));
}

#[test]
fn what_the_page_does_not_name_is_kept() {
    let decoded = |body: &'static str| Delivery::unverified(body).payload::<Webhook>();
    let unknown = decoded(r#"{"type": "thing.moved", "to": 1}"#).unwrap();
    let Webhook::Unknown(json) = &unknown else { panic!("{unknown:?}") };
    assert_eq!(json["to"], 1);
    let error = decoded(r#"{"type": "thing.created", "thing": {}}"#).unwrap_err();
    assert_eq!(error.path(), "thing.id");
    assert!(matches!(decoded(r#"{"type": "thing.deleted"}"#).unwrap(), Webhook::ThingDeleted(_)));
}
