//! Takes the author out of a book.

use client::types::{Author, Book};

pub fn author(book: Book) -> Option<Author> {
    book.author
}
