//! Deliveries by published vectors, and that nothing else is taken for one.

use proptest::prelude::*;

use super::*;

/// The vector that the libraries of Standard Webhooks are tested with.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIMESTAMP: &str = "1614265330";
const BODY: &str = r#"{"test": 2432232314}"#;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(pair).collect()
}

fn standard(signature: &str) -> HeaderMap {
    headers(&[
        ("webhook-id", ID),
        ("webhook-timestamp", TIMESTAMP),
        ("webhook-signature", signature),
    ])
}

/// What becomes of the vector when it comes with these headers so many seconds after it was sent.
fn verified(headers: &HeaderMap, later: i64) -> Result<Delivery, VerifyError> {
    let now = at(TIMESTAMP.parse::<u64>().unwrap().checked_add_signed(later).unwrap());
    Verifier::standard(SECRET).unwrap().verify_at(headers, BODY, now)
}

#[test]
fn the_vector_of_standard_webhooks_is_verified() {
    let delivery = verified(&standard(SIGNATURE), 0).unwrap();
    assert_eq!(delivery.id(), Some(ID));
    assert_eq!(delivery.sent_at(), Some(at(1_614_265_330)));
    assert_eq!(delivery.body(), BODY);
    assert_eq!(delivery.payload::<serde_json::Value>().unwrap()["test"], 2_432_232_314_u64);
    // The prefix of a secret may be missing, and so may padding.
    let bare = Verifier::standard("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let unpadded = standard(SIGNATURE.trim_end_matches('='));
    assert!(bare.verify_at(&unpadded, BODY, at(1_614_265_330)).is_ok());
    assert_eq!(bare.sign(ID, at(1_614_265_330), BODY), standard(SIGNATURE));
}

#[test]
fn one_of_several_signatures_is_enough() {
    let wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    let all = format!("{wrong} v2,{} v1a,abc {SIGNATURE}", &SIGNATURE[3..]);
    assert!(verified(&standard(&all), 0).is_ok());
    assert_eq!(verified(&standard(wrong), 0), Err(VerifyError::Mismatch));
    // A signature of another version is none of this one.
    let other = standard(&format!("v2,{}", &SIGNATURE[3..]));
    assert_eq!(verified(&other, 0), Err(VerifyError::Malformed { header: "webhook-signature" }));
}

#[test]
fn what_is_signed_cannot_be_changed() {
    let verifier = Verifier::standard(SECRET).unwrap();
    let mismatch = Err(VerifyError::Mismatch);
    let now = at(1_614_265_330);
    assert_eq!(verifier.verify_at(&standard(SIGNATURE), format!("{BODY} "), now), mismatch);
    for (name, value) in [("webhook-id", "msg_other"), ("webhook-timestamp", "1614265331")] {
        let mut headers = standard(SIGNATURE);
        headers.insert(name, HeaderValue::from_static(value));
        assert_eq!(verifier.verify_at(&headers, BODY, now), mismatch, "{name}");
    }
    // The beginning of a signature is none.
    assert_eq!(verified(&standard("v1,g0hM9SsE+OTP"), 0), mismatch);
}

#[test]
fn clocks_may_differ_by_the_tolerance_in_either_direction() {
    let headers = standard(SIGNATURE);
    assert!(verified(&headers, 300).is_ok() && verified(&headers, -300).is_ok());
    assert_eq!(verified(&headers, 301), Err(VerifyError::TooOld));
    assert_eq!(verified(&headers, -301), Err(VerifyError::TooNew));
    let patient = Verifier::standard(SECRET).unwrap().with_tolerance(Duration::from_secs(3600));
    assert!(patient.verify_at(&headers, BODY, at(1_614_265_330 + 3600)).is_ok());
    assert_eq!(patient.verify(&headers, BODY), Err(VerifyError::TooOld), "it is not 2021 any more");
}

#[test]
fn a_header_that_is_not_there_or_there_twice_is_told() {
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut headers = standard(SIGNATURE);
        headers.append(name, HeaderValue::from_static("other"));
        assert_eq!(verified(&headers, 0), Err(VerifyError::Malformed { header: name }));
        headers.remove(name);
        assert_eq!(verified(&headers, 0), Err(VerifyError::Missing { header: name }));
        headers.insert(name, HeaderValue::from_static(" "));
        assert_eq!(verified(&headers, 0), Err(VerifyError::Malformed { header: name }));
    }
    for time in ["yesterday", "-1", "1.5", "99999999999999999999", "18446744073709551615"] {
        let mut headers = standard(SIGNATURE);
        headers.insert("webhook-timestamp", HeaderValue::from_str(time).unwrap());
        let malformed = VerifyError::Malformed { header: "webhook-timestamp" };
        assert_eq!(verified(&headers, 0), Err(malformed), "{time}");
    }
}

#[test]
fn while_a_secret_is_replaced_both_are_taken() {
    let next = Verifier::standard("whsec_bmV4dCBzZWNyZXQ=").unwrap();
    let both = next.clone().with_secret(SECRET).unwrap();
    let now = at(1_614_265_330);
    assert_eq!(next.verify_at(&standard(SIGNATURE), BODY, now), Err(VerifyError::Mismatch));
    assert!(both.verify_at(&standard(SIGNATURE), BODY, now).is_ok());
    assert!(both.verify_at(&next.sign(ID, now, BODY), BODY, now).is_ok());
}

