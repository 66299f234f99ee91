//! Reads the title of a book.

use client::types::Book;

pub fn show(book: &Book) -> &str {
    &book.title
}
