//! What the crates are made of, and what callers see of them, small enough to review.
//!
//! `INSTA_UPDATE=always cargo test --package bindery-tests --test snapshots` accepts what has
//! changed; the diff of the snapshots is what a reviewer reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bindery_tests::crate_folder;
use insta::{Settings, assert_snapshot, assert_yaml_snapshot};
use xtask::catalog::Catalog;
use xtask::finding::Findings;
use xtask::surface::Surface;
use xtask::{lower, read};

/// Makes of each line a test for the API.
macro_rules! for_each_api {
    ($check:ident: $($test:ident $api:literal),* $(,)?) => {
        mod $check {
            $(#[test] fn $test() { super::$check($api); })*
        }
    };
}

for_each_api!(
    lowered_document_and_plan:
    anthropic "anthropic",
    basic "basic",
    betterstack "betterstack",
    vijil "vijil",
);

for_each_api!(
    public_surface:
    facade "bindery",
    anthropic "bindery-anthropic",
    basic "bindery-basic",
    betterstack "bindery-betterstack",
    runtime "bindery-runtime",
    vijil "bindery-vijil",
);

/// What lowering makes of the pages: the document for progenitor, and what is to be restored.
fn lowered_document_and_plan(api: &str) {
    let catalog = Catalog::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let mut findings = Findings::default();
    let entries = catalog.select(&[api.to_owned()], &mut findings);
    let api = entries.first().and_then(|entry| entry.load(&mut findings));
    let api = api.unwrap_or_else(|| panic!("{findings:#?}"));
    let lowered = read::read(&api, &mut findings)
        .and_then(|bound| lower::lower(&bound, &api.config, &mut findings))
        .unwrap_or_else(|| panic!("{findings:#?}"));
    settings().bind(|| {
        assert_yaml_snapshot!(format!("{}-lowered", api.config.name), lowered.document);
        assert_yaml_snapshot!(format!("{}-plan", api.config.name), lowered.plan);
    });
}

/// What a caller of the crate can name.
fn public_surface(package: &str) {
    let folder = crate_folder(package);
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.join("src"), folder.join("Cargo.toml")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let items = fs::read_dir(&path).expect("a folder");
            waiting.extend(items.map(|item| item.expect("an item").path()));
        } else {
            let text = fs::read_to_string(&path).expect("a file");
            files.insert(utf8(&path).into(), text);
        }
    }
    // The version is no part of what callers name.
    let version = "0.0.0".parse().expect("a version");
    let surface = Surface::of(package, version, utf8(&folder).into(), &files);
    let surface = surface.expect("a surface").to_string();
    settings().bind(|| assert_snapshot!(format!("{package}-surface"), surface));
}

fn utf8(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
