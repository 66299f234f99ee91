//! Names the type of the answer.

use client::{Client, types::GetBookResponse};

pub async fn book(client: &Client) -> Option<GetBookResponse> {
    client.get_book("b-1").await.ok()
}
