//! Adds an atlas.

use client::types::{Kind, NewBook};

pub fn atlas() -> NewBook {
    NewBook::new("The World").kind(Kind::Atlas)
}
