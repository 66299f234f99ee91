//! Adds a book by a group.

use client::types::{Author, NewBook};

pub fn by(author: Author) -> NewBook {
    debug_assert!(matches!(author, Author::Group(_)));
    NewBook::new("The Art of Binding").author(author)
}
