//! Which version follows which: Cargo's reading of Semantic Versioning.

use semver::{Prerelease, Version};

use crate::diff::Bump;

/// What a change of a crate means to those who depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It is the same, byte by byte.
    #[default]
    Same,
    /// Callers see nothing of it: documentation, what stands in functions.
    Hidden,
    /// There is more than before.
    Additive,
    /// Programs that compiled may not any more, or mean something else.
    Breaking,
}

/// What a version has to do for a change. Before 1.0 the minor version is the one that breaks.
pub fn bump(released: &Version, grade: Grade) -> Bump {
    match (grade, released.major) {
        (Grade::Same, _) => Bump::None,
        (Grade::Hidden, _) | (Grade::Additive, 0) => Bump::Patch,
        (Grade::Additive, _) | (Grade::Breaking, 0) => Bump::Minor,
        (Grade::Breaking, _) => Bump::Major,
    }
}

/// The least version that a bump of a released one gives. A pre-release promises nothing, so whatever
/// changes, another pre-release of the same version follows.
pub fn next(released: &Version, bump: Bump) -> Version {
    let Version { major, minor, patch, pre, .. } = released;
    if bump != Bump::None && !pre.is_empty() {
        return Version { pre: next_pre(pre), ..Version::new(*major, *minor, *patch) };
    }
    match bump {
        Bump::None => released.clone(),
        Bump::Patch => Version::new(*major, *minor, patch.saturating_add(1)),
        Bump::Minor => Version::new(*major, minor.saturating_add(1), 0),
        Bump::Major => Version::new(major.saturating_add(1), 0, 0),
    }
}

/// Whether a version goes as far as one has to. A pre-release of a later version does.
pub fn satisfies(version: &Version, released: &Version, wanted: &Version) -> bool {
    let core = |it: &Version| (it.major, it.minor, it.patch);
    let order = |a: &Version, b: &Version| a.cmp_precedence(b);
    order(version, wanted).is_ge()
        || (order(version, released).is_gt()
            && wanted.pre.is_empty()
            && core(version) >= core(wanted))
}

/// What a step from one version to another tells those who depend on it.
pub(super) fn implied(released: &Version, version: &Version) -> Grade {
    let line = |it: &Version| match it.major {
        // A pre-release is in no line but its own.
        _ if !it.pre.is_empty() => (it.major, it.minor, it.patch, it.pre.to_string()),
        0 => (0, it.minor, 0, String::new()),
        major => (major, 0, 0, String::new()),
    };
    match version.cmp_precedence(released).is_eq() {
        true => Grade::Same,
        false if line(version) == line(released) => Grade::Hidden,
        false => Grade::Breaking,
    }
}

/// `rc.1` to `rc.2`, `beta` to `beta.1`.
fn next_pre(pre: &Prerelease) -> Prerelease {
    let (before, last) = pre.as_str().rsplit_once('.').unwrap_or(("", pre.as_str()));
    let text = match last.parse::<u64>() {
        Ok(number) if before.is_empty() => number.saturating_add(1).to_string(),
        Ok(number) => format!("{before}.{}", number.saturating_add(1)),
        Err(_) => format!("{pre}.1"),
    };
    Prerelease::new(&text).unwrap_or_else(|_| pre.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn before_one_breaking_is_minor_and_from_then_on_major() {
        for (released, grade, expected) in [
            ("0.1.3", Grade::Same, "0.1.3"),
            ("0.1.3", Grade::Hidden, "0.1.4"),
            ("0.1.3", Grade::Additive, "0.1.4"),
            ("0.1.3", Grade::Breaking, "0.2.0"),
            ("0.0.3", Grade::Breaking, "0.1.0"),
            ("1.2.3", Grade::Hidden, "1.2.4"),
            ("1.2.3", Grade::Additive, "1.3.0"),
            ("1.2.3", Grade::Breaking, "2.0.0"),
            ("1.2.3+b", Grade::Hidden, "1.2.4"),
            ("2.0.0-rc.1", Grade::Breaking, "2.0.0-rc.2"),
            ("2.0.0-beta", Grade::Additive, "2.0.0-beta.1"),
            ("2.0.0-7", Grade::Hidden, "2.0.0-8"),
        ] {
            let released = version(released);
            let next = next(&released, bump(&released, grade));
            assert_eq!(next, version(expected), "{released} {grade:?}");
        }
    }

    #[test]
    fn a_version_that_goes_further_is_enough() {
        for (text, released, wanted, enough) in [
            ("0.2.0", "0.1.0", "0.2.0", true),
            ("0.1.9", "0.1.0", "0.2.0", false),
            ("1.0.0", "0.1.0", "0.1.1", true),
            ("0.2.0-rc.1", "0.1.0", "0.2.0", true),
            ("0.1.0-rc.1", "0.1.0", "0.1.1", false),
            ("1.0.0-rc.1", "1.0.0-rc.1", "1.0.0-rc.2", false),
            ("1.0.0", "1.0.0-rc.1", "1.0.0-rc.2", true),
            ("0.0.9", "0.1.0", "0.1.0", false),
        ] {
            let enough_is = satisfies(&version(text), &version(released), &version(wanted));
            assert_eq!(enough_is, enough, "{text} after {released} for {wanted}");
        }
    }

    #[test]
    fn versions_tell_what_they_promise() {
        for (released, text, grade) in [
            ("0.1.0", "0.1.0", Grade::Same),
            ("0.1.0", "0.1.5", Grade::Hidden),
            ("0.1.0", "0.2.0", Grade::Breaking),
            ("1.1.0", "1.2.0", Grade::Hidden),
            ("1.1.0", "2.0.0", Grade::Breaking),
            ("1.0.0-rc.1", "1.0.0-rc.2", Grade::Breaking),
        ] {
            assert_eq!(implied(&version(released), &version(text)), grade, "{released} {text}");
        }
    }
}
