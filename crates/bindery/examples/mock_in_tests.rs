//! How to test code that calls a vendor: without the network, and in the vendor's own types.
//!
//! ```text
//! cargo test -p bindery --features anthropic,mock --example mock_in_tests
//! cargo run -p bindery --features anthropic,mock --example mock_in_tests
//! ```

use std::process::ExitCode;

use bindery::anthropic::mock::{MockServer, Reply};
use bindery::anthropic::operations::CreateInvite;
use bindery::anthropic::types::{
    CreateInviteParams, ErrorDetail, ErrorResponse, Invite, NoAdminRole, RateLimitError,
};
use bindery::anthropic::{ApiError, Client, Error};
use bindery::runtime::DateTime;

const HELP: &str = "\
Runs two tests of code that invites people to an organization at Anthropic. It needs no account
and no network: a server on this machine stands in for the vendor.

Usage: mock_in_tests

Exit status: 0 both passed, 101 one failed, 2 wrong usage.";

/// The code to test: whoever is invited already is not a reason to fail, a busy vendor is.
async fn welcome(client: &Client, email: &str) -> Result<String, Error> {
    let body = CreateInviteParams::new(email, NoAdminRole::User);
    match client.create_invite(body).await {
        Ok(invite) => Ok(format!("Welcome, {}!", invite.email)),
        Err(error) => match error.api() {
            Some(ApiError::ErrorResponse(it))
                if matches!(it.error, ErrorDetail::InvalidRequestError(_)) =>
            {
                Ok(format!("Welcome back, {email}!"))
            }
            _ => Err(error),
        },
    }
}

/// A test of it. What is not expected is answered with what is different, and fails the test.
async fn a_person_is_invited_as_a_user() {
    let vendor = MockServer::start().await;
    let time: DateTime = "2026-01-01T12:00:00Z".parse().expect("a time");
    let invite = Invite::new("a@example.com", time.clone(), "i-1", time, "user", "pending");
    let client = vendor.client();
    let body = CreateInviteParams::new("a@example.com", NoAdminRole::User);
    vendor.expect(client.create_invite(body)).reply(Reply::json(200, invite));

    let told = welcome(&client, "a@example.com").await;
    assert_eq!(told.expect("an invitation"), "Welcome, a@example.com!");
    vendor.verify();
}

async fn a_busy_vendor_is_an_error() {
    let vendor = MockServer::start().await;
    let busy = ErrorDetail::RateLimitError(RateLimitError::new("Too many."));
    // Whatever the call is like. What the vendor does not document, a mock would refuse to reply.
    vendor.expect_any::<CreateInvite>().reply(Reply::json(429, ErrorResponse::new(busy)));

    let error = welcome(&vendor.client(), "a@example.com").await.expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    vendor.verify();
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> =
        std::env::args_os().skip(1).map(|it| it.to_string_lossy().into_owned()).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--help" | "-h"] => println!("{HELP}"),
        [] => {
            a_person_is_invited_as_a_user().await;
            a_busy_vendor_is_an_error().await;
            println!("Both tests passed, and nothing left this machine.");
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn a_person_is_invited_as_a_user() {
        super::a_person_is_invited_as_a_user().await;
    }

    #[tokio::test]
    async fn a_busy_vendor_is_an_error() {
        super::a_busy_vendor_is_an_error().await;
    }
}
