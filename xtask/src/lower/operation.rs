//! Operations: their names, parameters and bodies.

use std::collections::BTreeMap;

use crate::config::CredentialPlace;
use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::ParameterLocation::{self, Header, Path};
use crate::openapi::model;
use crate::plan::{self, Body, Operation, Parameter, Tag};
use crate::source::Span;

use super::direction::Direction;
use super::media::Chosen;
use super::naming::{self, Scope};
use super::product::{Member, Type};
use super::schema::Site;
use super::{Lowering, Parts, docs};

/// Types that the modules of operations name.
pub(super) const BUILDERS: &[&str] = &["ApiError", "Client"];

/// Members of a request that a parameter's name must not hide: its fields, and the ways to send it.
const REQUEST: &[&str] = &[
    "body",
    "caller",
    "into_future",
    "into_request",
    "items",
    "pages",
    "send",
    "send_blocking",
    "send_raw",
    "send_streaming",
    "send_with_meta",
    "with_options",
];

/// Headers that are not parameters, whatever a page says (OpenAPI 3.1, section 4.8.12.1).
const NOT_PARAMETERS: &[&str] = &["accept", "authorization", "content-type"];

impl<'a> Lowering<'a> {
    /// Lowers all operations, by their names in Rust.
    pub(super) fn operations(&mut self) -> BTreeMap<String, Operation> {
        let calls: Vec<model::Operation<'_>> = self.document.operations().collect();
        let names = self.operation_names(&calls);
        let mut builders = Scope::with(BUILDERS);
        names
            .into_iter()
            .zip(calls)
            .map(|(name, call)| {
                let builder = builders.claim(&naming::type_name(&name));
                self.findings.about(Some(call.key.to_string()));
                let operation = self.operation(builder, call);
                self.findings.about(None);
                (name, operation)
            })
            .collect()
    }

