//! Reads the state of a book.

use client::types::Book;
use client::types::State;

pub fn show(book: &Book) -> Option<&State> {
    book.state.as_ref()
}
