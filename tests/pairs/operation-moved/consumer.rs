//! Asks for a book, and takes the answer for what the page says it is.

use client::{Client, types::Book};

pub async fn title(client: &Client, id: &str) -> Option<String> {
    let book: Book = client.get_book(id).await.ok()?;
    Some(book.title)
}
