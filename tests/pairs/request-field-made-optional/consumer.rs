//! Adds a book with what it takes.

use client::{Client, types::NewBook};

pub async fn add(client: &Client) -> bool {
    client.add_book(NewBook::new(320, "The Art of Binding")).await.is_ok()
}
