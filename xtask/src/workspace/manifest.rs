//! Manifests as far as a write has to know them: which crates they name, and what they ask of these.

use toml::{Table, Value};
use toml_edit::{DocumentMut, TableLike};

/// The tables that list dependencies.
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Whether a file is the manifest of a crate or of a workspace.
pub(super) fn is_manifest(path: &camino::Utf8Path) -> bool {
    path.file_name() == Some("Cargo.toml")
}

/// The manifest, or an empty one if the text is none: cargo cannot load that anyway.
pub(super) fn parse(text: &str) -> Table {
    text.parse().unwrap_or_default()
}

/// Returns the dependencies that a manifest names by their path: the path, and the version that it asks for.
pub(super) fn path_dependencies(manifest: &Table) -> Vec<(&str, Option<&str>)> {
    let workspace = manifest.get("workspace").and_then(Value::as_table);
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let targets = targets.filter_map(|(_, target)| target.as_table());
    let tables = std::iter::once(manifest).chain(workspace).chain(targets);
    let lists = tables.flat_map(|table| DEPENDENCIES.iter().filter_map(|it| table.get(*it)));
    let dependencies = lists.filter_map(Value::as_table).flatten();
    dependencies
        .filter_map(|(_, it)| {
            let version = it.get("version").and_then(Value::as_str);
            Some((it.get("path")?.as_str()?, version))
        })
        .collect()
}

/// Returns what others can ask of a package: its version, and its features.
pub(super) fn offer(manifest: &Table) -> (Option<&str>, Vec<&str>) {
    let version = manifest.get("package").and_then(|it| it.get("version")?.as_str());
    let features = manifest.get("features").and_then(Value::as_table);
    (version, features.into_iter().flat_map(Table::keys).map(String::as_str).collect())
}

/// Returns a manifest that requires neither a version nor a feature of the crates that it names by their path, so that
/// it is right before one of them changes and after. `None` if it cannot be read or requires none already.
pub(super) fn without_requirements(text: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let mut names = remove_versions(document.as_table_mut());
    if let Some(workspace) = document.get_mut("workspace").and_then(|it| it.as_table_like_mut()) {
        names.extend(remove_versions(workspace));
    }
    if let Some(features) = document.get_mut("features").and_then(|it| it.as_table_like_mut()) {
        let lists = features.iter_mut().filter_map(|(_, list)| list.as_array_mut());
        lists.for_each(|list| {
            list.retain(|it| !it.as_str().is_some_and(|it| enables_feature_of(it, &names)))
        });
    }
    let text_now = document.to_string();
    (text_now != text).then_some(text_now)
}

/// Removes the versions of dependencies that have a path, and returns the names of these dependencies.
fn remove_versions(table: &mut dyn TableLike) -> Vec<String> {
    let mut names = Vec::new();
    for list in DEPENDENCIES {
        let list = table.get_mut(list).and_then(|it| it.as_table_like_mut());
        for (name, dependency) in list.into_iter().flat_map(|it| it.iter_mut()) {
            if let Some(dependency) = dependency.as_table_like_mut()
                && dependency.contains_key("path")
            {
                dependency.remove("version");
                names.push(name.get().to_owned());
            }
        }
    }
    names
}

/// Whether an entry of a feature enables a feature of one of the dependencies: `name/feature` or `name?/feature`.
fn enables_feature_of(feature: &str, names: &[String]) -> bool {
    let dependency = feature.split_once('/').map(|(name, _)| name.trim_end_matches('?'));
    dependency.is_some_and(|it| names.iter().any(|name| name == it))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACADE: &str = r#"# generated
[package]
name = "facade"
version = "0.2.0"

[features]
full = ["alpha"]
alpha = ["dep:alpha"]
mock = [
    "runtime/mock",
    "alpha?/mock",
]

[dependencies]
runtime.workspace = true
alpha = { version = "0.1.0", path = "../alpha", optional = true }
serde = { version = "1" }
"#;

    #[test]
    fn what_is_named_by_its_path_is_found_everywhere() {
        let text = "[workspace.dependencies]\na = { path = 'a', version = '1' }\nb = '1'\n\
                    [dev-dependencies]\nc = { path = '../c' }\n\
                    [target.'cfg(unix)'.build-dependencies]\nd = { path = 'd' }\n";
        let table = parse(text);
        let mut found = path_dependencies(&table);
        found.sort();
        assert_eq!(found, [("../c", None), ("a", Some("1")), ("d", None)]);
    }

    #[test]
    fn nothing_is_asked_of_a_crate_that_may_be_of_either_version() {
        let table = without_requirements(FACADE).map(|it| parse(&it)).unwrap();
        assert_eq!(path_dependencies(&table), [("../alpha", None)]);
        assert_eq!(table["features"]["mock"], vec!["runtime/mock"].into());
        assert_eq!(table["features"]["alpha"], vec!["dep:alpha"].into());
        assert_eq!(table["dependencies"]["serde"]["version"].as_str(), Some("1"));
        let again = without_requirements(FACADE).unwrap();
        assert_eq!((without_requirements(&again), without_requirements("<<<<<<<")), (None, None));
    }
}
