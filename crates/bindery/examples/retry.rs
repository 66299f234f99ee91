//! A vendor who is busy: what is tried again, what a caller sees of it, and how to decide otherwise.
//!
//! ```text
//! cargo run -p bindery --features anthropic --example retry
//! ```
//!
//! It needs no account: unless `ANTHROPIC_BASE_URL` is set, a server on this machine stands in for the
//! vendor. Twice it is too busy for `busy@example.com`, and asks to come back in a second.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bindery::anthropic::types::{CreateInviteParams, NoAdminRole};
use bindery::anthropic::{BuildError, Client, Credential};
use bindery::runtime::{RetryPolicy, transport_fn};

mod stand_in;
use stand_in::Target;

const HELP: &str = "\
Invites a person to an organization at Anthropic: once at the first attempt or not at all, then with
retries.

Usage: retry [EMAIL]

EMAIL is busy@example.com unless given.

ANTHROPIC_BASE_URL   where to send the invitation, such as https://api.anthropic.com;
                     if it is not set, a server on this machine stands in for the vendor,
                     and is given a made-up credential
ANTHROPIC_ADMIN_KEY  the credential for that base url

Exit status: 0 invited, 1 failed, 2 wrong usage.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|it| it.to_string_lossy().into_owned()).collect();
    let email = match arguments.as_slice() {
        [] => "busy@example.com",
        [help] if help == "--help" || help == "-h" => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        [email] if !email.starts_with('-') => email,
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match invite(email).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn invite(email: &str) -> Result<bool, BuildError> {
    let target = Target::new("ANTHROPIC_BASE_URL", "ANTHROPIC_ADMIN_KEY").await?;
    if target.is_stand_in() {
        println!("ANTHROPIC_BASE_URL is not set: a stand-in answers, with a made-up credential.");
    }
    // Without retries, the error has what it takes to come back later.
    let hasty = client(&target, RetryPolicy::none())?;
    let body = CreateInviteParams::new(email, NoAdminRole::User);
    match hasty.create_invite(body.clone()).await {
        Ok(invite) => {
            println!("Invited at once until {}.", invite.expires_at);
            return Ok(true);
        }
        Err(error) => {
            let answer = error.status().map_or("no answer".to_owned(), |it| it.to_string());
            match error.retry_after() {
                Some(wait) => println!("Not at once: {answer}, come back after {wait:?}."),
                None => println!("Not at once: {answer}."),
            }
        }
    }
    // An invitation is a POST, which may do its work twice. So it is tried again only after a 429 or a
    // 503 by which the vendor says when, and after a connection that did not come about.
    let patience = RetryPolicy::default().retries(4).max_retry_after(Duration::from_secs(10));
    let patient = client(&target, patience)?;
    match patient.create_invite(body).await {
        Ok(invite) => println!("Invited until {}.", invite.expires_at),
        Err(error) => {
            eprintln!("Given up at attempt {}: {error}", error.attempts());
            return Ok(false);
        }
    }
    Ok(true)
}

/// A client that tells of each attempt. Its layer sees them one by one, where a call is all of them.
fn client(target: &Target, policy: RetryPolicy) -> Result<Client, BuildError> {
    Client::builder()
        .base_url(&target.base_url)
        .credential(Credential::api_key(target.credential.clone()))
        .configure(target.connection())
        // An attempt may hang as well; the limit on the whole call holds besides.
        .attempt_timeout(Duration::from_secs(5))
        .retry(policy)
        .layer(|inner| {
            transport_fn(move |request, call| {
                let inner = Arc::clone(&inner);
                async move {
                    let answer = inner.send(request, call).await?;
                    println!("  attempt {}: {}", call.attempt(), answer.status());
                    Ok(answer)
                }
            })
        })
        .build()
}
