//! Versions in files that people wrote: only they change, not the lines around them.

use camino::Utf8Path;
use semver::Version;
use toml_edit::{DocumentMut, Item, Value, value};

use crate::finding::{Finding, Kind};

/// The file of `release.toml` with that version.
pub fn release(text: Option<&str>, package: &str, version: &Version) -> Result<String, String> {
    let new = format!(
        "# The version of `{package}`. `cargo xtask bump` raises it as far as it has to; further is up to \
         you.\nversion = \"{version}\"\n"
    );
    edit(text.unwrap_or(&new), |document| {
        set(document.entry("version").or_insert(Item::None), version);
    })
}

/// A package's own manifest with that version.
pub fn package(text: &str, version: &Version) -> Result<String, String> {
    edit(text, |document| {
        if let Some(item) = member(document.as_item_mut(), &["package", "version"]) {
            set(item, version);
        }
    })
}

/// The workspace's manifest, with that version wherever it says which one of the package all others take.
pub fn workspace(text: &str, package: &str, version: &Version) -> Result<String, String> {
    edit(text, |document| {
        let path = ["workspace", "dependencies", package, "version"];
        if let Some(item) = member(document.as_item_mut(), &path) {
            set(item, version);
        }
    })
}

/// The lock file with that version of a package of the workspace, as cargo would write it.
pub fn lock(text: &str, package: &str, version: &Version) -> Result<String, String> {
    edit(text, |document| {
        let packages = document.get_mut("package").and_then(Item::as_array_of_tables_mut);
        for table in packages.into_iter().flat_map(|it| it.iter_mut()) {
            let named = table.get("name").and_then(Item::as_str) == Some(package);
            // What is not of the workspace comes from somewhere.
            if named && !table.contains_key("source") {
                set(table.entry("version").or_insert(Item::None), version);
            }
        }
    })
}

/// A text for people, with that version wherever it shows how to depend on the package.
pub fn prose(text: &str, package: &str, version: &Version) -> String {
    let beginnings = [format!("{package} = {{ version = \""), format!("{package} = \"")];
    let mut lines = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let known = beginnings.iter().find_map(|it| Some((it, line.strip_prefix(it.as_str())?)));
        match known.and_then(|(beginning, rest)| Some((beginning, rest.split_once('"')?.1))) {
            Some((beginning, rest)) => {
                let short = match version.pre.is_empty() {
                    true => format!("{}.{}", version.major, version.minor),
                    false => version.to_string(),
                };
                lines.extend([beginning.as_str(), &short, "\"", rest]);
            }
            None => lines.push_str(line),
        }
    }
    lines
}

/// What to say of a file that cannot be edited.
pub fn unfit(path: &Utf8Path, what: &str) -> Finding {
    Finding::error(Kind::Manifest, format!("cannot change the version in `{path}`: {what}"))
}

fn edit(text: &str, change: impl FnOnce(&mut DocumentMut)) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    change(&mut document);
    Ok(document.to_string())
}

/// What is there under these keys. Looking by index would put something there.
fn member<'a>(item: &'a mut Item, path: &[&str]) -> Option<&'a mut Item> {
    path.iter().try_fold(item, |item, key| item.as_table_like_mut()?.get_mut(key))
}

/// Sets a version, and keeps the blanks and the comment around it.
fn set(item: &mut Item, version: &Version) {
    if item.as_str() == Some(&version.to_string()) {
        return;
    }
    let around = item.as_value().map(|value| value.decor().clone());
    let mut new = Value::from(version.to_string());
    if let Some(around) = around {
        *new.decor_mut() = around;
    }
    *item = value(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Version = Version::new(0, 2, 0);

    #[test]
    fn only_the_version_changes() {
        let text = "# Why.\nversion = \"0.1.0\" # here\n";
        assert_eq!(release(Some(text), "a", &NEW).unwrap(), "# Why.\nversion = \"0.2.0\" # here\n");
        assert!(release(None, "a", &NEW).unwrap().ends_with("up to you.\nversion = \"0.2.0\"\n"));
        let text =
            "[package]\nname = 'a'\nversion = '0.1.0'\n[dependencies]\nb = {version = '0.1.0'}\n";
        let expected = text.replacen("'0.1.0'", "\"0.2.0\"", 1);
        assert_eq!(package(text, &NEW).unwrap(), expected);
        let text = "[workspace.dependencies]\na = { path = \"a\", version = \"0.1.0\" } # a\nb = \"0.1.0\"\n";
        let expected = text.replacen("0.1.0", "0.2.0", 1);
        assert_eq!(workspace(text, "a", &NEW).unwrap(), expected);
        assert_eq!(workspace(text, "c", &NEW).unwrap(), text);
        assert!(package("[", &NEW).is_err());
    }

    #[test]
    fn the_lock_is_as_cargo_writes_it() {
        let text = "# @generated\nversion = 4\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\n\
                    dependencies = [\n \"b\",\n]\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\nsource = \"r\"\n";
        assert_eq!(lock(text, "a", &NEW).unwrap(), text.replacen("0.1.0", "0.2.0", 1));
    }

    #[test]
    fn people_are_told_which_version_to_take() {
        let text = "a = { version = \"0.1\", features = [\"x\"] }\na = \"0.1\"\nb-a = \"0.1\"\nx a = \"0.1\"\n";
        let expected = "a = { version = \"0.2\", features = [\"x\"] }\na = \"0.2\"\nb-a = \"0.1\"\nx a = \"0.1\"\n";
        assert_eq!(prose(text, "a", &NEW), expected);
    }
}
