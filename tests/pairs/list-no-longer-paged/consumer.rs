//! Follows a list from page to page.

use client::{Client, Paged as _, runtime, types::Book};

pub fn books(client: &Client) -> runtime::Items<client::operations::ListBooks> {
    client.list_books().items()
}

pub fn title(book: &Book) -> &str {
    &book.title
}
