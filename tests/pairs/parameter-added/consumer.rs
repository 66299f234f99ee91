//! Lists the books of an author on a shelf.

use client::Client;

pub async fn titles(client: &Client) -> Vec<String> {
    let call = client.list_books("Bibliotheca").shelf("entrance");
    call.await.unwrap_or_default()
}
