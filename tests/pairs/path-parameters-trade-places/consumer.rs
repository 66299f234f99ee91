//! Moves the books of a shelf to another.

use client::Client;

pub async fn tidy(client: &Client) -> bool {
    client.move_books("entrance", "cellar").await.is_ok()
}
