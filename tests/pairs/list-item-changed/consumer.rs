//! Names the type of what a list gives.

use client::{Paged, operations::ListBooks, types::Book};

pub fn first(books: Vec<<ListBooks as Paged>::Item>) -> Option<Book> {
    books.into_iter().next()
}
