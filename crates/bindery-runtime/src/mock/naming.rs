//! How a mock knows the operation of a request whose path fits those of several.

use std::sync::Arc;

use reqwest::header::HeaderValue;

use crate::{Transport, transport_fn};

/// The header in which a client of a mock names its operation.
pub(super) const HEADER: &str = "bindery-operation";

/// The header in which a client of a mock names the headers that its credentials are in, which no report may show.
pub(super) const SECRET: &str = "bindery-secret";

/// A layer for the client of a mock, which tells the mock what is called: the path of `GET /users/me`
/// fits `/users/{id}` as well, and which headers it must not show. Without it, a mock goes by method and path, and hides
/// `authorization` alone.
pub fn naming(inner: Arc<dyn Transport>) -> impl Transport {
    transport_fn(move |mut request, call| {
        if let Ok(name) = HeaderValue::from_str(call.operation().id) {
            request.headers_mut().insert(HEADER, name);
        }
        let secret = request.headers().iter().filter(|(_, value)| value.is_sensitive());
        let secret: Vec<_> = secret.map(|(name, _)| HeaderValue::from(name.clone())).collect();
        for name in secret {
            request.headers_mut().append(SECRET, name);
        }
        let inner = Arc::clone(&inner);
        async move { inner.send(request, call).await }
    })
}
