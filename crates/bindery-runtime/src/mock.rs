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
//! ```
//! use bindery_runtime::mock::{MockServer, Reply};
//! use bindery_runtime::{ClientBuilder, Method, Operation, Settings};
//! use serde_json::json;
//!
//! static SETTINGS: Settings =
//!     Settings { name: "example", version: "0.1.0", base_url: None, headers: &[] };
//! static RENAME: Operation = Operation {
//!     id: "rename_team", method: Method::PUT, path: "/v1/teams/{id}", server: None, accept: None,
//!     idempotent: true,
//! };
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let server = MockServer::start().await;
//! server.expect(&RENAME).path("id", "t-1").json(&json!({ "name": "A" })).reply(Reply::empty(204));
//!
//! let client = ClientBuilder::new(&SETTINGS).base_url(server.url()).build().unwrap();
//! let mut request = client.request(&RENAME);
//! request.path("id", "t-1");
//! request.json(&json!({ "name": "A" }));
//! assert_eq!(request.send().await.unwrap().status(), 204);
//! server.verify();
//! # });
//! ```

mod difference;
mod expectation;
mod naming;
mod reply;

use std::fmt;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wiremock::matchers::any;
use wiremock::{Mock, Respond, ResponseTemplate};

use crate::credential::query::names;
use crate::{Client, ClientBuilder, Operation, Settings};
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
pub struct MockServer {
    server: wiremock::MockServer,
    state: Arc<State>,
    /// For the encoding of what is expected. It sends nothing.
    client: Client,
}

/// What was expected, and what went wrong.
#[derive(Default)]
struct State(Mutex<Book>);

#[derive(Default)]
struct Book {
    expected: Vec<Expectation>,
    surprises: Vec<String>,
    /// Parameters of the query whose values are not told.
    hidden: Vec<&'static str>,
}

impl MockServer {
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
        let responder = Responder(Arc::clone(&state));
        Mock::given(any()).respond_with(responder).mount(&server).await;
        let client = ClientBuilder::new(&SETTINGS)
            .base_url(server.uri())
            .transport(crate::transport_fn(|_, _| async {
                Err(crate::TransportError::new("it sends nothing"))
            }))
            .build();
        #[expect(clippy::expect_used, reason = "the url of a server is a base url")]
        let client = client.expect("the url of a server is a base url");
        Self { server, state, client }
    }

    /// Says in which parameter of the query clients send their credential, which no report may show.
    #[must_use]
    pub fn hiding(self, parameter: &'static str) -> Self {
        self.state.book().hidden.push(parameter);
        self
    }

    /// Where the server is: the base url for a client.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// Starts to say what is expected of a request for an operation. Nothing is expected before
    /// [`Expect::reply`] is called.
    pub fn expect(&self, operation: &'static Operation) -> Expect<'_> {
        Expect::new(self, self.client.request(operation))
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

    fn add(&self, expectation: Expectation) {
        let expected = &mut self.state.book().expected;
        expected.push(expectation.after(expected));
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

impl Drop for MockServer {
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

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl State {
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
fn shown(query: &str, hidden: &[&str]) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if names(pair).any(|it| hidden.contains(&&*it)) => {
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
