//! Makes a client that goes where the page says.

use client::{BuildError, Client};

pub fn client() -> Result<Client, BuildError> {
    Client::new()
}
