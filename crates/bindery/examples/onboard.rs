//! One person invited everywhere at once, whatever happens at one of the vendors.
//!
//! ```text
//! cargo run -p bindery --features full --example onboard -- new.user@example.com --dry-run
//! ```
//!
//! It needs no account: unless a vendor's base url is set, a server on this machine stands in for it.
//! `--help` has the variables.

use std::error::Error;
use std::process::ExitCode;

use bindery::runtime::{BuildError, env, reqwest};
use bindery::{anthropic, basic, betterstack, vijil};

mod stand_in;
use stand_in::Target;

const HELP: &str = "\
Invites a person at every vendor whose credential is in the environment; at all of them, with
stand-ins, if there is none.

Usage: onboard [--dry-run] [EMAIL]

EMAIL is new.user@example.com unless given. --dry-run makes the requests and sends none of them.

Vendor       Base url              Credential             Team
Anthropic    ANTHROPIC_BASE_URL    ANTHROPIC_ADMIN_KEY
Basic        BASIC_BASE_URL        BASIC_TOKEN            BASIC_TEAM_ID
Better Stack BETTERSTACK_BASE_URL  BETTERSTACK_API_TOKEN
Vijil        VIJIL_BASE_URL        VIJIL_API_TOKEN        VIJIL_TEAM_ID

For a vendor whose base url is not set, a server on this machine stands in. It is given a made-up
credential, and the real one is not read.

Exit status: 0 all went well, 1 an invitation failed, 2 wrong usage.";

/// What is known of a vendor before its client is made.
struct Vendor {
    name: &'static str,
    base_url: &'static str,
    credential: &'static str,
}

const VENDORS: [Vendor; 4] = [
    Vendor { name: "Anthropic", base_url: "ANTHROPIC_BASE_URL", credential: "ANTHROPIC_ADMIN_KEY" },
    Vendor { name: "Basic", base_url: "BASIC_BASE_URL", credential: "BASIC_TOKEN" },
    Vendor {
        name: "Better Stack",
        base_url: "BETTERSTACK_BASE_URL",
        credential: "BETTERSTACK_API_TOKEN",
    },
    Vendor { name: "Vijil", base_url: "VIJIL_BASE_URL", credential: "VIJIL_API_TOKEN" },
];

impl Vendor {
    fn is_in_environment(&self) -> bool {
        [self.base_url, self.credential].into_iter().any(|it| std::env::var_os(it).is_some())
    }
}

struct Plan {
    email: String,
    dry_run: bool,
    /// No vendor is in the environment, so that all of them are stood in for.
    rehearsal: bool,
}

/// How it went at a vendor: what to say of a success, or any error.
type Outcome = Result<String, Box<dyn Error>>;

/// A line of the table.
struct Row {
    vendor: &'static str,
    server: String,
    outcome: Outcome,
}

