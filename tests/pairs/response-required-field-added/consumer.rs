//! Makes a book, as a test of one's own would.

use client::types::Book;

pub fn book() -> Book {
    Book::new("b-1", "The Art of Binding")
}
