//! What is mended of schemas that were put together at random, so that there are values of them and it is certain what
//! becomes of these.

use serde_json::Value as Json;

use super::grow::object_with;
use super::schema::{Member, Rest, Schema, Shape};

/// Turns references that lead nowhere, or to where they stand, into other schemas, and makes parts agree.
pub(crate) fn grounded(mut components: Vec<Schema>) -> Vec<Schema> {
    let count = components.len();
    let has_parts =
        |it: &Schema| matches!(it.shape, Shape::Object(_) | Shape::List(_) | Shape::Tagged { .. });
    let first_has_parts = components.first().is_some_and(has_parts);
    for own in (0..count).rev() {
        let (before, later) = components.split_at_mut(own + 1);
        if let Some(component) = before.last_mut() {
            Ground { own, count, later, first_has_parts }.ground(component, true);
        }
    }
    components
}

/// A component that is being mended.
#[derive(Clone, Copy)]
struct Ground<'a> {
    own: usize,
    count: usize,
    /// The components after it.
    later: &'a [Schema],
    /// Whether the first component is told from scalars, whatever it says. The others are.
    first_has_parts: bool,
}

impl<'a> Ground<'a> {
    /// `bare` says that there is nothing between the component and this.
    fn ground(self, schema: &mut Schema, bare: bool) {
        match &mut schema.shape {
            Shape::Reference(to) if *to >= self.count || bare && *to <= self.own => {
                schema.shape = Shape::Text(None);
            }
            Shape::List(inner) => self.ground(inner, false),
            Shape::Union { alternatives, .. } => {
                for alternative in alternatives.iter_mut() {
                    self.ground(alternative, bare);
                    if matches!(alternative.shape, Shape::Reference(0)) && !self.first_has_parts {
                        alternative.shape = Shape::Boolean;
                    }
                }
                without_limits(alternatives);
            }
            Shape::All(parts) => {
                parts.iter_mut().for_each(|it| self.ground(it, true));
                self.agree(parts);
            }
            Shape::Object(object) => {
                let members = object.members.iter_mut().map(|it| &mut it.schema);
                let rest = match &mut object.rest {
                    Rest::Of(rest) => Some(&mut **rest),
                    _ => None,
                };
                members.chain(rest).for_each(|it| self.ground(it, false));
            }
            _ => {}
        }
    }

    /// Has parts describe a member alike that several of them have: else no value might be valid.
    fn agree(self, parts: &mut [Schema]) {
        let mut known: Vec<Member> = Vec::new();
        let name_is = |name| move |it: &&Member| it.name == name;
        for part in parts {
            match &mut part.shape {
                Shape::Object(object) => {
                    for member in &mut object.members {
                        match known.iter().find(name_is(member.name)) {
                            Some(other) => member.schema = other.schema.clone(),
                            None => known.push(member.clone()),
                        }
                    }
                }
                Shape::Reference(to) => {
                    let members = self.members(*to);
                    if members.iter().any(|it| known.iter().any(|other| name_is(it.name)(&other))) {
                        *part = object_with(Vec::new());
                    } else {
                        known.extend(members.iter().cloned());
                    }
                }
                _ => *part = object_with(Vec::new()),
            }
        }
    }

    /// The members of a later component.
    fn members(self, component: usize) -> &'a [Member] {
        match &self.later[component - self.own - 1].shape {
            Shape::Object(object) => &object.members,
            _ => &[],
        }
    }
}

/// Takes away what a union is left without on purpose, so that no alternative here is told from another
///
/// - by a limit or a format alone: neither is enforced (ARCHITECTURE.md, "Non-goals"), so of several whole numbers with limits
///   or texts with formats, the first takes all;
/// - as a text beside nothing but listed texts: `anyOf: [{enum: […]}, {type: string}]` is how some say that a list may grow,
///   and becomes an enum whose `Unknown` is the other alternative.
fn without_limits(alternatives: &mut Vec<Schema>) {
    let of_scalars: [(IsSo, IsSo); 2] = [(is_number, is_limited), (is_text, is_formatted)];
    for (may_be, is_limited) in of_scalars {
        if alternatives.iter().any(|it| any(it, is_limited)) {
            let mut seen = false;
            alternatives.retain(|it| !any(it, may_be) || !std::mem::replace(&mut seen, true));
        }
    }
    let is_open = |it: &Schema| matches!(it.shape, Shape::Text(_));
    let is_listed = |it: &Schema| !any(it, |it| !is_listed(it));
    if alternatives.iter().all(|it| is_open(it) || is_listed(it))
        && alternatives.iter().any(is_listed)
    {
        alternatives.retain(is_listed);
    }
}

/// A quality of shapes.
type IsSo = fn(&Shape) -> bool;

/// Whether a schema, or any alternative of it, has a quality.
fn any(schema: &Schema, is_so: IsSo) -> bool {
    match &schema.shape {
        Shape::Union { alternatives, .. } => alternatives.iter().any(|it| any(it, is_so)),
        shape => is_so(shape),
    }
}

fn is_number(shape: &Shape) -> bool {
    match shape {
        Shape::Integer(_) | Shape::Number(_) => true,
        Shape::Mixed(types) => types.contains(&"integer"),
        _ => false,
    }
}

fn is_limited(shape: &Shape) -> bool {
    matches!(shape, Shape::Integer(whole) if whole.least.or(whole.most.map(|_| 0)).is_some())
}

fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text(_) => true,
        Shape::Mixed(types) => types.contains(&"string"),
        shape => is_listed(shape),
    }
}

fn is_listed(shape: &Shape) -> bool {
    match shape {
        Shape::Enum(values) => values.iter().all(Json::is_string),
        Shape::Constant(value) => value.is_string(),
        _ => false,
    }
}

fn is_formatted(shape: &Shape) -> bool {
    matches!(shape, Shape::Text(Some(_)))
}
