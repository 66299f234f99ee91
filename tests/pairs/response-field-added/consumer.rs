//! Makes a book, as a test of one's own would, and takes it apart.

use client::types::Book;

pub fn title() -> String {
    let Book { title, .. } = Book::new("b-1", "The Art of Binding").pages(320);
    title
}
