//! One typed call, and what to do about each kind of error.
//!
//! ```text
//! cargo run -p bindery --features anthropic --example invite -- new.user@example.com developer
//! ```
//!
//! It needs no account: unless `ANTHROPIC_BASE_URL` is set, a server on this machine stands in for the
//! vendor. Try `rate_limit_error@example.com`.

use std::process::ExitCode;

use bindery::anthropic::types::{CreateInviteParams, ErrorDetail, NoAdminRole};
use bindery::anthropic::{ApiError, Client, Credential, Error, ErrorKind};

mod stand_in;

const HELP: &str = "\
Invites a person to an organization at Anthropic.

Usage: invite [EMAIL [ROLE]]

EMAIL is new.user@example.com unless given, ROLE is user (or developer, billing, …).

ANTHROPIC_BASE_URL   where to send the invitation, such as https://api.anthropic.com;
                     if it is not set, a server on this machine stands in for the vendor,
                     and is given a made-up credential
ANTHROPIC_ADMIN_KEY  the credential for that base url

The stand-in answers invalid_request_error@example.com with that error; it has authentication_error,
permission_error and rate_limit_error as well.

Exit status: 0 invited, 1 failed, 2 wrong usage.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> =
        std::env::args_os().skip(1).map(|it| it.to_string_lossy().into_owned()).collect();
    let (email, role) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--help" | "-h"] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        [] => ("new.user@example.com", NoAdminRole::User),
        [email] if !email.starts_with('-') => (email, NoAdminRole::User),
        // A role that the page does not name is sent all the same: the vendor decides.
        [email, role] if !email.starts_with('-') => (email, NoAdminRole::from(role)),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match invite(email, role).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

async fn invite(email: &str, role: NoAdminRole) -> Result<(), String> {
    let target = stand_in::Target::new("ANTHROPIC_BASE_URL", "ANTHROPIC_ADMIN_KEY").await;
    let target = target.map_err(|error| error.to_string())?;
    if target.is_stand_in() {
        println!("ANTHROPIC_BASE_URL is not set: a stand-in answers, with a made-up credential.");
    }
    // With the vendor's own server, this is `Client::from_env()?`.
    let client = Client::builder()
        .base_url(&target.base_url)
        .credential(Credential::api_key(target.credential.clone()))
        .configure(target.connection())
        .build()
        .map_err(|error| error.to_string())?;

    let invite = client
        .create_invite(CreateInviteParams::new(email, role))
        .await
        .map_err(|error| explain(&error))?;
    // What a vendor sends is shown with `{:?}`, which no terminal takes for a command.
    println!(
        "{:?} is invited as {:?} until {} ({:?}).",
        invite.email, invite.role, invite.expires_at, invite.status
    );
    Ok(())
}

/// What to tell the person who wanted to invite somebody.
fn explain(error: &Error) -> String {
    match error.kind() {
        // An error that the vendor documents comes typed.
        ErrorKind::Api(ApiError::ErrorResponse(response)) => match &response.error {
            ErrorDetail::InvalidRequestError(it) => format!("Mend the request: {:?}", it.message),
            ErrorDetail::AuthenticationError(it) => {
                format!("Check ANTHROPIC_ADMIN_KEY: {:?}", it.message)
            }
            ErrorDetail::PermissionError(it) => format!("Ask an admin: {:?}", it.message),
            ErrorDetail::RateLimitError(it) => format!("Try again later: {:?}", it.message),
            other => format!("The vendor says: {other:?}"),
        },
        // The two differ in whether it is safe to try again.
        ErrorKind::Transport(_) if error.is_connect() => {
            format!("Nothing was sent, so that you can try again: {error}")
        }
        ErrorKind::Transport(_) => format!("The person may be invited or not: {error}"),
        // The status and the body are in the text, and all of them in the error.
        ErrorKind::Undocumented | ErrorKind::Decode(_) => {
            format!("The vendor answers with what its page does not document: {error}")
        }
        _ => error.to_string(),
    }
}
