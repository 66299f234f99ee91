//! Responses: which statuses give the same, and what the two sides, success and failure, come to.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::node::Node;
use crate::openapi::Schema;
use crate::openapi::model::{self, Content};
use crate::plan::{self, Encoding, Outcome, Payload, Response, Status, StatusPattern};

use super::direction::Direction;
use super::media::Chosen;
use super::product::{Member, Type};
use super::schema::Site;
use super::{Lowering, naming};

/// Responses that give the same body.
struct Group<'a> {
    statuses: Vec<Status>,
    body: Option<Chosen<'a>>,
    /// The body's encoding and schema, without what only describes, by which groups are told apart.
    bare: Option<(Encoding, Option<Node>)>,
}

/// The bodies of the responses, what success and what failure gives, and the media types.
type Responses = (BTreeMap<String, Member>, Outcome, Outcome, Vec<String>);

impl<'a> Lowering<'a> {
    /// Lowers the responses of an operation.
    pub(super) fn responses(&mut self, call: model::Operation<'a>, type_name: &str) -> Responses {
        let (mut success, mut failure, mut accept) = (Vec::new(), Vec::new(), Vec::new());
        let mut listed: Vec<(StatusPattern, model::Response<'a>)> = Vec::new();
        for (status, response) in call.responses() {
            let again = |it: &StatusPattern| listed.iter().any(|(other, _)| other == it);
            let what = match (statuses(status), self.document.resolve(response)) {
                (Some(statuses), Some(_)) if again(&statuses) => {
                    "another way to write the same status"
                }
                (Some(statuses), Some(response)) => {
                    listed.push((statuses, response));
                    continue;
                }
                (None, _) if status.starts_with("x-") => continue,
                (None, _) => "no status",
                (Some(_), None) => "a reference that leads nowhere",
            };
            self.findings.push(
                Finding::loss(Kind::ResponseStatus, format!("`{status}` is {what}"))
                    .at(response.span()),
            );
        }
        listed.sort_by_key(|(statuses, _)| *statuses);
        let succeeds = listed.iter().any(|(statuses, _)| is_success(*statuses));
        self.report_no_content(call, &listed);
        for (statuses, response) in listed {
            let content = content(response).filter(|_| !has_no_body(call, statuses));
            let body = content.and_then(|it| self.choose(it, Direction::Response));
            if let Some(body) = body.as_ref().filter(|it| !accept.contains(&it.name)) {
                accept.push(body.name.clone());
            }
            // Where no success is documented, the default stands for it as well.
            if is_success(statuses) || (statuses == StatusPattern::Default && !succeeds) {
                add(&mut success, statuses, body.clone(), response);
            }
            if !is_success(statuses) {
                add(&mut failure, statuses, body, response);
            }
        }
        let mut bodies = BTreeMap::new();
        let success = self.outcome(success, type_name, "Response", &mut bodies);
        let failure = self.outcome(failure, type_name, "Error", &mut bodies);
        (bodies, success, failure, accept)
    }

    /// Tells of content that no answer can have.
    fn report_no_content(
        &mut self,
        call: model::Operation<'_>,
        listed: &[(StatusPattern, model::Response<'_>)],
    ) {
        let without = listed.iter().filter(|(statuses, _)| has_no_body(call, *statuses));
        let without = without.filter_map(|(on, response)| Some((on, content(*response)?)));
        for (statuses, content) in without {
            let what = format!("the content of `{statuses}` cannot arrive");
            self.findings.push(Finding::note(Kind::NoContent, what).at(content.span()));
        }
    }

    fn outcome(
        &mut self,
        groups: Vec<Group<'_>>,
        type_name: &str,
        side: &str,
        bodies: &mut BTreeMap<String, Member>,
    ) -> Outcome {
        let several = groups.len() > 1;
        let mut responses = Vec::new();
        for group in groups {
            let variant = variant(&group.statuses);
            let part = if several { variant.as_str() } else { side };
            let site = Site::inline(naming::inner_name(type_name, part));
            let encoding = group.body.as_ref().map_or(Encoding::Json, |it| it.encoding);
            let mut facts = Vec::new();
            let body = group.body.map(|body| {
                let property = naming::value_name(&format!("{side} {variant}"));
                let ty = self.body_of_responses(&body, &group.statuses, &site);
                if side == "Error" {
                    self.note_failure(&ty);
                }
                facts = self.facts_of_body(body.schema(), &ty);
                bodies.insert(property.clone(), Member { ty, required: true });
                Payload { name: property, ty: plan::unknown() }
            });
            responses.push(Response { statuses: group.statuses, variant, body, encoding, facts });
        }
        // Errors of all operations come together in one type.
        let sum = several && side != "Error";
        let sum = sum.then(|| self.claim_type(&naming::inner_name(type_name, side)));
        Outcome { sum, responses }
    }

    /// The type of a body. One written in place for several statuses is described as theirs, not in the words
    /// of the first of them.
    fn body_of_responses(&mut self, body: &Chosen<'_>, statuses: &[Status], site: &Site) -> Type {
        let known = self.types.len();
        let ty = self.body_type(body, site);
        let inline = body.schema().is_some_and(|it| self.reference_alone(it).is_none());
        let made_here = self.types.len() > known && inline;
        if let (Type::Named(name), true, true) = (&ty, made_here, statuses.len() > 1)
            && let Some(plan) = self.types.get_mut(name)
        {
            plan.docs.text = answers(statuses);
        }
        ty
    }
}

/// The text that tells which statuses a type is for.
fn answers(statuses: &[Status]) -> String {
    let codes: Vec<String> = statuses.iter().map(|it| format!("`{}`", it.on)).collect();
    format!("What the vendor answers with {}.", codes.join(", "))
}

fn add<'n>(
    groups: &mut Vec<Group<'n>>,
    statuses: StatusPattern,
    body: Option<Chosen<'n>>,
    response: model::Response<'_>,
) {
    let bare = |it: &Chosen<'_>| (it.encoding, it.schema().map(Schema::without_any_annotations));
    let bare = body.as_ref().map(bare);
    let description = response.description().unwrap_or_default().trim().to_owned();
    let status = Status { on: statuses, description };
    match groups.iter_mut().find(|group| group.bare == bare) {
        Some(group) => group.statuses.push(status),
        None => groups.push(Group { statuses: vec![status], body, bare }),
    }
}

fn statuses(status: &str) -> Option<StatusPattern> {
    if status.eq_ignore_ascii_case("default") {
        return Some(StatusPattern::Default);
    }
    if let Some(digit) = status.to_ascii_uppercase().strip_suffix("XX") {
        return digit.parse().ok().filter(|it| (1..=5).contains(it)).map(StatusPattern::Range);
    }
    let code = status.parse().ok().filter(|it| (100..=599).contains(it));
    code.map(StatusPattern::Code)
}

/// The content of a response, if it has some.
fn content(response: model::Response<'_>) -> Option<Content<'_>> {
    response.content().filter(|it| !it.node().is_empty())
}

/// Whether an answer ends with its headers, whatever the document says (RFC 9110, sections 6.4.1 and 15.3.6).
fn has_no_body(call: model::Operation<'_>, statuses: StatusPattern) -> bool {
    call.key.method == "head" || matches!(statuses, StatusPattern::Code(204 | 205 | 304))
}

fn is_success(statuses: StatusPattern) -> bool {
    matches!(statuses, StatusPattern::Code(200..=299) | StatusPattern::Range(2))
}

/// A name for what several statuses give.
fn variant(statuses: &[Status]) -> String {
    let reasons: Vec<String> = statuses.iter().map(|it| reason(it.on)).collect();
    reasons.join("Or")
}

/// The name of a status: its reason phrase in the registry of HTTP status codes.
fn reason(statuses: StatusPattern) -> String {
    match statuses {
        StatusPattern::Default => "Other".to_owned(),
        StatusPattern::Range(2) => "Success".to_owned(),
        StatusPattern::Range(3) => "Redirection".to_owned(),
        StatusPattern::Range(4) => "ClientError".to_owned(),
        StatusPattern::Range(5) => "ServerError".to_owned(),
        StatusPattern::Range(digit) => format!("Status{digit}xx"),
        StatusPattern::Code(code) => http::StatusCode::from_u16(code)
            .ok()
            .and_then(|status| status.canonical_reason())
            .map_or_else(|| format!("Status{code}"), naming::variant_name),
    }
}

#[cfg(test)]
mod tests;
