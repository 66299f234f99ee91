//! What a misspelt name most likely stands for.

/// What has more characters is no misspelt name.
const LONGEST: usize = 200;

/// For how many names of one kind the nearest is looked for: where more are wrong, it is not for their letters.
pub(crate) const LOOKED_FOR: usize = 20;

/// The candidate that a misspelt name most likely stands for.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    nearest_few(name, candidates, 1).first().copied()
}

/// The candidates that a misspelt name may stand for, the likeliest first.
pub(crate) fn nearest_few<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let length = name.chars().count();
    if length > LONGEST {
        return Vec::new();
    }
    let bound = length.div_ceil(3);
    let mut near: Vec<_> = candidates
        .into_iter()
        // The distance is at least the difference, and costs the product.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= bound)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= bound)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, candidate)| candidate).take(most).collect()
}

/// Returns names as they stand in a sentence that offers them: "`a`, `b` or `c`".
pub(crate) fn offered(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_comes_first_and_what_is_far_does_not_come() {
        let names = ["bad-rename", "unused-rename", "renamed", "bad-range"];
        assert_eq!(nearest("bad-renme", names), Some("bad-rename"));
        assert_eq!(nearest_few("bad-renge", names, 3), ["bad-range", "bad-rename"]);
        assert_eq!(nearest("x", names), None);
        assert_eq!(nearest(&"bad-rename".repeat(1000), names), None);
        assert_eq!(offered(&names[..2]), "`bad-rename` or `unused-rename`");
    }
}
