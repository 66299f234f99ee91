//! Names the type of an error that has no documented body.

use std::convert::Infallible;

use client::{Client, Error};

pub async fn failure(client: &Client) -> Option<Error<Infallible>> {
    client.get_book("b-1").await.err()
}
