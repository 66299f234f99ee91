//! Mocks of fragments.

use insta::assert_snapshot;
use serde_json::json;

use crate::testing::run;

#[test]
fn the_documentation_of_a_mock_is_a_test_of_the_first_operation() {
    let document = json!({"paths": {"/things": {"get": {
        "operationId": "listThings", "responses": {"200": {"content": {"application/json": {"schema": {"type": "string"}}}}},
    }}}});
    assert_snapshot!(run(document).mock_code(), @r#"
    /// A server on this machine that stands in for the vendor's, in tests.
    ///
    /// When it is dropped, it fails the test if something came that was not expected, or did not come.
    ///
    /// ```no_run
    /// use bindery_test::mock::{MockServer, Reply};
    ///
    /// async fn test() -> Result<(), Box<dyn std::error::Error>> {
    ///     let server = MockServer::start().await;
    ///     let client = server.client();
    ///     let call = client.list_things();
    ///     server.expect(call.clone()).reply(Reply::json(200, "…"));
    ///     let response = call.await?;
    ///     server.verify();
    ///     Ok(())
    /// }
    /// ```
    pub type MockServer = runtime::mock::Server<Client>;
    impl runtime::mock::Mocked for Client {
        fn with_made_up_credentials() -> ClientBuilder {
            Client::builder()
        }
    }
    "#);
}
