//! From the request of an operation to the bytes that are sent, and from the response to its type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Body, Encoding, Operation, Parameter, Place, Style};

use super::super::{Context, docs, ident, outcomes};

/// What the runtime has to know of the operation, as a constant of its request: layers, metrics and mocks
/// name it.
pub(super) fn operation(name: &str, operation: &Operation) -> TokenStream {
    let docs = docs::attributes(
        "The operation: what layers and errors know it by, see [`runtime::Call::operation`].",
    );
    let (method, path) = (ident(&operation.method), &operation.path);
    let server = match &operation.server {
        Some(server) => quote!(Some(#server)),
        None => quote!(None),
    };
    let accept = match operation.accept.as_slice() {
        [] => quote!(None),
        types => {
            let types = types.join(", ");
            quote!(Some(#types))
        }
    };
    let idempotent = operation.is_idempotent();
    quote! {
        #(#docs)*
        pub const OPERATION: &'static runtime::Operation = &runtime::Operation {
            id: #name,
            method: runtime::Method::#method,
            path: #path,
            server: #server,
            accept: #accept,
            idempotent: #idempotent,
        };
    }
}

/// The methods that all requests have. Both ways to send share what is not asynchronous, since each
/// asynchronous function costs the user's compiler a state machine.
pub(super) fn methods(context: Context<'_>, operation: &Operation) -> TokenStream {
    let success = outcomes::type_of(context, operation, &operation.success);
    let failure = outcomes::type_of(context, operation, &operation.failure);
    let options_docs = docs::attributes(
        "Changes how this call is made: with more headers or query parameters, with other limits of time or \
         size, with other retries.",
    );
    let send_docs = docs::attributes(
        "Sends the request.\n\n# Errors\n\nWhen the request cannot be sent, when the vendor answers with an \
         error, with a status that it does not document, or with a body that does not decode. The error \
         keeps status, headers and body. A 2xx that is not documented is taken for the one success that is, if \
         its body fits, and never for a documented error.",
    );
    let meta_docs = docs::attributes(
        "Sends the request, and gives the status, the headers and the number of attempts beside the \
         body.\n\n# Errors\n\nThose of [`send`](Self::send).",
    );
    let settings = settings(operation);
    let streaming = streaming(operation, &failure);
    let outcome = outcomes::by_status(operation);
    quote! {
        #(#options_docs)*
        pub fn with_options(
            mut self,
            change: impl FnOnce(runtime::CallOptions) -> runtime::CallOptions,
        ) -> Self {
            self.call_options = change(self.call_options);
            self
        }
        #(#send_docs)*
        pub async fn send(self) -> Result<#success, Error<#failure>> {
            Self::decode_response(self.into_request().send().await?)
        }
        #(#meta_docs)*
        pub async fn send_with_meta(self) -> Result<runtime::Answer<#success>, Error<#failure>> {
            self.into_request().send().await?.answer(Self::decode_response)
        }
        #streaming
        fn into_request(self) -> runtime::Request {
            let mut request = self.client.runtime().request(Self::OPERATION);
            request.options(self.call_options);
            #(#settings)*
            request
        }
        fn decode_response(response: runtime::Response) -> Result<#success, Error<#failure>> {
            #outcome
        }
    }
}

/// A body of bytes, or of events, may be too large for memory, or have no end: it can be read as it arrives.
fn streaming(operation: &Operation, failure: &syn::Type) -> Option<TokenStream> {
    let [response] = operation.success.responses.as_slice() else { return None };
    let is_stream = match response.encoding {
        Encoding::Bytes => true,
        Encoding::Text => operation.accept.iter().any(|it| it == "text/event-stream"),
        Encoding::Json | Encoding::Form | Encoding::Multipart => false,
    };
    if !is_stream || response.body.is_none() {
        return None;
    }
    let docs = docs::attributes(
        "Sends the request, and gives the body as it arrives, whatever its size.\n\n# Errors\n\nThose of \
         [`send`](Self::send), but for a body that breaks off: of that, [`Download`](runtime::Download) tells.",
    );
    let is_success = outcomes::is_success(response);
    let otherwise = outcomes::failures(operation);
    Some(quote! {
        #(#docs)*
        pub async fn send_streaming(self) -> Result<runtime::Download, Error<#failure>> {
            match self.into_request().open(|status| #is_success).await? {
                runtime::Opened::Stream(download) => Ok(download),
                runtime::Opened::Whole(response) => #otherwise,
            }
        }
    })
}

