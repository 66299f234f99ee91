//! Reads how many pages a book has.

use client::types::Book;

pub fn show(book: &Book) -> i64 {
    book.pages.unwrap_or(0)
}
