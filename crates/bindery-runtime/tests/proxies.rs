//! Proxies that the environment names: which requests they see.

mod common;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

use bindery_runtime::{ClientBuilder, Credential, ErrorKind, Operation, Settings};
use common::SECRET;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

static SETTINGS: Settings =
    Settings { name: "example", version: "1", base_url: Some("https://a.example"), headers: &[] };

static NEARBY: Operation = Operation {
    id: "nearby",
    method: bindery_runtime::Method::GET,
    path: "/v1/nearby",
    server: Some("http://127.0.0.1:9"),
    accept: None,
    idempotent: true,
};

/// Runs this test program again, with a proxy in its environment, and returns the first line of each request that
/// the proxy got. The variables are set for a process of its own: those of this one are for all of its tests.
fn seen_by_a_proxy(test: &str) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = common::url(listener.local_addr().unwrap());
    let seen = proxy(listener);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "--ignored", "--nocapture", test]);
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    {
        child.env(name, &url);
    }
    let output = child.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    seen.try_iter().collect()
}

/// Answers every request with 204, and tells its first line.
fn proxy(listener: TcpListener) -> Receiver<String> {
    let (send, seen) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines =
                BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            send.send(lines.next().unwrap_or_default()).unwrap();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
        }
    });
    seen
}

fn builder() -> ClientBuilder {
    ClientBuilder::new(&SETTINGS).credential(Credential::bearer(SECRET))
}

#[tokio::test]
#[ignore = "run by another test, with a proxy in its environment"]
async fn calls_this_machine() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("http://{host}:{}", server.address().port());
        let client = builder().base_url(url).build().unwrap();
        assert_eq!(common::list(&client).await.unwrap(), None);
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
    // A server of a single operation: the base url may need the proxy.
    let failure = builder().build().unwrap().request(&NEARBY).send().await.unwrap_err();
    let error = bindery_runtime::Error::<()>::from(failure);
    assert!(matches!(error.kind(), ErrorKind::Request(_)), "{error}");
}

#[test]
fn no_proxy_of_the_environment_sees_what_is_for_this_machine() {
    assert_eq!(seen_by_a_proxy("calls_this_machine"), [""; 0]);
}

#[cfg(feature = "mock")]
#[tokio::test]
#[ignore = "run by another test, with a proxy in its environment"]
async fn calls_a_mock() {
    use bindery_runtime::mock::{MockServer, Reply};

    let server = MockServer::start().await;
    server.expect_operation(&common::LIST).reply(Reply::empty(204));
    let client = builder().base_url(server.url()).build().unwrap();
    assert_eq!(common::list(&client).await.unwrap(), None);
}

#[cfg(feature = "mock")]
#[test]
fn no_proxy_of_the_environment_comes_between_a_mock_and_its_client() {
    assert_eq!(seen_by_a_proxy("calls_a_mock"), [""; 0]);
}

#[tokio::test]
#[ignore = "run by another test, with a proxy in its environment"]
async fn calls_other_machines() {
    let plain = builder().base_url("http://b.example").allow_plain_http().build().unwrap();
    assert_eq!(common::list(&plain).await.unwrap(), None);
    assert!(builder().base_url("http://b.example").build().is_err());
    let encrypted = builder().retry(bindery_runtime::RetryPolicy::none()).build().unwrap();
    common::list(&encrypted).await.unwrap_err();
}

/// What is encrypted goes through a proxy unread.
#[test]
fn a_proxy_of_the_environment_is_used_for_other_machines() {
    let expected = ["GET http://b.example/v1/invites HTTP/1.1", "CONNECT a.example:443 HTTP/1.1"];
    assert_eq!(seen_by_a_proxy("calls_other_machines"), expected);
}
