//! Counts the readers.

use client::Client;

pub async fn can_count(client: &Client) -> bool {
    client.count_readers().send().await.is_ok()
}
