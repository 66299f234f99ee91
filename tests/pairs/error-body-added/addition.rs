//! Asks until when somebody else reads the book.

use client::{ApiError, Client};

pub async fn until(client: &Client) -> Option<String> {
    match client.get_book("b-1").await.err()?.api()? {
        ApiError::Refusal(refusal) => Some(refusal.until.clone()),
        _ => None,
    }
}
