//! Adds a book with all that can be said about it.

use client::{Client, types::NewBook};

pub async fn add(client: &Client) -> bool {
    let book = NewBook::new("The Art of Binding").language("en").pages(320);
    client.add_book(book).await.is_ok()
}
