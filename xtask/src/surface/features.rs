//! The features of a package: those who depend on it name them.

use std::collections::BTreeSet;

use toml::Table;

use super::Item;

/// The features of a manifest.
pub(super) fn features(manifest: &str) -> Result<Vec<Item>, String> {
    let manifest: Table =
        manifest.parse().map_err(|error| format!("its manifest is no TOML: {error}"))?;
    let features = manifest.get("features").and_then(|it| it.as_table());
    let enabled = |feature: &str| {
        let list = features.and_then(|it| it.get(feature)).and_then(|it| it.as_array());
        list.into_iter().flatten().filter_map(|it| it.as_str()).map(str::to_owned)
    };
    let named = features.into_iter().flat_map(|it| it.keys());
    let mut names: BTreeSet<String> = named.filter(|name| *name != "default").cloned().collect();
    names.extend(implicit(&manifest, features));
    // What is on by default, also through others.
    let mut default = BTreeSet::new();
    let mut waiting: Vec<String> = enabled("default").collect();
    while let Some(name) = waiting.pop() {
        if default.insert(name.clone()) {
            waiting.extend(enabled(&name));
        }
    }
    let items = names.into_iter().filter_map(|name| {
        let text = if default.contains(&name) { "feature by default" } else { "feature" };
        Item::new(format!("feature:{name}"), text)
    });
    Ok(items.collect())
}

/// An optional dependency is a feature of its name, unless a feature names it with `dep:`.
fn implicit(manifest: &Table, features: Option<&Table>) -> Vec<String> {
    let named = |name: &str| {
        let lists = features.into_iter().flat_map(|it| it.values());
        lists
            .filter_map(|it| it.as_array())
            .flatten()
            .any(|it| it.as_str().and_then(|it| it.strip_prefix("dep:")) == Some(name))
    };
    let dependencies = manifest.get("dependencies").and_then(|it| it.as_table());
    let optional = dependencies.into_iter().flatten().filter(|(_, dependency)| {
        dependency.get("optional").and_then(|it| it.as_bool()) == Some(true)
    });
    optional.map(|(name, _)| name.clone()).filter(|name| !named(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_known_with_what_is_on_by_default() {
        let manifest = "[features]\ndefault = ['a']\na = ['b']\nb = []\nc = ['dep:d']\n\
                        [dependencies]\nd = { version = '1', optional = true }\n\
                        e = { version = '1', optional = true }\nf = '1'";
        let items = features(manifest).unwrap();
        let lines: Vec<_> = items.iter().map(|it| format!("{} {}", it.path, it.text)).collect();
        let expected = [
            "feature:a feature by default",
            "feature:b feature by default",
            "feature:c feature",
            "feature:e feature",
        ];
        assert_eq!(lines, expected);
    }
}
