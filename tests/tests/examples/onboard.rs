//! `onboard`: all vendors at once, and what becomes of the others when one fails.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use bindery_tests::server::Server;
use bindery_tests::subject::SECRET;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::{ONBOARD, Run, TEAM, VARIABLES, run};

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
fn onboard_rehearses_with_stand_ins() {
    let done = run(ONBOARD, &["a@example.com"], &[]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
    let expected = [
        "Anthropic     stand-in                  rehearsal: invited as user until 2026-01-22T12:00:00Z",
        "Basic         stand-in                  rehearsal: invited as member until 2026-01-08T12:00:00Z",
        "Better Stack  stand-in                  rehearsal: invited as member",
        "Vijil         stand-in                  rehearsal: invited as member (pending)",
    ];
    assert_eq!(rows(&done), expected);
    assert!(
        done.stdout.contains("\n\nA stand-in is a server on this machine, "),
        "{}",
        done.stdout
    );

    let failed = run(ONBOARD, &["no address"], &[]);
    assert_eq!(failed.status, Some(1));
    let all_failed = |row: &&str| row[40..].starts_with("failed: ");
    assert_eq!(rows(&failed).iter().filter(|row| all_failed(row)).count(), 4, "{}", failed.stdout);
}

#[test]
fn onboard_leaves_out_the_vendors_without_a_credential() {
    // Without a base url, and so at a stand-in, which refuses any credential but its own.
    let done = run(ONBOARD, &[], &[("BASIC_TOKEN", SECRET)]);
    assert_eq!(done.status, Some(0));
    let expected = [
        "Anthropic     none                      left out: ANTHROPIC_ADMIN_KEY is not set",
        "Basic         stand-in                  rehearsal: invited as member until 2026-01-08T12:00:00Z",
        "Better Stack  none                      left out: BETTERSTACK_API_TOKEN is not set",
        "Vijil         none                      left out: VIJIL_API_TOKEN is not set",
    ];
    assert_eq!(rows(&done), expected);
}

#[tokio::test]
async fn onboard_invites_at_every_vendor_that_is_given() {
    let servers = servers().await;
    let urls = urls(&servers);
    let done = run(ONBOARD, &["a@example.com"], &environment(&urls));
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
    assert!(!done.stdout.contains("stand-in"), "{}", done.stdout);
    let lines = [
        "POST /v1/organizations/invites",
        "POST /team/t-1/invite",
        "POST /api/v2/team-members",
        "POST /v1/teams/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/invites",
    ];
    for (server, line) in servers.iter().zip(lines) {
        let received = server.received().await;
        assert_eq!(
            (received.line.as_str(), &received.body["email"]),
            (line, &json!("a@example.com"))
        );
        let bearer = received.header("authorization").and_then(|it| it.strip_prefix("Bearer "));
        assert_eq!(received.header("x-api-key").or(bearer), Some(SECRET));
    }
}

#[tokio::test]
async fn onboard_sends_nothing_in_a_dry_run() {
    let servers = servers().await;
    let urls = urls(&servers);
    let done = run(ONBOARD, &["--dry-run", "a@example.com"], &environment(&urls));
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
    assert!(
        rows(&done).iter().all(|row| row.contains("  would be invited as ")),
        "{}",
        done.stdout
    );
    for server in servers {
        assert!(server.all_received().await.is_empty());
    }
}

#[tokio::test]
async fn onboard_goes_on_when_a_vendor_fails() {
    let echo = json!({ "errors": format!("{SECRET} {}", "long ".repeat(40)) });
    let mut servers = servers().await;
    servers[2] = Server::json(403, &echo).await;
    let urls = urls(&servers);
    let mut variables = environment(&urls);
    // The second has no team, so that nothing can be sent to it.
    variables.retain(|(name, _)| *name != "BASIC_TEAM_ID");
    let failed = run(ONBOARD, &["a@example.com"], &variables);
    assert_eq!(failed.status, Some(1));
    let rows = rows(&failed);
    assert_eq!(
        rows[0],
        "Anthropic     127.0.0.1                 invited as user until 2026-01-01T12:00:00Z"
    );
    let reason = "the environment variable `BASIC_TEAM_ID` is not set";
    assert_eq!(rows[1], format!("Basic         127.0.0.1                 failed: {reason}"));
    let cut = "  failed: invite_team_member: 403 Forbidden: {\"errors\":\"[reda…";
    assert!(rows[2].ends_with(cut), "{}", rows[2]);
    assert!(rows[3].ends_with("  invited as member (pending)"), "{}", rows[3]);
    let full = "Basic: the environment variable `BASIC_TEAM_ID` is not set\n\
                Better Stack: invite_team_member: 403 Forbidden: {\"errors\":\"[redacted] long ";
    assert!(failed.stderr.starts_with(full), "{}", failed.stderr);
}

/// Answers when there are four requests, at whatever servers; with an error if they do not come.
#[derive(Clone, Default)]
struct Meeting(Arc<(Mutex<usize>, Condvar)>);

impl Meeting {
    fn is_complete(&self) -> bool {
        let (count, changed) = &*self.0;
        let mut count = count.lock().unwrap();
        *count += 1;
        changed.notify_all();
        let wait = changed.wait_timeout_while(count, Duration::from_secs(5), |count| *count < 4);
        !wait.unwrap().1.timed_out()
    }
}

struct Attendee(Meeting, ResponseTemplate);

impl Respond for Attendee {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        if self.0.is_complete() { self.1.clone() } else { ResponseTemplate::new(503) }
    }
}

#[tokio::test]
async fn onboard_asks_all_vendors_at_once() {
    let (mut servers, meeting) = (Vec::new(), Meeting::default());
    for (status, body) in successes() {
        // Each server has a thread of its own, which may wait.
        let answer = ResponseTemplate::new(status).set_body_json(body);
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(Attendee(meeting.clone(), answer)).mount(&server).await;
        servers.push(server);
    }
    let urls = std::array::from_fn(|index| servers[index].uri());
    let done = run(ONBOARD, &["a@example.com"], &environment(&urls));
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
}
