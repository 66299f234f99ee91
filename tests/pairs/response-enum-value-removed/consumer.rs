//! Asks for a state by its variant.

use client::types::State;

pub fn is_lost(state: &State) -> bool {
    matches!(state, State::Lost)
}
