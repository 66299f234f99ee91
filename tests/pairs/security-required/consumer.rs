//! Makes a client with a credential, and calls what wants none.

use client::{BuildError, Client};

pub async fn has(id: &str) -> Result<bool, BuildError> {
    let client = Client::new("a token")?;
    Ok(client.get_book(id).await.is_ok())
}
