//! The pairs of a folder: two pages, what is claimed of their difference, and the programs that show it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::catalog::Api;
use crate::config::ApiConfig;
use crate::diff::{Rust, Wire};
use crate::finding::{Finding, Findings, Kind, Severity};
use crate::regular_file;
use crate::short::{LONGEST, short};
use crate::source::{Source, Span};

use super::Sides;

/// The file with the claim.
const CLAIM: &str = "pair.toml";

/// A state of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the change.
    Old,
    /// After it.
    New,
}

impl Side {
    /// Both, in their order.
    pub const BOTH: [Self; 2] = [Self::Old, Self::New];

    /// Its name, which is also that of the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// Two pages and what there is to say about them.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The folder's name.
    pub name: String,
    /// The package of the client, the same on both sides.
    pub package: String,
    /// The pages.
    pub pages: Sides<Arc<Source>>,
    /// What is claimed of the change.
    pub claim: Claim,
    /// Where it is claimed.
    pub span: Span,
    /// What is decided about both pages, if anything is.
    pub decisions: Option<ApiConfig>,
    /// A program for the old client.
    pub consumer: String,
    /// A program for what the new client has and the old one has not, where the change is additive.
    pub addition: Option<String>,
}

/// What is claimed of a change.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What it does to programs.
    pub rust: Rust,
    /// What it does to calls.
    pub wire: Wire,
    /// Why, in a sentence.
    pub why: String,
    /// The codes of the compiler's errors in the one program that does not compile.
    #[serde(default)]
    pub errors: BTreeSet<String>,
    /// Whether programs compile though the change breaks them, because they mean something else now.
    #[serde(default)]
    pub silent: bool,
}

/// A program, and where it must not compile.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
    /// What it is called, in front of the name of the client's package.
    pub name: &'static str,
    /// Its text.
    pub text: &'a str,
    /// The client that it must not compile against.
    pub fails: Option<Side>,
}

impl Pair {
    /// The API of a side.
    pub fn api(&self, side: Side) -> Api {
        let page = self.pages.of(side);
        let bare = ApiConfig::bare(&self.name, &self.package, page);
        let config = match &self.decisions {
            Some(decided) => ApiConfig { package: bare.package, ..decided.clone() },
            None => bare,
        };
        Api { config, pages: vec![Arc::clone(page)] }
    }

    /// The programs, with what must become of them.
    pub fn programs(&self) -> impl Iterator<Item = Program<'_>> {
        let breaks = self.claim.rust == Rust::Breaking && !self.claim.silent;
        let fails = breaks.then_some(Side::New);
        let consumer = Program { name: "consumer", text: &self.consumer, fails };
        let addition = self.addition.as_deref();
        let fails = Some(Side::Old);
        let addition = addition.map(|text| Program { name: "addition", text, fails });
        std::iter::once(consumer).chain(addition)
    }
}

/// Reads the pairs of a folder, by name. Of a pair that cannot be used, findings say why.
pub fn read(folder: &Path, findings: &mut Vec<Finding>) -> Vec<Pair> {
    let folders = fs::read_dir(folder).and_then(|items| {
        items.map(|item| Ok(item?.path())).collect::<Result<Vec<_>, std::io::Error>>()
    });
    let mut folders = folders.unwrap_or_else(|error| {
        findings.push(unusable(format!("`{}` cannot be read: {error}", folder.display())));
        Vec::new()
    });
    for link in folders.iter().filter(|it| it.is_symlink()) {
        let what = format!("`{}` is a link, which is not followed", link.display());
        findings.push(unusable(what).help("Put the folder in its place."));
    }
    folders.retain(|it| it.is_dir() && !it.is_symlink());
    folders.sort();
    let mut pairs: Vec<Pair> = Vec::new();
    for pair in folders.iter().map(|it| read_pair(it)) {
        match pair {
            // A long name is cut, so that it may be that of another in spite of its hash.
            Ok(pair) if pairs.iter().any(|it| it.package == pair.package) => {
                let what = format!("`{}` and another pair would be one package", pair.name);
                findings.push(unusable(what).at(&pair.span).help("Give it a shorter name."));
            }
            Ok(pair) => pairs.push(pair),
            Err(finding) => findings.push(finding),
        }
    }
    pairs
}

