//! `invite`: one call, and its errors by kind.

use bindery_tests::server::{Server, absent, hanging_up};
use bindery_tests::subject::SECRET;
use serde_json::json;

use crate::{INVITE, run};

#[test]
fn invite_needs_no_account() {
    // A stand-in refuses any credential but its own, so a real one would be seen here.
    for variables in [&[][..], &[("ANTHROPIC_ADMIN_KEY", SECRET)]] {
        let done = run(INVITE, &["a@example.com", "developer"], variables);
        assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
        let expected = "\
ANTHROPIC_BASE_URL is not set: a stand-in answers, with a made-up credential.
\"a@example.com\" is invited as Developer until 2026-01-22T12:00:00Z (Pending).
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

#[tokio::test(flavor = "multi_thread")]
async fn invite_tells_the_other_errors_apart() {
    let echo = json!({ "you": SECRET, "clear": "\u{1b}[2J" });
    let servers = [Server::json(500, &echo).await, Server::json(200, &echo).await];
    let undocumented = "The vendor answers with what its page does not document: create_invite: ";
    let cases = [
        (absent().await, "Nothing was sent, so that you can try again: create_invite: "),
        (hanging_up().await, "The person may be invited or not: create_invite: "),
        (servers[0].url(), undocumented),
        (servers[1].url(), undocumented),
        ("not a url".to_owned(), "the base url "),
        (" ".to_owned(), "the environment variable `ANTHROPIC_BASE_URL` is empty"),
    ];
    for (url, expected) in cases {
        let variables = [("ANTHROPIC_BASE_URL", url.as_str()), ("ANTHROPIC_ADMIN_KEY", SECRET)];
        let failed = run(INVITE, &["a@example.com"], &variables);
        assert_eq!((failed.status, failed.stdout.as_str()), (Some(1), ""));
        assert!(failed.stderr.starts_with(expected), "{}", failed.stderr);
        assert!(!failed.stderr.contains('\u{1b}'), "{}", failed.stderr);
    }
    assert_eq!(servers[0].received().await.header("x-api-key"), Some(SECRET));
}

#[test]
fn a_base_url_wants_a_credential() {
    let failed = run(INVITE, &[], &[("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")]);
    let expected = "the environment variable `ANTHROPIC_ADMIN_KEY` is not set\n";
    assert_eq!((failed.status, failed.stderr.as_str()), (Some(1), expected));
}
