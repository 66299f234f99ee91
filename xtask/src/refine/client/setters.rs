//! The setters that all builders of clients have, each passed on to the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::Plan;
use crate::prose;

use super::super::{docs, ident};

/// A setter: its name, its type parameters, its arguments, and what it is for.
struct Setter {
    name: &'static str,
    generics: Option<TokenStream>,
    arguments: Vec<(&'static str, TokenStream)>,
    docs: String,
}

/// The setters, and `build`.
pub(super) fn all(plan: &Plan) -> TokenStream {
    let setters = [places(plan), limits(), transports()].into_iter().flatten().map(method);
    let build = docs::attributes(
        "Makes the client.\n\n# Errors\n\nWhen no request could be made with what was given.",
    );
    quote! {
        #(#setters)*
        #(#build)*
        pub fn build(self) -> Result<Client, BuildError> {
            Ok(Client { inner: self.inner.build()? })
        }
    }
}

fn method(Setter { name, generics, arguments, docs }: Setter) -> TokenStream {
    let (name, docs) = (ident(name), docs::attributes(&docs));
    let (values, types): (Vec<_>, Vec<_>) =
        arguments.into_iter().map(|(name, ty)| (ident(name), ty)).unzip();
    quote! {
        #(#docs)*
        pub fn #name #generics(mut self, #(#values: #types),*) -> Self {
            self.inner = self.inner.#name(#(#values),*);
            self
        }
    }
}

/// A setter of one argument.
fn setter(
    name: &'static str,
    argument: &'static str,
    ty: TokenStream,
    docs: impl Into<String>,
) -> Setter {
    Setter { name, generics: None, arguments: vec![(argument, ty)], docs: docs.into() }
}

/// Where requests go, and what each of them carries.
fn places(plan: &Plan) -> Vec<Setter> {
    let base_url = match plan.servers.as_slice() {
        [] => "Where requests go. The vendor's page names no server, so this is required.",
        [_] => "Where requests go, if not to the vendor's server.",
        _ => "Where requests go: one of the vendor's [`Server`]s, or any other base url.",
    };
    let constants: Vec<String> =
        plan.headers.iter().map(|(name, value)| prose::code(&format!("{name}: {value}"))).collect();
    let header = match constants.as_slice() {
        [] => "A header that every request carries.".to_owned(),
        constants => format!(
            "A header that every request carries. It takes the place of a constant one of its name ({}).",
            constants.join(", ")
        ),
    };
    let text = || quote!(impl AsRef<str>);
    vec![
        setter("base_url", "base_url", text(), base_url),
        Setter {
            name: "allow_plain_http",
            generics: None,
            arguments: vec![],
            docs: "Allows credentials to be sent over http to other machines, where others can read them on their \
                   way. Without it, a client with a credential takes http only for this machine. No environment \
                   variable does this."
                .to_owned(),
        },
        setter(
            "user_agent",
            "user_agent",
            quote!(impl Into<String>),
            "What the client calls itself, in place of this crate's name and version.",
        ),
        Setter {
            name: "header",
            generics: None,
            arguments: vec![("name", text()), ("value", text())],
            docs: header,
        },
    ]
}

/// How long a call may take, how much may come back, and when it is tried again.
fn limits() -> Vec<Setter> {
    let duration = || quote!(std::time::Duration);
    vec![
        setter(
            "timeout",
            "timeout",
            duration(),
            "How long a call may take, with all redirects and retries, from connecting to the last byte of the \
             body. 30 seconds unless set.",
        ),
        setter(
            "attempt_timeout",
            "timeout",
            duration(),
            "How long each attempt of a call may take. The time of the call unless set.",
        ),
        setter(
            "connect_timeout",
            "timeout",
            duration(),
            "How long it may take to connect, TLS included. 10 seconds unless set.",
        ),
        setter(
            "size_limit",
            "bytes",
            quote!(usize),
            "How many bytes the body of an answer may have. 8 MiB unless set; past that, the call ends in \
             [`ErrorKind::TooLarge`](runtime::ErrorKind::TooLarge).",
        ),
        setter(
            "retry",
            "policy",
            quote!(runtime::RetryPolicy),
            "When calls are tried again. Unless set, twice: idempotent ones after a failure, others only if the \
             vendor has not acted.",
        ),
        setter(
            "retry_budget",
            "retries",
            quote!(u32),
            "How many retries all calls of the client and of its clones may make in a row. 10 unless set. An empty \
             budget is full again after a minute, and calls that go well fill it sooner. A wait that the vendor \
             asked for takes nothing of it.",
        ),
    ]
}

/// What requests go through.
fn transports() -> Vec<Setter> {
    vec![
        setter(
            "configure",
            "configure",
            quote!(
                impl FnOnce(runtime::reqwest::ClientBuilder) -> runtime::reqwest::ClientBuilder
                + Send
                + 'static
            ),
            "Changes how the HTTP client underneath is made: proxies, certificates, connection pools. Redirects \
             and retries stay with the runtime, which follows redirects for GET and HEAD within one origin.",
        ),
        setter(
            "transport",
            "transport",
            quote!(impl runtime::Transport),
            "Sends requests over this transport instead of the network, see \
             [`Transport`](runtime::Transport).",
        ),
        Setter {
            name: "layer",
            generics: Some(quote!(<T: runtime::Transport>)),
            arguments: vec![(
                "wrap",
                quote!(impl FnOnce(std::sync::Arc<dyn runtime::Transport>) -> T + Send + 'static),
            )],
            docs: "Puts a layer around the transport, for headers, metrics, a cache: see \
                   [`Transport`](runtime::Transport). The last one that is added is the first that sees a request."
                .to_owned(),
        },
    ]
}
