//! The module of webhooks, where an API has some: its imports and its documentation.

use std::collections::BTreeSet;

use syn::{Item, parse_quote};

use crate::config::ApiConfig;
use crate::plan::{Plan, Webhooks};

/// The documentation of the module, with an example that is compiled. No text of a page is in it.
pub(super) fn docs(plan: &Plan, webhooks: &Webhooks) -> String {
    let package = plan.package.replace('-', "_");
    let is_decided = webhooks.scheme.is_some();
    let signed = match is_decided {
        true => "[`SCHEME`] is how the vendor signs it.",
        false => {
            "How the vendor signs it, no page says in a form that can be read: look up whether it is \
             [`Verifier::standard`](runtime::webhook::Verifier::standard) or a \
             [`Scheme`](runtime::webhook::Scheme) of the vendor's own. What is not signed at all is a \
             [`Delivery::unverified`](runtime::webhook::Delivery::unverified)."
        }
    };
    let (verifier, made) = match is_decided {
        true => ("secret: &str", "    let verifier = Verifier::new(webhooks::SCHEME, secret)?;\n"),
        false => ("verifier: &Verifier", ""),
    };
    let modules = if is_decided { "{self, Webhook}" } else { "Webhook" };
    let (takes, name, decoded) = match &webhooks.tag {
        Some(_) => ("Takes", "", "delivery.payload()"),
        None => (
            "Takes the name of the webhook, which a url or a header may say, and",
            "    name: &str,\n",
            "Webhook::named(name, &delivery)",
        ),
    };
    format!(
        "Webhooks and callbacks: what the vendor sends by itself, in types.\n\n\
         A [`Verifier`](runtime::webhook::Verifier) tells whether a delivery is from the vendor. {signed}\n\n\
         ```\n\
         use {package}::runtime::{{http::HeaderMap, webhook::Verifier}};\n\
         use {package}::webhooks::{modules};\n\n\
         /// {takes} the headers and the body as a server has received them.\n\
         fn receive(\n    {verifier},\n{name}    headers: &HeaderMap,\n    body: Vec<u8>,\n\
         ) -> Result<Webhook, Box<dyn std::error::Error>> {{\n\
         {made}    let delivery = verifier.verify(headers, body)?;\n    \
             Ok({decoded}?)\n\
         }}\n\
         ```"
    )
}

/// What the items of the module import.
pub(super) fn imports(names: &BTreeSet<String>) -> Vec<Item> {
    let mut imports: Vec<Item> = vec![parse_quote!(
        use bindery_runtime as runtime;
    )];
    imports.push(match names.contains("Deserialize") {
        true => parse_quote!(
            use serde::{Deserialize, Deserializer, Serialize};
        ),
        false => parse_quote!(
            use serde::Serialize;
        ),
    });
    imports.extend(names.contains("types").then(|| {
        parse_quote!(
            use crate::types;
        )
    }));
    imports
}

/// The section of the README.
pub(super) fn section(config: &ApiConfig, plan: &Plan) -> Option<String> {
    let webhooks = plan.webhooks.as_ref()?;
    let count = match webhooks.payloads.len() {
        1 => "one payload".to_owned(),
        several => format!("{several} payloads"),
    };
    let how = match &webhooks.tag {
        Some(_) => {
            "A delivery is decoded into `webhooks::Webhook`, an enum of all of them and of what is new."
        }
        None => {
            "`webhooks::Webhook` is an enum of all of them; `Webhook::named` decodes the one that the caller names."
        }
    };
    let version = config.version.to_string();
    let version = version.split('.').take(2).collect::<Vec<_>>().join(".");
    Some(format!(
        "## Webhooks\n\nThe feature `webhooks` has what the vendor sends by itself, in {count}. {how} \
         `runtime::webhook::Verifier` verifies signatures in constant time, with a tolerance for clocks.\n\n```toml\n\
         [dependencies]\n{} = {{ version = \"{version}\", features = [\"webhooks\"] }}\n```",
        config.package
    ))
}

#[cfg(test)]
mod tests;
