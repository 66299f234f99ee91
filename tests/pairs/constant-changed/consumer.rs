//! Adds a book; of its edition there is but one.

use client::types::NewBook;

pub fn book() -> NewBook {
    NewBook::new("The Art of Binding")
}
