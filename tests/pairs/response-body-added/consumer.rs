//! Asks whether there is a book, of which nothing is said.

use client::Client;

pub async fn look(client: &Client) {
    if let Ok(()) = client.get_book("b-1").await {}
}
