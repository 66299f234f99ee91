//! The client of the document of ours: constructs that no vendor's page has, as callers meet them.

use std::process::Command;
use std::time::SystemTime;

use bindery_golden::mock::{MockServer, Reply};
use bindery_golden::operations::books::MoveRequired;
use bindery_golden::operations::{GetStatus, books, members, scans};
use bindery_golden::runtime::webhook::Verifier;
use bindery_golden::runtime::{Method, Upload};
use bindery_golden::types::{
    BookInput, BookPatch, CreateBookResponse, Genre, Holder, Loan, Shelf, UploadScanBody,
    UploadScanBodyKind,
};
use bindery_golden::webhooks::Webhook;
use bindery_golden::{ApiError, Call as _, Client, Paged as _, Streamed as _};
use serde_json::{Value, json};
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(7);

fn book(title: &str) -> Value {
    json!({ "id": ID, "title": title, "holder": { "kind": "shelf", "row": 1 } })
}

#[test]
fn the_example_shows_groups_pages_and_one_handler() {
    let output = Command::new(env!("CARGO_BIN_EXE_reading_room"))
        .env_remove("http_proxy")
        .env("HTTP_PROXY", "http://127.0.0.1:9")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let expected = "Books: Emma, Jane Eyre, Middlemarch\n\
                    There is such a book: 0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d\n\
                    The vendor says: \"not for you\"\n";
    assert_eq!((output.status.code(), told.as_str()), (Some(0), expected));
}

#[tokio::test]
async fn a_success_of_several_types_is_told_apart_by_status() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    let input = || BookInput::new(Holder::Shelf(Shelf::new(1)), "Emma").genre(Genre::Novel);
    let create = || client.books().create(input()).idempotency_key("k");
    vendor.expect(create()).reply(Reply::json(201, book("Emma")));
    vendor.expect(create()).reply(Reply::json(202, json!({ "check_id": "c" })));
    let CreateBookResponse::Created(made) = create().await.unwrap() else { panic!() };
    assert_eq!((made.id, made.title.as_str()), (ID, "Emma"));
    assert!(matches!(made.holder, Holder::Shelf(Shelf { row: 1, .. })));
    assert!(matches!(create().await.unwrap(), CreateBookResponse::Accepted(_)));
    vendor.verify();
}

#[tokio::test]
async fn errors_of_all_operations_are_of_one_type() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    vendor.expect_any::<books::Get>().reply(Reply::empty(404));
    vendor.expect_any::<books::Delete>().reply(Reply::json(500, json!({ "title": "no" })));
    let errors =
        [client.books().get(ID).await.unwrap_err(), client.books().delete(ID).await.unwrap_err()];
    assert_eq!(errors[0].api(), Some(&ApiError::Empty));
    assert!(matches!(errors[1].api(), Some(ApiError::Problem(problem)) if problem.title == "no"));
    assert_eq!(errors.each_ref().map(|it| it.is_retryable()), [false, true]);
    vendor.verify();
}

#[tokio::test]
async fn much_that_is_required_has_names() {
    let vendor = MockServer::start().await;
    let required = MoveRequired {
        book_id: ID,
        from_room: "a".into(),
        from_row: 1,
        to_room: "b".into(),
        to_row: 2,
    };
    let any = vendor.expect_any::<books::Move>();
    let any = any.query("from_room", "a").query("from_row", &1).query("to_room", "b");
    any.query("to_row", &2).reply(Reply::empty(204));
    vendor.client().books().move_(required).await.unwrap();
    vendor.verify();
}

#[tokio::test]
async fn null_is_sent_where_it_is_said() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    let any = vendor.expect_any::<books::Update>();
    any.json(&json!({ "subtitle": null, "pages": 3 })).reply(Reply::json(200, book("Emma")));
    let patch = BookPatch::new().subtitle_null().pages(3);
    client.books().update(ID, patch).await.unwrap();
    vendor.verify();
}

