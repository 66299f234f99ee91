//! Prints what `Client::from_env` of each API gives in the environment of this process, a line each.
//!
//! A test cannot change its own environment, which is that of all the tests beside it.

use std::fmt::Display;

fn main() {
    tell("anthropic", bindery_anthropic::Client::from_env());
    tell("basic", bindery_basic::Client::from_env());
    tell("betterstack", bindery_betterstack::Client::from_env());
    tell("vijil", bindery_vijil::Client::from_env());
}

fn tell<T: std::fmt::Debug>(api: &str, client: Result<T, impl Display>) {
    match client {
        Ok(client) => println!("{api}: {client:?}"),
        Err(error) => println!("{api}: {error}"),
    }
}
