//! What happened to the crate: what the pages, our decisions and the generator are each to blame for.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::super::state::{self, State};
use crate::surface::{self, Effect};

/// What happened to the crate.
pub(super) enum RustSide {
    /// The items that changed because of the pages or of our decisions, and those that the generator changed.
    Known { page: Vec<Effect>, generator: Vec<Effect> },
    /// Why it cannot be told.
    Unknown(String),
}

impl RustSide {
    pub(super) fn of(
        old: &State,
        new: &State,
        committed: Option<&BTreeMap<Utf8PathBuf, String>>,
    ) -> Self {
        let (before, after) = match (&old.surface, &new.surface) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(why), _) => return Self::Unknown(format!("before, {why}")),
            (_, Err(why)) => return Self::Unknown(format!("now, {why}")),
        };
        let page = surface::compare(before, after);
        let Some(committed) = committed else {
            return Self::Known { page, generator: Vec::new() };
        };
        let released = match state::surface(&old.api.config, committed) {
            Ok(released) => released,
            Err(why) => return Self::Unknown(format!("the committed crate cannot be read: {why}")),
        };
        // What is committed counts. What today's generator makes of the old pages tells who is to blame.
        let total = surface::compare(&released, after);
        let of_page: BTreeSet<&str> = page.iter().map(|it| it.item.as_str()).collect();
        let (page, generator) =
            total.into_iter().partition(|it| of_page.contains(it.item.as_str()));
        Self::Known { page, generator }
    }
}
