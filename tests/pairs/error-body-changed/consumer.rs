//! Tells why a book cannot be had.

use client::Client;

pub async fn problem(client: &Client) -> Option<String> {
    let error = client.get_book("b-1").await.err()?;
    error.api().map(|problem| problem.reason.clone())
}
