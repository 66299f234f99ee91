//! Programs that read the examples of several documents: as packages of a workspace, compiled and run.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;

use crate::corpus::messages::each_message;
use crate::emit::header::PREAMBLE;
use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;
use crate::regular_file;

use super::Examples;

/// What each program does.
pub(super) const PROGRAM: &str = include_str!("../../../corpus/examples.rs");

/// What the compiler made of a program, by its number: the executable, or what it says.
pub(super) type Built = BTreeMap<usize, Result<PathBuf, String>>;

/// Writes the manifest of the workspace, for so many programs at a time.
pub(super) fn write_workspace(
    out: &mut OutputFolder,
    workspace: &Path,
    programs: usize,
) -> Result<(), Finding> {
    let unreadable = |error: io::Error| {
        let what = format!("cannot read the workspace `{}`: {error}", workspace.display());
        Finding::error(Kind::WorkspaceManifest, what)
    };
    let read = |path: &str| regular_file::read_to_string(&workspace.join(path)).map_err(unreadable);
    let own = read("Cargo.toml")?.parse::<toml::Table>();
    let own = own.map_err(|error| unreadable(io::Error::other(error)))?;
    let inherited = own.get("workspace").and_then(|it| it.get("dependencies")).cloned();
    let mut dependencies = inherited.and_then(|it| it.as_table().cloned()).unwrap_or_default();
    let runtime = workspace.join("crates/bindery-runtime").canonicalize().map_err(unreadable)?;
    if let Some(of_runtime) =
        dependencies.get_mut("bindery-runtime").and_then(toml::Value::as_table_mut)
    {
        of_runtime.insert("path".into(), runtime.to_string_lossy().into_owned().into());
    }
    let own_package = own.get("workspace").and_then(|it| it.get("package")).cloned();
    let package = own_package.and_then(|it| it.as_table().cloned()).unwrap_or_default();
    let members: Vec<toml::Value> = (0..programs).map(|it| name(it).into()).collect();
    let mut table = toml::Table::new();
    table.insert("resolver".into(), "3".into());
    table.insert("members".into(), members.into());
    table.insert("package".into(), package.into());
    table.insert("dependencies".into(), dependencies.into());
    let mut root = toml::Table::new();
    root.insert("workspace".into(), table.into());
    // What is compiled once and run once is compiled as fast as it goes.
    let profile = "[profile.dev]\ndebug = 0\nincremental = false\npanic = 'abort'\n";
    out.write("Cargo.toml".into(), &format!("# {PREAMBLE}\n\n{root}\n{profile}"))?;
    out.write("Cargo.lock".into(), &read("Cargo.lock")?)?;
    // A program that is not needed is an empty one.
    (0..programs).try_for_each(|it| write(out, it, &[]).map(drop))
}

fn name(number: usize) -> String {
    format!("examples-{number}")
}

/// Writes a program for the examples of some documents, and returns the file that it is to read.
pub(super) fn write(
    out: &mut OutputFolder,
    number: usize,
    documents: &[&Examples],
) -> Result<Utf8PathBuf, Finding> {
    let package = name(number);
    let folder = Utf8Path::new(&package);
    let manifest = format!(
        "# {PREAMBLE}\n\n\
         [package]\nname = \"{package}\"\nversion = \"0.0.0\"\npublish = false\nedition.workspace = true\n\n\
         [dependencies]\nbindery-runtime = {{ workspace = true }}\nchrono.workspace = true\n\
         serde.workspace = true\nserde_json.workspace = true\nuuid.workspace = true\n"
    );
    out.write(&folder.join("Cargo.toml"), &manifest)?;
    let modules = (0..documents.len()).map(|it| format!("mod d{it};\n"));
    let tables = (0..documents.len()).map(|it| format!("d{it}::CHECKS, "));
    let main = format!(
        "// {PREAMBLE}\n{PROGRAM}\n{}static DOCUMENTS: &[&[Check]] = &[{}];\n",
        String::from_iter(modules),
        String::from_iter(tables)
    );
    out.write(&folder.join("src/main.rs"), &main)?;
    for (at, examples) in documents.iter().enumerate() {
        out.write(&folder.join(format!("src/d{at}.rs")), &module(examples))?;
    }
    let cases = folder.join("cases.txt");
    let lines = documents.iter().enumerate().flat_map(|(at, it)| lines(at, it));
    out.write(&cases, &String::from_iter(lines))?;
    Ok(cases)
}

