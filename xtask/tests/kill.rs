//! Runs of the command that are killed at any moment: after each, cargo loads the workspace, and the next run ends as
//! if there had been no kill.
//!
//! `BINDERY_KILLS` says how often, `BINDERY_SEED` repeats the moments of an earlier run as far as a clock allows.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How many runs are killed unless said otherwise.
const KILLS: u32 = 4;

/// What shows how far a run is: it stages new files, it applies the changes.
const SIGNS: [&str; 2] = [".bindery/pending", ".bindery/journal.json"];

/// What the crates that are generated name, and the features that they ask for.
const OTHERS: [(&str, &[&str]); 7] = [
    ("bindery-runtime", &["blocking", "http2", "mock", "native-tls", "rustls", "tracing"]),
    ("chrono", &[]),
    ("serde", &[]),
    ("serde_json", &[]),
    ("tokio", &[]),
    ("uuid", &[]),
    ("wiremock", &[]),
];

/// Two states of the pages, from one to the other: an API goes, one comes, one changes, and versions with them.
const STATES: [&[(&str, &str, usize)]; 2] = [
    &[("alpha", "0.1.0", 2), ("beta", "0.1.0", 1), ("same", "0.1.0", 1)],
    &[("alpha", "0.2.0", 3), ("gamma", "1.0.0", 1), ("same", "0.1.0", 1)],
];

/// A workspace of cargo that needs no other crates than those in it.
fn workspace() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let mut named = String::new();
    for (name, features) in OTHERS {
        let features: String = features.iter().map(|it| format!("{it} = []\n")).collect();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\n{features}"
        );
        put(root.path(), &format!("crates/{name}/Cargo.toml"), &manifest);
        put(root.path(), &format!("crates/{name}/src/lib.rs"), "");
        named += &format!("{name} = {{ path = \"crates/{name}\", version = \"0.1.0\" }}\n");
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\
         [workspace.package]\nedition = \"2024\"\nrust-version = \"1.89\"\nlicense = \"MIT\"\n\
         [workspace.lints]\n[workspace.dependencies]\n{named}"
    );
    put(root.path(), "Cargo.toml", &manifest);
    root
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Makes the pages those of a state.
fn pages(root: &Path, state: usize) {
    let _ = fs::remove_dir_all(root.join("specs"));
    for (api, version, operations) in STATES[state] {
        put(root, &format!("specs/{api}/api.toml"), &format!("title = \"{api}\"\n"));
        put(root, &format!("specs/{api}/release.toml"), &format!("version = \"{version}\"\n"));
        let paths: String = (0..*operations)
            .map(|number| {
                format!("  /a{number}:\n    get:\n      tags: [t{number}]\n      responses: {{ '204': {{ description: {version} }} }}\n")
            })
            .collect();
        let page = format!(
            "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\nservers: [{{ url: 'https://a.example.com' }}]\n\
             paths:\n{paths}"
        );
        put(root, &format!("specs/{api}/page.yaml"), &page);
    }
}

fn start(root: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("--root").arg(root).arg("generate").stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Waits until a run comes to where there is such a file or folder, or to its end.
fn wait_for(root: &Path, sign: &str, child: &mut Child) {
    while child.try_wait().unwrap().is_none() && !root.join(sign).exists() {}
}

/// Runs the command to its end.
fn generate(root: &Path) {
    let output = start(root).wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Asks cargo to load all manifests and to find a version of each dependency, as it does before any command.
fn assert_loads(root: &Path, when: &str) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{when}: {}", String::from_utf8_lossy(&output.stderr));
}

/// All generated files, by path.
fn crates(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![root.join("crates")];
    while let Some(folder) = waiting.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            match path.is_dir() {
                true => waiting.push(path),
                false => {
                    let bytes = fs::read(&path).unwrap();
                    found.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
                }
            }
        }
    }
    found
}

/// Numbers that look like chance, the same for a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: Duration) -> Duration {
        let limit = u64::try_from(limit.as_nanos()).unwrap().max(1);
        Duration::from_nanos(self.next() % limit)
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|it| it.parse().expect("a number"))
}

#[test]
fn a_run_that_is_killed_leaves_a_workspace_that_cargo_loads_and_that_the_next_run_completes() {
    let kills = number("BINDERY_KILLS").map_or(KILLS, |it| u32::try_from(it).unwrap());
    let seed = number("BINDERY_SEED").unwrap_or_else(|| RandomState::new().hash_one(kills));
    println!("seed {seed}");
    let root = workspace();
    let root = root.path();
    let complete = [0, 1].map(|state| {
        pages(root, state);
        generate(root);
        assert_loads(root, "without a kill");
        crates(root)
    });
    pages(root, 0);
    let begin = Instant::now();
    let mut child = start(root);
    let signs = SIGNS.map(|sign| {
        wait_for(root, sign, &mut child);
        begin.elapsed()
    });
    child.wait().unwrap();
    let (whole, mut chance) = (begin.elapsed(), Chance(seed));
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for number in 1..=kills {
        let state = usize::from(number % 2 == 1);
        pages(root, state);
        let mut child = start(root);
        // Anywhere, or after one of the signs: writing is a small part of a run.
        let anywhere = (Duration::ZERO, None);
        let moments = signs.iter().copied().zip(SIGNS.map(Some)).chain([anywhere]);
        let moments: Vec<_> = moments.collect();
        let (after, sign) = moments[usize::try_from(chance.next() % 3).unwrap()];
        if let Some(sign) = sign {
            wait_for(root, sign, &mut child);
        }
        thread::sleep(chance.below(whole.saturating_sub(after)));
        child.kill().unwrap();
        child.wait().unwrap();
        let when = match crates(root) {
            _ if root.join(".bindery/journal.json").exists() => "while it applied the changes",
            _ if root.join(".bindery/pending").exists() => "while it staged or cleaned up",
            now if now == complete[state] => "after all",
            _ => "before it wrote",
        };
        *counts.entry(when).or_default() += 1;
        let when = format!("kill {number} of seed {seed}, {when}");
        assert_loads(root, &when);
        generate(root);
        assert_loads(root, &when);
        assert!(crates(root) == complete[state], "{when}: the crates are not those of a whole run");
    }
    println!("{kills} kills: {counts:?}");
}
