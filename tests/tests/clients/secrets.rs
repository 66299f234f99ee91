//! Credentials are sent, and appear nowhere else.

use bindery_runtime::ErrorKind;
use bindery_tests::server::{self, Server};
use bindery_tests::subject::{SECRET, Settings as _, Subject, shown};
use serde_json::json;

for_each_client!(
    nothing_shows_the_credential,
    an_error_does_not_show_a_credential_that_the_server_repeats,
    a_url_with_a_credential_is_refused_and_not_shown,
    a_credential_that_cannot_be_sent_is_refused_and_not_shown,
    the_credential_is_sent_once_per_request_and_only_where_it_belongs,
);

async fn nothing_shows_the_credential<S: Subject>() {
    let url = server::absent().await;
    let builder = S::builder(&url).header("x-trace", "s3cret-too");
    let builder_shown = format!("{builder:?} {builder:#?}");
    let client = builder.build().unwrap();
    let error = S::call(&client).await.unwrap_err();
    let request = S::shown_request(&client);
    let client_shown = format!("{client:?} {client:#?}");
    for shown in [&builder_shown, &client_shown, &request, &shown(&error)] {
        assert!(!shown.contains("s3cret"), "{shown}");
    }
    assert!(client_shown.contains(&url), "what is shown is of use: {client_shown}");
}

async fn an_error_does_not_show_a_credential_that_the_server_repeats<S: Subject>() {
    let answer = json!({ "errors": SECRET, "message": SECRET, SECRET: 1, "detail": SECRET });
    let escaped = answer.to_string().replace('/', "\\/");
    for status in [S::SUCCESS, S::FAILURE, 599] {
        for body in [&answer.to_string(), &escaped] {
            let server = Server::raw(status, body).await;
            // A client whose page asks for less may take that for its answer.
            let Err(error) = S::call(&S::client(&server.url())).await else { continue };
            assert!(!shown(&error).contains("s3cret"), "{error}");
            assert_eq!(error.body().unwrap(), body, "whoever wants the body gets all of it");
            if matches!(error.kind(), ErrorKind::Undocumented) {
                assert!(error.to_string().contains("[redacted]"), "{error}");
            }
        }
    }
}

async fn a_url_with_a_credential_is_refused_and_not_shown<S: Subject>() {
    for url in ["https://user:s3cret@example.com", "https://example.com?key=s3cret"] {
        let builder = S::bare().credential(SECRET).base_url(url);
        assert!(!format!("{builder:?}").contains("s3cret"));
        let error = builder.build().unwrap_err();
        assert!(error.to_string().starts_with("the base url "), "{error}");
        assert!(!shown(&error).contains("s3cret"));
    }
}

async fn a_credential_that_cannot_be_sent_is_refused_and_not_shown<S: Subject>() {
    let builder = S::bare().base_url("https://example.com").credential("s3cret\r\nx-other: 1");
    let error = builder.build().unwrap_err();
    assert!(error.to_string().starts_with("the credential "), "{error}");
    assert!(!shown(&error).contains("s3cret"));

    let builder = S::builder("https://example.com").header(S::CREDENTIAL.0, "another");
    let error = builder.build().unwrap_err();
    assert!(error.to_string().contains(S::CREDENTIAL.0), "one header, two values: {error}");
}

async fn the_credential_is_sent_once_per_request_and_only_where_it_belongs<S: Subject>() {
    let server = Server::raw(599, "").await;
    let client = S::client(&server.url());
    let _ = S::call(&client).await;
    let _ = S::call(&client.clone()).await;
    let all = server.all_received().await;
    assert_eq!(all.len(), 2);
    for received in all {
        let carry = |it: &&(&str, &str)| it.1.contains("s3cret");
        let headers = received.headers();
        assert_eq!(headers.iter().filter(carry).collect::<Vec<_>>(), [&S::CREDENTIAL]);
        assert!(!received.line.contains("s3cret") && !received.body.to_string().contains("s3cret"));
    }
}
