//! The same call, made with a client.

use bindery::anthropic::{Client, types};

async fn invite() -> Result<types::Invite, Box<dyn std::error::Error>> {
    let body = types::CreateInviteParams::new("user@emaildomain.com", types::NoAdminRole::User);
    Ok(Client::from_env()?.create_invite(body).await?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let invite = runtime.block_on(invite())?;
    println!("{} is {}", invite.id, invite.status);
    Ok(())
}
