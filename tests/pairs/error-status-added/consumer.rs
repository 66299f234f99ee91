//! Names the type of a call's error before the page documents one.

use client::{Client, Error};

pub async fn failure(client: &Client) -> Option<Error> {
    client.get_book("b-1").await.err()
}
