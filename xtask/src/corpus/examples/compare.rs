//! Whether a type writes what it has read, in the normal form that both have.
//!
//! These are the same: an object and it without the members that a closed object does not declare; null and nothing
//! where the type says that a member may be left out; the same instant; the same number; a UUID in either case. Of a
//! union without a tag, a member is undeclared only if none of the alternatives declares it.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value as Json};

use super::form::{Alternative, Form, Forms, Named, Object};
use crate::plan::JsonType;

/// A difference that is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Where in the value.
    pub(crate) pointer: String,
    /// What is the case, in words that are the same for all of a kind.
    pub(crate) what: &'static str,
    pub(crate) sent: Option<Json>,
    pub(crate) came: Option<Json>,
}

type Result = std::result::Result<(), Difference>;

/// Compares what was read with what was written.
pub(crate) fn compare(form: &Form, forms: &Forms, sent: &Json, came: &Json) -> Result {
    Comparing { forms, kept: Vec::new() }.compare(form, sent, came)
}

struct Comparing<'a> {
    forms: &'a Forms,
    /// The members that alternatives of the unions around declare, the innermost last.
    kept: Vec<BTreeSet<&'a str>>,
}

impl<'a> Comparing<'a> {
    fn compare(&mut self, form: &Form, sent: &Json, came: &Json) -> Result {
        match form {
            Form::Raw | Form::Leaf => scalar_or_raw(sent, came),
            Form::Option(_) if sent.is_null() || came.is_null() => scalar_or_raw(sent, came),
            Form::Option(inner) => self.compare(inner, sent, came),
            Form::List(items) => self.list(items, sent, came),
            Form::Map(values) => self.object(
                &Object { rest: Some((**values).clone()), ..Object::default() },
                sent,
                came,
            ),
            Form::Named(name) => {
                let forms = self.forms;
                match forms.get(name) {
                    Some(Named::Object(object)) => self.object(object, sent, came),
                    Some(Named::Union { tag, alternatives }) => {
                        self.union(tag.as_deref(), alternatives, sent, came)
                    }
                    Some(Named::Alias(form)) => self.compare(form, sent, came),
                    Some(Named::Choice(_)) | None => scalar_or_raw(sent, came),
                }
            }
        }
    }

    fn list(&mut self, form: &Form, sent: &Json, came: &Json) -> Result {
        let (Json::Array(from), Json::Array(to)) = (sent, came) else {
            return scalar_or_raw(sent, came);
        };
        if from.len() != to.len() {
            return differ("a list has another length", Some(sent), Some(came));
        }
        let kept = std::mem::take(&mut self.kept);
        let mut pairs = from.iter().zip(to).enumerate();
        let result = pairs.try_for_each(|(at, (sent, came))| {
            self.compare(form, sent, came).map_err(|it| it.within(&at.to_string()))
        });
        self.kept = kept;
        result
    }

    fn object(&mut self, object: &Object, sent: &Json, came: &Json) -> Result {
        let (Json::Object(from), Json::Object(to)) = (sent, came) else {
            return scalar_or_raw(sent, came);
        };
        let kept = std::mem::take(&mut self.kept);
        let result = self.members(object, from, to, &kept);
        self.kept = kept;
        result
    }

    fn members(
        &mut self,
        object: &Object,
        from: &Map<String, Json>,
        to: &Map<String, Json>,
        kept: &[BTreeSet<&str>],
    ) -> Result {
        let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
        for name in names {
            let (sent, came) = (from.get(name), to.get(name));
            let member = object.members.get(name);
            let chosen = || self.choice(object, name);
            let is_optional = member.is_some_and(|it| it.is_optional);
            let form = member.map(|it| it.form.clone()).or_else(chosen).or(object.rest.clone());
            let result = match (form, sent, came) {
                (Some(form), Some(sent), Some(came)) => self.compare(&form, sent, came),
                (Some(_), Some(Json::Null), None) if is_optional => Ok(()),
                (Some(_), Some(Json::Null), None) => differ("a null is lost", sent, came),
                (Some(_), _, None) => differ("a declared member is lost", sent, came),
                (None, Some(_), Some(_)) => same(sent, came),
                (None, Some(_), None) if kept.iter().any(|it| it.contains(name.as_str())) => {
                    differ("a member that another alternative declares is lost", sent, came)
                }
                // An object that declares its members keeps no others.
                (None, _, None) => Ok(()),
                (_, None, Some(_)) => differ("a member is made up", sent, came),
            };
            result.map_err(|it| it.within(&crate::node::pointer_token(name)))?;
        }
        Ok(())
    }