#[tokio::main]
async fn main() -> ExitCode {
    let (mut email, mut dry_run) = (None, false);
    for argument in std::env::args_os().skip(1).map(|it| it.to_string_lossy().into_owned()) {
        match argument.as_str() {
            "--help" | "-h" => {
                println!("{HELP}");
                return ExitCode::SUCCESS;
            }
            "--dry-run" => dry_run = true,
            other if other.starts_with('-') || email.is_some() => {
                eprintln!("{HELP}");
                return ExitCode::from(2);
            }
            _ => email = Some(argument),
        }
    }
    let email = email.unwrap_or_else(|| "new.user@example.com".to_owned());
    let rehearsal = !VENDORS.iter().any(Vendor::is_in_environment);
    let plan = Plan { email, dry_run, rehearsal };

    // All at once, and each comes back with a row: an error at one of them is no error of the others.
    let [first, second, third, fourth] = &VENDORS;
    let rows: [Row; 4] = tokio::join!(
        row(first, &plan, at_anthropic),
        row(second, &plan, at_basic),
        row(third, &plan, at_betterstack),
        row(fourth, &plan, at_vijil),
    )
    .into();
    print(&rows);
    if rows.iter().any(|row| row.outcome.is_err()) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What comes of a vendor.
async fn row(
    vendor: &Vendor,
    plan: &Plan,
    invite: impl AsyncFnOnce(&Target, &Plan) -> Outcome,
) -> Row {
    let none = || "none".to_owned();
    let (server, outcome) = if !plan.rehearsal && !vendor.is_in_environment() {
        (none(), Ok(format!("left out: {} is not set", vendor.credential)))
    } else {
        match Target::new(vendor.base_url, vendor.credential).await {
            Ok(target) => {
                let outcome = invite(&target, plan).await;
                (host(&target), outcome.map(|done| rehearsed(&target, done)))
            }
            Err(error) => (none(), Err(error.into())),
        }
    };
    Row { vendor: vendor.name, server, outcome }
}

async fn at_anthropic(target: &Target, plan: &Plan) -> Outcome {
    use anthropic::types::{CreateInviteParams, NoAdminRole};

    let client = anthropic::Client::builder()
        .base_url(&target.base_url)
        .credential(anthropic::Credential::api_key(target.credential.clone()))
        .configure(target.connection())
        .build()?;
    let call = client.create_invite(CreateInviteParams::new(&plan.email, NoAdminRole::User));
    // A call is a value until it is awaited: a dry run does all but that.
    if plan.dry_run {
        return Ok("would be invited as user".to_owned());
    }
    let invite = call.await?;
    Ok(format!("invited as {} until {}", word(invite.role.as_str()), invite.expires_at))
}

async fn at_basic(target: &Target, plan: &Plan) -> Outcome {
    use basic::types::{CreateTeamInviteParams, Invitee};

    let client = basic::Client::builder()
        .base_url(&target.base_url)
        .credential(basic::Credential::token(target.credential.clone()))
        .configure(target.connection())
        .build()?;
    let team = team(target, "BASIC_TEAM_ID", "made-up-team")?;
    let body = CreateTeamInviteParams::new(Invitee::Email(plan.email.clone()), "member");
    let call = client.create_team_invite(team, body);
    if plan.dry_run {
        return Ok("would be invited as member".to_owned());
    }
    let data = call.await?.data;
    Ok(match data.and_then(|data| data.expires_at) {
        Some(end) => format!("invited as member until {end}"),
        None => "invited as member".to_owned(),
    })
}

async fn at_betterstack(target: &Target, plan: &Plan) -> Outcome {
    use betterstack::types::{InviteTeamMemberBody, InviteTeamMemberResponse as Response, Role};

    let client = betterstack::Client::builder()
        .base_url(&target.base_url)
        .credential(betterstack::Credential::token(target.credential.clone()))
        .configure(target.connection())
        .build()?;
    let call = client.invite_team_member(InviteTeamMemberBody::new(&plan.email).role(Role::Member));
    if plan.dry_run {
        return Ok("would be invited as member".to_owned());
    }
    // Two statuses are a success here, of two types.
    Ok(match call.await? {
        Response::Created(invited) => {
            format!("invited as {}", word(&invited.data.attributes.role))
        }
        Response::Ok(member) => format!("is {} already", word(&member.data.attributes.role)),
        other => format!("{other:?}"),
    })
}

async fn at_vijil(target: &Target, plan: &Plan) -> Outcome {
    use vijil::types::{InviteUserRequest, TeamRole};

    let client = vijil::Client::builder()
        .base_url(&target.base_url)
        .credential(vijil::Credential::token(target.credential.clone()))
        .configure(target.connection())
        .build()?;
    let team = team(target, "VIJIL_TEAM_ID", "00000000-0000-4000-8000-000000000001")?.parse()?;
    let body = InviteUserRequest::new(&plan.email).role(TeamRole::Member);
    let call = client.invite_users(team, body);
    if plan.dry_run {
        return Ok("would be invited as member".to_owned());
    }
    let invitation = call.await?;
    let (role, status) = (word(invitation.role.as_str()), word(invitation.status.as_str()));
    Ok(format!("invited as {role} ({status})"))
}

/// A word of a vendor's, as all of them are shown here, and as no terminal takes it for a command.
fn word(text: &str) -> String {
    text.to_lowercase().escape_debug().to_string()
}

/// Where only a stand-in was asked, nobody is invited, and the outcome says so.
fn rehearsed(target: &Target, done: String) -> String {
    if target.is_stand_in() { format!("rehearsal: {done}") } else { done }
}

/// The team to invite to: a stand-in has a made-up one.
fn team(target: &Target, variable: &str, made_up: &str) -> Result<String, BuildError> {
    if target.is_stand_in() { Ok(made_up.to_owned()) } else { env::string(variable) }
}

/// The server without what a url may have besides, such as a password.
fn host(target: &Target) -> String {
    if target.is_stand_in() {
        return "stand-in".to_owned();
    }
    let url = reqwest::Url::parse(&target.base_url).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "none".to_owned())
}

/// A table of at most 100 columns; errors that it has to cut stand in full below.
fn print(rows: &[Row]) {
    println!("{:<12}  {:<24}  Outcome\n{}", "Vendor", "Server", "─".repeat(100));
    for Row { vendor, server, outcome } in rows {
        let outcome = match outcome {
            Ok(done) => done.clone(),
            Err(error) => format!("failed: {error}"),
        };
        println!("{vendor:<12}  {:<24}  {}", cut(server, 24), cut(&outcome, 60));
    }
    if rows.iter().any(|row| row.server == "stand-in") {
        println!(
            "\nA stand-in is a server on this machine, and is given a made-up credential: \
             nobody is invited."
        );
    }
    for Row { vendor, outcome, .. } in rows {
        if let Err(error) = outcome {
            eprintln!("{vendor}: {error}");
        }
    }
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}
