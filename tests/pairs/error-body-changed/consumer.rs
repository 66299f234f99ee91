//! Tells why a book cannot be had.

use client::{ApiError, Client};

pub async fn problem(client: &Client) -> Option<String> {
    let error = client.get_book("b-1").await.err()?;
    match error.api()? {
        ApiError::Problem(problem) => Some(problem.reason.clone()),
        _ => None,
    }
}
