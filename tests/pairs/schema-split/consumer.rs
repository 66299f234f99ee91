//! Adds a book of the type that comes back, too.

use client::{Client, types::Book};

pub async fn add(client: &Client) -> Option<Book> {
    client.add_book(Book::new("The Art of Binding")).await.ok()
}
