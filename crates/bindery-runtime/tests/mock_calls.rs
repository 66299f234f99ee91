//! The server of the feature `mock`, where it is told calls: what it compares, and which replies it refuses.

#![cfg(feature = "mock")]

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bindery_runtime::mock::{MockServer, Reply};
use bindery_runtime::{
    Call, Caller, Client, Error, ErrorKind, Method, Operation, Request, Response,
};
use serde_json::json;

/// What the server says when it is verified. It has nothing to say after that.
fn complaint(server: &MockServer) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| server.verify())).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

/// How an expectation is called whose reply was given in this line.
fn place(name: &str, line: u32) -> String {
    format!("{name} at {}:{line}", file!())
}

#[derive(Clone, Debug)]
struct Create {
    caller: Caller,
    team: &'static str,
    email: &'static str,
    trace: Option<&'static str>,
}

impl Create {
    fn new(client: &Client, team: &'static str, email: &'static str) -> Self {
        Self { caller: client.caller(), team, email, trace: None }
    }
}

impl Call for Create {
    type Output = common::Invite;
    type Error = common::Problem;
    const OPERATION: &'static Operation =
        &Operation::new("create_invite", Method::POST, "/v1/teams/{team_id}/invites")
            .accept("application/json");

    fn caller(&mut self) -> &mut Caller {
        &mut self.caller
    }

    fn write(&self, request: &mut Request) {
        request.path("team_id", self.team);
        request.header("x-trace", &self.trace);
        request.json(&json!({ "email": self.email }));
    }

    fn read(response: Response) -> Result<common::Invite, Error<common::Problem>> {
        match response.status().as_u16() {
            201 => response.json(),
            400 => Err(response.error()),
            _ => Err(response.undocumented()),
        }
    }
}

#[tokio::test]
async fn a_call_is_expected_as_it_is_and_what_it_leaves_out_may_be_anything() {
    let server = MockServer::start().await;
    let client = server.client();
    server.expect(Create::new(&client, "t", "a@b")).reply(Reply::json(201, json!({ "id": "i" })));
    let made = Create { trace: Some("7"), ..Create::new(&client, "t", "a@b") }.send().await;
    assert_eq!(made.unwrap().id, "i");
    server.verify();

    let (create, reply) =
        (Create::new(&client, "t", "a@b"), Reply::json(400, json!({ "message": "" })));
    let line = line!() + 1;
    server.expect(create).reply(reply);
    assert!(Create::new(&client, "u", "a@c").send().await.is_err());
    let told = complaint(&server);
    assert!(told.contains(&place("create_invite #1", line)), "{told}");
    for difference in ["path: expected /v1/teams/t/invites, got /v1/teams/u/invites", "body.email"]
    {
        assert!(told.contains(difference), "{told}");
    }
}

#[tokio::test]
async fn any_call_of_an_operation_can_be_expected() {
    let server = MockServer::start().await;
    let client = server.client();
    server.expect_any::<Create>().times(2).reply(Reply::json(400, json!({ "message": "no" })));
    for team in ["t", "u"] {
        let error = Create::new(&client, team, "a@b").send().await.unwrap_err();
        assert_eq!(error.api().unwrap().message, "no");
    }
    server.verify();
}

#[tokio::test]
async fn what_the_options_of_an_expected_call_add_has_to_come() {
    let server = MockServer::start().await;
    let client = server.client();
    let more = |call: Create| {
        call.with_options(|it| it.header("x-b", "1").query("c", "2").member("d", json!([3])))
    };
    let reply = || Reply::json(201, json!({ "id": "i" }));
    server.expect(more(Create::new(&client, "t", "a@b"))).reply(reply());
    more(Create::new(&client, "t", "a@b")).send().await.unwrap();
    server.verify();
    server.expect(more(Create::new(&client, "t", "a@b"))).reply(reply());
    assert!(Create::new(&client, "t", "a@b").send().await.is_err());
    let told = complaint(&server);
    for difference in ["header `x-b`", "query `c`", "body.d"] {
        assert!(told.contains(difference), "{told}");
    }
}

#[tokio::test]
async fn a_reply_that_the_operation_does_not_document_is_refused_where_it_is_given() {
    let server = MockServer::start().await;
    let refused = |reply: Reply| {
        let give = || server.expect_any::<Create>().reply(reply);
        let panic = catch_unwind(AssertUnwindSafe(give)).unwrap_err();
        *panic.downcast::<String>().unwrap()
    };
    let undocumented = refused(Reply::json(404, json!({ "message": "no" })));
    assert!(undocumented.contains("documents no such reply") && undocumented.contains("404"));
    let misfit = refused(Reply::json(201, json!({ "name": "i" })));
    assert!(misfit.contains("id"), "{misfit}");
    server.verify();
    server.expect_any::<Create>().reply_undocumented(Reply::empty(404));
    let client = server.client();
    let error = Create::new(&client, "t", "a@b").send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Undocumented));
    server.verify();
}
