//! Asks for the title of a book.

use client::{Client, Error};

pub async fn title(client: &Client, id: &str) -> Result<String, Error> {
    Ok(client.get_book(id).await?.title)
}
