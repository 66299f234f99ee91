//! Names for types that several places have in common: what the names have in common that the places would give them.

use super::{inner_name, type_name};

/// Words that say where a type stands, and nothing of what it is.
const PLACES: &[&str] = &["Body", "Item", "Object", "Response", "Value"];

/// Words that say what is done, and not to what.
const VERBS: &[&str] = &[
    "Add", "Create", "Delete", "Get", "List", "Patch", "Post", "Put", "Remove", "Search", "Set",
    "Update",
];

/// Words that are left over from what is before them.
const RESTS: &[&str] = &["A", "All", "An", "Id", "The"];

/// Words that go on from what is before them.
const LINKS: &[&str] = &["And", "By", "For", "From", "In", "Of", "On", "Or", "To", "With"];

/// How many words that all names begin with still say more than they cost.
const BEGINNING: usize = 3;

/// The name of bodies that say why a call failed, whatever the call.
const FAILURE: &str = "ErrorBody";

/// Returns names in upper camel case that would fit what all of these name, the best first. Where they have no more in
/// common than the place in which they stand, the members say what it is, unless they are many.
pub fn shared_names(names: &[String], members: &[&str], failures: bool) -> Vec<String> {
    let split: Vec<Vec<&str>> = names.iter().map(|it| words(it)).collect();
    let Some((first, others)) = split.split_first() else { return Vec::new() };
    let others = || others.iter();
    let end = others().map(|it| common(first.iter().rev(), it.iter().rev())).min();
    let all_end = first.get(first.len() - end.unwrap_or(0)..).unwrap_or_default();
    let end = without_place(all_end);
    if end.is_empty() || failures && end == ["Error"] {
        let place = if failures { Some("Body") } else { all_end.last().copied() };
        let place = place.filter(|it| PLACES.contains(it) && (1..=2).contains(&members.len()));
        let by_members = place.map(|it| inner_name(&members.join(" and "), it));
        return failures.then(|| FAILURE.to_owned()).into_iter().chain(by_members).collect();
    }
    let end_name = type_name(&end.concat());
    let beginning = others().map(|it| common(first.iter(), it.iter())).min().unwrap_or(0);
    let mut beginning = first.get(..beginning).unwrap_or_default();
    while let [verb, rest @ ..] = beginning
        && VERBS.contains(verb)
    {
        beginning = rest;
    }
    match (1..=BEGINNING).contains(&beginning.len()) && !end.starts_with(beginning) {
        true => vec![type_name(&format!("{}{end_name}", beginning.concat())), end_name],
        false => vec![end_name],
    }
}

/// How many items are the same from the start.
fn common<'a>(
    one: impl Iterator<Item = &'a &'a str>,
    other: impl Iterator<Item = &'a &'a str>,
) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// The words without those in front that only say where the type stands. Nothing, if nothing else is left.
fn without_place<'a>(mut words: &'a [&'a str]) -> &'a [&'a str] {
    if words.iter().all(|it| PLACES.contains(it)) {
        return &[];
    }
    while let [first, rest @ ..] = words {
        match (*first, rest.first()) {
            (place, Some(_)) if PLACES.contains(&place) => words = rest,
            (left, Some(_)) if RESTS.contains(&left) => words = rest,
            ("Error", Some(&"Error")) => words = rest,
            (link, _) if LINKS.contains(&link) => return &[],
            _ => break,
        }
    }
    words
}

/// The words of a name in upper camel case.
fn words(name: &str) -> Vec<&str> {
    let starts = name.char_indices().filter(|(_, it)| it.is_ascii_uppercase()).map(|(at, _)| at);
    let mut starts: Vec<usize> = starts.filter(|it| *it > 0).collect();
    starts.push(name.len());
    let mut from = 0;
    let words = starts.into_iter().filter_map(|to| {
        let word = name.get(from..to);
        from = to;
        word
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::shared_names;

    fn shared(names: &[&str], failures: bool) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
        shared_names(&names, &["id", "name"], failures)
    }

    #[test]
    fn a_name_is_what_all_names_end_with() {
        let names = ["GetInvoicesLinesMetadata", "PostAccountsBodyMetadata"];
        assert_eq!(shared(&names, false), ["Metadata"]);
        assert_eq!(shared(&["CreateTeamBodyRole", "UpdateTeamBodyRole"], false), ["TeamBodyRole"]);
        assert_eq!(shared(&["AItemFfItem", "BFfItem"], false), ["FfItem"]);
    }

    #[test]
    fn words_that_only_say_where_it_stands_are_no_name() {
        assert_eq!(shared(&["AddTagResponse", "DropTeamResponse"], false), ["IdAndNameResponse"]);
        assert_eq!(shared(&["AddTagResponse", "DropTeamBody"], false), Vec::<String>::new());
        assert_eq!(shared(&["ListResponseData", "GetResponseData"], false), ["Data"]);
        assert_eq!(
            shared(&["GetNotFoundOrGone", "PutConflictOrGone"], false),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_fails_for_the_same_reason_is_the_body_of_an_error() {
        let names = ["ErrorBody", "IdAndNameBody"];
        assert_eq!(shared(&["GetTeamError", "PutRoleError"], true), names);
        assert_eq!(shared(&["GetTeamNotFound", "PutRoleError"], true), names);
        assert_eq!(
            shared(&["GetTeamErrorErrorCode", "PutRoleErrorErrorCode"], false),
            ["ErrorCode"]
        );
    }

    #[test]
    fn what_they_begin_with_tells_whose_it_is() {
        assert_eq!(shared(&["TeamStatus", "TeamPatchStatus"], false), ["TeamStatus", "Status"]);
        assert_eq!(shared(&["GetTeamRole", "GetInviteRole"], false), ["Role"]);
        assert_eq!(shared(&["CueCueKind", "CuePutCueKind"], false), ["CueKind"]);
        assert_eq!(shared(&["GetTeamsTeamIdRole", "GetTeamIdRole"], false), ["TeamIdRole"]);
    }
}
