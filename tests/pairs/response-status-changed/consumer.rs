//! Tells whether one has to wait for a book.

use client::types::GetBookResponse;

pub fn is_late(answer: &GetBookResponse) -> bool {
    matches!(answer, GetBookResponse::Accepted)
}
