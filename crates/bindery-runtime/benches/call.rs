//! What a client costs: one call with a path parameter, two query parameters and a small body in
//! JSON, over a transport in memory.
//!
//! `cargo bench --package bindery-runtime` prints two rows, with the time and the
//! allocations of each: `plain` makes the same request with reqwest alone. The client is to add no
//! more than 10 allocations and 5 microseconds to it.

use bindery_runtime::reqwest::{self, Url};
use bindery_runtime::{
    Body, BoxFuture, Bytes, ClientBuilder, Credential, Method, Operation, Settings,
    TransportResult, http, transport_fn,
};
use divan::{AllocProfiler, Bencher};
use serde::{Deserialize, Serialize};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

static SETTINGS: Settings = Settings {
    name: "bindery-example",
    version: "1.2.3",
    base_url: Some("https://api.example.com"),
    headers: &[("example-version", "2023-06-01")],
};

static CREATE: Operation = Operation {
    id: "create_invite",
    method: Method::POST,
    path: "/v1/teams/{team_id}/invites",
    accept: Some("application/json"),
};

#[derive(Serialize)]
struct NewInvite {
    email: &'static str,
    role: &'static str,
}

#[derive(Deserialize)]
struct Invite {
    id: String,
    email: String,
}

const BODY: NewInvite = NewInvite { email: "user@emaildomain.com", role: "developer" };

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// The vendor, without a network.
async fn answer(_: http::Request<Bytes>) -> TransportResult {
    let body = Bytes::from_static(br#"{"id":"i-1","email":"user@emaildomain.com"}"#);
    Ok(http::Response::new(Body::from(body)))
}

#[divan::bench]
fn client(bencher: Bencher<'_, '_>) {
    let client = ClientBuilder::new(&SETTINGS)
        .credential(Credential::header("x-api-key", "sk-1"))
        .transport(transport_fn(|request, _| answer(request)))
        .build()
        .expect("a client");
    let runtime = runtime();
    bencher.bench_local(|| {
        runtime.block_on(async {
            let mut request = client.request(&CREATE);
            request.path("team_id", "team-1");
            request.query("notify", &true);
            request.query("source", "admin console");
            request.json(&BODY);
            let response = request.send().await.expect("an answer");
            let invite: Invite = response.json::<_, ()>().expect("an invite");
            (invite.id, invite.email)
        })
    });
}

#[divan::bench]
fn plain(bencher: Bencher<'_, '_>) {
    let client = reqwest::Client::new();
    let runtime = runtime();
    bencher.bench_local(|| {
        runtime.block_on(async {
            let base = format!("https://api.example.com/v1/teams/{}/invites", "team-1");
            let mut url = Url::parse(&base).expect("a url");
            url.query_pairs_mut()
                .append_pair("notify", "true")
                .append_pair("source", "admin console");
            let body = Bytes::from(serde_json::to_vec(&BODY).expect("a body"));
            let request = client
                .post(url)
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .header("example-version", "2023-06-01")
                .header("x-api-key", "sk-1")
                .body(body.clone())
                .build()
                .expect("a request");
            let answer = execute(request, body).await;
            let invite: Invite = serde_json::from_slice(&answer).expect("an invite");
            (invite.id, invite.email)
        })
    });
}

/// What reqwest does with a request and with its answer.
async fn execute(mut plain: reqwest::Request, body: Bytes) -> Bytes {
    let mut request = http::Request::new(body);
    *request.method_mut() = plain.method().clone();
    *request.uri_mut() = plain.url().as_str().parse().expect("a uri");
    std::mem::swap(request.headers_mut(), plain.headers_mut());
    let sent: BoxFuture<'_, TransportResult> = Box::pin(answer(request));
    let answer = sent.await.expect("an answer");
    reqwest::Response::from(answer).bytes().await.expect("a body")
}
