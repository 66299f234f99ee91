//! A folder of documents, small ones written for the purpose.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::*;

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
    make(&input::read(folder).unwrap().documents, jobs, &|_| {})
}

#[test]
fn a_crate_is_called_what_its_document_is() {
    let info = |title: &str| {
        let (info, get) = (json!({"title": title, "version": "1"}), json!({"responses": {}}));
        let paths = json!({"/a": {"get": get}});
        let text = json!({"openapi": "3.0.0", "info": info, "paths": paths}).to_string();
        let document = Document { name: "a.example".to_owned(), package: "a".to_owned(), text };
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
        for key in ["seconds", "bytes"] {
            assert!(object[key].is_number());
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
            "complete": complete, "untyped": 0, "findings": findings, "seconds": null, "bytes": null,
            "check": null})
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

#[test]
fn the_workspace_holds_what_was_made_and_nothing_older() {
    let (folder, out) = (folder(), tempfile::tempdir().unwrap());
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    layout::write(out.path(), workspace, &outcomes(folder.path(), 1)).unwrap();
    let lib = out.path().join("whole/src/lib.rs");
    let manifest: toml::Table =
        fs::read_to_string(out.path().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(manifest["workspace"]["members"], toml::Value::from(vec!["part", "whole"]));
    assert!(lib.is_file());
    // A file that an earlier run left, a crate whose document is gone, and a folder of somebody else's.
    fs::write(out.path().join("whole/src/old.rs"), "").unwrap();
    fs::create_dir(out.path().join("mine")).unwrap();
    fs::remove_file(folder.path().join("part.json")).unwrap();
    let before = fs::metadata(&lib).unwrap().modified().unwrap();
    layout::write(out.path(), workspace, &outcomes(folder.path(), 1)).unwrap();
    assert!(!out.path().join("whole/src/old.rs").exists());
    assert!(!out.path().join("part").exists());
    assert!(out.path().join("mine").exists());
    assert_eq!(fs::metadata(&lib).unwrap().modified().unwrap(), before);
}
