//! Goes to the server for trying things out.

use client::{BuildError, Client, Server};

pub fn client() -> Result<Client, BuildError> {
    Client::builder().base_url(Server::Staging).build()
}
