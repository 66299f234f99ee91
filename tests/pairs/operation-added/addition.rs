//! Counts the readers.

use client::Client;

pub async fn can_count(client: &Client) -> bool {
    client.count_readers().await.is_ok()
}
