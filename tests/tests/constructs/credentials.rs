//! Credentials in each place that a document may name: what a client takes, and what it sends.

use std::sync::{Arc, Mutex};

use client::runtime::mock::Reply;
use client::runtime::{TransportError, http, transport_fn};

/// Does what follows with a builder whose requests end here, and gives the request that came.
macro_rules! sent {
    ($builder:expr, $call:expr) => {{
        let seen = Arc::new(Mutex::new(None));
        let keep = Arc::clone(&seen);
        let transport = transport_fn(move |request: http::Request<_>, _| {
            *keep.lock().unwrap() = Some(request.into_parts().0);
            async { Err(TransportError::new("it ends here")) }
        });
        let client = $builder.transport(transport).build().unwrap();
        let failed = $call(&client).await.unwrap_err();
        assert!(!format!("{client:?} {failed} {failed:?}").contains("s3cret"), "{failed:?}");
        seen.lock().unwrap().take().unwrap()
    }};
}

/// The values of a header.
fn header<'r>(request: &'r http::request::Parts, name: &str) -> Vec<&'r str> {
    request.headers.get_all(name).iter().map(|it| it.to_str().unwrap()).collect()
}

#[tokio::test]
async fn an_access_token_is_a_bearer_token() {
    let seen = sent!(oauth::Client::builder().credential(oauth::Credential::token("s3cret")), |it: &oauth::Client| {
        it.list_things("k")
    });
    assert_eq!(header(&seen, "authorization"), ["Bearer s3cret"]);
    assert_eq!(seen.uri, "https://api.example.com/things?key=k");
}

#[tokio::test]
async fn basic_authentication_takes_user_and_password() {
    let builder = basic::Client::builder().credential(basic::Credential::basic_auth("Aladdin", "s3cret"));
    let seen = sent!(builder, |it: &basic::Client| it.list_things("k"));
    assert_eq!(header(&seen, "authorization"), ["Basic QWxhZGRpbjpzM2NyZXQ="]);
    let password = basic::SecretString::from("s3cret");
    assert!(basic::Client::new("Aladdin", password).is_ok());
    let missing = basic::Client::from_env().unwrap_err().to_string();
    assert_eq!(missing, "the environment variable `BASIC_USERNAME` is not set");
}

#[tokio::test]
async fn a_key_of_the_query_is_sent_with_each_request_and_is_no_argument() {
    let builder = query::Client::builder().credential(query::Credential::api_key("s3cret/+"));
    let seen = sent!(builder, |it: &query::Client| it.list_things());
    assert_eq!(seen.uri, "https://api.example.com/things?key=s3cret%2F%2B");
}

#[tokio::test]
async fn a_cookie_joins_the_other_cookies() {
    let builder = cookie::Client::builder().credential(cookie::Credential::api_key("s3cret"));
    let seen = sent!(builder, |it: &cookie::Client| it.list_things("k").theme("dark"));
    assert_eq!(header(&seen, "cookie"), ["sid=s3cret; theme=dark"]);
}

#[tokio::test]
async fn what_is_required_together_is_taken_and_sent_together() {
    let builder = several::Client::builder()
        .credential(several::Credential::basic_auth("Aladdin", "s3cret"))
        .credential(several::Credential::key("s3cret"));
    let seen = sent!(builder, |it: &several::Client| it.list_things());
    assert_eq!(header(&seen, "authorization"), ["Basic QWxhZGRpbjpzM2NyZXQ="]);
    assert_eq!(seen.uri, "https://api.example.com/things?key=s3cret");
    assert!(several::Client::new("Aladdin", "s3cret", "s3cret").is_ok());
    let server = several::mock::MockServer::start().await;
    server.expect_any::<several::operations::ListThings>().reply(Reply::json(200, ["a"]));
    server.client().list_things().await.unwrap();
    server.verify();
}

#[tokio::test]
async fn a_mock_has_a_client_with_a_made_up_credential() {
    let server = query::mock::MockServer::start().await;
    server.expect(server.client().list_things().theme("dark")).reply(Reply::json(200, ["a"]));
    let things = server.client().list_things().theme("dark").await.unwrap();
    assert_eq!(things, ["a"]);
    let failed = server.client().list_things().theme("light").await.unwrap_err();
    let answer = String::from_utf8_lossy(failed.body().unwrap()).into_owned();
    assert!(answer.contains("?key=[redacted]"), "{answer}");
    let complaint = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| server.verify()));
    assert!(complaint.is_err());

    let server = basic::mock::MockServer::start().await;
    let made_up = "Basic YS11c2VyLWZvci10ZXN0czphLWNyZWRlbnRpYWwtZm9yLXRlc3Rz";
    let expected = server.expect_any::<basic::operations::ListThings>();
    expected.header("authorization", made_up).reply(Reply::json(200, ["a"]));
    server.client().list_things("k").await.unwrap();
    server.verify();

    let server = cookie::mock::MockServer::start().await;
    let call = server.client().list_things("k").theme("dark");
    server.expect(call.clone()).reply(Reply::json(200, ["a"]));
    call.await.unwrap();
    server.verify();
}