/// The types of a document, and what reads them.
fn module(examples: &Examples) -> String {
    let checks = examples.types.iter().map(|it| format!("crate::check::<{}>,\n", it.text));
    format!(
        "#![allow(warnings)]\nuse bindery_runtime as runtime;\n\
         use serde::{{Deserialize, Deserializer, Serialize}};\n{}\
         pub static CHECKS: &[crate::Check] = &[\n{}];\n",
        examples.code,
        String::from_iter(checks)
    )
}

fn lines(document: usize, examples: &Examples) -> impl Iterator<Item = String> {
    let line = move |it: &super::Case| format!("{document} {} {}\n", it.ty, it.value);
    examples.cases.iter().map(line)
}

/// Compiles all programs of the workspace.
pub(super) fn build(out: &Path, programs: usize, jobs: usize) -> io::Result<Built> {
    let names: Vec<String> = (0..programs).map(name).collect();
    let mut built = Built::new();
    let jobs = jobs.to_string();
    let arguments = ["--jobs".as_ref(), OsStr::new(&jobs)];
    each_message(out, "build", &arguments, |it| note(&it, &names, &mut built))?;
    Ok(built)
}

fn note(message: &Json, names: &[String], built: &mut Built) {
    let text = |pointer| message.pointer(pointer).and_then(Json::as_str);
    let target = text("/target/name").unwrap_or_default();
    let Some(number) = names.iter().position(|it| it == target) else { return };
    if let Some(executable) = text("/executable") {
        built.insert(number, Ok(PathBuf::from(executable)));
    } else if text("/message/level") == Some("error") {
        let says = text("/message/rendered").unwrap_or_default().to_owned();
        built.entry(number).or_insert(Err(says));
    }
}

/// Runs a program, and returns what it wrote until it ended.
pub(super) fn run(out: &Path, program: &Path, cases: &Utf8Path) -> io::Result<String> {
    let output = Command::new(std::path::absolute(program)?).arg(out.join(cases)).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Puts documents together, in their order, into batches of about so many bytes of code.
pub(super) fn batches(documents: &[(usize, usize)], most: usize) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for (document, bytes) in documents {
        match batches.last_mut().filter(|_| *bytes <= room) {
            Some(batch) => batch.push(*document),
            None => {
                batches.push(vec![*document]);
                room = most;
            }
        }
        room = room.saturating_sub(*bytes);
    }
    batches
}

/// Returns the lines that a program has written for each of its documents.
pub(super) fn split(output: &str, documents: &[&Examples]) -> Vec<String> {
    let mut lines = output.lines();
    let mut of = |count: usize| -> String {
        let own: Vec<&str> = lines.by_ref().take(count).collect();
        own.iter().map(|line| format!("{line}\n")).collect()
    };
    documents.iter().map(|it| of(it.cases.len())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn documents_are_put_together_until_there_is_no_room() {
        let documents = [(0, 4), (1, 5), (2, 2), (3, 20), (4, 1)];
        assert_eq!(batches(&documents, 10), [vec![0, 1], vec![2], vec![3], vec![4]]);
    }

    #[test]
    fn a_program_is_what_was_made_of_it_last() {
        let names = [name(0), name(1)];
        let mut built = Built::new();
        let made = json!({"target": {"name": "examples-1"}, "executable": "/x"});
        note(&made, &names, &mut built);
        let error = json!({"target": {"name": "examples-0"}, "message": {"level": "error", "rendered": "no"}});
        note(&error, &names, &mut built);
        note(&json!({"target": {"name": "serde"}, "executable": "/y"}), &names, &mut built);
        assert_eq!(built, Built::from([(0, Err("no".into())), (1, Ok("/x".into()))]));
    }
}
