//! Adds a book as the page shows it.

use client::{Client, types::AddBookBody};

pub async fn add(client: &Client) -> Option<String> {
    let book = AddBookBody::new("The Art of Binding").pages(320);
    let added = client.add_book(book).await.ok()?;
    Some(added.id)
}
