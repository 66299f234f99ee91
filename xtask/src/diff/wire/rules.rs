//! The rules: what a change is called, and what it does to calls.
//!
//! A schema that takes fewer values than before is tightened. In a request that breaks callers; in a response
//! they only get less than they were ready for. Loosening is the other way round. So the name of a rule and
//! its verdict follow from where a schema is used and what happened to it; the tables hold the exceptions.

use super::super::change::Wire;

/// Who writes what a schema describes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Direction {
    /// The caller.
    Request,
    /// The vendor.
    Response,
    /// Nobody that is known: a component that no operation uses.
    Unused,
}

/// What a schema describes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Site {
    Body,
    Property,
    Parameter,
    ParameterProperty,
    Header,
}

/// What happened to the values that a schema takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effect {
    /// There are fewer.
    Tightened,
    /// There are more.
    Loosened,
    /// There are others.
    Changed,
    /// It may have done something to them, and somebody has to look.
    Unclear,
    /// Nothing.
    Told,
}

/// How a schema is used.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Context {
    pub(super) direction: Direction,
    pub(super) site: Site,
    /// A part of an `allOf`, whose properties are compared with those of the whole.
    pub(super) part: bool,
    /// Read-only in a request, write-only in a response: not to be there at all.
    pub(super) hidden: bool,
    /// Below `not` or `if`, where to tighten may be to loosen.
    pub(super) unclear: bool,
    /// Written as text rather than as JSON, in which every value is a string as well.
    pub(super) text: bool,
}

impl Direction {
    /// A callback or webhook is called by the vendor.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
            Self::Unused => Self::Unused,
        }
    }

    /// What the effect does to calls, before exceptions.
    pub(super) fn judge(self, effect: Effect) -> Wire {
        match (self, effect) {
            (Self::Unused, _) | (_, Effect::Told) => Wire::None,
            (_, Effect::Unclear) => Wire::Review,
            (_, Effect::Changed) => Wire::Breaking,
            (Self::Request, Effect::Tightened) | (Self::Response, Effect::Loosened) => {
                Wire::Breaking
            }
            (Self::Request, Effect::Loosened) => Wire::Additive,
            (Self::Response, Effect::Tightened) => Wire::None,
        }
    }

    /// Where it is, for a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Request => " in requests",
            Self::Response => " in responses",
            Self::Unused => "",
        }
    }
}

impl Context {
    pub(super) fn new(direction: Direction, site: Site) -> Self {
        Self { direction, site, part: false, hidden: false, unclear: false, text: false }
    }

    /// The context of a property, an item or an alternative.
    pub(super) fn below(self) -> Self {
        let site = match self.site {
            Site::Body => Site::Property,
            other => other,
        };
        Self { site, part: false, ..self }
    }

    /// The context of a property.
    pub(super) fn property(self) -> Self {
        match self.site {
            Site::Parameter => Self { site: Site::ParameterProperty, part: false, ..self },
            _ => self.below(),
        }
    }

    /// The beginning of a rule's name.
    pub(super) fn prefix(self) -> &'static str {
        match (self.direction, self.site) {
            (Direction::Unused, _) => "schema",
            (Direction::Request, Site::Body) => "request-body",
            (Direction::Request, Site::Property) => "request-property",
            (Direction::Request, Site::Parameter) => "request-parameter",
            (Direction::Request, Site::ParameterProperty) => "request-parameter-property",
            (Direction::Request, Site::Header) => "request-header",
            (Direction::Response, Site::Body) => "response-body",
            (Direction::Response, Site::Property) => "response-property",
            (Direction::Response, Site::Parameter) => "response-parameter",
            (Direction::Response, Site::ParameterProperty) => "response-parameter-property",
            (Direction::Response, Site::Header) => "response-header",
        }
    }

    /// The rule for something that happened to a schema, and its verdict.
    pub(super) fn rule(self, stem: &str, effect: Effect) -> (String, Wire) {
        let id = format!("{}-{stem}", self.prefix());
        let exception = EXCEPTIONS.iter().find(|(direction, exception, _)| {
            *direction == self.direction && (*exception == stem || *exception == id)
        });
        let wire = exception.map_or_else(|| self.direction.judge(effect), |(_, _, wire)| *wire);
        let id = IRREGULAR
            .iter()
            .find(|(regular, _)| *regular == id)
            .map_or(id, |(_, it)| (*it).to_owned());
        let wire = if self.unclear && wire != Wire::None { Wire::Review } else { wire };
        self.hide(id, stem, wire)
    }

    /// What is not to be sent at all cannot break much. Callers who send back what they got may still be
    /// refused, so what was breaking is for review.
    fn hide(self, id: String, stem: &str, wire: Wire) -> (String, Wire) {
        if !self.hidden {
            return (id, wire);
        }
        let named = |word: &str| id.replacen("-property", &format!("-{word}-property"), 1);
        match self.direction {
            Direction::Request if READ_ONLY.contains(&stem) => (named("read-only"), Wire::None),
            Direction::Request => (id, wire.min(Wire::Review)),
            Direction::Response if WRITE_ONLY.contains(&stem) => (named("write-only"), Wire::None),
            _ => (id, Wire::None),
        }
    }
}

