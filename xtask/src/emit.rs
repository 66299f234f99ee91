//! The fifth stage: from refined syntax trees to the files of a crate, in memory.

pub mod facade;
pub mod file_set;
pub mod header;
mod manifest;
mod print;
mod readme;
mod sources;
mod webhooks;

pub use file_set::FileSet;

use camino::Utf8PathBuf;

use crate::config::ApiConfig;
use crate::coverage::Deviations;
use crate::read::Spec;
use crate::refine::Refined;

/// All files of a crate, which owns its folder.
pub fn emit(
    config: &ApiConfig,
    spec: &Spec,
    refined: &Refined,
    deviations: &Deviations,
) -> FileSet {
    let folder = Utf8PathBuf::from("crates").join(&config.package);
    let (sources, used) = sources::files(refined);
    let mut set = FileSet::default();
    for (path, text) in sources {
        set.insert(folder.join("src").join(path), text);
    }
    set.insert(folder.join("Cargo.toml"), manifest::manifest(config, &refined.plan, &used));
    set.insert(folder.join("README.md"), readme::readme(config, refined, deviations));
    // The bound document, for reviewers.
    set.insert(folder.join("openapi.json"), format!("{:#}\n", spec.document.to_json()));
    set.owned.insert(folder);
    set
}

#[cfg(test)]
mod tests;