#[tokio::test]
async fn a_list_begins_where_it_was_left() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    let page = |name: &str| json!({ "members": [{ "name": name, "contact": { "phone": "1" } }], "total_pages": 2 });
    vendor.expect(client.members().list().page(2)).reply(Reply::json(200, page("b")));
    vendor.expect(client.members().list().page(1)).reply(Reply::json(200, page("a")));
    let mut members = client.members().list().items();
    assert_eq!(members.next().await.unwrap().unwrap().name, "a");
    let cursor = *members.cursor().unwrap();
    let mut rest = client.members().list().items().starting_at(cursor);
    assert_eq!(rest.next().await.unwrap().unwrap().name, "b");
    assert!(rest.next().await.is_none());
    vendor.verify();
}

#[tokio::test]
async fn files_go_up_and_come_down() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    let body = || UploadScanBody::new(Upload::new(&b"%PDF"[..]), UploadScanBodyKind::Whole);
    vendor.expect(client.scans().upload(ID, body())).reply(Reply::empty(204));
    client.scans().upload(ID, body()).await.unwrap();
    let file = || Reply::body(200, "application/pdf", "%PDF");
    vendor.expect(client.scans().download(ID)).reply(file());
    vendor.expect(client.scans().download(ID)).reply(file());
    assert_eq!(client.scans().download(ID).await.unwrap(), "%PDF");
    let mut download = client.scans().download(ID).send_streaming().await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "%PDF");
    let events = Reply::body(200, "text/event-stream", "data: 1\n\n");
    vendor.expect_any::<scans::Watch>().reply(events);
    assert_eq!(client.scans().watch(ID).await.unwrap(), "data: 1\n\n");
    vendor.verify();
}

#[tokio::test]
async fn both_credentials_go_along_and_another_tenant_shares_the_connections() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    vendor
        .expect_any::<GetStatus>()
        .header("authorization", "Bearer t")
        .header("x-tenant", "other")
        .reply(Reply::body(200, "text/plain", "open"));
    let other = client.with_credentials([
        bindery_golden::Credential::token("t"),
        bindery_golden::Credential::x_tenant("other"),
    ]);
    assert_eq!(other.unwrap().get_status().await.unwrap(), "open");
    vendor.verify();
    assert!(Client::new("t", "x").is_ok());
}

#[tokio::test]
async fn what_the_crate_does_not_describe_can_be_called() {
    let vendor = MockServer::start().await;
    let response = vendor.client().request(Method::GET, "/beta").send().await.unwrap();
    assert_eq!(response.status(), 418, "nobody expects it");
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| vendor.verify()));
    assert!(told.is_err());
}

#[test]
fn webhooks_are_verified_and_typed() {
    let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let body = json!({ "type": "book.added", "book": book("Emma") }).to_string();
    let headers = verifier.sign("m-1", SystemTime::now(), &body);
    let delivery = verifier.verify(&headers, body).unwrap();
    let Webhook::BookAdded(added) = delivery.payload().unwrap() else { panic!() };
    assert_eq!(added.book.title, "Emma");
    assert!(verifier.verify(&headers, "{}").is_err());
}

#[test]
fn a_union_writes_its_own_tag() {
    let holder: Holder = serde_json::from_value(json!({
        "kind": "loan", "member": { "name": "a", "contact": { "email": "a@example.com" } },
    }))
    .unwrap();
    assert!(matches!(&holder, Holder::Loan(Loan { member, .. }) if member.name == "a"));
    assert_eq!(serde_json::to_value(Shelf::new(2)).unwrap(), json!({ "kind": "shelf", "row": 2 }));
}

#[tokio::test]
async fn requests_are_values() {
    let vendor = MockServer::start().await;
    let client = vendor.client();
    let call = client.members().list();
    vendor.expect_any::<members::List>().times(2).reply(Reply::json(403, json!({ "title": "no" })));
    let (a, b) = (call.clone().send_with_meta().await, call.await);
    assert!(a.is_err() && b.is_err());
    vendor.verify();
}
