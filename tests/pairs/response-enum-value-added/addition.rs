//! Knows the new state.

use client::types::State;

pub fn is_sold(state: &State) -> bool {
    matches!(state, State::Sold)
}
