//! What a page leaves no doubt about: one list of objects, and one of the things that lead on from it.
//!
//! What is taken for a list of pages and is none gives a client that repeats itself or stops too soon, so a
//! name alone is not enough wherever it has two meanings.

use crate::lower::product::Type;
use crate::node::{Node, Value};
use crate::plan::Parameter;
use crate::plan::paging::{From, Next, Paging, Way};

use super::body::{Answer, Leaf, is_whole, takes};
use super::names::{self, ends_in, fold, is_one, speaks_of};

/// How the list of an operation goes on, if that is certain. Only what reads is asked again by itself.
pub(super) fn paging(answer: &Answer<'_>) -> Option<Paging> {
    if answer.operation.method != "GET" {
        return None;
    }
    let leaves = answer.leaves();
    let (items, item) = list(answer, &leaves)?;
    let ways_on: [&dyn Fn() -> Option<Next>; 8] = [
        &|| cursor(answer, &leaves),
        &|| url(&leaves),
        &|| after_item(answer, &leaves, item),
        &|| link(answer, items.is_empty()),
        &|| page(answer, &leaves),
        &|| offset(answer, &leaves),
        &|| page_until_empty(answer),
        &|| offset_until_empty(answer),
    ];
    let next = ways_on.iter().find_map(|it| it())?;
    Some(Paging { items, next })
}

/// The way to the only list of objects, and what it is of: the body itself, one of its properties, or one of
/// those of an envelope in it.
fn list<'a>(answer: &Answer<'a>, leaves: &[Leaf<'a>]) -> Option<(Way, &'a Type)> {
    if let Some(item) = answer.item_of(answer.body) {
        return Some((Way::default(), item));
    }
    let lists: Vec<(&Leaf<'_>, &Type)> = leaves
        .iter()
        .filter(|it| in_envelopes(&it.way) && !is_one(&it.property.wire, names::COMPANIONS))
        .filter_map(|it| Some((it, answer.item_of(it.ty)?)))
        .collect();
    let nearest = lists.iter().map(|(it, _)| it.way.0.len()).min()?;
    let mut nearest = lists.iter().filter(|(it, _)| it.way.0.len() == nearest);
    match (nearest.next(), nearest.next()) {
        (Some((leaf, item)), None) if !is_of_something(leaf, leaves) => {
            Some((leaf.way.clone(), item))
        }
        _ => None,
    }
}

/// Whether a list belongs to something that has a name of its own, rather than to a page.
fn is_of_something(list: &Leaf<'_>, leaves: &[Leaf<'_>]) -> bool {
    let mut beside = leaves.iter().filter(|it| place(&it.way) == place(&list.way));
    beside.any(|it| is_one(&it.property.wire, names::IDENTITY))
}

/// Whether all properties that a way goes through hold the rest of the body.
fn in_envelopes(way: &Way) -> bool {
    way.0
        .split_last()
        .is_some_and(|(_, before)| before.iter().all(|it| is_one(&it.wire, names::ENVELOPES)))
}

fn cursor(answer: &Answer<'_>, leaves: &[Leaf<'_>]) -> Option<Next> {
    names::CURSORS.iter().find_map(|known| {
        let here = leaves.iter().filter(|it| ends_in(&it.way, known.property));
        let mut here = here.filter(|it| may_be_cursor(it));
        here.find_map(|leaf| {
            let parameter = named(answer, known.parameters, |it| takes(it, leaf.ty))?;
            let said = [&leaf.property.docs, &parameter.docs];
            let said = said.iter().any(|it| speaks_of(&it.text, names::CURSOR_WORDS));
            let perhaps = is_one(&leaf.property.wire, names::PERHAPS_CURSORS);
            if perhaps && !is_whole(leaf.ty) && !said {
                return None;
            }
            let more = more(leaves, &leaf.way);
            (known.says_more || more.is_some()).then(|| Next::Cursor {
                from: From::Body,
                at: leaf.way.clone(),
                parameter: parameter.name.clone(),
                more,
            })
        })
    })
}

