//! The pairs of pages: each gives two whole clients, and Bindery says of the change what the pair claims.
//!
//! Whether the compiler says so too takes long to ask: `cargo xtask agreement` does.

use std::path::Path;

use bindery_tests::workspace::ROOT;
use xtask::agreement::{Side, make, pair, verdicts};
use xtask::render::render;

#[test]
fn bindery_says_of_each_pair_what_is_claimed() {
    let mut findings = Vec::new();
    let pairs = pair::read(&Path::new(ROOT).join("tests/pairs"), &mut findings);
    assert!(!pairs.is_empty(), "there is a pair");
    let mut wrong = Vec::new();
    for pair in pairs {
        match make(pair) {
            Ok(made) => {
                let claim = (made.pair.claim.wire, made.pair.claim.rust);
                let ours = verdicts(&made.pair.api(Side::Old), &made.pair.api(Side::New));
                if ours.is_some_and(|ours| ours != claim) {
                    wrong.push(format!("{}: {claim:?}, and Bindery says {ours:?}", made.pair.name));
                }
            }
            Err(why) => findings.extend(why),
        }
    }
    assert!(findings.is_empty(), "{}", render(findings.iter().map(|it| ("", it)), false));
    assert!(wrong.is_empty(), "{wrong:#?}");
}
