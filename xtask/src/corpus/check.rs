//! The compiler's opinion of every crate: `cargo check`, each message attributed to the crate that it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::path::Path;

use serde_json::Value as Json;

use super::messages::each_message;

/// What the compiler says about a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// Whether it compiled.
    pub compiled: bool,
    /// Errors and warnings, as rendered.
    pub messages: Vec<String>,
    /// What kinds of errors they are, such as `E0308`; an error without a code is there as its first line.
    pub errors: BTreeSet<String>,
}

/// Compiles the whole workspace, going on after errors. Opinions by package; a package without one was not
/// reached, which counts as failed.
pub fn check(out: &Path, packages: &[&str]) -> io::Result<BTreeMap<String, Opinion>> {
    check_with(out, packages, &[])
}

/// The same with further arguments for cargo.
pub fn check_with(
    out: &Path,
    packages: &[&str],
    arguments: &[&OsStr],
) -> io::Result<BTreeMap<String, Opinion>> {
    let mut opinions: BTreeMap<String, Opinion> = BTreeMap::new();
    // Mocks are as much of a crate as clients are.
    let arguments = [&["--features", "mock"].map(OsStr::new), arguments].concat();
    each_message(out, "check", &arguments, |it| note(&it, packages, &mut opinions))?;
    Ok(opinions)
}

fn note(message: &Json, packages: &[&str], opinions: &mut BTreeMap<String, Opinion>) {
    let name = message.pointer("/target/name").and_then(Json::as_str).unwrap_or_default();
    let Some(package) = packages.iter().find(|it| it.replace('-', "_") == name) else { return };
    let opinion = opinions.entry((*package).to_owned()).or_default();
    match message.get("reason").and_then(Json::as_str) {
        Some("compiler-artifact") => opinion.compiled = true,
        Some("compiler-message") => {
            let rendered = message.pointer("/message/rendered").and_then(Json::as_str);
            opinion.messages.push(rendered.unwrap_or("a message without text").to_owned());
            opinion.errors.extend(message.get("message").and_then(error));
        }
        _ => {}
    }
}

/// The kind of an error. That there were errors is said in an error of its own, which is none.
fn error(message: &Json) -> Option<String> {
    let text = |pointer| message.pointer(pointer).and_then(Json::as_str);
    let says = text("/message").unwrap_or("an error without a text");
    let counts = text("/level") == Some("error") && !says.starts_with("aborting due to");
    counts.then(|| text("/code/code").or(says.lines().next()).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn messages_belong_to_the_crate_that_they_are_about() {
        let mut opinions = BTreeMap::new();
        let target = json!({"name": "corpus_a_b"});
        let said = json!({"reason": "compiler-message", "target": target, "message": {"rendered": "warning: x"}});
        note(&said, &["corpus-a-b"], &mut opinions);
        note(
            &json!({"reason": "compiler-artifact", "target": target}),
            &["corpus-a-b"],
            &mut opinions,
        );
        note(
            &json!({"reason": "compiler-artifact", "target": {"name": "serde"}}),
            &["corpus-a-b"],
            &mut opinions,
        );
        let expected =
            Opinion { compiled: true, messages: vec!["warning: x".into()], ..Opinion::default() };
        assert_eq!(opinions, BTreeMap::from([("corpus-a-b".into(), expected)]));
    }
    #[test]
    fn errors_have_a_code_or_a_text_and_warnings_and_sums_are_none() {
        let said = [
            json!({"level": "error", "code": {"code": "E0308"}, "message": "mismatched types"}),
            json!({"level": "error", "code": null, "message": "expected `;`\nor else"}),
            json!({"level": "warning", "code": {"code": "dead_code"}, "message": "never used"}),
            json!({"level": "error", "code": null, "message": "aborting due to 2 previous errors"}),
        ];
        let errors: Vec<_> = said.iter().filter_map(error).collect();
        assert_eq!(errors, ["E0308", "expected `;`"]);
    }
}
