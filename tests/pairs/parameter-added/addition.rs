//! Lists the books of an author in a language.

use client::Client;

pub async fn titles(client: &Client) -> Vec<String> {
    let call = client.list_books("Bibliotheca").language("en");
    call.await.unwrap_or_default()
}
