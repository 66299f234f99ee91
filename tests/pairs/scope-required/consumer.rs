//! Makes a client with a token, and calls what it may.

use client::{BuildError, Client};

pub async fn has(id: &str) -> Result<bool, BuildError> {
    let client = Client::new("a token")?;
    Ok(client.get_book(id).await.is_ok())
}
