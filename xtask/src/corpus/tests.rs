//! A folder of documents, small ones written for the purpose.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::*;
use crate::output::OutputFolder;

/// Documents that arrive whole, in part, and not at all, and a file that is none.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let document = |operation: Json| {
        let info = json!({"title": "T", "version": "1"});
        json!({"openapi": "3.0.0", "info": info, "paths": {"/a": {"get": operation}}}).to_string()
    };
    let ok = json!({"description": "", "content": {"text/plain": {"schema": {"type": "string"}}}});
    write("whole.json", &document(json!({"operationId": "a", "responses": {"200": ok}})));
    write("part.json", &document(json!({"responses": {"200": ok, "9": ok}})));
    write("broken.json", "{\"openapi\": \"3.0.0\", ");
    write("notes.txt", "no document");
    folder
}

fn outcomes(folder: &Path, jobs: usize) -> Vec<Outcome> {
    make(&input::read(folder).unwrap().documents, jobs, Making::Crate, &|_| {})
}

#[test]
fn a_crate_is_called_what_its_document_is() {
    let info = |title: &str| {
        let (info, get) = (json!({"title": title, "version": "1"}), json!({"responses": {}}));
        let paths = json!({"/a": {"get": get}});
        let text = json!({"openapi": "3.0.0", "info": info, "paths": paths}).to_string();
        let [name, folder, package] = ["a.example", "a", "a"].map(str::to_owned);
        let document = Document { name, folder, package, text };
        let files = outcome::make(&document).files.unwrap_or_default().files;
        let readme = files.into_iter().find(|(path, _)| path.ends_with("README.md"));
        readme.map_or(String::new(), |(_, it)| it.as_str().to_owned())
    };
    assert!(info("The  Pet\nAPI").contains("A Rust client of the Pet API with "));
    assert!(info("").contains("A Rust client of the a.example with "));
}

#[test]
fn what_arrives_is_counted() {
    let folder = folder();
    let outcomes = outcomes(folder.path(), 2);
    let mut report = report::json(&outcomes, None);
    for object in report.as_array_mut().unwrap() {
        // Time and size are figures of the run and of the printer.
        let code = object["code"].as_object().unwrap().values().map(|it| it.as_u64().unwrap());
        let (code, bytes) = (code.sum::<u64>(), object["bytes"].as_u64().unwrap());
        assert!(code < bytes || bytes == 0, "comments count: {code} of {bytes}");
        assert!(object["seconds"].is_number());
        for key in ["seconds", "bytes", "code"] {
            object[key] = Json::Null;
        }
        let findings = object["findings"].as_array_mut().unwrap();
        findings.iter_mut().for_each(|it| it["message"] = Json::Null);
    }
    let finding =
        |kind: &str, pointer: &str| json!({"kind": kind, "pointer": pointer, "message": null});
    let object = |name: &str, outcome: &str, counts: [usize; 3], findings: Json| {
        let [into, out, complete] = counts;
        json!({"name": name, "outcome": outcome, "operations_in": into, "operations_out": out,
            "complete": complete, "untyped": 0, "positions": {"typed": 0, "untyped": 0}, "findings": findings, "seconds": null, "bytes": null,
            "code": null, "check": null, "examples": null})
    };
    let expected = json!([
        object("broken", "failed", [0, 0, 0], json!([finding("syntax", "")])),
        object(
            "part",
            "partial",
            [1, 1, 0],
            json!([finding("response-status", "/paths/~1a/get/responses/9")])
        ),
        object("whole", "ok", [1, 1, 1], json!([])),
    ]);
    assert_eq!(report, expected);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder();
    let files = |jobs| {
        let outcomes = outcomes(folder.path(), jobs);
        outcomes.into_iter().map(|it| (it.name, it.files.map(|it| it.files))).collect::<Vec<_>>()
    };
    assert_eq!(files(1), files(8));
}

/// Writes what came of documents, as the command does.
fn write(out: &Path, outcomes: &mut [Outcome]) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut out = OutputFolder::claim(out, workspace).unwrap();
    layout::write(&mut out, workspace, outcomes).unwrap();
}

fn members(out: &Path) -> Vec<String> {
    let manifest: toml::Table =
        fs::read_to_string(out.join("Cargo.toml")).unwrap().parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    members.iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_cannot_be_written_of_a_document_is_that_documents_failure() {
    let (folder, out) = (folder(), tempfile::tempdir().unwrap());
    write(out.path(), &mut []);
    fs::write(out.path().join("part"), "a file where a folder should be").unwrap();
    let mut outcomes = outcomes(folder.path(), 1);
    write(out.path(), &mut outcomes);
    let verdicts: Vec<_> = outcomes.iter().map(Outcome::verdict).collect();
    assert_eq!(verdicts, ["failed", "failed", "ok"]);
    let (why, _) = outcomes[1].findings.last().unwrap();
    assert!(why.what.ends_with("part` is there and is no folder"), "{why}");
    assert_eq!(members(out.path()), ["whole"]);
    assert!(out.path().join("part").is_file());
}

#[test]
fn names_of_documents_and_tags_may_be_of_any_length() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let tag = "x".repeat(253);
    let get = json!({"tags": [tag], "operationId": "a", "responses": {"204": {"description": ""}}});
    let info = json!({"title": "T", "version": "1"});
    let text = json!({"openapi": "3.0.0", "info": info, "paths": {"/a": {"get": get}}}).to_string();
    for name in ["y".repeat(250), "a*[1]".to_owned()] {
        fs::write(folder.path().join(format!("{name}.json")), &text).unwrap();
    }
    let mut outcomes = outcomes(folder.path(), 1);
    write(out.path(), &mut outcomes);
    assert!(outcomes.iter().all(|it| it.verdict() == "ok"), "{outcomes:?}");
    let members = members(out.path());
    assert!(members[0] == "corpus-a-1" && members[1].starts_with("corpus-yyy"), "{members:?}");
    for member in members {
        assert!(out.path().join(member).join("src/lib.rs").is_file());
    }
}

#[test]
fn the_workspace_holds_what_was_made_and_nothing_older() {
    let (folder, out) = (folder(), tempfile::tempdir().unwrap());
    let write = || write(out.path(), &mut outcomes(folder.path(), 1));
    write();
    let lib = out.path().join("whole/src/lib.rs");
    assert_eq!(members(out.path()), ["part", "whole"]);
    assert!(lib.is_file());
    // A crate whose document is gone, and a file and a folder of somebody else's.
    fs::write(out.path().join("whole/src/mine.rs"), "").unwrap();
    fs::create_dir(out.path().join("mine")).unwrap();
    fs::remove_file(folder.path().join("part.json")).unwrap();
    let before = fs::metadata(&lib).unwrap().modified().unwrap();
    write();
    assert!(!out.path().join("part").exists());
    assert!(out.path().join("mine").exists() && out.path().join("whole/src/mine.rs").exists());
    assert_eq!(fs::metadata(&lib).unwrap().modified().unwrap(), before);
}
