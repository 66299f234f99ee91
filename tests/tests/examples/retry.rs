//! `retry`: what is tried again, and how often.

use bindery_tests::server::Server;
use bindery_tests::subject::SECRET;
use serde_json::json;

use crate::{RETRY, run};

#[test]
fn a_busy_vendor_is_asked_again() {
    let done = run(RETRY, &[], &[]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
    let expected = "\
ANTHROPIC_BASE_URL is not set: a stand-in answers, with a made-up credential.
  attempt 1: 429 Too Many Requests
Not at once: 429 Too Many Requests, come back after 1s.
  attempt 1: 429 Too Many Requests
  attempt 2: 200 OK
Invited until 2026-01-22T12:00:00Z.
";
    assert_eq!(done.stdout, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_who_says_no_is_not_asked_again() {
    let server = Server::json(400, &json!({})).await;
    let variables =
        [("ANTHROPIC_BASE_URL", server.url()), ("ANTHROPIC_ADMIN_KEY", SECRET.to_owned())];
    let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
    let failed = run(RETRY, &["a@example.com"], &variables);
    assert_eq!(failed.status, Some(1));
    let attempts = failed.stdout.matches("  attempt 1: 400 Bad Request\n").count();
    assert_eq!((attempts, failed.stdout.contains("attempt 2")), (2, false), "{}", failed.stdout);
    assert!(failed.stderr.starts_with("Given up at attempt 1: "), "{}", failed.stderr);
}
