//! Reads when a book was published.

use client::types::Book;

pub fn show(book: &Book) -> Option<&str> {
    book.published.as_deref()
}
