//! Groups, pages, and one handler for all errors, by the client of an API that is made up.
//!
//! ```text
//! cargo run -p bindery-tests --bin reading_room
//! ```
//!
//! It needs no account: a server on this machine stands in for the vendor.

use std::process::ExitCode;

use bindery_golden::mock::{MockServer, Reply};
use bindery_golden::operations::{books, members};
use bindery_golden::types::{BookInput, Holder, Shelf};
use bindery_golden::{ApiError, Client, Error, Paged as _};
use serde_json::json;

#[tokio::main]
async fn main() -> ExitCode {
    let vendor = stand_in().await;
    let client = vendor.client();
    for done in [titles(&client).await, add(&client).await, names(&client).await] {
        match done {
            Ok(told) => println!("{told}"),
            Err(error) => println!("{}", explain(&error)),
        }
    }
    vendor.verify();
    ExitCode::SUCCESS
}

/// All books, whatever number of pages they come in.
async fn titles(client: &Client) -> Result<String, Error> {
    let mut titles = Vec::new();
    let mut books = client.books().list().limit(2).items();
    while let Some(book) = books.next().await {
        titles.push(book?.title);
    }
    Ok(format!("Books: {}", titles.join(", ")))
}

async fn add(client: &Client) -> Result<String, Error> {
    let book = BookInput::new(Holder::Shelf(Shelf::new(3)), "Emma");
    let added = client.books().create(book).await?;
    Ok(format!("Added: {added:?}"))
}

/// The members, page by page, with what comes beside each page.
async fn names(client: &Client) -> Result<String, Error> {
    let mut told = Vec::new();
    let mut pages = client.members().list().pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        let names: Vec<&str> = page.body.iter().map(|member| member.name.as_str()).collect();
        told.push(format!("{} ({})", names.join(", "), page.status));
    }
    Ok(format!("Members: {}", told.join("; ")))
}

/// What to say of any error: all operations fail with one type.
fn explain(error: &Error) -> String {
    match error.api() {
        Some(ApiError::Conflict(conflict)) => format!("There is such a book: {}", conflict.book_id),
        Some(ApiError::Problem(problem)) => format!("The vendor says: {:?}", problem.title),
        Some(other) => format!("The vendor says: {other:?}"),
        None if error.is_retryable() => format!("Try again later: {error}"),
        None => error.to_string(),
    }
}

/// A vendor with three books, one of which is there already, and with members that it does not tell.
async fn stand_in() -> MockServer {
    const ID: &str = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
    let vendor = MockServer::start().await;
    let client = vendor.client();
    let book =
        |title: &str| json!({ "id": ID, "title": title, "holder": { "kind": "shelf", "row": 1 } });
    let first =
        json!({ "data": [book("Emma"), book("Jane Eyre")], "has_more": true, "next_cursor": "c" });
    let last = json!({ "data": [book("Middlemarch")], "has_more": false });
    vendor.expect(client.books().list().cursor("c")).reply(Reply::json(200, last));
    vendor.expect(client.books().list().limit(2)).reply(Reply::json(200, first));
    vendor.expect_any::<books::Create>().reply(Reply::json(409, json!({ "book_id": ID })));
    vendor.expect_any::<members::List>().reply(Reply::json(403, json!({ "title": "not for you" })));
    vendor
}
