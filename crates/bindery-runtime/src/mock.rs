//! A server on this machine that stands in for the vendor's, for tests.
//!
//! It is told which requests to expect and what to reply. A request that nothing was said about is
//! answered with the status 418 and with what makes it different from what was expected; it also
//! fails the test, when the server is dropped or verified. So does an expectation that was not met. An
//! expectation is told apart from others of its operation by its number and by the line in which its
//! reply was given, and the one that is the most like a request comes first.
//!
//! What an expectation does not say may be anything: a query parameter, a header or a body that it
//! does not mention is ignored. What it does say has to be there: a name that is missing is a
//! difference, and so are the values of a name, in their order, and a body with its media type, to the
//! last member: JSON by value, its numbers digit by digit, forms by name, parts one by one, anything else
//! byte by byte. That there is to be no body is said with an empty one: `request().bytes("", "")`.
//!
//! A mock takes the call itself. What a call leaves out, such as an optional parameter, may be anything; what an
//! operation requires is compared with what it is given, unless the operation alone is expected.
//!
//! ```
//! use bindery_runtime::mock::{MockServer, Reply};
//! use bindery_runtime::{Call, Caller, Error, Method, Operation, Request, Response};
//! use serde_json::json;
//!
//! #[derive(Clone, Debug)]
//! struct RenameTeam { caller: Caller, id: String, name: String }
//!
//! impl Call for RenameTeam {
//!     type Output = ();
//!     type Error = ();
//!     const OPERATION: &'static Operation = &Operation::new("rename_team", Method::PUT, "/v1/teams/{id}");
//!     fn caller(&mut self) -> &mut Caller {
//!         &mut self.caller
//!     }
//!     fn write(&self, request: &mut Request) {
//!         request.path("id", &self.id);
//!         request.json(&json!({ "name": self.name }));
//!     }
//!     fn read(response: Response) -> Result<(), Error<()>> {
//!         match response.status().as_u16() {
//!             204 => response.empty(),
//!             404 => Err(response.error_of(())),
//!             _ => response.unlisted_empty(),
//!         }
//!     }
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let server = MockServer::start().await;
//! let client = server.client();
//! let rename = |id: &str| RenameTeam { caller: client.caller(), id: id.into(), name: "A".into() };
//! server.expect(rename("t-1")).reply(Reply::empty(204));
//! server.expect_any::<RenameTeam>().reply(Reply::empty(404));
//!
//! assert!(rename("t-1").send().await.is_ok());
//! assert!(rename("t-2").send().await.is_err());
//! server.verify();
//! # });
//! ```

mod difference;
mod expectation;
mod naming;
mod reply;

use std::fmt;
use std::marker::PhantomData;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wiremock::matchers::any;
use wiremock::{Mock, Respond, ResponseTemplate};

use crate::credential::query::names;
use crate::{ApiClient, Call, Client, ClientBuilder, Operation, Response, RetryPolicy, Settings};
pub use expectation::Expect;
use expectation::Expectation;
pub use naming::naming;
pub use reply::Reply;

/// What an unexpected request is answered with. It is no status that a client tries again, and none
/// that a vendor documents.
const UNEXPECTED: u16 = 418;

static SETTINGS: Settings =
    Settings { name: "bindery-mock", version: "0", base_url: None, headers: &[] };

/// A server on the loopback interface, at a port of its own. See the [module](self).
///
/// Dropping it verifies it, unless the test has failed already: then it says what it would have said
/// on the standard error.
pub struct Server<C> {
    server: wiremock::MockServer,
    state: Arc<State>,
    /// For the encoding of what is expected. It sends nothing.
    silent: Client,
    client: PhantomData<fn() -> C>,
}

/// A server for the client of this crate. Generated crates have one for theirs.
pub type MockServer = Server<Client>;

/// A client that a [`Server`] can make.
pub trait Mocked: ApiClient {
    /// A builder with made-up credentials.
    fn with_made_up_credentials() -> ClientBuilder<Self>;
}

impl Mocked for Client {
    fn with_made_up_credentials() -> ClientBuilder {
        ClientBuilder::new(&SETTINGS)
    }
}

/// What was expected, and what went wrong.
#[derive(Default)]
struct State(Mutex<Book>);

#[derive(Default)]
struct Book {
    expected: Vec<Expectation>,
    surprises: Vec<String>,
    /// Parameters of the query whose values are not told.
    hidden: Vec<String>,
}

impl<C: Mocked> Server<C> {
    /// Starts the server.
    ///
    /// # Panics
    ///
    /// If this machine has no port left.
    pub async fn start() -> Self {
        // One that it gives out by itself may have served another test, whose clients know its url.
        #[expect(clippy::expect_used, reason = "a test without a server fails")]
        let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a port left");
        let server = wiremock::MockServer::builder().listener(listener).start().await;
        let state = Arc::new(State::default());
        state.book().hidden = C::with_made_up_credentials().query_credentials();
        let responder = Responder(Arc::clone(&state));
        Mock::given(any()).respond_with(responder).mount(&server).await;
        let silent = ClientBuilder::new(&SETTINGS)
            .base_url(server.uri())
            .transport(crate::transport_fn(|_, _| async {
                Err(crate::TransportError::new("it sends nothing"))
            }))
            .build();
        #[expect(clippy::expect_used, reason = "the url of a server is a base url")]
        let silent = silent.expect("the url of a server is a base url");
        Self { server, state, silent, client: PhantomData }
    }

