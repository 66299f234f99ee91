//! Tells why there is no such book.

use client::{ApiError, Client};

pub async fn reason(client: &Client) -> Option<String> {
    let error = client.get_book("b-1").await.err()?;
    match error.api()? {
        ApiError::Problem(problem) => Some(problem.reason.clone()),
        _ => None,
    }
}
