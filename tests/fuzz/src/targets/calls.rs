//! A client without a network, and what its errors show.

use std::cell::OnceCell;
use std::error::Error as _;
use std::future::Future;

use bindery_runtime as runtime;
use tokio::runtime::{Builder, Runtime};

static SETTINGS: runtime::Settings = runtime::Settings {
    name: "bindery-fuzz",
    version: "0.0.0",
    base_url: Some(BASE_URL),
    headers: &[],
};

/// Where the API is.
pub(super) const BASE_URL: &str = "https://api.example.com/base";

/// A builder of clients that send over a transport and try nothing again.
pub(super) fn builder(transport: impl runtime::Transport) -> runtime::ClientBuilder {
    runtime::ClientBuilder::new(&SETTINGS).retry(runtime::RetryPolicy::none()).transport(transport)
}

/// Waits for a future on this thread.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: OnceCell<Runtime> = const { OnceCell::new() };
    }
    RUNTIME.with(|runtime| {
        let runtime = runtime.get_or_init(|| {
            Builder::new_current_thread().enable_time().build().expect("a runtime starts")
        });
        runtime.block_on(future)
    })
}

/// An answer with these bytes.
pub(super) fn answer(status: u16, body: impl Into<runtime::Bytes>) -> runtime::TransportResult {
    let body: runtime::Bytes = body.into();
    let mut answer = runtime::http::Response::new(runtime::Body::from(body));
    *answer.status_mut() = runtime::StatusCode::from_u16(status).expect("a status");
    Ok(answer)
}

/// Everything that an error shows of itself and of what caused it, a text each. What a transport of the caller's
/// failed with is the caller's own.
pub(super) fn shown<E: 'static>(error: &runtime::Error<E>) -> Vec<String> {
    let mut shown = vec![error.to_string(), format!("{error:?}"), format!("{:?}", error.kind())];
    let mut source = match error.kind() {
        runtime::ErrorKind::Decode(error) => {
            shown.extend([error.path().to_owned(), error.message().to_owned()]);
            None
        }
        runtime::ErrorKind::Transport(_) => None,
        _ => error.source(),
    };
    while let Some(cause) = source {
        shown.extend([cause.to_string(), format!("{cause:?}")]);
        source = cause.source();
    }
    shown
}
