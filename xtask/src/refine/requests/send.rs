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
    let accept = match operation.accept.as_slice() {
        [] => quote!(None),
        types => {
            let types = types.join(", ");
            quote!(Some(#types))
        }
    };
    quote! {
        #(#docs)*
        pub const OPERATION: &'static runtime::Operation = &runtime::Operation {
            id: #name,
            method: runtime::Method::#method,
            path: #path,
            accept: #accept,
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
         keeps status, headers and body.",
    );
    let meta_docs = docs::attributes(
        "Sends the request, and gives the status, the headers and the number of attempts beside the \
         body.\n\n# Errors\n\nThose of [`send`](Self::send).",
    );
    let settings = settings(operation);
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