    /// Returns the type of a member that only one of several properties has.
    fn choice(&self, object: &Object, name: &str) -> Option<Form> {
        object.choices.iter().find_map(|choice| match self.named(choice)? {
            Named::Choice(members) => members.get(name).cloned(),
            _ => None,
        })
    }

    /// Which alternative was taken is not known from outside: one under which there is no difference, if there is one.
    fn union(
        &mut self,
        tag: Option<&str>,
        alternatives: &'a [Alternative],
        sent: &Json,
        came: &Json,
    ) -> Result {
        let mut first = None;
        if tag.is_none() {
            let declared = alternatives.iter().filter_map(|it| self.declared(&it.form));
            let declared = declared.flatten().collect();
            self.kept.push(declared);
        }
        for alternative in alternatives {
            let chosen = match tag {
                Some(tag) => sent.get(tag).and_then(Json::as_str) == alternative.tag.as_deref(),
                None => admits(alternative.json, sent),
            };
            if chosen {
                match self.compare(&alternative.form, sent, came) {
                    Ok(()) => {
                        first = Some(Ok(()));
                        break;
                    }
                    Err(difference) => first = first.or(Some(Err(difference))),
                }
            }
        }
        if tag.is_none() {
            self.kept.pop();
        }
        first.unwrap_or_else(|| scalar_or_raw(sent, came))
    }

    fn declared(&self, form: &Form) -> Option<Vec<&'a str>> {
        match self.named(form)? {
            Named::Object(object) => Some(object.members.keys().map(String::as_str).collect()),
            _ => None,
        }
    }

    fn named(&self, form: &Form) -> Option<&'a Named> {
        let Form::Named(name) = form else { return None };
        self.forms.get(name)
    }
}

impl Difference {
    fn within(mut self, token: &str) -> Self {
        self.pointer = format!("/{token}{}", self.pointer);
        self
    }
}

fn differ(what: &'static str, sent: Option<&Json>, came: Option<&Json>) -> Result {
    Err(Difference { pointer: String::new(), what, sent: sent.cloned(), came: came.cloned() })
}

fn same(sent: Option<&Json>, came: Option<&Json>) -> Result {
    match (sent, came) {
        (Some(sent), Some(came)) => scalar_or_raw(sent, came),
        _ => differ("a value is another", sent, came),
    }
}

/// Compares values of which no type says more.
fn scalar_or_raw(sent: &Json, came: &Json) -> Result {
    match is_same(sent, came) {
        true => Ok(()),
        false => differ("a value is another", Some(sent), Some(came)),
    }
}

fn is_same(sent: &Json, came: &Json) -> bool {
    match (sent, came) {
        (Json::Number(sent), Json::Number(came)) => is_same_number(sent, came),
        (Json::String(sent), Json::String(came)) => {
            sent == came || is_same_instant(sent, came) || is_same_uuid(sent, came)
        }
        (Json::Array(sent), Json::Array(came)) => {
            sent.len() == came.len() && sent.iter().zip(came).all(|(a, b)| is_same(a, b))
        }
        (Json::Object(sent), Json::Object(came)) => {
            let is_there = |(name, value)| came.get(name).is_some_and(|it| is_same(value, it));
            sent.len() == came.len() && sent.iter().all(is_there)
        }
        _ => sent == came,
    }
}

fn is_same_number(sent: &Number, came: &Number) -> bool {
    sent == came || (sent.is_f64() || came.is_f64()) && sent.as_f64() == came.as_f64()
}

fn is_same_instant(sent: &str, came: &str) -> bool {
    let instant = |text| chrono::DateTime::parse_from_rfc3339(text).ok();
    instant(sent).is_some_and(|it| instant(came) == Some(it))
}

fn is_same_uuid(sent: &str, came: &str) -> bool {
    let is_uuid = |text: &str| {
        text.len() == 36 && text.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
    };
    is_uuid(sent) && sent.eq_ignore_ascii_case(came)
}

fn admits(json: JsonType, value: &Json) -> bool {
    match json {
        JsonType::Any => true,
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.is_i64() || value.is_u64(),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

#[cfg(test)]
mod tests;
