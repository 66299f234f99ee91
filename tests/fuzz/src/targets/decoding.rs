//! The body of an answer: the first byte says as what it is decoded, the rest is the body.

mod types;

use std::any::Any;

use bindery_runtime as runtime;
use fastrand::Rng;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{check, mutate};

use super::calls;
use types::{Deep, Either, Labelled, Open, Shape, Steps, work};

/// How many values may be decoded for any body, and for each byte of it besides.
const WORK: usize = 1 << 18;
const WORK_PER_BYTE: usize = 16;

const SECRET: &str = "s3cr3t-t0ken";

static OPERATION: runtime::Operation = runtime::Operation {
    id: "decode",
    method: runtime::Method::GET,
    path: "/decode",
    server: None,
    accept: Some("application/json"),
    idempotent: true,
};

/// Decodes a body, and checks what comes of it.
pub(super) fn check(input: &[u8]) {
    let Some((first, body)) = input.split_first() else { return };
    match first % 8 {
        0 => decode::<Either>(body),
        1 => decode::<Shape>(body),
        2 => decode::<Steps>(body),
        3 => decode::<Open>(body),
        4 => decode::<Labelled>(body),
        5 => decode::<Deep>(body),
        6 => decode::<Value>(body),
        _ => fail(body),
    }
}

/// Mutates the body as the tree that it is, or as text.
pub(super) fn mutate(input: &[u8], other: &[u8], random: &mut Rng) -> Vec<u8> {
    let (first, body) = input.split_first().unwrap_or((&b'0', b"{}"));
    let (_, other) = other.split_first().unwrap_or((&b'0', b"{}"));
    let mut mutated = vec![if random.u8(..16) == 0 { b'0' + random.u8(..8) } else { *first }];
    mutated.extend(match random.u8(..8) {
        0 => mutate::text::mutate(body, other, random),
        1 => mutate::bytes::mutate(body, other, random),
        _ => mutate::json::mutate(body, other, random),
    });
    mutated
}

fn decode<T: DeserializeOwned + serde::Serialize + Any>(body: &[u8]) {
    let response = respond(body, 200);
    let start = work();
    let decoded = response.json::<T, ()>();
    let done = work() - start;
    let most = WORK + WORK_PER_BYTE * body.len();
    assert!(done <= most, "{done} values are decoded for {} bytes", body.len());
    match decoded {
        Ok(value) => assert!(serde_json::to_vec(&value).is_ok(), "what is decoded is no JSON"),
        Err(error) => fit_to_be_shown(&error),
    }
}

/// A body that is an error of the API.
fn fail(body: &[u8]) {
    fit_to_be_shown(&respond(body, 400).error::<Either>());
    fit_to_be_shown(&respond(body, 500).undocumented::<()>());
    if let Err(error) = respond(body, 200).text::<()>() {
        fit_to_be_shown(&error);
    }
}

fn respond(body: &[u8], status: u16) -> runtime::Response {
    let body = runtime::Bytes::copy_from_slice(body);
    let transport = runtime::transport_fn(move |_, _| {
        let answer = calls::answer(status, body.clone());
        async move { answer }
    });
    let credential = runtime::Credential::header("x-api-key", SECRET);
    let client = calls::builder(transport).credential(credential).build().expect("a client");
    calls::wait(client.request(&OPERATION).send()).expect("an answer")
}

/// An error is short, and shows neither a control character nor the credential.
fn fit_to_be_shown<E: 'static>(error: &runtime::Error<E>) {
    for text in calls::shown(error) {
        check::shows_all("an error", &text);
        assert!(!text.contains(SECRET), "an error shows the credential: {text}");
        assert!(text.len() < 16_000, "an error is {} bytes long", text.len());
    }
}
