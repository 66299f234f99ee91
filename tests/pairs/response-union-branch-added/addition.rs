//! Counts who a group is.

use client::types::Author;

pub fn members(author: &Author) -> i64 {
    if let Author::Group(group) = author { group.members } else { 1 }
}
