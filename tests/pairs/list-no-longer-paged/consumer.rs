//! Follows a list from page to page.

use client::{Client, Paged as _};

pub fn books(client: &Client) -> impl Sized {
    client.list_books().items()
}
