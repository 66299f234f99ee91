//! The examples of the facade, run as programs: what they print, their exit status, and what they
//! send to whom.
//!
//! Their sources are programs of this package too, because cargo tells a test where the programs of
//! its own package are; a `cargo run` in a test would build the facade anew with other features.

use std::process::Command;

mod invite;
mod mock_in_tests;
mod onboard;
mod retry;

const INVITE: &str = env!("CARGO_BIN_EXE_invite");
const MOCK_IN_TESTS: &str = env!("CARGO_BIN_EXE_mock_in_tests");
const ONBOARD: &str = env!("CARGO_BIN_EXE_onboard");
const RETRY: &str = env!("CARGO_BIN_EXE_retry");

/// A variable and what it is set to.
type Setting = (&'static str, &'static str);

/// The vendors' variables: base url, credential, and the team if a call needs one.
const VARIABLES: [(&str, &str, Option<Setting>); 4] = [
    ("ANTHROPIC_BASE_URL", "ANTHROPIC_ADMIN_KEY", None),
    ("BASIC_BASE_URL", "BASIC_TOKEN", Some(("BASIC_TEAM_ID", "t-1"))),
    ("BETTERSTACK_BASE_URL", "BETTERSTACK_API_TOKEN", None),
    ("VIJIL_BASE_URL", "VIJIL_API_TOKEN", Some(("VIJIL_TEAM_ID", TEAM))),
];
const TEAM: &str = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/// What an example has done.
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs an example with these variables and none of the vendors' besides. No credential is ever in
/// what it prints.
fn run(example: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut child = Command::new(example);
    for (base_url, credential, team) in VARIABLES {
        child.env_remove(base_url).env_remove(credential);
        if let Some((name, _)) = team {
            child.env_remove(name);
        }
    }
    // Nobody listens there: an example sees to it that a proxy does not come before its stand-in. A
    // base url is the business of whoever gives it.
    child.env_remove("http_proxy").env_remove("no_proxy").env("HTTP_PROXY", "http://127.0.0.1:9");
    let is_given = variables.iter().any(|(name, _)| name.ends_with("BASE_URL"));
    child.env("NO_PROXY", if is_given { "127.0.0.1" } else { "" });
    let output = child.args(arguments).envs(variables.iter().copied()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(!format!("{stdout}{stderr}").contains("s3cret"), "{stdout}{stderr}");
    Run { status: output.status.code(), stdout, stderr }
}

#[test]
fn examples_say_how_they_are_used() {
    let with_help = [
        (INVITE, &VARIABLES[..1]),
        (MOCK_IN_TESTS, &[]),
        (ONBOARD, &VARIABLES[..]),
        (RETRY, &VARIABLES[..1]),
    ];
    for (example, names) in with_help {
        let help = run(example, &["--help"], &[]);
        assert_eq!(help.status, Some(0));
        for (base_url, credential, team) in names {
            assert!(help.stdout.contains(base_url) && help.stdout.contains(credential));
            assert!(team.is_none_or(|(name, _)| help.stdout.contains(name)));
        }
        assert!(help.stdout.lines().all(|line| line.chars().count() <= 100), "{}", help.stdout);
        for arguments in [&["--dry-rum"][..], &["a@b.c", "user", "more"]] {
            let wrong = run(example, arguments, &[]);
            assert_eq!((wrong.status, wrong.stdout.as_str()), (Some(2), ""), "{arguments:?}");
            assert_eq!(wrong.stderr, help.stdout);
        }
    }
}