    /// A client of the server, with made-up credentials and without retries, so that a test sees every reply. It names
    /// its operations to the server, where the paths of several fit.
    ///
    /// # Panics
    ///
    /// If this machine has no certificates for TLS.
    #[must_use]
    #[expect(clippy::panic, reason = "a test without a client fails")]
    pub fn client(&self) -> C {
        let client = C::with_made_up_credentials()
            .base_url(self.server.uri())
            .retry(RetryPolicy::none())
            .configure(reqwest::ClientBuilder::no_proxy)
            .layer(naming)
            .build();
        match client {
            Ok(client) => client,
            Err(error) => panic!("no client of the mock can be made: {error}"),
        }
    }
}

impl<C> Server<C> {
    /// Says in which other parameter of the query clients send a credential, which no report may show.
    #[must_use]
    pub fn hiding(self, parameter: impl Into<String>) -> Self {
        self.state.book().hidden.push(parameter.into());
        self
    }

    /// Where the server is: the base url for a client that is made otherwise than [`client`](Self::client).
    #[must_use]
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// Starts to expect this call, whoever makes it. Nothing is expected before a reply is given.
    pub fn expect<K: Call>(&self, mut call: K) -> Expect<'_> {
        let mut request = self.silent.request(K::OPERATION);
        request.options(call.caller().options.clone());
        call.write(&mut request);
        Expect::new(self.state(), request, Some(documented::<K>))
    }

    /// Starts to expect any call of an operation, as far as nothing else is said of it.
    pub fn expect_any<K: Call>(&self) -> Expect<'_> {
        Expect::new(self.state(), self.silent.request(K::OPERATION), Some(documented::<K>))
    }

    /// Starts to expect a call of an operation that has no type. Any reply will do.
    pub fn expect_operation(&self, operation: &'static Operation) -> Expect<'_> {
        Expect::new(self.state(), self.silent.request(operation), None)
    }

    /// Checks that all that was expected has come, and nothing else. It then starts anew.
    ///
    /// # Panics
    ///
    /// If not, with all differences.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that is told so fails")]
    pub fn verify(&self) {
        if let Some(report) = self.report() {
            panic!("{report}");
        }
    }

    fn state(&self) -> &State {
        &self.state
    }

    fn report(&self) -> Option<String> {
        let mut book = self.state.book();
        let expected = std::mem::take(&mut book.expected);
        let surprises = std::mem::take(&mut book.surprises);
        drop(book);
        let unmet = expected.iter().filter_map(Expectation::unmet);
        let all: Vec<String> = surprises.into_iter().chain(unmet).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }
}

/// Why the vendor does not document such an answer, if it does not.
fn documented<K: Call>(response: Response) -> Result<(), String> {
    match K::read(response) {
        Ok(_) => Ok(()),
        Err(error) if error.api().is_some() => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

impl<C> Drop for Server<C> {
    #[expect(clippy::panic, reason = "a test that is told so fails")]
    fn drop(&mut self) {
        let Some(report) = self.report() else { return };
        if std::thread::panicking() {
            eprintln!("{report}");
        } else {
            panic!("{report}");
        }
    }
}

impl<C> fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl State {
    fn add(&self, expectation: Expectation) {
        let expected = &mut self.book().expected;
        expected.push(expectation.after(expected));
    }

    /// A test that has failed in one thread is still reported in another.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Responder(Arc<State>);

impl Respond for Responder {
    fn respond(&self, request: &wiremock::Request) -> ResponseTemplate {
        let mut book = self.0.book();
        if let Some(reply) = book.expected.iter_mut().find_map(|one| one.meet(request)) {
            return reply.template();
        }
        let surprise = surprise(request, &book);
        book.surprises.push(surprise.clone());
        ResponseTemplate::new(UNEXPECTED).set_body_string(surprise)
    }
}

/// The query without the values of what is hidden.
fn shown(query: &str, hidden: &[String]) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if names(pair).any(|it| hidden.iter().any(|own| *own == *it)) => {
            format!("{name}=[redacted]")
        }
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// What came, and how it differs from what was expected of the same operation: first from what is
/// the most like it.
fn surprise(request: &wiremock::Request, Book { expected, hidden, .. }: &Book) -> String {
    let query = request.url.query().map(|query| format!("?{}", shown(query, hidden)));
    let query = query.unwrap_or_default();
    let mut text =
        format!("an unexpected request: {} {}{query}", request.method, request.url.path());
    let alike = expected.iter().filter(|one| one.is_for(request));
    let mut alike: Vec<_> = alike.map(|one| (one, one.differences(request, hidden))).collect();
    alike.sort_by_key(|(_, differences)| differences.len());
    if alike.is_empty() {
        text.push_str("\n  nothing was expected of this operation");
    }
    for (one, mut differences) in alike {
        if differences.is_empty() {
            differences.push(one.exhausted());
        }
        text.push_str(&format!("\n  {one}:\n    {}", differences.join("\n    ")));
    }
    text
}
