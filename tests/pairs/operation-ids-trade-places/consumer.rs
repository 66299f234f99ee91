//! Lists the books, and not the magazines.

use client::Client;

pub async fn titles(client: &Client) -> Vec<String> {
    client.list_books().await.unwrap_or_default()
}
