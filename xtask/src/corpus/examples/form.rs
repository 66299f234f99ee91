//! What the emitted types keep of JSON, as plain data: enough to say which differences between what a type has read and
//! what it writes are none.

use std::collections::{BTreeMap, BTreeSet};

use syn::Type;

use crate::generate::argument;
use crate::plan::{JsonType, Presence, Property, Shape, TypePlan};

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Raw JSON, which proves nothing.
    Raw,
    /// A value without parts.
    Leaf,
    /// A value, or null.
    Option(Box<Form>),
    List(Box<Form>),
    Map(Box<Form>),
    /// A type of the crate.
    Named(String),
}

/// A type of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Object(Object),
    Union {
        tag: Option<String>,
        alternatives: Vec<Alternative>,
    },
    /// One of several properties of the object that it stands in.
    Choice(BTreeMap<String, Form>),
    /// No more than another type.
    Alias(Form),
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    /// Its members by their names on the wire.
    pub(crate) members: BTreeMap<String, Member>,
    /// What other members are, unless the object is closed.
    pub(crate) rest: Option<Form>,
    /// The types whose members stand among its own.
    pub(crate) choices: Vec<Form>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) form: Form,
    /// Whether it may be left out and that means the same as null.
    pub(crate) is_optional: bool,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub(crate) tag: Option<String>,
    pub(crate) json: JsonType,
    pub(crate) form: Form,
}

/// The types of a crate by their names.
pub(crate) type Forms = BTreeMap<String, Named>;

/// Returns what a type keeps.
pub(crate) fn form(ty: &Type) -> Form {
    let of = |name: &str| argument(ty, name);
    if let Some(inner) = of("Option") {
        return Form::Option(Box::new(form(inner)));
    }
    if let Some(inner) = of("Box") {
        return form(inner);
    }
    if let Some(items) = of("Vec") {
        return Form::List(Box::new(form(items)));
    }
    if let Some(values) = of("BTreeMap").or(of("Map")) {
        return Form::Map(Box::new(form(values)));
    }
    let Type::Path(path) = ty else { return Form::Leaf };
    match (path.path.get_ident(), path.path.segments.last()) {
        (Some(name), _) => Form::Named(name.to_string()),
        (None, Some(last)) if last.ident == "Value" => Form::Raw,
        _ => Form::Leaf,
    }
}

/// Returns the types that are reached from some, by their names.
pub(crate) fn reached<'a>(
    from: impl Iterator<Item = &'a Form>,
    types: &BTreeMap<String, TypePlan>,
) -> Forms {
    let mut forms = Forms::new();
    let mut open: BTreeSet<String> = BTreeSet::new();
    from.for_each(|it| names(it, &mut open));
    while let Some(name) = open.pop_first() {
        let Some(plan) = types.get(&name).filter(|_| !forms.contains_key(&name)) else { continue };
        let named = named(&plan.shape);
        each_part(&named, &mut |part| names(part, &mut open));
        forms.insert(name, named);
    }
    forms
}

fn names(form: &Form, found: &mut BTreeSet<String>) {
    match form {
        Form::Named(name) => drop(found.insert(name.clone())),
        Form::Option(inner) | Form::List(inner) | Form::Map(inner) => names(inner, found),
        Form::Raw | Form::Leaf => {}
    }
}

fn each_part(named: &Named, visit: &mut dyn FnMut(&Form)) {
    match named {
        Named::Object(object) => {
            object.members.values().for_each(|it| visit(&it.form));
            object.rest.iter().chain(&object.choices).for_each(visit);
        }
        Named::Union { alternatives, .. } => alternatives.iter().for_each(|it| visit(&it.form)),
        Named::Choice(members) => members.values().for_each(visit),
        Named::Alias(form) => visit(form),
    }
}

fn named(shape: &Shape) -> Named {
    match shape {
        Shape::Struct(properties) => Named::Object(object(properties.values())),
        Shape::Union(union) => {
            let alternatives = union.alternatives.iter().map(|it| Alternative {
                tag: it.wire.clone(),
                json: it.json,
                form: form(&it.ty),
            });
            Named::Union { tag: union.tag.clone(), alternatives: alternatives.collect() }
        }
        Shape::Choice(alternatives) => {
            let members = alternatives.iter();
            Named::Choice(members.filter_map(|it| Some((it.wire.clone()?, form(&it.ty)))).collect())
        }
        Shape::Opaque => Named::Alias(Form::Raw),
        Shape::Enum(_) | Shape::Parts => Named::Alias(Form::Leaf),
    }
}

fn object<'a>(properties: impl Iterator<Item = &'a Property>) -> Object {
    let mut object = Object::default();
    for property in properties {
        let form = form(&property.ty);
        match (property.flatten, form) {
            (true, Form::Map(values)) => object.rest = Some(*values),
            (true, choice) => object.choices.push(choice),
            (false, form) => {
                let keeps_null =
                    matches!(&form, Form::Option(it) if matches!(**it, Form::Option(_)));
                let is_optional = property.presence == Presence::Optional && !keeps_null;
                object.members.insert(property.wire.clone(), Member { form, is_optional });
            }
        }
    }
    object
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn types_are_what_they_keep() {
        let list = form(&parse_quote!(Option<Vec<Box<Node>>>));
        let node = Form::Named("Node".to_owned());
        assert_eq!(list, Form::Option(Box::new(Form::List(Box::new(node)))));
        let map = form(&parse_quote!(serde_json::Map<String, serde_json::Value>));
        assert_eq!(map, Form::Map(Box::new(Form::Raw)));
        assert_eq!(form(&parse_quote!(chrono::DateTime<chrono::Utc>)), Form::Leaf);
    }
}
