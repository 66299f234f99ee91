//! What stands between a client and the network: layers, transports, proxies.

mod common;

use std::sync::{Arc, Mutex};

use bindery_runtime::{BuildError, Credential, ErrorKind, TransportError, transport_fn};
use common::{LIST, SECRET, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn layers_see_each_exchange_from_the_outside_in_with_its_credential() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let note = |name: &'static str, log: &Arc<Mutex<Vec<String>>>| {
        let log = Arc::clone(log);
        move |inner: Arc<dyn bindery_runtime::Transport>| {
            transport_fn(move |mut request, call| {
                let (log, inner) = (Arc::clone(&log), Arc::clone(&inner));
                assert_eq!(call.operation().path, "/v1/invites");
                assert_eq!(request.headers()["x-api-key"], SECRET);
                assert!(!format!("{request:?}").contains("s3cret"));
                let seen = request.headers().contains_key("x-layer");
                let line = format!("{name} {} {} {seen}", call.attempt(), request.uri().path());
                log.lock().unwrap().push(line);
                request.headers_mut().insert("x-layer", "1".parse().unwrap());
                async move { inner.send(request, call).await }
            })
        }
    };
    let client = common::in_memory(|request, call| async move {
        assert!(request.headers().contains_key("x-layer"));
        assert_eq!(request.headers()["user-agent"], "bindery-example/1.2.3");
        let mut answer = json(if call.attempt() == 1 { 503 } else { 204 }, "");
        if request.uri().path() == "/v1/invites" {
            *answer.status_mut() = 302.try_into().unwrap();
            answer.headers_mut().insert("location", "/moved".parse().unwrap());
        }
        Ok(answer)
    });
    let client = client
        .credential(Credential::header("x-api-key", SECRET))
        .layer(note("inner", &log))
        .layer(note("outer", &log));
    assert_eq!(common::list(&client.build().unwrap()).await.unwrap(), None);
    let expected = [
        "outer 1 /v1/invites false",
        "inner 1 /v1/invites true",
        "outer 1 /moved false",
        "inner 1 /moved true",
        "outer 2 /v1/invites false",
        "inner 2 /v1/invites true",
        "outer 2 /moved false",
        "inner 2 /moved true",
    ];
    assert_eq!(*log.lock().unwrap(), expected);
}

#[tokio::test]
async fn a_layer_may_answer_itself_and_an_error_of_its_own_is_kept() {
    let never = |_, _| async { unreachable!("the layer answers") };
    let client =
        common::in_memory(never).layer(|_| transport_fn(|_, _| async { Ok(json(204, "")) }));
    assert_eq!(common::list(&client.build().unwrap()).await.unwrap(), None);

    let refuse = |_, _| async { Err(TransportError::new("out of order")) };
    let client = common::in_memory(refuse).retry(bindery_runtime::RetryPolicy::none());
    let error = common::list(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport(e) if !e.is_connect() && !e.is_timeout()));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "out of order");
}

#[tokio::test]
async fn a_transport_and_a_hook_for_another_are_refused_together() {
    let builder = common::in_memory(|_, _| async { Ok(json(204, "")) }).configure(|http| http);
    let error = builder.build().unwrap_err();
    assert!(matches!(error, BuildError::TransportConfigured));
    assert!(error.to_string().contains("`configure`"), "{error}");
}

#[test]
fn clients_are_shared_and_calls_cross_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn sent<T: Send>(_: &T) {}
    let client = common::in_memory(|_, _| async { Ok(json(204, "")) }).build().unwrap();
    shared(&client);
    sent(&client.request(&LIST).send());
    sent(&common::list(&client));
}

#[tokio::test]
async fn a_proxy_is_set_through_the_hook() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let proxy = common::url(listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0; 4096];
        let read = stream.read(&mut head).await.unwrap();
        stream.write_all(b"HTTP/1.1 204 Done\r\n\r\n").await.unwrap();
        String::from_utf8_lossy(&head[..read]).into_owned()
    });
    let client = common::builder("http://api.invalid")
        .configure(move |http| http.proxy(bindery_runtime::reqwest::Proxy::all(proxy).unwrap()))
        .build()
        .unwrap();
    assert_eq!(client.request(&LIST).send().await.unwrap().status(), 204);
    assert!(asked.await.unwrap().starts_with("GET http://api.invalid/v1/invites HTTP/1.1\r\n"));
}

#[cfg(feature = "blocking")]
#[test]
fn a_program_that_is_not_asynchronous_waits() {
    let blocking = bindery_runtime::Blocking::new().unwrap();
    let (url, count) = blocking
        .run(common::scripted(vec![common::Script::Bytes(b"HTTP/1.1 204 Done\r\n\r\n")]))
        .unwrap();
    let client = common::client(url);
    assert_eq!(blocking.run(common::list(&client)).unwrap().unwrap(), None);
    assert_eq!(count.load(std::sync::atomic::Ordering::SeqCst), 1);
    let within = blocking.run(async { blocking.run(async {}).unwrap_err().to_string() }).unwrap();
    assert!(within.contains("asynchronous"), "{within}");
}
