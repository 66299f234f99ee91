//! Tells what can be done with a book in each state.

use client::types::State;

pub fn can_be_lent(state: &State) -> bool {
    match state {
        State::Shelved => true,
        State::Lent | State::Lost => false,
        _ => false,
    }
}
