//! Hands out the tags of a book.

use client::types::Book;

pub fn tags(book: Book) -> Vec<String> {
    book.tags.unwrap_or_default()
}
