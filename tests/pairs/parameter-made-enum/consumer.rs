//! Lists the books on a shelf that comes from somewhere else.

use std::borrow::Cow;

use client::Client;

pub async fn titles(client: &Client, shelf: Cow<'static, str>) -> Vec<String> {
    let call = client.list_books("Bibliotheca").shelf(shelf);
    call.await.unwrap_or_default()
}
