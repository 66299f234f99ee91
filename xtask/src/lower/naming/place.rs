//! Names for schemas that references lead to and that are no components: what stands on the way to them.

use crate::node::{percent_decoded, pointer_name};

use super::{inner_name, type_name};

/// Keywords after which a name of the vendor's comes.
const NAMED: &[&str] = &[
    "$defs",
    "definitions",
    "headers",
    "parameters",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
];

/// How many of the names on the way are enough to know a place.
const ENOUGH: usize = 2;

/// Returns a name in upper camel case for what stands at a pointer: that of a property with that of what has it, of a
/// component, or of the call.
pub fn place_name(pointer: &str) -> String {
    let segments = pointer.split('/').skip(1).map(|it| pointer_name(&percent_decoded(it)));
    let segments: Vec<String> = segments.collect();
    let mut names: Vec<String> = Vec::new();
    let mut before = "";
    for (at, segment) in segments.iter().enumerate() {
        let is_number = segment.bytes().all(|it| it.is_ascii_digit());
        match before {
            "paths" => names.push(segment.replace('/', " ")),
            it if NAMED.contains(&it) && !is_number => names.push(segment.clone()),
            _ if segment == "items" && at > 0 => names.push("Item".to_owned()),
            _ => {
                before = segment;
                continue;
            }
        }
        // What comes after a name is a keyword, whatever it looks like.
        before = "";
    }
    let from = names.len().saturating_sub(ENOUGH);
    let names = names.get(from..).unwrap_or_default();
    match names {
        [] => type_name(segments.last().map_or("", String::as_str)),
        [first, rest @ ..] => rest.iter().fold(type_name(first), |name, it| inner_name(&name, it)),
    }
}

#[cfg(test)]
mod tests {
    use super::place_name;

    #[test]
    fn a_place_is_called_by_what_stands_on_the_way() {
        let of = |name: &str| place_name(&format!("#/{name}"));
        assert_eq!(of("components/schemas/team"), "Team");
        assert_eq!(of("components/schemas/team/properties/properties"), "TeamProperties");
        assert_eq!(
            of("components/responses/notFound/content/application~1json/schema"),
            "NotFound"
        );
        let call = "paths/~1teams~1{id}/get/responses/200/content/application~1json/schema";
        assert_eq!(of(call), "TeamsId");
        assert_eq!(of(&format!("{call}/properties/data/items")), "DataItem");
        assert_eq!(of(&format!("{call}/oneOf/1")), "TeamsId");
        assert_eq!(of("0"), "Model0");
    }
}
