//! Tells the one error that the page documents from all others.

use client::{ApiError, Client};

pub async fn reason(client: &Client) -> Option<String> {
    let error = client.get_book("b-1").await.err()?;
    match error.into_api().ok()? {
        ApiError::Problem(problem) => Some(problem.reason),
        _ => None,
    }
}
