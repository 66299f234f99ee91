//! Says in which language a book is.

use client::types::AddBookBody;

pub fn english(book: AddBookBody) -> AddBookBody {
    book.language("en")
}