    fn operation(&mut self, type_name: String, call: model::Operation<'a>) -> Operation {
        let mut scope = Scope::with(REQUEST);
        let mut parts = BTreeMap::new();
        self.direction = Direction::Request;
        let parameters = self.parameters(call, &type_name, &mut scope, &mut parts);
        let body = self.body(call, &type_name, &mut parts);
        self.direction = Direction::Response;
        let (responses, success, failure, accept) = self.responses(call, &type_name);
        if success.responses.is_empty() && !failure.responses.is_empty() {
            self.no_success(call);
        }
        self.parts.insert(type_name.clone(), Parts { request: parts, responses });
        let tag = call.tags().next().filter(|tag| tag.contains(char::is_alphanumeric));
        Operation {
            builder: type_name,
            method: call.key.method.to_uppercase(),
            path: call.key.path.to_owned(),
            server: self.own_server(call),
            tag: tag
                .map(|tag| Tag { title: tag.trim().to_owned(), module: naming::module_name(tag) }),
            group: None,
            docs: docs::of_operation(call),
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

    fn no_success(&mut self, call: model::Operation<'a>) {
        let place = call.responses_node().unwrap_or(call.node());
        self.findings.push(
            Finding::deviation(Kind::NoSuccess, "the page documents no success of the operation")
                .at(&place.span),
        );
    }

    /// Parameters: those of the path as in the path, then the required ones and the others by name.
    fn parameters(
        &mut self,
        call: model::Operation<'a>,
        type_name: &str,
        scope: &mut Scope,
        parts: &mut BTreeMap<String, Member>,
    ) -> Vec<Parameter> {
        let undescribed = Node::object(call.span());
        let mut declared = self.declared_parameters(call);
        let in_path = call.key.path_parameters();
        for wire in &in_path {
            if !declared.iter().any(|it| it.location == Path && it.wire == *wire) {
                let parameter = model::Parameter::of(&undescribed);
                declared.push(Declared { location: Path, wire, parameter });
            }
        }
        declared.retain(|it| {
            let lost = it.location == Path && !in_path.contains(&it.wire);
            if lost {
                let (path, wire) = (call.key.path, it.wire);
                let what = format!("the path `{path}` has no place for the parameter `{wire}`");
                self.findings
                    .push(Finding::note(Kind::ParameterNotInPath, what).at(it.parameter.span()));
            }
            !lost
        });
        // Query before header only among equals: what is required comes first wherever it goes.
        declared.sort_by_key(|it| {
            let position = in_path.iter().position(|name| *name == it.wire);
            let position = position.filter(|_| it.location == Path);
            (it.location != Path, !it.is_required(), it.location, position, it.wire)
        });
        let lowered = declared.into_iter().map(|it| {
            let is_required = it.is_required();
            let Declared { location, wire, parameter } = it;
            let name = scope.claim(&naming::value_name(wire));
            let site = Site::inline(naming::inner_name(type_name, wire));
            let style = self.style(location, parameter);
            let ty = match parameter.schema() {
                Some(schema) => self.schema(schema, &site).without_null(),
                None => Type::String,
            };
            let idempotency =
                matches!(ty, Type::String | Type::Uuid) && is_idempotency_key(location, wire);
            // The runtime makes one up, so nobody has to give it.
            let required = is_required && !idempotency;
            parts.insert(name.clone(), Member { ty: ty.or_null(!required), required });
            let (wire, docs) = (wire.to_owned(), self.docs_of_parameter(parameter));
            let ty = plan::unknown();
            Parameter { wire, name, ty, place: location, style, required, idempotency, docs }
        });
        lowered.collect()
    }

    /// The parameters of an operation that arrive, its own and those of its path item.
    fn declared_parameters(&mut self, call: model::Operation<'a>) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        for parameter in call.parameters() {
            let Some(parameter) = self.document.resolve(parameter) else {
                self.unresolved_part("a parameter", parameter.reference(), parameter.span());
                continue;
            };
            let Some(wire) = parameter.name() else {
                self.lost_parameter("a parameter without a name".to_owned(), parameter);
                continue;
            };
            let location = match parameter.location() {
                Some(Header) if http::HeaderName::from_bytes(wire.as_bytes()).is_err() => {
                    self.lost_parameter(format!("`{wire}` as a header"), parameter);
                    continue;
                }
                Some(Header) if wire.eq_ignore_ascii_case("cookie") && self.has_cookie() => {
                    let what = format!("`{wire}` beside a credential in a cookie");
                    self.lost_parameter(what, parameter);
                    continue;
                }
                Some(location) => location,
                None => {
                    let location = parameter.location_name().unwrap_or("no place");
                    self.lost_parameter(format!("the parameter `{wire}` in {location}"), parameter);
                    continue;
                }
            };
            let at = parameter.location_name().unwrap_or_default();
            let credential = self.credentials.iter().any(|it| it.is_carried_by(at, wire));
            let of_http =
                location == Header && NOT_PARAMETERS.contains(&wire.to_ascii_lowercase().as_str());
            let again = declared.iter().any(|it| it.location == location && it.wire == wire);
            if of_http && !credential {
                let what = format!("the parameter `{wire}` is not asked for");
                self.findings.push(Finding::note(Kind::IgnoredHeader, what).at(parameter.span()));
            }
            if !(parameter.has_role() || credential || of_http || again) {
                declared.push(Declared { location, wire, parameter });
            }
        }
        declared
    }

    fn has_cookie(&self) -> bool {
        self.credentials.iter().any(|it| matches!(it, CredentialPlace::Cookie(_)))
    }

    fn lost_parameter(&mut self, what: String, parameter: model::Parameter<'_>) {
        self.findings.push(
            Finding::loss(Kind::ParameterPlace, format!("{what} is not supported"))
                .at(parameter.span()),
        );
    }

    pub(super) fn unresolved_part(&mut self, part: &str, reference: Option<&str>, span: &Span) {
        let reference = reference.unwrap_or_default();
        self.findings.push(
            Finding::loss(Kind::UnresolvedPart, format!("{part}, `{reference}`, is not there"))
                .at(span),
        );
    }

    fn body(
        &mut self,
        call: model::Operation<'a>,
        type_name: &str,
        parts: &mut BTreeMap<String, Member>,
    ) -> Option<Body> {
        let declared = call.request_body()?;
        let Some(body) = self.document.resolve(declared) else {
            self.unresolved_part("the body", declared.reference(), declared.span());
            return None;
        };
        let content = body.content().filter(|it| !it.node().is_empty())?;
        let chosen = self.choose(content, Direction::Request)?;
        let ty = self.body_type(&chosen, &Site::inline(naming::inner_name(type_name, "body")));
        let required = body.is_required();
        let docs = self.docs_of_body(body, chosen.media, &ty);
        parts.insert("body".to_owned(), Member { ty: ty.or_null(!required), required });
        let Chosen { name: media_type, encoding, .. } = chosen;
        let (name, ty) = ("body".to_owned(), plan::unknown());
        Some(Body { media_type, encoding, required, name, ty, docs })
    }
}

/// A parameter as it is declared.
struct Declared<'n> {
    location: ParameterLocation,
    /// Its name on the wire.
    wire: &'n str,
    parameter: model::Parameter<'n>,
}

impl Declared<'_> {
    fn is_required(&self) -> bool {
        self.location == Path || self.parameter.is_required()
    }
}

/// Whether a vendor recognises a call that arrives twice by this parameter, as the draft of the IETF has it
/// (draft-ietf-httpapi-idempotency-key-header), whatever stands before the name.
fn is_idempotency_key(location: ParameterLocation, wire: &str) -> bool {
    location == Header && wire.to_ascii_lowercase().replace('_', "-").ends_with("idempotency-key")
}

#[cfg(test)]
mod tests;
