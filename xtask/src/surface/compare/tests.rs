//! What a change of a surface does to those who use it.

mod calls;
mod items;
mod names;
mod parts;
mod signatures;

use camino::Utf8Path;
use semver::Version;

use super::*;
use crate::surface::Surface;

fn surface(sources: &[(&str, &str)]) -> Surface {
    let files = sources.iter().map(|(path, text)| (format!("c/{path}").into(), (*text).to_owned()));
    let files = files.collect();
    Surface::of("c", Version::new(0, 1, 0), Utf8Path::new("c"), &files).unwrap()
}

/// The effects as lines, a breaking one with a mark before it.
fn effects(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let line = |it: Effect| {
        let mark = if it.breaking { "! " } else { "" };
        format!("{mark}{}: {}", it.item, it.what)
    };
    compare(&surface(old), &surface(new)).into_iter().map(line).collect()
}

/// The effects between two roots, and that there are none between each and itself.
#[track_caller]
fn check(old: &str, new: &str, expected: &[&str]) {
    for same in [old, new] {
        assert_eq!(effects(&[("src/lib.rs", same)], &[("src/lib.rs", same)]), [""; 0]);
    }
    assert_eq!(effects(&[("src/lib.rs", old)], &[("src/lib.rs", new)]), expected);
}
