//! The clients, as far as they are alike: a test that is written once runs against each of them.

use std::fmt::Debug;
use std::time::Duration;

use bindery_runtime::reqwest;
use bindery_runtime::{BuildError, Call, Error, ErrorKind};

/// What a client of a test is given, and what must appear nowhere. It has what a body in JSON and a
/// url write in another way.
pub const SECRET: &str = "sk-t0p/s3cret+key==";

/// A client to test.
pub trait Subject {
    /// The package.
    const PACKAGE: &'static str;
    /// The name of the operation that [`call`](Self::call) calls.
    const OPERATION: &'static str;
    /// The header with the credential, and what it is when the credential is [`SECRET`].
    const CREDENTIAL: (&'static str, &'static str);
    /// A status that is documented as a success of that operation.
    const SUCCESS: u16;
    /// A status that is documented as an error of that operation.
    const FAILURE: u16;
    /// The client.
    type Client: Clone + Debug + Send + Sync + 'static;
    /// Its builder.
    type Builder: Settings<Client = Self::Client>;
    /// What the vendor documents as an error.
    type Error: Debug + Send + Sync + 'static;

    /// A builder with nothing in it.
    fn bare() -> Self::Builder;

    /// The result of a call, whatever it gives.
    fn call(
        client: &Self::Client,
    ) -> impl Future<Output = Result<impl Debug, Error<Self::Error>>> + Send;

    /// How the request of that call shows itself.
    fn shown_request(client: &Self::Client) -> String;

    /// A builder with [`SECRET`] for that server. A proxy of the environment must not come between.
    fn builder(base_url: &str) -> Self::Builder {
        let builder = Self::bare().credential(SECRET).base_url(base_url);
        builder.configure(|http| http.no_proxy())
    }

    /// A client with [`SECRET`] for that server.
    ///
    /// # Panics
    ///
    /// When it cannot be built.
    fn client(base_url: &str) -> Self::Client {
        Self::builder(base_url).build().expect("the client can be built")
    }
}

/// The builder of a client.
pub trait Settings: Debug + Sized {
    /// What it builds.
    type Client;
    /// Sets the credential.
    fn credential(self, secret: &str) -> Self;
    /// Sets the base url.
    fn base_url(self, url: &str) -> Self;
    /// Sets the timeout.
    fn timeout(self, timeout: Duration) -> Self;
    /// Sets the user agent.
    fn user_agent(self, user_agent: &str) -> Self;
    /// Sets a header.
    fn header(self, name: &str, value: &str) -> Self;
    /// Sets what the client underneath is like.
    fn configure(
        self,
        hook: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self;
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// When no request could be made with what was given.
    fn build(self) -> Result<Self::Client, BuildError>;
}

/// Everything that an error shows of itself and of its causes.
pub fn shown(error: &dyn std::error::Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    shown
}

/// Where and why the body of an answer did not decode.
///
/// # Panics
///
/// When that is not what happened.
pub fn undecodable<E>(error: &Error<E>) -> String {
    match error.kind() {
        ErrorKind::Decode(error) => error.to_string(),
        other => panic!("the body should not decode: {other:?}"),
    }
}

macro_rules! subject {
    (
        $(#[$docs:meta])* $name:ident of $package:ident as $spelling:literal,
        credential: $method:ident in $credential:expr,
        call: $operation:literal gives $success:literal or $failure:literal by |$client:ident| $request:expr,
    ) => {
        $(#[$docs])*
        #[derive(Debug)]
        pub enum $name {}

        impl Subject for $name {
            const PACKAGE: &'static str = $spelling;
            const OPERATION: &'static str = $operation;
            const CREDENTIAL: (&'static str, &'static str) = $credential;
            const SUCCESS: u16 = $success;
            const FAILURE: u16 = $failure;
            type Client = $package::Client;
            type Builder = $package::ClientBuilder;
            type Error = $package::ApiError;

            fn bare() -> Self::Builder {
                $package::Client::builder()
            }

            fn call(
                $client: &Self::Client,
            ) -> impl Future<Output = Result<impl Debug, Error<Self::Error>>> + Send {
                Call::send($request)
            }

            fn shown_request($client: &Self::Client) -> String {
                format!("{:?}", $request)
            }
        }

        impl Settings for $package::ClientBuilder {
            type Client = $package::Client;

            fn credential(self, secret: &str) -> Self {
                self.credential($package::Credential::$method(secret))
            }

            fn base_url(self, url: &str) -> Self {
                self.base_url(url)
            }

            fn timeout(self, timeout: Duration) -> Self {
                self.timeout(timeout)
            }

            fn user_agent(self, user_agent: &str) -> Self {
                self.user_agent(user_agent)
            }

            fn header(self, name: &str, value: &str) -> Self {
                self.header(name, value)
            }

            fn configure(
                self,
                hook: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
            ) -> Self {
                self.configure(hook)
            }

            fn build(self) -> Result<Self::Client, BuildError> {
                self.build()
            }
        }
    };
}

subject! {
    /// Anthropic.
    Anthropic of bindery_anthropic as "bindery-anthropic",
    credential: api_key in ("x-api-key", "sk-t0p/s3cret+key=="),
    call: "create_invite" gives 200 or 400 by |client| {
        client.create_invite(bindery_anthropic::types::CreateInviteParams::new("a@example.com", "user"))
    },
}

subject! {
    /// Basic.
    Basic of bindery_basic as "bindery-basic",
    credential: token in ("authorization", "Bearer sk-t0p/s3cret+key=="),
    call: "create_team_invite" gives 201 or 404 by |client| {
        let invitee = bindery_basic::types::Invitee::Username("a".to_owned());
        client.create_team_invite("t-1", bindery_basic::types::CreateTeamInviteParams::new(invitee, "admin"))
    },
}

subject! {
    /// Better Stack.
    BetterStack of bindery_betterstack as "bindery-betterstack",
    credential: token in ("authorization", "Bearer sk-t0p/s3cret+key=="),
    call: "invite_team_member" gives 201 or 422 by |client| {
        client.invite_team_member(bindery_betterstack::types::InviteTeamMemberBody::new("a@example.com"))
    },
}

subject! {
    /// Vijil.
    Vijil of bindery_vijil as "bindery-vijil",
    credential: token in ("authorization", "Bearer sk-t0p/s3cret+key=="),
    call: "invite_users" gives 201 or 422 by |client| {
        let team = uuid::Uuid::from_u128(1);
        client.invite_users(team, bindery_vijil::types::InviteUserRequest::new("a@example.com"))
    },
}
