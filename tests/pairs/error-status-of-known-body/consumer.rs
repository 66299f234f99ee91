//! Tells why a book cannot be had.

use client::{ApiError, Client};

pub async fn reason(client: &Client) -> Option<String> {
    match client.get_book("b-1").await.err()?.api()? {
        ApiError::Problem(problem) => Some(problem.reason.clone()),
        _ => None,
    }
}
