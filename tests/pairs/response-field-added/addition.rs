//! Reads the language of a book.

use client::types::Book;

pub fn show(book: &Book) -> Option<&str> {
    book.language.as_deref()
}
