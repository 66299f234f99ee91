//! Takes a scanned book as it arrives.

use client::{Client, Streamed as _};

pub async fn is_there(client: &Client) -> bool {
    client.get_scan("b-1").send_streaming().await.is_ok()
}
