//! What a client costs: one call with a path parameter, two query parameters and a small body in
//! JSON.
//!
//! `cargo bench --package bindery-runtime` prints the time and the allocations of the call, and of
//! the same request made with reqwest alone, `plain`. The client is to add no more than 10
//! allocations and 5 microseconds to it.
//!
//! `memory` is without a network, for the time: nothing else takes any. reqwest has no transport in
//! memory, so `plain` does by hand what reqwest does around its own. `loopback` is reqwest itself in
//! both, with a server on this machine, for the allocations: the time is mostly the server's.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use bindery_runtime::reqwest::{self, Url};
use bindery_runtime::{
    Body, BoxFuture, Bytes, Client, ClientBuilder, Credential, Method, Operation, Settings,
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
    server: None,
    accept: Some("application/json"),
    idempotent: false,
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

const ANSWER: &str = r#"{"id":"i-1","email":"user@emaildomain.com"}"#;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// The call as a generated crate makes it.
async fn call(client: &Client) -> (String, String) {
    let mut request = client.request(&CREATE);
    request.path("team_id", "team-1");
    request.query("notify", &true);
    request.query("source", "admin console");
    request.json(&BODY);
    let response = request.send().await.expect("an answer");
    let invite: Invite = response.json::<_, ()>().expect("an invite");
    (invite.id, invite.email)
}

/// The request as somebody writes it who has reqwest alone.
fn plain(client: &reqwest::Client, base: &str) -> reqwest::RequestBuilder {
    let mut url = Url::parse(&format!("{base}/v1/teams/{}/invites", "team-1")).expect("a url");
    url.query_pairs_mut().append_pair("notify", "true").append_pair("source", "admin console");
    client
        .post(url)
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .header("example-version", "2023-06-01")
        .header("x-api-key", "sk-1")
        .body(serde_json::to_vec(&BODY).expect("a body"))
}

fn read(answer: &[u8]) -> (String, String) {
    let invite: Invite = serde_json::from_slice(answer).expect("an invite");
    (invite.id, invite.email)
}

fn builder() -> ClientBuilder {
    ClientBuilder::new(&SETTINGS).credential(Credential::header("x-api-key", "sk-1"))
}

mod memory {
    use super::*;

    /// The vendor, without a network.
    async fn answer<B>(_: http::Request<B>) -> TransportResult {
        Ok(http::Response::new(Body::from(Bytes::from_static(ANSWER.as_bytes()))))
    }

    #[divan::bench]
    fn client(bencher: Bencher<'_, '_>) {
        let transport = transport_fn(|request, _| answer(request));
        let client = builder().transport(transport).build().expect("a client");
        let runtime = runtime();
        bencher.bench_local(|| runtime.block_on(call(&client)));
    }

    #[divan::bench]
    fn plain(bencher: Bencher<'_, '_>) {
        let client = reqwest::Client::new();
        let runtime = runtime();
        bencher.bench_local(|| {
            runtime.block_on(async {
                let request = super::plain(&client, "https://api.example.com").build();
                read(&execute(request.expect("a request")).await)
            })
        });
    }

    /// What reqwest does with a request and with its answer.
    async fn execute(mut plain: reqwest::Request) -> Bytes {
        let mut request = http::Request::new(plain.body_mut().take());
        *request.method_mut() = plain.method().clone();
        *request.uri_mut() = plain.url().as_str().parse().expect("a uri");
        std::mem::swap(request.headers_mut(), plain.headers_mut());
        let sent: BoxFuture<'_, TransportResult> = Box::pin(answer(request));
        let answer = sent.await.expect("an answer");
        reqwest::Response::from(answer).bytes().await.expect("a body")
    }
}

mod loopback {
    use super::*;

    #[divan::bench]
    fn client(bencher: Bencher<'_, '_>) {
        let client = builder().base_url(server()).configure(|http| http.no_proxy()).build();
        let client = client.expect("a client");
        let runtime = runtime();
        bencher.bench_local(|| runtime.block_on(call(&client)));
    }

    #[divan::bench]
    fn plain(bencher: Bencher<'_, '_>) {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let (base, runtime) = (server(), runtime());
        bencher.bench_local(|| {
            runtime.block_on(async {
                let answer = super::plain(&client, &base).send().await.expect("an answer");
                read(&answer.bytes().await.expect("a body"))
            })
        });
    }

    /// The vendor, in a thread of its own, so that what it does is not counted.
    fn server() -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || serve(stream));
            }
        });
        url
    }

    /// Answers each request of a connection. All of them end in the same body.
    fn serve(mut stream: TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let body = serde_json::to_vec(&BODY).ok()?;
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
        let answer = format!("{head} {}\r\n\r\n{ANSWER}", ANSWER.len());
        let (mut buffer, mut filled) = ([0; 4096], 0);
        loop {
            let count = stream.read(buffer.get_mut(filled..)?).ok().filter(|count| *count > 0)?;
            filled += count;
            if buffer.get(..filled)?.ends_with(&body) {
                filled = 0;
                stream.write_all(answer.as_bytes()).ok()?;
            }
        }
    }
}
