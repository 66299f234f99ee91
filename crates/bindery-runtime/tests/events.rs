//! What all crates together say to `tracing` of a call: none of its secrets, and no value of the caller's.

#![cfg(feature = "tracing")]

mod common;

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use bindery_runtime::Credential;
use common::{LIST, SECRET};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps every field of every span and event, whoever it is from.
#[derive(Clone, Default)]
struct KeepAll(Arc<Mutex<String>>);

struct Into<'t>(&'t mut String);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!("{field}={value:?} "));
    }
}

impl KeepAll {
    fn keep(&self, of: &Metadata<'_>, record: impl FnOnce(&mut Into<'_>)) {
        let mut kept = self.0.lock().unwrap();
        kept.push_str(&format!("\n{} {}: ", of.target(), of.name()));
        record(&mut Into(&mut kept));
    }
}

impl Subscriber for KeepAll {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.keep(span.metadata(), |into| span.record(into));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Into(&mut self.0.lock().unwrap()));
    }

    fn event(&self, event: &Event<'_>) {
        self.keep(event.metadata(), |into| event.record(into));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What is said of a call with a credential in each place, and a redirect.
async fn said(
    configure: fn(
        bindery_runtime::reqwest::ClientBuilder,
    ) -> bindery_runtime::reqwest::ClientBuilder,
) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = common::url(listener.local_addr().unwrap());
    tokio::spawn(async move {
        const ANSWERS: [&str; 2] = [
            "HTTP/1.1 302 Go\r\nlocation: /other?key=place-hunter2\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 204 Done\r\nx-answer: answer-hunter2\r\n\r\n",
        ];
        let (mut stream, _) = listener.accept().await.unwrap();
        for answer in ANSWERS {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    let keep = KeepAll::default();
    let guard = tracing::subscriber::set_default(keep.clone());
    let client = common::builder(url)
        .credential(Credential::header("x-api-key", SECRET))
        .credential(Credential::bearer(SECRET))
        .credential(Credential::query("key", SECRET))
        .credential(Credential::cookie("sid", SECRET))
        .configure(configure)
        .build()
        .unwrap();
    let mut request = client.request(&LIST);
    request.query("q", "query-hunter2");
    let _ = request.send().await;
    drop(guard);
    keep.0.lock().unwrap().clone()
}

#[tokio::test]
async fn no_crate_says_a_secret_of_a_call() {
    let said = said(|http| http).await;
    assert!(said.contains("bindery_runtime api_call:"), "{said}");
    assert!(!said.contains("hunter2") && !said.contains("s3cret"), "{said}");
}

/// The frames of a request are written before the server is found to speak something else.
#[cfg(feature = "http2")]
#[tokio::test]
async fn nor_does_the_one_of_http_2() {
    let said = said(|http| http.http2_prior_knowledge()).await;
    assert!(said.contains("h2::"), "{said}");
    assert!(!said.contains("hunter2") && !said.contains("s3cret"), "{said}");
}
