//! What holds for everything that is emitted or shown, whatever the input.

use std::panic;
use std::thread;

use xtask::catalog::Api;
use xtask::finding::Findings;
use xtask::pipeline::{self, GeneratedCrate};
use xtask::render::render;

/// Runs something with the stack that the pipeline has in the commands.
///
/// # Panics
///
/// If it does.
pub fn with_room<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(pipeline::STACK).spawn_scoped(scope, run);
        let ended = spawned.expect("there is memory for a stack").join();
        ended.unwrap_or_else(|panic| panic::resume_unwind(panic))
    })
}

/// Makes the crate of an API twice, and checks what comes out.
///
/// # Panics
///
/// If the pipeline does (panics of progenitor's are caught within), or if anything is wrong with what it gives.
pub fn pipeline(api: &Api) -> Option<GeneratedCrate> {
    let (krate, shown) = bind(api);
    let (again, shown_again) = bind(api);
    assert_eq!(shown, shown_again, "the findings differ from one time to the next");
    shows_all("the findings", &shown);
    match (&krate, &again) {
        (Some(one), Some(two)) => {
            assert!(
                one.files.files == two.files.files,
                "the files differ from one time to the next"
            );
            files(one);
        }
        (None, None) => assert!(!shown.is_empty(), "there is neither a crate nor a reason"),
        _ => panic!("there is a crate one time and none the next"),
    }
    krate
}

fn bind(api: &Api) -> (Option<GeneratedCrate>, String) {
    let mut findings = Findings::default();
    let krate = pipeline::bind_api(api, &mut findings);
    assert!(krate.is_some() || findings.failed(), "there is neither a crate nor a reason");
    let shown = render(findings.iter().map(|finding| (api.config.name.as_str(), finding)), false);
    (krate, shown)
}

/// Every file is in the folder of its crate, shows all that it holds, and is what its name says.
fn files(krate: &GeneratedCrate) {
    for (path, text) in &krate.files.files {
        let inside = krate.files.owned.iter().any(|folder| path.starts_with(folder));
        let plain = path.components().all(|it| !matches!(it.as_str(), ".." | "." | "/"));
        assert!(inside && plain && path.is_relative(), "`{path}` is outside of its crate");
        shows_all(path.as_str(), text);
        let wrong = match path.extension() {
            Some("rs") => syn::parse_file(text).err().map(|error| error.to_string()),
            Some("toml") => text.parse::<toml::Table>().err().map(|error| error.to_string()),
            Some("json") => {
                serde_json::from_str::<serde_json::Value>(text).err().map(|it| it.to_string())
            }
            _ => None,
        };
        assert!(wrong.is_none(), "`{path}` cannot be parsed: {wrong:?}\n{text}");
    }
}

/// Checks that a text hides nothing from its readers.
///
/// # Panics
///
/// If it does.
pub fn shows_all(what: &str, text: &str) {
    if let Some((at, hidden)) = text.char_indices().find(|(_, it)| is_hidden(*it)) {
        let before: String = text[..at].chars().rev().take(60).collect();
        let before: String = before.chars().rev().collect();
        let after: String = text[at..].chars().take(60).collect();
        panic!("{what}: {hidden:?} is hidden in {before:?} + {after:?}");
    }
}

/// Whether a character is not seen where it is, or changes where others are seen: what Unicode, chapter 23 calls
/// control, format, joining and tag characters. Lines and tabs are none of that. It is written without a look at
/// what the generator takes for hidden.
pub fn is_hidden(it: char) -> bool {
    match u32::from(it) {
        0x09 | 0x0a => false,
        0x00..=0x1f | 0x7f..=0x9f => true,
        // The soft hyphen, marks and controls of the direction, and the separator of Mongolian vowels.
        0xad | 0x61c | 0x180e | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069 => true,
        // What has no width or joins, ends of lines and paragraphs that are none, and the mark of a byte order.
        0x200b..=0x200d | 0x2028 | 0x2029 | 0x2060..=0x2065 | 0x206a..=0x206f | 0xfeff => true,
        // Annotations between lines, and tags.
        0xfff9..=0xfffb | 0xe0000..=0xe007f => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_found_and_what_is_seen_is_not() {
        for hidden in
            ["\u{0}", "\r", "\u{1b}", "\u{85}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{e0041}"]
        {
            assert!(hidden.chars().all(is_hidden), "{hidden:?}");
            assert!(panic::catch_unwind(|| shows_all("a text", &format!("a{hidden}é"))).is_err());
        }
        shows_all("a text", "a\tb\nc é 漢字 🦀 \u{a0}\u{fffd}");
    }
}
