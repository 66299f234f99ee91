//! Answers that the page does not document, and redirects.

use bindery_runtime::ErrorKind;
use bindery_tests::server::Server;
use bindery_tests::subject::{Subject, shown, undecodable};
use serde_json::json;

for_each_client!(
    an_undocumented_status_keeps_its_body,
    an_answer_that_is_not_json_keeps_its_body,
    an_answer_of_another_shape_keeps_its_body,
    a_redirect_of_a_post_is_not_followed,
    a_redirect_to_another_host_gets_no_request,
);

/// Statuses that no page of the four documents, 2xx among them.
const UNDOCUMENTED: [u16; 6] = [202, 204, 226, 304, 502, 599];

async fn an_undocumented_status_keeps_its_body<S: Subject>() {
    for status in UNDOCUMENTED {
        // With these two comes no body.
        let body = if matches!(status, 204 | 304) { "" } else { "Not what\nyou think." };
        let server = Server::raw(status, body).await;
        let error = S::call(&S::client(&server.url())).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Undocumented), "{error}");
        assert_eq!(error.operation(), S::OPERATION);
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body().unwrap(), body);
        assert!(error.headers().is_some() && error.api().is_none());
        assert!(error.to_string().contains("which is not documented"), "{error}");
        assert!(!error.to_string().contains('\n'), "a line of a log stays one");
    }
}

async fn an_answer_that_is_not_json_keeps_its_body<S: Subject>() {
    for (status, body) in [(S::SUCCESS, "<html>Busy</html>"), (S::FAILURE, ""), (S::FAILURE, "{")] {
        let server = Server::raw(status, body).await;
        let error = S::call(&S::client(&server.url())).await.unwrap_err();
        assert!(!undecodable(&error).is_empty());
        assert_eq!(error.operation(), S::OPERATION);
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers().unwrap()["content-type"], "application/json");
        assert_eq!(error.body().unwrap(), body);
        assert!(error.api().is_none());
        let shown = error.to_string();
        assert!(shown.starts_with(&format!("{}: {status} ", S::OPERATION)), "{shown}");
    }
}

async fn an_answer_of_another_shape_keeps_its_body<S: Subject>() {
    for status in [S::SUCCESS, S::FAILURE] {
        let body = json!("of another shape");
        let server = Server::json(status, &body).await;
        let error = S::call(&S::client(&server.url())).await.unwrap_err();
        assert!(undecodable(&error).contains("expected"), "{error}");
        assert_eq!(error.body().unwrap(), body.to_string().as_str());
    }
}

async fn a_redirect_of_a_post_is_not_followed<S: Subject>() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::redirect(status, "/elsewhere").await;
        let error = S::call(&S::client(&server.url())).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Undocumented), "{error}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers().unwrap()["location"], "/elsewhere");
        assert_eq!(error.body().unwrap(), "moved");
        assert!(server.received().await.line.starts_with("POST "));
    }
}

async fn a_redirect_to_another_host_gets_no_request<S: Subject>() {
    let other = Server::json(200, &json!({})).await;
    for status in [301, 302, 303, 307, 308] {
        let server = Server::redirect(status, &other.url()).await;
        let error = S::call(&S::client(&server.url())).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(!shown(&error).contains("s3cret"));
        assert_eq!(server.received().await.header(S::CREDENTIAL.0), Some(S::CREDENTIAL.1));
    }
    assert!(other.all_received().await.is_empty(), "the credential has gone nowhere else");
}
