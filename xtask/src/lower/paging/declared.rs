//! What `api.toml` says of a list, held against the page: each name must be there, and be what it is said to be.

use crate::config::{NextDecision, PagingDecision, Said};
use crate::finding::{Finding, Kind};
use crate::lower::product::Type;
use crate::plan::paging::{From, Next, Paging, Way};
use crate::plan::{Parameter, Place, Style};

use super::body::{Answer, Leaf, is_whole, takes};

/// How a list goes on by decision.
pub(super) fn paging(
    answer: Option<&Answer<'_>>,
    decision: &PagingDecision,
) -> Result<Option<Paging>, Finding> {
    let Some(answer) = answer else {
        return match decision.next {
            NextDecision::Nothing => Ok(None),
            _ => Err(refused(
                &decision.operation,
                "the operation does not answer with JSON that is the same for each success"
                    .to_owned(),
                "Take the decision out: such an operation has no list.",
            )),
        };
    };
    let items = match &decision.items {
        Some(said) => list(answer, said)?,
        None if matches!(decision.next, NextDecision::Nothing) => Way::default(),
        None if matches!(answer.body, Type::Array(_)) => Way::default(),
        None => {
            let what = "the body is no list".to_owned();
            return Err(refused(&decision.operation, what, "Say in `items` where the list is."));
        }
    };
    Ok(next(answer, &decision.next)?.map(|next| Paging { items, next }))
}

fn next(answer: &Answer<'_>, decision: &NextDecision) -> Result<Option<Next>, Finding> {
    Ok(Some(match decision {
        NextDecision::Nothing => return Ok(None),
        NextDecision::Link => Next::Link,
        NextDecision::Url(at) => {
            Next::Url { at: property(answer, at, |it| *it == Type::String, "text")?.way }
        }
        NextDecision::Cursor { at, parameter, more } => {
            let cursor =
                property(answer, at, |it| takes(&Type::String, it), "text or a whole number")?;
            let fits = |it: &Type| takes(it, cursor.ty);
            let parameter = free(answer, parameter, fits, "what the cursor is")?;
            let more = way_to(answer, more.as_ref(), |it| *it == Type::Boolean, "true or false")?;
            let (at, parameter) = (cursor.way, parameter.name.clone());
            Next::Cursor { from: From::Body, at, parameter, more }
        }
        NextDecision::Page { parameter, last, first } => {
            let parameter = free(answer, parameter, is_whole, "a whole number")?.name.clone();
            let pages = way_to(answer, last.as_ref(), is_whole, "a whole number")?;
            Next::Page { parameter, first: *first, pages }
        }
        NextDecision::Offset { parameter, total } => {
            let parameter = free(answer, parameter, is_whole, "a whole number")?.name.clone();
            let total = way_to(answer, total.as_ref(), is_whole, "a whole number")?;
            Next::Offset { parameter, total }
        }
    }))
}

fn list(answer: &Answer<'_>, said: &Said) -> Result<Way, Finding> {
    property(answer, said, |it| matches!(it, Type::Array(_)), "a list").map(|it| it.way)
}

fn way_to(
    answer: &Answer<'_>,
    said: Option<&Said>,
    fits: impl Fn(&Type) -> bool,
    wanted: &str,
) -> Result<Option<Way>, Finding> {
    said.map(|said| property(answer, said, fits, wanted).map(|it| it.way)).transpose()
}

/// The property that is meant, if it is there and of a type that fits.
fn property<'a>(
    answer: &Answer<'a>,
    said: &Said,
    fits: impl Fn(&Type) -> bool,
    wanted: &str,
) -> Result<Leaf<'a>, Finding> {
    let found = answer.find(answer.body, &said.text);
    let help = "Name a property of the body, by the way to it: `pagination.next`.";
    let leaf = found.map_err(|what| refused(said, what, help))?;
    match fits(leaf.ty) {
        true => Ok(leaf),
        false => Err(refused(said, format!("`{}` is not {wanted}", said.text), help)),
    }
}

/// The query parameter that is meant, if it can be set from page to page.
fn free<'a>(
    answer: &Answer<'a>,
    said: &Said,
    fits: impl Fn(&Type) -> bool,
    wanted: &str,
) -> Result<&'a Parameter, Finding> {
    let help = "Name a query parameter that the operation does not require.";
    let all = || answer.operation.parameters.iter().filter(|it| it.place == Place::Query);
    let Some(parameter) = all().find(|it| it.wire == said.text) else {
        let near = crate::near::nearest(&said.text, all().map(|it| it.wire.as_str()));
        let near = near.map(|it| format!(" (did you mean `{it}`?)")).unwrap_or_default();
        let what = format!("the operation has no query parameter `{}`{near}", said.text);
        return Err(refused(said, what, help));
    };
    let wrong = match answer.type_of(parameter) {
        _ if parameter.required => "is required, so the first page cannot go without it".to_owned(),
        Some(ty) if parameter.style == Style::Plain && fits(ty) => return Ok(parameter),
        _ => format!("does not take {wanted}"),
    };
    Err(refused(said, format!("the parameter `{}` {wrong}", said.text), help))
}

fn refused(said: &Said, what: String, help: &str) -> Finding {
    Finding::error(Kind::BadPagination, what).at(&said.span).help(help)
}
