//! Starts from nothing.

use client::types::NewBook;

pub fn book() -> NewBook {
    NewBook::default().language("en")
}