/// The lines that put the parameters and the body into the request.
fn settings(operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().map(|it| {
        let name = ident(&it.name);
        set_parameter(it, &quote!(self.#name))
    });
    let body = operation.body.as_ref().map(|body| {
        let name = ident(&body.name);
        match body.required {
            true => set_body(body, &quote!(self.#name)),
            false => {
                let set = set_body(body, &quote!(body));
                quote!(if let Some(body) = self.#name { #set })
            }
        }
    });
    parameters.chain(body).collect()
}

/// The line that puts a parameter into the request.
pub(in super::super) fn set_parameter(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let wire = &parameter.wire;
    match (parameter.place, parameter.style) {
        (Place::Path, Style::Label) => quote!(request.path_label(#wire, &#value);),
        (Place::Path, Style::Matrix) => quote!(request.path_matrix(#wire, &#value);),
        (Place::Path, _) => quote!(request.path(#wire, &#value);),
        (Place::Query, Style::Joined(sign)) => quote!(request.query_joined(#wire, #sign, &#value);),
        (Place::Query, Style::Object) => quote!(request.query_object(&#value);),
        (Place::Query, Style::Deep) => quote!(request.query_deep(#wire, &#value);),
        (Place::Query, Style::Json) => quote!(request.query_json(#wire, &#value);),
        (Place::Query, _) => quote!(request.query(#wire, &#value);),
        (Place::Header, _) if parameter.idempotency => {
            quote!(request.idempotency(#wire); request.header(#wire, &#value);)
        }
        (Place::Header, _) => quote!(request.header(#wire, &#value);),
        (Place::Cookie, _) => quote!(request.cookie(#wire, &#value);),
    }
}

/// The line that puts the body into the request.
pub(in super::super) fn set_body(body: &Body, value: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match body.encoding {
        Encoding::Json if media_type == "application/json" => quote!(request.json(&#value);),
        Encoding::Json => quote!(request.json_as(#media_type, &#value);),
        Encoding::Form => quote!(request.form(&#value);),
        Encoding::Multipart => quote!(request.multipart(&#value);),
        Encoding::Text => quote!(request.text(#media_type, &#value);),
        Encoding::Bytes => quote!(request.bytes(#media_type, #value);),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::testing::{operation, run};

    /// The method by which the body of a success is read as it arrives, in one line.
    fn streaming(responses: Json) -> Option<String> {
        let code = run(operation(json!({ "responses": responses }))).operations_code();
        let (_, method) = code.split_once("pub async fn send_streaming(")?;
        let (method, _) = method.split_once("fn into_request")?;
        Some(method.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn content(media_type: &str) -> Json {
        json!({"content": {media_type: {"schema": {"type": "string"}}}})
    }

    #[test]
    fn bytes_and_events_can_be_read_as_they_arrive() {
        for media_type in ["application/octet-stream", "image/png", "text/event-stream"] {
            assert!(streaming(json!({"200": content(media_type)})).is_some(), "{media_type}");
        }
        for media_type in ["application/json", "text/plain"] {
            assert!(streaming(json!({"200": content(media_type)})).is_none(), "{media_type}");
        }
        let two = json!({"200": content("image/png"), "202": content("application/json")});
        assert!(streaming(two).is_none());
        assert!(streaming(json!({"204": {"description": "Nothing."}})).is_none());
    }

    #[test]
    fn only_a_documented_success_is_a_stream() {
        let responses = json!({
            "200": content("image/png"), "206": content("image/png"), "404": content("application/json"), "5XX": {},
        });
        let method = streaming(responses).unwrap_or_default();
        assert!(method.contains("open(|status| status == 200 || status == 206)"), "{method}");
        let whole =
            "runtime::Opened::Whole(response) => { match response.status().as_u16() { 404 =>";
        assert!(method.contains(whole), "{method}");
        let responses =
            json!({"200": content("image/png"), "default": content("application/json")});
        let method = streaming(responses).unwrap_or_default();
        let undocumented = "_ if response.status().is_success() => Err(response.undocumented())";
        assert!(method.contains(undocumented), "{method}");
        let method = streaming(json!({"default": content("image/png")})).unwrap_or_default();
        assert!(method.contains("open(|status| (200..=299).contains(&status))"), "{method}");
    }
}
