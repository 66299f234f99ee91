//! One call, made with reqwest alone.

use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct NewInvite {
    email: String,
    role: String,
}

#[derive(Debug, Deserialize)]
struct Invite {
    id: String,
    status: String,
}

async fn invite(key: &str) -> Result<Invite, reqwest::Error> {
    let body = NewInvite { email: "user@emaildomain.com".to_owned(), role: "user".to_owned() };
    let client = reqwest::Client::new();
    let request = client.post("https://api.anthropic.com/v1/organizations/invites");
    let request = request.header("anthropic-version", "2023-06-01").header("x-api-key", key);
    request.json(&body).send().await?.error_for_status()?.json().await
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let invite = runtime.block_on(invite(&std::env::var("ANTHROPIC_ADMIN_KEY")?))?;
    println!("{} is {}", invite.id, invite.status);
    Ok(())
}
