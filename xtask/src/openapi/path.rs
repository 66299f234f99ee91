//! Path templates (OpenAPI 3.2.0, section 4.8.2).

/// Returns a template with the names of its parameters erased: `/teams/{team_id}` and `/teams/{id}` are one path.
pub(crate) fn erased(path: &str) -> String {
    let mut erased = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        erased.push_str(before);
        erased.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    erased + rest
}

/// Returns the names in braces, in order.
pub(crate) fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_are_told_apart_from_the_path() {
        assert_eq!(erased("/a/{b}/c{d}"), "/a/{}/c{}");
        assert_eq!(erased("/a/{b"), "/a/{}");
        assert_eq!(parameters("/a/{b}/{c}").collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(parameters("/a/{b").count(), 0);
    }
}
