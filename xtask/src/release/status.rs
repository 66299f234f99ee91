//! How each crate stands: what changed since its release, and which version that asks for.

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;

use super::line::{Grade, bump, implied, next, satisfies};
use super::member::Member;
use crate::finding::{Finding, Findings, Kind};
use crate::surface::{Effect, Surface, compare};

/// More effects than anybody reads in a finding; the report of `diff` has all.
const SHOWN: usize = 10;

/// A crate since its last release.
#[derive(Clone, Debug)]
pub struct ReleaseStatus {
    /// The crate.
    pub member: Member,
    /// Its surface now, if that was looked at.
    pub surface: Option<Surface>,
    /// What changed in the surface.
    pub effects: Vec<Effect>,
    /// What the changes come to, those of the crates that its own surface shows included.
    pub grade: Grade,
    /// The crates of which a change is one of this crate, because it shows their types.
    pub through: Vec<(String, Version)>,
    /// The least version that it has to have; its own if it goes far enough, or was never released.
    pub wanted: Version,
}

impl ReleaseStatus {
    /// Whether the crate is made this time.
    pub fn is_made(&self) -> bool {
        self.member.files.is_some()
    }

    /// Whether the version does not say what changed.
    pub fn is_behind(&self) -> bool {
        self.wanted != self.member.version
    }

    /// What to say if the version does not say what changed.
    pub fn finding(&self, make: fn(Kind, String) -> Finding) -> Option<Finding> {
        let released = self.member.released.as_ref().filter(|_| self.is_behind())?;
        let Member { package, version, .. } = &self.member;
        let what = match self.grade {
            Grade::Breaking => "breaks programs that use it",
            Grade::Additive => "offers more than it did",
            Grade::Hidden | Grade::Same => "is not what was released",
        };
        let effects =
            self.effects.iter().filter(|it| it.breaking == (self.grade == Grade::Breaking));
        let mut reasons: Vec<_> = effects.map(|it| format!("`{}`: {}", it.item, it.what)).collect();
        reasons
            .extend(self.through.iter().map(|(of, to)| format!("it shows `{of}`, which is {to}")));
        let more = reasons.len().saturating_sub(SHOWN);
        reasons.truncate(SHOWN);
        if more > 0 {
            reasons.push(format!("and {more} more"));
        }
        let what =
            format!("since {} `{package}` {what}, and its version is {version}", released.version);
        Some(make(Kind::VersionBehind, what).why(reasons.join("; ")).help(format!(
            "Run `cargo xtask bump`, which makes it {} and writes the changelog.",
            self.wanted
        )))
    }
}

/// How the crates stand, in their order. Each stands after those that it depends on.
///
/// A change that callers do not see counts only if it is asked for: a check would otherwise want a
/// version for every comment.
pub fn statuses(members: Vec<Member>, hidden: bool, findings: &mut Findings) -> Vec<ReleaseStatus> {
    let mut statuses: Vec<ReleaseStatus> = Vec::new();
    // What a crate's name in Rust means to those whose surfaces show it.
    let mut grades: BTreeMap<String, (Grade, String, Version)> = BTreeMap::new();
    for member in members {
        let status = status(member, hidden, &grades, findings);
        if let Some(released) = &status.member.released {
            let grade = status.grade.max(implied(&released.version, &status.wanted));
            let package = status.member.package.clone();
            let known = (grade, package.clone(), status.wanted.clone());
            grades.insert(package.replace('-', "_"), known);
        }
        statuses.push(status);
    }
    statuses
}

fn status(
    member: Member,
    hidden: bool,
    grades: &BTreeMap<String, (Grade, String, Version)>,
    findings: &mut Findings,
) -> ReleaseStatus {
    let wanted = member.version.clone();
    let none = ReleaseStatus {
        member,
        surface: None,
        effects: Vec::new(),
        grade: Grade::Same,
        through: Vec::new(),
        wanted,
    };
    let Some(released) = none.member.released.clone() else { return none };
    let surface = none.member.surface(findings);
    let effects = surface.as_ref().map(|now| compare(&released, now)).unwrap_or_default();
    let mut grade = match &surface {
        Some(_) if effects.iter().any(|it| it.breaking) => Grade::Breaking,
        Some(_) if !effects.is_empty() => Grade::Additive,
        Some(now) if hidden && now.content != released.content => Grade::Hidden,
        _ => Grade::Same,
    };
    let mut through = Vec::new();
    let least = if hidden { Grade::Hidden } else { Grade::Additive };
    let names = shown(surface.as_ref().unwrap_or(&released));
    for (name, (of, package, version)) in grades {
        if *of >= least && names.contains(name.as_str()) {
            grade = grade.max(*of);
            through.push((package.clone(), version.clone()));
        }
    }
    let least = next(&released.version, bump(&released.version, grade));
    let enough = satisfies(&none.member.version, &released.version, &least);
    let wanted = if enough { none.wanted } else { least };
    ReleaseStatus { surface, effects, grade, through, wanted, ..none }
}

/// The names with which the paths of a surface begin, those of other crates among them.
fn shown(surface: &Surface) -> BTreeSet<&str> {
    let words = surface.items.iter().flat_map(|item| {
        item.text.split(|it: char| !it.is_alphanumeric() && it != '_' && it != ':')
    });
    words.filter_map(|word| word.split("::").next()).collect()
}
