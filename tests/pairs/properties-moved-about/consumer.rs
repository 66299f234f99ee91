//! Makes a book of the values in their order, and takes it apart.

use client::types::Book;

pub fn title() -> String {
    let Book { id: _, title, .. } = Book::new("b-1", "The Art of Binding");
    title
}
