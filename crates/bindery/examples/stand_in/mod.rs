//! Where an example sends its requests: to the vendor if its base url is given, otherwise to a server
//! on this machine that stands in for it, so that nobody needs an account to try.

use bindery::runtime::{BuildError, SecretString, env, reqwest};
use serde_json::{Value, json};
use wiremock::matchers::{any, body_string_contains};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// What a stand-in takes for a credential. It refuses every other, so a real one is never sent to it
/// unnoticed.
const MADE_UP: &str = "made-up-credential";

/// The errors that the stand-in has for addresses like `rate_limit_error@example.com`.
const ERRORS: [(u16, &str); 4] = [
    (400, "invalid_request_error"),
    (401, "authentication_error"),
    (403, "permission_error"),
    (429, "rate_limit_error"),
];

/// A vendor's server, or a stand-in for it, and the credential for exactly that one.
pub(crate) struct Target {
    pub(crate) base_url: String,
    pub(crate) credential: SecretString,
    /// It answers as long as it is held.
    stand_in: Option<MockServer>,
}

impl Target {
    /// What the environment says, or a stand-in if it gives no base url. The credential in the
    /// environment is not even read then.
    pub(crate) async fn new(base_url: &str, credential: &str) -> Result<Self, BuildError> {
        if std::env::var_os(base_url).is_some() {
            let (base_url, credential) = (env::string(base_url)?, env::secret(credential)?);
            return Ok(Self { base_url, credential, stand_in: None });
        }
        let server = MockServer::start().await;
        Mock::given(body_string_contains("busy@example.com"))
            .respond_with(|_: &Request| busy())
            .up_to_n_times(2)
            .with_priority(1)
            .mount(&server)
            .await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Ok(Self { base_url: server.uri(), credential: MADE_UP.into(), stand_in: Some(server) })
    }

    pub(crate) fn is_stand_in(&self) -> bool {
        self.stand_in.is_some()
    }

    /// For a client's `configure`: a proxy of the environment cannot reach a stand-in.
    pub(crate) fn connection(&self) -> fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        if self.is_stand_in() { reqwest::ClientBuilder::no_proxy } else { |http| http }
    }
}

/// What the vendors' pages document: a success, or an error if the address has no `@`.
fn answer(request: &Request) -> ResponseTemplate {
    let header = |name| request.headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    if header("x-api-key").or(bearer) != Some(MADE_UP) {
        return reply(401, json!("a stand-in takes made-up credentials only"));
    }
    let body: Value = request.body_json().unwrap_or_default();
    let email = body["email"].as_str().unwrap_or_default();
    match request.url.path() {
        "/v1/organizations/invites" => anthropic(email, &body["role"]),
        "/api/v2/team-members" => betterstack(email),
        path if path.starts_with("/team/") => basic(email),
        path if path.starts_with("/v1/teams/") => vijil(email),
        _ => reply(404, json!("no path that a vendor documents")),
    }
}

fn anthropic(email: &str, role: &Value) -> ResponseTemplate {
    let name = email.split_once('@').map_or("invalid_request_error", |(name, _)| name);
    if let Some((status, kind)) = ERRORS.into_iter().find(|(_, kind)| *kind == name) {
        let error = json!({ "type": kind, "message": "The address asks for this error." });
        return reply(status, json!({ "type": "error", "error": error }));
    }
    let invite = json!({
        "type": "invite", "id": "invite_015gWxCN9Hfg2QhZwTK7Mdeu", "email": email, "role": role,
        "status": "pending", "invited_at": "2026-01-01T12:00:00Z", "expires_at": "2026-01-22T12:00:00Z",
    });
    reply(200, invite)
}

/// The first two answers for `busy@example.com`.
fn busy() -> ResponseTemplate {
    let error = json!({ "type": "rate_limit_error", "message": "Too many invitations." });
    reply(429, json!({ "type": "error", "error": error })).insert_header("retry-after", "1")
}

fn basic(email: &str) -> ResponseTemplate {
    if !email.contains('@') {
        return reply(400, json!({ "error": "Bad Request", "message": "The email is invalid." }));
    }
    let expires_at = "2026-01-08T12:00:00Z";
    reply(201, json!({ "data": { "email_or_username": email, "expires_at": expires_at } }))
}

fn betterstack(email: &str) -> ResponseTemplate {
    if !email.contains('@') {
        return reply(422, json!({ "errors": "The provided email address is invalid." }));
    }
    let attributes = json!({
        "email": email, "role": "member", "invited_at": "2026-01-01T12:00:00Z",
    });
    let data = json!({ "id": "202", "type": "team_member_invitation", "attributes": attributes });
    reply(201, json!({ "data": data, "message": "Invitation sent" }))
}

fn vijil(email: &str) -> ResponseTemplate {
    if !email.contains('@') {
        let place = json!(["body", "email"]);
        let error = json!({ "loc": place, "msg": "not an email address", "type": "value_error" });
        return reply(422, json!({ "detail": [error] }));
    }
    let id = "00000000-0000-4000-8000-000000000002";
    let invitation = json!({
        "id": id, "team_id": id, "invited_by": id, "email": email, "role": "MEMBER",
        "status": "PENDING", "created_at": 1_767_268_800, "expires_at": 1_767_873_600,
    });
    reply(201, invitation)
}

fn reply(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}