/// The vector in GitHub's documentation.
#[test]
fn a_signature_of_the_body_alone_is_verified() {
    let scheme = Scheme::new("x-hub-signature-256").prefix("sha256=");
    let verifier = Verifier::new(scheme, "It's a Secret to Everybody").unwrap();
    let hex = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    for signature in [format!("sha256={hex}"), format!("sha256={}", hex.to_uppercase())] {
        let headers = headers(&[("x-hub-signature-256", &signature)]);
        assert!(verifier.verify(&headers, "Hello, World!").is_ok());
        assert_eq!(verifier.verify(&headers, "Hello, World?"), Err(VerifyError::Mismatch));
    }
    for malformed in [hex.to_owned(), format!("sha256={}", &hex[1..]), "sha256=zz".to_owned()] {
        let headers = headers(&[("x-hub-signature-256", &malformed)]);
        let error = VerifyError::Malformed { header: "x-hub-signature-256" };
        assert_eq!(verifier.verify(&headers, "Hello, World!"), Err(error), "{malformed}");
    }
}

/// Test case 2 of RFC 2202 and of RFC 4231.
#[test]
fn each_digest_is_the_one_that_its_standard_says() {
    for (digest, hex) in [
        (Digest::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (Digest::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (
            Digest::Sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
    ] {
        let verifier = Verifier::new(Scheme::new("s").digest(digest), "Jefe").unwrap();
        let headers = headers(&[("s", hex)]);
        assert!(verifier.verify(&headers, "what do ya want for nothing?").is_ok(), "{digest:?}");
    }
}

#[test]
fn time_and_signature_may_stand_in_one_header() {
    let scheme = Scheme::new("s")
        .separator(',')
        .timestamp(Timestamp::BesideSignature("t="))
        .prefix("v1=")
        .signed("{timestamp}.{body}");
    let verifier = Verifier::new(scheme, "secret").unwrap();
    let signed = verifier.sign("", at(1000), "a");
    let value = signed.get("s").unwrap().to_str().unwrap();
    assert!(value.starts_with("t=1000,v1="), "{value}");
    let delivery = verifier.verify_at(&signed, "a", at(1300)).unwrap();
    assert_eq!((delivery.sent_at(), delivery.id()), (Some(at(1000)), None));
    assert_eq!(verifier.verify_at(&signed, "a", at(1301)), Err(VerifyError::TooOld));
    let forged = headers(&[("s", &value.replace("t=1000", "t=1001"))]);
    assert_eq!(verifier.verify_at(&forged, "a", at(1000)), Err(VerifyError::Mismatch));
    let spaced = headers(&[("s", &value.replace(',', ", v0=00, "))]);
    assert!(verifier.verify_at(&spaced, "a", at(1000)).is_ok());
    let untimed = headers(&[("s", value.split_once(',').unwrap().1)]);
    let malformed = Err(VerifyError::Malformed { header: "s" });
    assert_eq!(verifier.verify_at(&untimed, "a", at(1000)), malformed);
}

#[test]
fn no_secret_is_shown() {
    let secret = "bmV2ZXIgc2hvd24=";
    let verifier = Verifier::standard(secret).unwrap();
    let shown = format!("{verifier:?}");
    assert!(shown.contains("secrets: 1") && shown.contains("webhook-id"), "{shown}");
    let bytes = format!("{:?}", b"never shown");
    for hidden in [secret, "never shown", bytes.trim_matches(['[', ']'])] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    let refused = |secret: &str| Verifier::standard(secret).map(drop).unwrap_err();
    assert_eq!(refused("whsec_"), SecretError::Empty);
    assert_eq!(refused("whsec_never!"), SecretError::NotBase64);
    assert!(!SecretError::NotBase64.to_string().contains("never"));
    let empty = Verifier::new(Scheme::new("s"), "").map(drop);
    assert_eq!(empty, Err(SecretError::Empty));
}

#[test]
fn a_payload_that_does_not_fit_says_where() {
    #[derive(Debug, serde::Deserialize)]
    struct Created {
        #[expect(dead_code, reason = "it is only decoded")]
        count: u8,
    }
    let delivery = Delivery::unverified(r#"{"count": "many"}"#);
    let error = delivery.payload::<Created>().unwrap_err();
    assert_eq!(error.path(), "count");
    assert_eq!(format!("{delivery:?}"), "Delivery { id: None, sent_at: None, bytes: 17, .. }");
}

proptest! {
    #[test]
    fn what_is_signed_is_verified_and_nothing_else(
        body in proptest::collection::vec(any::<u8>(), 0..64),
        other in proptest::collection::vec(any::<u8>(), 0..64),
        seconds in 0_u64..1 << 40,
    ) {
        let verifier = Verifier::standard(SECRET).unwrap();
        let headers = verifier.sign("a", at(seconds), &body);
        prop_assert!(verifier.verify_at(&headers, body.clone(), at(seconds)).is_ok());
        if other != body {
            let refused = verifier.verify_at(&headers, other, at(seconds));
            prop_assert_eq!(refused, Err(VerifyError::Mismatch));
        }
    }

    #[test]
    fn no_header_makes_it_panic(value in "[ -~]{0,80}", template in "[{}a-z]{0,30}") {
        let template: &'static str = Box::leak(template.into_boxed_str());
        let scheme = Scheme::new("s").separator(',').prefix("v=").signed(template);
        let verifier = Verifier::new(scheme, "secret").unwrap();
        let headers = headers(&[("s", &value)]);
        prop_assert!(verifier.verify(&headers, "body").is_err());
    }
}
