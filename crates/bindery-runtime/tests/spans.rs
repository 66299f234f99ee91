//! What a call says of itself, and what it does not.

#![cfg(feature = "tracing")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use bindery_runtime::{Credential, Error, Response, RetryPolicy, TransportError};
use common::{CREATE, SECRET, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type Fields = BTreeMap<String, String>;

/// Keeps the fields of the spans of one name.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Fields>>);

struct Into<'f>(&'f mut Fields);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Keep {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.name() == "api_call"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = self.0.lock().unwrap();
        span.record(&mut Into(&mut fields));
        fields.insert("target".to_owned(), span.metadata().target().to_owned());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Into(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

async fn fields(
    answer: fn(u32) -> bindery_runtime::TransportResult,
    decode: fn(Response) -> Result<(), Error<String>>,
) -> Fields {
    let keep = Keep::default();
    let guard = tracing::subscriber::set_default(keep.clone());
    let client = common::in_memory(move |_, call| async move { answer(call.attempt()) })
        .credential(Credential::header("x-api-key", SECRET))
        .retry(RetryPolicy::default().base_delay(std::time::Duration::ZERO))
        .build()
        .unwrap();
    let mut request = client.request(&CREATE);
    request.path("team_id", "team-hunter2");
    request.query("q", "query-hunter2");
    request.json(&serde_json::json!({ "body": "hunter2" }));
    let _ = request.send().await.map_err(Error::from).and_then(decode);
    drop(guard);
    let mut fields = keep.0.lock().unwrap().clone();
    let shown = format!("{fields:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("s3cret"), "{shown}");
    assert!(fields.remove("elapsed_ms").unwrap().parse::<u64>().unwrap() < 10_000);
    fields
}

fn expected(rest: &[(&str, &str)]) -> Fields {
    let always = [
        ("target", "bindery_runtime"),
        ("operation", "\"create_invite\""),
        ("http.request.method", "\"POST\""),
        ("url.template", "\"/v1/teams/{team_id}/invites\""),
    ];
    let all = always.iter().chain(rest);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_call_is_a_span_with_its_outcome_and_without_values() {
    let good = |attempt| match attempt {
        1 => Err(TransportError::connect("refused")),
        _ => Ok(json(201, "hunter2")),
    };
    let status = ("http.response.status_code", "201");
    assert_eq!(fields(good, Response::empty).await, expected(&[("attempts", "2"), status]));
    let bad = fields(|_| Err(TransportError::new("reset hunter2")), Response::empty);
    assert_eq!(bad.await, expected(&[("attempts", "1"), ("error.type", "\"transport\"")]));
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_recorded_when_it_is_decoded() {
    let undocumented = |response: Response| Err(response.undocumented());
    let documented = |response: Response| Err(response.error());
    let success = |response: Response| response.json();
    type Give = fn(u32) -> bindery_runtime::TransportResult;
    type Decode = fn(Response) -> Result<(), Error<String>>;
    let cases: [(Give, Decode, _, _); 5] = [
        (|_| Ok(json(201, "hunter2")), success, "201", "\"decode\""),
        (|_| Ok(json(202, "hunter2")), undocumented, "202", "\"undocumented\""),
        (|_| Ok(json(422, "\"hunter2\"")), documented, "422", "\"422\""),
        (|_| Ok(json(422, "hunter2")), documented, "422", "\"422\""),
        (|_| Ok(json(500, "")), undocumented, "500", "\"500\""),
    ];
    for (answer, decode, status, kind) in cases {
        let status = ("http.response.status_code", status);
        let expected = expected(&[("attempts", "1"), status, ("error.type", kind)]);
        assert_eq!(fields(answer, decode).await, expected);
    }
}