/// What has a name of its own on read-only properties of requests.
const READ_ONLY: [&str; 6] = [
    "enum-value-removed",
    "max-decreased",
    "exclusive-max-decreased",
    "max-length-decreased",
    "min-increased",
    "exclusive-min-increased",
];

/// What has a name of its own on write-only properties of responses.
const WRITE_ONLY: [&str; 3] = ["enum-value-added", "became-optional", "became-required"];

/// Names that do not follow from the place.
const IRREGULAR: [(&str, &str); 1] =
    [("response-body-enum-value-removed", "response-mediatype-enum-value-removed")];

use Direction::{Request, Response};

/// Verdicts that do not follow from the effect, by stem or by the whole name.
const EXCEPTIONS: [(Direction, &str, Wire); 45] = [
    // A bound where none was is mostly one that was always there and is documented now.
    (Request, "max-set", Wire::Review),
    (Request, "min-set", Wire::Review),
    (Request, "exclusive-max-set", Wire::Review),
    (Request, "exclusive-min-set", Wire::Review),
    (Request, "max-length-set", Wire::Review),
    (Request, "min-length-set", Wire::Review),
    (Request, "max-items-set", Wire::Review),
    (Request, "min-items-set", Wire::Review),
    (Request, "max-properties-set", Wire::Review),
    (Request, "min-properties-set", Wire::Review),
    (Request, "max-contains-set", Wire::Review),
    (Request, "min-contains-set", Wire::Review),
    (Request, "multiple-of-added", Wire::Review),
    (Request, "format-added", Wire::Review),
    (Request, "items-added", Wire::Review),
    (Request, "additional-properties-narrowed", Wire::Review),
    // Whether one pattern takes what the other takes, nobody can tell in general.
    (Request, "pattern-changed", Wire::Review),
    // Readers seldom check what they are given.
    (Response, "pattern-changed", Wire::None),
    (Response, "pattern-removed", Wire::None),
    (Response, "multiple-of-removed", Wire::Review),
    (Response, "multiple-of-changed", Wire::Review),
    (Response, "unique-items-removed", Wire::Review),
    (Response, "items-removed", Wire::Review),
    (Response, "format-removed", Wire::Review),
    (Response, "additional-properties-opened", Wire::Additive),
    (Response, "additional-properties-widened", Wire::Review),
    // Clients are to be ready for values that they do not know.
    (Response, "enum-value-added", Wire::Review),
    (Response, "enum-removed", Wire::Review),
    // A default of a body is what the vendor assumes; one of a parameter decides what callers get.
    (Request, "request-parameter-default-value-added", Wire::Breaking),
    (Request, "request-parameter-default-value-removed", Wire::Breaking),
    (Request, "request-parameter-default-value-changed", Wire::Breaking),
    (Request, "default-value-changed", Wire::Review),
    // What a part of an `allOf` adds to an object is compared property by property.
    (Request, "all-of-removed", Wire::Review),
    (Response, "all-of-removed", Wire::Review),
    // The first items of an array are described, instead of all of them alike: narrower or wider.
    (Request, "prefix-items-added", Wire::Review),
    (Request, "prefix-items-removed", Wire::Review),
    (Response, "prefix-items-added", Wire::Review),
    (Response, "prefix-items-removed", Wire::Review),
    // Alternatives are told apart by it, but they still are what they are.
    (Request, "discriminator-added", Wire::Review),
    (Response, "discriminator-added", Wire::None),
    (Request, "discriminator-removed", Wire::None),
    (Response, "discriminator-removed", Wire::Review),
    (Response, "discriminator-mapping-added", Wire::Additive),
    (Response, "discriminator-mapping-deleted", Wire::None),
    (Request, "discriminator-mapping-deleted", Wire::Review),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_follow_from_the_direction() {
        let request = Context::new(Request, Site::Property);
        let response = Context::new(Response, Site::Body);
        let rule = |context: Context, stem: &str, effect| context.rule(stem, effect);
        assert_eq!(
            rule(request, "max-decreased", Effect::Tightened),
            ("request-property-max-decreased".to_owned(), Wire::Breaking)
        );
        assert_eq!(
            rule(response, "max-increased", Effect::Loosened),
            ("response-body-max-increased".to_owned(), Wire::Breaking)
        );
        assert_eq!(rule(request, "max-set", Effect::Tightened).1, Wire::Review);
        assert_eq!(rule(response, "max-set", Effect::Tightened).1, Wire::None);
    }

    #[test]
    fn what_is_not_to_be_sent_cannot_break() {
        let hidden = Context { hidden: true, ..Context::new(Request, Site::Property) };
        assert_eq!(
            hidden.rule("max-decreased", Effect::Tightened),
            ("request-read-only-property-max-decreased".to_owned(), Wire::None)
        );
        assert_eq!(hidden.rule("pattern-added", Effect::Tightened).1, Wire::Review);
        let hidden = Context { direction: Response, ..hidden };
        assert_eq!(
            hidden.rule("enum-value-added", Effect::Loosened),
            ("response-write-only-property-enum-value-added".to_owned(), Wire::None)
        );
    }

    #[test]
    fn below_a_negation_somebody_has_to_look() {
        let unclear = Context { unclear: true, ..Context::new(Request, Site::Property) };
        assert_eq!(unclear.rule("min-increased", Effect::Tightened).1, Wire::Review);
    }
}
