//! Makes a client without a credential.

use client::{BuildError, Client};

pub fn client() -> Result<Client, BuildError> {
    Client::new()
}
