//! Bodies, cookies and queries as a server receives them.

mod common;

use bindery_runtime::{Request, Upload};
use common::CREATE;
use serde::Serialize;
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn received(fill: impl FnOnce(&mut Request)) -> wiremock::Request {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let client = common::client(server.uri());
    let mut request = client.request(&CREATE);
    request.path("team_id", "t");
    fill(&mut request);
    assert_eq!(request.send().await.unwrap().status(), 204);
    server.received_requests().await.unwrap().remove(0)
}

#[tokio::test]
async fn a_file_arrives() {
    #[derive(Serialize)]
    struct Form {
        name: &'static str,
        photo: Upload,
    }
    let photo = Upload::new(vec![0, 0xFF]).file_name("a.png").content_type("image/png");
    let request = received(|r| r.multipart(&Form { name: "é", photo })).await;
    let boundary = "bindery-part-000000000000";
    let media_type = format!("multipart/form-data; boundary={boundary}");
    assert_eq!(request.headers["content-type"], media_type);
    let mut expected = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\né\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\
         content-type: image/png\r\n\r\n"
    )
    .into_bytes();
    expected.extend([0, 0xFF]);
    expected.extend(format!("\r\n--{boundary}--\r\n").bytes());
    assert_eq!(request.body, expected);
}

#[tokio::test]
async fn a_form_arrives() {
    let request = received(|r| r.form(&json!({ "a": "b c", "d": [1, 2] }))).await;
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.body, b"a=b+c&d=1&d=2");
}

#[tokio::test]
async fn separators_and_cookies_arrive_as_they_are() {
    let request = received(|r| {
        r.query_joined("c", ',', &[1, 2]);
        r.query_joined("p", '|', &[1, 2]);
        r.query_joined("s", ' ', &[1, 2]);
        r.cookie("a", "1;2");
        r.cookie("b", "é");
    })
    .await;
    assert_eq!(request.url.query(), Some("c=1,2&p=1|2&s=1%202"));
    assert_eq!(request.headers.get_all("cookie").iter().count(), 1);
    assert_eq!(request.headers["cookie"], "a=1%3B2; b=%C3%A9");
}
