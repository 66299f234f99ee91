//! Adds a diary.

use client::types::{Kind, NewBook};

pub fn diary() -> NewBook {
    NewBook::new("The Day").kind(Kind::Diary)
}