/// Whether a property can be a cursor. A number that is always there says in a way of its own that there is no
/// next page.
fn may_be_cursor(leaf: &Leaf<'_>) -> bool {
    !is_url(leaf) && (leaf.optional || !is_whole(leaf.ty))
}

/// What says whether there is more: beside the cursor, or anywhere.
fn more(leaves: &[Leaf<'_>], cursor: &Way) -> Option<Way> {
    let flags = || {
        let flags = leaves.iter().filter(|it| *it.ty == Type::Boolean);
        flags.filter(|it| is_one(&it.property.wire, names::MORE))
    };
    let beside = |it: &&Leaf<'_>| place(&it.way) == place(cursor);
    flags().find(beside).or_else(|| flags().next()).map(|it| it.way.clone())
}

/// The way to the object that has the property at the end of a way.
fn place(way: &Way) -> &[crate::plan::paging::Step] {
    way.0.split_last().map_or(&[], |(_, before)| before)
}

fn url(leaves: &[Leaf<'_>]) -> Option<Next> {
    let mut texts = leaves.iter().filter(|it| *it.ty == Type::String && it.optional);
    let certain = |leaf: &&Leaf<'_>| {
        names::URLS.iter().any(|it| ends_in(&leaf.way, it))
            || is_one(&leaf.property.wire, names::PERHAPS_URLS)
                && (is_url(leaf)
                    || in_links(&leaf.way)
                    || is_one_of_several(leaf, leaves)
                    || is_of_results(leaf, leaves))
    };
    texts.find(certain).map(|it| Next::Url { at: it.way.clone() })
}

/// Whether the page says of a property that it is a url, or shows one.
fn is_url(leaf: &Leaf<'_>) -> bool {
    let docs = &leaf.property.docs;
    let spoken_of =
        speaks_of(&docs.text, names::URL_WORDS) && !speaks_of(&docs.text, names::CURSOR_WORDS);
    let shown = docs.example.as_ref().and_then(|it| it.as_str()).unwrap_or_default();
    spoken_of
        || matches!(docs.format.as_deref(), Some("uri" | "url" | "uri-reference"))
        || ["https://", "http://", "/"].iter().any(|it| shown.starts_with(it))
}

fn in_links(way: &Way) -> bool {
    place(way).iter().any(|it| is_one(&it.wire, names::LINKS))
}

fn is_one_of_several(next: &Leaf<'_>, leaves: &[Leaf<'_>]) -> bool {
    let same = |it: &&Leaf<'_>| place(&it.way) == place(&next.way) && it.ty == next.ty;
    let beside = leaves.iter().filter(same);
    beside.filter(|it| is_one(&it.property.wire, names::BESIDE_NEXT)).count() >= 2
}

/// Whether it is beside `previous` and a list of `results`, of which one framework makes pages with urls.
fn is_of_results(next: &Leaf<'_>, leaves: &[Leaf<'_>]) -> bool {
    let beside = leaves.iter().filter(|it| place(&it.way) == place(&next.way));
    let has = |name: &str| beside.clone().any(|it| it.property.wire == name);
    next.property.wire == "next" && has("previous") && has("results")
}

/// The next page starts after the last item of this one, which is known by its own name.
fn after_item(answer: &Answer<'_>, leaves: &[Leaf<'_>], item: &Type) -> Option<Next> {
    let more = more(leaves, &Way::default())?;
    let own = answer.properties(item, &Way::default());
    let id = own.iter().find(|it| it.property.wire == names::ITEM_ID && !it.optional)?;
    let parameter = named(answer, names::AFTER_ITEM, |it| takes(it, id.ty))?;
    Some(Next::Cursor {
        from: From::LastItem,
        at: id.way.clone(),
        parameter: parameter.name.clone(),
        more: Some(more),
    })
}

/// A documented `Link` that shows the relation, or that goes with a bare list of numbered pages.
fn link(answer: &Answer<'_>, bare: bool) -> Option<Next> {
    let mut headers = answer.headers("link").peekable();
    headers.peek()?;
    let numbered = bare && named(answer, names::PAGE, |_| true).is_some();
    (numbered || headers.any(|it| shows_next(it.node()))).then_some(Next::Link)
}

