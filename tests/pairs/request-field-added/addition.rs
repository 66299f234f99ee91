//! Says where a book is to stand.

use client::types::NewBook;

pub fn shelved(book: NewBook) -> NewBook {
    book.shelf("cellar")
}
