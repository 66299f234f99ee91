//! From the request of an operation to the bytes that are sent, and from the response to its type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, parse_quote};

use crate::plan::{Body, Encoding, Operation, Parameter, Place, Style};

use super::super::{Context, ident, outcomes};

/// What a request is to the runtime: the operation, how it is written, and how its answer is read.
pub(super) fn call(context: Context<'_>, name: &str, operation: &Operation) -> Vec<Item> {
    let request = ident(operation.request_name());
    let success = outcomes::type_of(context, operation);
    let constant = constant(name, operation);
    let settings = settings(operation);
    let argument = if settings.is_empty() { quote!(_) } else { quote!(request) };
    let outcome = outcomes::by_status(operation);
    let call = parse_quote! {
        impl runtime::Call for #request {
            type Output = #success;
            type Error = ApiError;
            #constant
            fn caller(&mut self) -> &mut runtime::Caller {
                &mut self.caller
            }
            fn write(&self, #argument: &mut runtime::Request) {
                #(#settings)*
            }
            fn read(response: runtime::Response) -> runtime::Outcome<Self> {
                #outcome
            }
        }
    };
    let future = parse_quote! {
        impl IntoFuture for #request {
            type Output = runtime::Outcome<Self>;
            type IntoFuture = runtime::CallFuture<Self>;
            fn into_future(self) -> Self::IntoFuture {
                runtime::Call::send(self)
            }
        }
    };
    [call, future].into_iter().chain(streamed(operation)).collect()
}

/// What layers, metrics and mocks know the operation by.
fn constant(name: &str, operation: &Operation) -> TokenStream {
    let (method, path) = (ident(&operation.method), &operation.path);
    let server = operation.server.as_ref().map(|server| quote!(.server(#server)));
    let accept = operation.accept.join(", ");
    let accept = (!accept.is_empty()).then(|| quote!(.accept(#accept)));
    let idempotent = operation.is_idempotent().then(|| quote!(.idempotent()));
    quote! {
        const OPERATION: &'static runtime::Operation =
            &runtime::Operation::new(#name, runtime::Method::#method, #path) #server #accept #idempotent;
    }
}

/// Whether the body of the success is of bytes or of events, which may be too large for memory, or have no end.
pub(crate) fn is_streamed(operation: &Operation) -> bool {
    let [response] = operation.success.responses.as_slice() else { return false };
    let is_stream = match response.encoding {
        Encoding::Bytes => true,
        Encoding::Text => operation.accept.iter().any(|it| it == "text/event-stream"),
        Encoding::Json | Encoding::Form | Encoding::Multipart => false,
    };
    is_stream && response.body.is_some()
}

/// Such a body can be read as it arrives.
fn streamed(operation: &Operation) -> Option<Item> {
    let response = operation.success.responses.first().filter(|_| is_streamed(operation))?;
    let request = ident(operation.request_name());
    let is_success = outcomes::is_success(response);
    Some(parse_quote! {
        impl runtime::Streamed for #request {
            fn is_streamed(status: u16) -> bool {
                #is_success
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
            true => set_body(body, &quote!(&self.#name), &quote!(self.#name)),
            false => {
                let set = set_body(body, &quote!(body), &quote!(body));
                quote!(if let Some(body) = &self.#name { #set })
            }
        }
    });
    parameters.chain(body).collect()
}

/// The line that puts a parameter into the request.
fn set_parameter(parameter: &Parameter, value: &TokenStream) -> TokenStream {
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

/// The line that puts the body into the request: by reference, unless bytes share what they are copied from.
fn set_body(body: &Body, reference: &TokenStream, place: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    match body.encoding {
        Encoding::Json if media_type == "application/json" => quote!(request.json(#reference);),
        Encoding::Json => quote!(request.json_as(#media_type, #reference);),
        Encoding::Form => quote!(request.form(#reference);),
        Encoding::Multipart => quote!(request.multipart(#reference);),
        Encoding::Text => quote!(request.text(#media_type, #reference);),
        Encoding::Bytes => quote!(request.bytes(#media_type, #place.clone());),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::testing::{operation, run};

    /// For which statuses the body is read as it arrives.
    fn streaming(responses: Json) -> Option<String> {
        let code = run(operation(json!({ "responses": responses }))).operations_code();
        let (_, method) = code.split_once("fn is_streamed(status: u16) -> bool {")?;
        let (method, _) = method.split_once('}')?;
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
        assert_eq!(streaming(responses).as_deref(), Some("status == 200 || status == 206"));
        let any = streaming(json!({"default": content("image/png")}));
        assert_eq!(any.as_deref(), Some("(200..=299).contains(&status)"));
    }
}
