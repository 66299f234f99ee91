//! Idempotency keys, servers of an operation's own, and parameters whose names a mock has itself.

use client::mock::MockServer;
use client::runtime::mock::Reply;
use client::types::Thing;
use client::operations::{Charge, GetHealth, GetUser, Upload};
use client::{Call as _, Client, RetryPolicy};

/// A client that tries again at once.
fn client(server: &MockServer) -> Client {
    let client = Client::builder().base_url(server.url()).configure(|http| http.no_proxy());
    client.retry(RetryPolicy::default().base_delay(std::time::Duration::ZERO)).build().unwrap()
}

#[tokio::test]
async fn a_call_with_an_idempotency_key_is_tried_again_with_the_same_key() {
    let server = MockServer::start().await;
    // Without a key, a POST would not be sent again after this.
    let call = client(&server).charge(Thing::new("t")).idempotency_key("k-1");
    server.expect(call.clone()).reply_undocumented(Reply::empty(500));
    server.expect(call.clone()).reply(Reply::json(201, Thing::new("t")));
    assert_eq!(call.send_with_meta().await.unwrap().attempts, 2);
    server.verify();
}

#[tokio::test]
async fn a_key_is_made_up_where_none_is_given() {
    let server = MockServer::start().await;
    server.expect_any::<Charge>().reply_undocumented(Reply::empty(500));
    server.expect_any::<Charge>().reply(Reply::json(201, Thing::new("t")));
    let answer = client(&server).charge(Thing::new("t")).send_with_meta().await.unwrap();
    assert_eq!(answer.attempts, 2);
    server.verify();
}

#[tokio::test]
async fn a_parameter_may_be_called_request() {
    let server = MockServer::start().await;
    let call = client(&server).charge(Thing::new("t")).request("r");
    server.expect(call.clone()).reply(Reply::json(201, Thing::new("t")));
    call.await.unwrap();
    server.verify();
}

#[tokio::test]
async fn a_mock_tells_operations_apart_whose_paths_fit_each_other() {
    let server = MockServer::start().await;
    server.expect_any::<GetUser>().reply(Reply::json(200, Thing::new("t")));
    let failed = server.client().get_me().await.unwrap_err();
    assert_eq!(failed.status().map(|it| it.as_u16()), Some(418));
    server.client().get_user("me").await.unwrap();
    let complaint = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| server.verify()));
    assert!(complaint.is_err());
}

#[tokio::test]
async fn an_operation_knows_its_server_and_is_mocked_like_others() {
    assert_eq!(Upload::OPERATION.server, Some("https://files.example.com/v1"));
    assert_eq!(GetHealth::OPERATION.server, Some("/health"));
    let server = MockServer::start().await;
    server.expect_any::<Upload>().reply(Reply::empty(204));
    server.client().upload().await.unwrap();
    server.verify();
}
