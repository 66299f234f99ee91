//! Names the author, whatever it is.

use client::types::Author;

pub fn name(author: &Author) -> Option<&str> {
    match author {
        Author::Person(person) => Some(&person.name),
        Author::Company(company) => Some(&company.name),
        _ => None,
    }
}
