//! The fifth stage: from refined syntax trees to the files of a crate, in memory.

pub mod facade;
pub mod file_set;
pub mod header;
mod manifest;
mod print;
mod readme;
mod sources;

pub use file_set::FileSet;

use camino::Utf8PathBuf;

use crate::config::ApiConfig;
use crate::coverage::Coverage;
use crate::prose;
use crate::read::Bound;
use crate::refine::Refined;

/// All files of a crate, which owns its folder.
pub fn emit(config: &ApiConfig, bound: &Bound, refined: &Refined, coverage: &Coverage) -> FileSet {
    let folder = Utf8PathBuf::from("crates").join(&config.package);
    let (sources, used) = sources::files(refined);
    let mut set = FileSet::default();
    for (path, text) in sources {
        set.files.insert(folder.join("src").join(path), text);
    }
    set.files.insert(folder.join("Cargo.toml"), manifest::manifest(config, &used));
    set.files.insert(folder.join("README.md"), readme::readme(config, refined, coverage));
    set.files.insert(folder.join("openapi.json"), openapi(bound));
    set.owned.insert(folder);
    set
}

/// The bound document, as reviewers read it: what they would not see stands in it as an escape.
fn openapi(bound: &Bound) -> String {
    let mut text = String::new();
    for it in format!("{:#}\n", bound.document.to_json()).chars() {
        match it {
            // Outside of strings, JSON has no hidden characters but the ends of its lines.
            '\n' => text.push(it),
            it if prose::is_hidden(it) => {
                let escape = |unit: &u16| format!("\\u{unit:04x}");
                text.extend(it.encode_utf16(&mut [0; 2]).iter().map(escape));
            }
            it => text.push(it),
        }
    }
    text
}

#[cfg(test)]
mod tests;