/// Whether any text of a header has the relation `next`.
fn shows_next(node: &Node) -> bool {
    match &node.value {
        Value::String(text) => ["rel=\"next\"", "rel=next", "rel='next'"]
            .iter()
            .any(|it| text.to_ascii_lowercase().contains(it)),
        _ => node.members().map(|(_, it)| it).chain(node.items()).any(shows_next),
    }
}

fn page(answer: &Answer<'_>, leaves: &[Leaf<'_>]) -> Option<Next> {
    let parameter = named(answer, names::PAGE, is_whole)?;
    let pages = number(leaves, names::PAGES)?;
    let from_zero = leaves.iter().any(|it| is_one(&it.property.wire, names::FROM_ZERO));
    let first = match (first(answer, parameter), from_zero) {
        (Some(first), _) => first,
        (None, false) if !speaks_of(&parameter.docs.text, names::ZERO_WORDS) => 1,
        _ => return None,
    };
    // The number of the last page is that of pages only if the first has the number 1.
    let counts = first == 1 || !fold(&pages.property.wire).contains("last");
    let (parameter, pages) = (parameter.name.clone(), Some(pages.way.clone()));
    counts.then_some(Next::Page { parameter, first, pages })
}

/// The number of the first page, where the page says it: what is taken without one, or else the least.
fn first(answer: &Answer<'_>, parameter: &Parameter) -> Option<u64> {
    let schema = answer.described(parameter).and_then(|it| it.schema())?;
    let number = |said: Option<&Node>| said.and_then(|it| it.to_json().as_u64());
    number(schema.default()).or_else(|| number(schema.minimum())).filter(|it| *it <= 1)
}

fn offset(answer: &Answer<'_>, leaves: &[Leaf<'_>]) -> Option<Next> {
    let parameter = named(answer, names::OFFSET, is_whole)?;
    named(answer, names::LIMIT, is_whole)?;
    let total = number(leaves, names::TOTAL)?;
    let parameter = parameter_from_zero(answer, parameter)?;
    Some(Next::Offset { parameter: parameter.name.clone(), total: Some(total.way.clone()) })
}

/// Pages that are numbered, of which nobody says how many there are: the first empty one is the end. Where they begin
/// has to be known, since a page would be left out otherwise.
fn page_until_empty(answer: &Answer<'_>) -> Option<Next> {
    let parameter = named(answer, names::PAGE, is_whole)?;
    named(answer, names::LIMIT, is_whole)?;
    let first = first(answer, parameter)?;
    Some(Next::Page { parameter: parameter.name.clone(), first, pages: None })
}

/// Places in a list of which nobody says how long it is.
fn offset_until_empty(answer: &Answer<'_>) -> Option<Next> {
    let parameter = named(answer, names::SKIPPED, is_whole)?;
    named(answer, names::LIMIT, is_whole)?;
    let parameter = parameter_from_zero(answer, parameter)?;
    Some(Next::Offset { parameter: parameter.name.clone(), total: None })
}

/// A parameter that says how many items come before, and not which page or which item it is.
fn parameter_from_zero<'p>(answer: &Answer<'_>, parameter: &'p Parameter) -> Option<&'p Parameter> {
    let text = parameter.docs.text.to_lowercase();
    let is_page = names::PAGE_WORDS.iter().any(|it| text.contains(it));
    let counted_from_one = first(answer, parameter) == Some(1);
    (!is_page && !counted_from_one).then_some(parameter)
}

/// The parameter of one of these names, in the order of the names.
fn named<'a>(
    answer: &Answer<'a>,
    names: &[&str],
    fits: impl Fn(&Type) -> bool,
) -> Option<&'a Parameter> {
    let known = |name: &&str| {
        let mut all = answer.parameters();
        all.find(|(it, ty)| fold(&it.wire) == **name && fits(ty)).map(|(it, _)| it)
    };
    names.iter().find_map(known)
}

/// The nearest whole number of one of these names.
fn number<'l, 'a>(leaves: &'l [Leaf<'a>], names: &[&str]) -> Option<&'l Leaf<'a>> {
    leaves.iter().find(|it| is_whole(it.ty) && is_one(&it.property.wire, names))
}
