//! Operations: their names, parameters and bodies.

use std::collections::BTreeMap;

use crate::config::CredentialPlace;
use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::{OperationRef, operations, path};
use crate::plan::{Body, Operation, Parameter, Place, Tag};

use super::media::{Chosen, Direction};
use super::naming::{self, Scope};
use super::product::{Member, Type};
use super::schema::Site;
use super::style::parameter_schema;
use super::{Lowering, Parts, docs};

/// Types that the modules of operations and of mocks name.
const BUILDERS: &[&str] = &["Client", "Error", "Expect", "MockServer"];

/// Members of a request that a parameter's name must not hide.
const REQUEST: &[&str] = &[
    "body",
    "call_options",
    "client",
    "decode_response",
    "into_request",
    "items",
    "reply_with",
    "send",
    "send_streaming",
    "send_with_meta",
    "with_header",
    "with_options",
    "with_path",
];

/// Headers that are not parameters, whatever a page says (OpenAPI 3.1, section 4.8.12.1).
const NOT_PARAMETERS: &[&str] = &["accept", "authorization", "content-type"];

impl Lowering<'_> {
    /// Lowers all operations, by their names in Rust.
    pub(super) fn operations(&mut self) -> BTreeMap<String, Operation> {
        let document = self.document;
        let calls: Vec<OperationRef<'_>> = operations(document).collect();
        let names = self.operation_names(&calls);
        let mut builders = Scope::with(BUILDERS);
        names
            .into_iter()
            .zip(&calls)
            .map(|(name, call)| {
                let builder = builders.claim(&naming::type_name(&name));
                self.findings.about(Some(call.key()));
                let operation = self.operation(builder, call);
                self.findings.about(None);
                (name, operation)
            })
            .collect()
    }

    fn operation(&mut self, type_name: String, call: &OperationRef<'_>) -> Operation {
        let mut scope = Scope::with(REQUEST);
        let mut parts = BTreeMap::new();
        let parameters = self.parameters(call, &type_name, &mut scope, &mut parts);
        let body = self.body(call, &type_name, &mut parts);
        let (responses, success, failure, accept) = self.responses(call, &type_name);
        if success.responses.is_empty() && !failure.responses.is_empty() {
            self.no_success(call);
        }
        self.parts.insert(type_name.clone(), Parts { request: parts, responses });
        let tag = call.node.get("tags").and_then(|tags| tags.items().next()).and_then(Node::as_str);
        let tag = tag.filter(|tag| tag.contains(char::is_alphanumeric));
        Operation {
            builder: type_name,
            method: call.method.to_uppercase(),
            path: call.path.to_owned(),
            server: self.own_server(call),
            tag: tag
                .map(|tag| Tag { title: tag.trim().to_owned(), module: naming::module_name(tag) }),
            docs: docs::of_operation(call.node),
            request: String::new(),
            parameters,
            body,
            responses: String::new(),
            success,
            failure,
            accept,
            paging: None,
            retry: None,
        }
    }

    fn no_success(&mut self, call: &OperationRef<'_>) {
        let place = call.node.get("responses").unwrap_or(call.node);
        self.findings.push(
            Finding::deviation(Kind::NoSuccess, "the page documents no success of the operation")
                .at(&place.span),
        );
    }

    /// Parameters: those of the path as in the path, then the required ones and the others by name.
    fn parameters(
        &mut self,
        call: &OperationRef<'_>,
        type_name: &str,
        scope: &mut Scope,
        parts: &mut BTreeMap<String, Member>,
    ) -> Vec<Parameter> {
        let mut declared = self.declared_parameters(call);
        let in_path = placeholders(call.path);
        for name in &in_path {
            if !declared.iter().any(|(place, wire, _)| *place == Place::Path && wire == name) {
                declared.push((Place::Path, name.clone(), Node::object(&call.node.span)));
            }
        }
        declared.retain(|(place, wire, node)| {
            let lost = *place == Place::Path && !in_path.contains(wire);
            if lost {
                let what =
                    format!("the path `{}` has no place for the parameter `{wire}`", call.path);
                self.findings.push(Finding::note(Kind::ParameterNotInPath, what).at(&node.span));
            }
            !lost
        });
        declared.sort_by_key(|(place, wire, node)| {
            let position = in_path.iter().position(|name| name == wire);
            (
                *place,
                position.filter(|_| *place == Place::Path),
                !required(*place, node),
                wire.clone(),
            )
        });
        // Query before header only among equals: what is required comes first wherever it goes.
        declared.sort_by_key(|(place, _, node)| (*place != Place::Path, !required(*place, node)));
        declared
            .into_iter()
            .map(|(place, wire, node)| {
                let name = scope.claim(&naming::value_name(&wire));
                let site = Site::inline(naming::inner_name(type_name, &wire));
                let style = self.style(place, &node);
                let ty = match parameter_schema(&node) {
                    Some(schema) => self.schema(schema, &site).without_null(),
                    None => Type::String,
                };
                let idempotency =
                    matches!(ty, Type::String | Type::Uuid) && is_idempotency_key(place, &wire);
                // The runtime makes one up, so nobody has to give it.
                let required = required(place, &node) && !idempotency;
                parts.insert(name.clone(), Member { ty: ty.or_null(!required), required });
                let docs = docs::of_parameter(&node);
                Parameter { wire, name, place, style, required, idempotency, docs }
            })
            .collect()
    }

    /// The parameters of an operation and of its path item, the operation's own first.
    fn declared_parameters(&mut self, call: &OperationRef<'_>) -> Vec<(Place, String, Node)> {
        let mut declared: Vec<(Place, String, Node)> = Vec::new();
        let listed = [call.node, call.item].into_iter().flat_map(|it| it.get("parameters"));
        for parameter in listed.flat_map(Node::items) {
            let Some(parameter) = follow(self.document, parameter) else {
                self.unresolved_part("a parameter", parameter);
                continue;
            };
            let Some(wire) = parameter.str("name") else {
                self.lost_parameter("a parameter without a name".to_owned(), parameter);
                continue;
            };
            let place = match parameter.str("in") {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                Some("header") if http::HeaderName::from_bytes(wire.as_bytes()).is_err() => {
                    self.lost_parameter(format!("`{wire}` as a header"), parameter);
                    continue;
                }
                Some("header") if wire.eq_ignore_ascii_case("cookie") && self.has_cookie() => {
                    self.lost_parameter(
                        format!("`{wire}` beside a credential in a cookie"),
                        parameter,
                    );
                    continue;
                }
                Some("header") => Place::Header,
                Some("cookie") => Place::Cookie,
                other => {
                    let what = format!("the parameter `{wire}` in {}", other.unwrap_or("no place"));
                    self.lost_parameter(what, parameter);
                    continue;
                }
            };
            let at = parameter.str("in").unwrap_or_default();
            let credential = self.credentials.iter().any(|it| it.is_carried_by(at, wire));
            let ours = parameter.get("x-bindery").is_some_and(|it| it.get("role").is_some());
            let of_http = place == Place::Header
                && NOT_PARAMETERS.contains(&wire.to_ascii_lowercase().as_str());
            let again = declared.iter().any(|(other, name, _)| *other == place && name == wire);
            if !(ours || credential || of_http || again) {
                declared.push((place, wire.to_owned(), parameter.clone()));
            }
        }
        declared
    }

    fn has_cookie(&self) -> bool {
        self.credentials.iter().any(|it| matches!(it, CredentialPlace::Cookie(_)))
    }

    fn lost_parameter(&mut self, what: String, node: &Node) {
        self.findings.push(
            Finding::loss(Kind::ParameterPlace, format!("{what} is not supported")).at(&node.span),
        );
    }

    fn unresolved_part(&mut self, part: &str, node: &Node) {
        let reference = node.str("$ref").unwrap_or_default();
        self.findings.push(
            Finding::loss(Kind::UnresolvedPart, format!("{part}, `{reference}`, is not there"))
                .at(&node.span),
        );
    }

    fn body(
        &mut self,
        call: &OperationRef<'_>,
        type_name: &str,
        parts: &mut BTreeMap<String, Member>,
    ) -> Option<Body> {
        let declared = call.node.get("requestBody")?;
        let Some(body) = follow(self.document, declared) else {
            self.unresolved_part("the body", declared);
            return None;
        };
        let content = body.get("content").filter(|it| it.members().next().is_some())?;
        let chosen = self.choose(content, Direction::Request)?;
        let ty = self.body_type(&chosen, &Site::inline(naming::inner_name(type_name, "body")));
        let required = body.flag("required");
        parts.insert("body".to_owned(), Member { ty: ty.or_null(!required), required });
        let mut docs = docs::of_parameter(body);
        docs.example = docs::example(chosen.media);
        let Chosen { name: media_type, encoding, .. } = chosen;
        Some(Body { media_type, encoding, required, name: "body".to_owned(), docs })
    }
}

/// The node that a reference leads to; a node that is no reference is itself.
pub(super) fn follow<'n>(document: &'n Node, node: &'n Node) -> Option<&'n Node> {
    // A chain of references longer than this is a circle.
    (0..16).try_fold(node, |node, _| match node.str("$ref") {
        Some(pointer) => document.pointer(pointer),
        None => Some(node),
    })
}

fn required(place: Place, node: &Node) -> bool {
    place == Place::Path || node.flag("required")
}

/// Whether a vendor recognises a call that arrives twice by this parameter, as the draft of the IETF has it
/// (draft-ietf-httpapi-idempotency-key-header), whatever stands before the name.
fn is_idempotency_key(place: Place, wire: &str) -> bool {
    place == Place::Header
        && wire.to_ascii_lowercase().replace('_', "-").ends_with("idempotency-key")
}

/// The names in braces of a path, in order, each once.
fn placeholders(path: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in path::parameters(path).filter(|it| !it.is_empty()) {
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests;
