//! The examples of the facade, run as programs: what they print, their exit status, and what they
//! send to whom.
//!
//! Their sources are programs of this package too, because cargo tells a test where the programs of
//! its own package are; a `cargo run` in a test would build the facade anew with other features.

use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use bindery_tests::server::{Server, absent};
use bindery_tests::subject::SECRET;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const INVITE: &str = env!("CARGO_BIN_EXE_invite");
const ONBOARD: &str = env!("CARGO_BIN_EXE_onboard");

/// The vendors' variables: base url, credential, and the team if a call needs one.
const VARIABLES: [(&str, &str, Option<(&str, &str)>); 4] = [
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
        team.into_iter().for_each(|(name, _)| drop(child.env_remove(name)));
    }
    // A proxy of the environment must not come between; a stand-in sees to that itself.
    child.env("HTTP_PROXY", "http://127.0.0.1:9").env("NO_PROXY", "");
    if variables.iter().any(|(name, _)| name.ends_with("BASE_URL")) {
        child.env("NO_PROXY", "127.0.0.1");
    }
    let output = child.args(arguments).envs(variables.iter().copied()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(!format!("{stdout}{stderr}").contains("s3cret"), "{stdout}{stderr}");
    Run { status: output.status.code(), stdout, stderr }
}

/// What each vendor answers with when all goes well.
fn successes() -> [(u16, Value); 4] {
    let time = "2026-01-01T12:00:00Z";
    let attributes = json!({ "email": "a@example.com", "role": "member", "invited_at": time });
    [
        (
            200,
            json!({
                "type": "invite", "id": "i-1", "email": "a@example.com", "role": "user",
                "status": "pending", "invited_at": time, "expires_at": time,
            }),
        ),
        (201, json!({ "data": { "expires_at": time } })),
        (
            201,
            json!({
                "data": { "id": "1", "type": "team_member_invitation", "attributes": attributes },
                "message": "Invitation sent",
            }),
        ),
        (
            201,
            json!({
                "id": TEAM, "team_id": TEAM, "invited_by": TEAM, "email": "a@example.com",
                "role": "MEMBER", "status": "PENDING", "created_at": 1, "expires_at": 2,
            }),
        ),
    ]
}

/// All variables, for servers at these urls.
fn environment(urls: &[String; 4]) -> Vec<(&'static str, &str)> {
    let vendors = VARIABLES.iter().zip(urls);
    vendors
        .flat_map(|((base_url, credential, team), url)| {
            [(*base_url, url.as_str()), (*credential, SECRET)].into_iter().chain(*team)
        })
        .collect()
}

/// A server for each vendor that answers with its success.
async fn servers() -> Vec<Server> {
    let mut servers = Vec::new();
    for (status, body) in successes() {
        servers.push(Server::json(status, &body).await);
    }
    servers
}

fn urls(servers: &[Server]) -> [String; 4] {
    std::array::from_fn(|index| servers[index].url())
}

/// The rows of the table, below its head.
fn rows(run: &Run) -> Vec<&str> {
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100), "{}", run.stdout);
    run.stdout.lines().skip(2).take_while(|line| !line.is_empty()).collect()
}

#[test]
fn examples_say_how_they_are_used() {
    for (example, names) in [(INVITE, &VARIABLES[..1]), (ONBOARD, &VARIABLES[..])] {
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

#[test]
fn invite_needs_no_account() {
    // A stand-in refuses any credential but its own, so a real one would be seen here.
    for variables in [&[][..], &[("ANTHROPIC_ADMIN_KEY", SECRET)]] {
        let done = run(INVITE, &["a@example.com", "developer"], variables);
        assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
        let expected = "\
ANTHROPIC_BASE_URL is not set: a stand-in answers, with a made-up credential.
\"a@example.com\" is invited as Developer until 2026-01-22 12:00:00 UTC (Pending).
";
        assert_eq!(done.stdout, expected);
    }
}

#[test]
fn invite_tells_the_errors_of_the_api_apart() {
    let cases = [
        ("invalid_request_error@example.com", "Mend the request: "),
        ("no address", "Mend the request: "),
        ("authentication_error@example.com", "Check ANTHROPIC_ADMIN_KEY: "),
        ("permission_error@example.com", "Ask an admin: "),
        ("rate_limit_error@example.com", "Try again later: "),
    ];
    for (email, expected) in cases {
        let failed = run(INVITE, &[email], &[]);
        assert_eq!(failed.status, Some(1));
        assert!(failed.stderr.starts_with(expected), "{email}: {}", failed.stderr);
    }
}

#[tokio::test]
async fn invite_tells_the_other_errors_apart() {
    let echo = json!({ "you": SECRET, "clear": "\u{1b}[2J" });
    let servers = [Server::json(500, &echo).await, Server::json(200, &echo).await];
    let cases = [
        (absent().await, "Nothing was sent, so that you can try again: create_invite: "),
        (bindery_tests::server::hanging_up().await, "The person may be invited or not: "),
        (servers[0].url(), "The vendor answers with what its page does not document: create_in"),
        (servers[1].url(), "The vendor answers with what its page does not document: create_in"),
        ("not a url".to_owned(), "the base url "),
        (" ".to_owned(), "the environment variable `ANTHROPIC_BASE_URL` is empty"),
    ];
    for (url, expected) in cases {
        let variables = [("ANTHROPIC_BASE_URL", url.as_str()), ("ANTHROPIC_ADMIN_KEY", SECRET)];
        let failed = on_thread(move || run(INVITE, &["a@example.com"], &variables.map(|it| it)));
        assert_eq!((failed.status, failed.stdout.as_str()), (Some(1), ""));
        assert!(failed.stderr.starts_with(expected), "{}", failed.stderr);
        assert!(!failed.stderr.contains('\u{1b}'), "{}", failed.stderr);
    }
}