fn read_pair(folder: &Path) -> Result<Pair, Finding> {
    let name = folder.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    if !name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-') {
        let what = format!("`{}` is no name of a pair", folder.display());
        return Err(unusable(what).help("Use small letters, digits and hyphens."));
    }
    let source = source(&folder.join(CLAIM))?;
    let claim = toml::from_str(source.text()).map_err(|error| {
        let span = source.span(error.span().unwrap_or_default());
        unusable(error.message().to_owned()).at(&span)
    })?;
    let pages = Sides { old: page(folder, Side::Old)?, new: page(folder, Side::New)? };
    let addition = folder.join("addition.rs");
    let pair = Pair {
        name: name.to_owned(),
        // Programs add their own names.
        package: short(format!("pair-{name}"), '-', LONGEST - "consumer-".len()),
        pages,
        claim,
        span: source.start(),
        decisions: decisions(folder, name)?,
        consumer: text(&folder.join("consumer.rs"))?,
        addition: if addition.exists() { Some(text(&addition)?) } else { None },
    };
    match contradiction(&pair) {
        Some(what) => Err(unusable(what.to_owned()).at(&pair.span)),
        None => Ok(pair),
    }
}

/// What a claim says that cannot be shown with the programs that are there.
fn contradiction(pair: &Pair) -> Option<&'static str> {
    let Claim { rust, silent, ref errors, .. } = pair.claim;
    let fails = pair.programs().any(|it| it.fails.is_some());
    match rust {
        Rust::Unknown => Some("what cannot be determined is no claim"),
        Rust::Additive if pair.addition.is_none() => Some("an addition wants an `addition.rs`"),
        Rust::None | Rust::Breaking if pair.addition.is_some() => {
            Some("`addition.rs` is for what is additive")
        }
        Rust::None | Rust::Additive if silent => Some("only what is breaking can be `silent`"),
        _ if fails && errors.is_empty() => Some("`errors` has to say how the program fails"),
        _ if !fails && !errors.is_empty() => Some("there are `errors`, and no program that fails"),
        _ => None,
    }
}

/// The `api.toml` beside the pages, where a page alone does not do.
fn decisions(folder: &Path, name: &str) -> Result<Option<ApiConfig>, Finding> {
    let path = folder.join("api.toml");
    if !path.exists() {
        return Ok(None);
    }
    let mut findings = Findings::default();
    let config = ApiConfig::parse(&name.replace('-', "_"), &source(&path)?, &mut findings);
    let wrong = findings.iter().find(|it| it.severity == Severity::Error).cloned();
    wrong.map_or(Ok(config), Err)
}

/// The one file that is called after the side, whatever its ending.
fn page(folder: &Path, side: Side) -> Result<Arc<Source>, Finding> {
    let named = ["yaml", "json", "md"].map(|it| folder.join(side.as_str()).with_extension(it));
    match named.iter().filter(|it| it.exists()).collect::<Vec<_>>()[..] {
        [path] => source(path),
        _ => {
            let what = format!("`{}` has not exactly one {} page", folder.display(), side.as_str());
            Err(unusable(what).help("Call it `old` or `new`, with the ending yaml, json or md."))
        }
    }
}

fn source(path: &Path) -> Result<Arc<Source>, Finding> {
    Ok(Source::new(path.to_string_lossy().into_owned(), text(path)?))
}

fn text(path: &Path) -> Result<String, Finding> {
    if path.is_symlink() {
        let what = format!("`{}` is a link, which is not followed", path.display());
        return Err(unusable(what).help("Put the file in its place."));
    }
    regular_file::read_to_string(path)
        .map_err(|error| unusable(format!("`{}` cannot be read: {error}", path.display())))
}

fn unusable(what: String) -> Finding {
    Finding::error(Kind::Pair, what)
}
