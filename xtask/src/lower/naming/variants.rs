//! The names of an enum's variants: what tells its values apart tells their names apart, by words.

use std::collections::BTreeMap;

use super::{sign, variant_name};

/// Returns a name for each value. Signs have no place in a name; where two values differ in them alone, or where plus and
/// minus both stand before digits, they become words. Where values differ in the case of letters alone, a word says so.
pub fn variant_names(values: &[String]) -> Vec<String> {
    let mut names: Vec<String> = values.iter().map(|it| variant_name(it)).collect();
    let is_signed = |sign| values.iter().any(|it| before_digit(it, sign));
    let signed = is_signed('+') && is_signed('-');
    for (value, name) in alike(values, &mut names) {
        *name = variant_name(&in_words(value));
    }
    for (value, name) in values.iter().zip(&mut names) {
        if signed && ['+', '-'].into_iter().any(|it| before_digit(value, it)) {
            *name = variant_name(&in_words(value));
        }
    }
    for (value, name) in alike(values, &mut names) {
        let case = case(value);
        if !case.is_empty() {
            *name = format!("{}{case}", name.trim_end_matches('_'));
        }
    }
    names
}

/// The values whose names are those of others as well.
fn alike<'a>(
    values: &'a [String],
    names: &'a mut [String],
) -> impl Iterator<Item = (&'a String, &'a mut String)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    names.iter().for_each(|it| *counts.entry(it.clone()).or_default() += 1);
    let is_alike = move |name: &String| counts.get(name).is_some_and(|it| *it > 1);
    values.iter().zip(names.iter_mut()).filter(move |(_, name)| is_alike(name))
}

/// Whether a sign stands before a digit somewhere.
fn before_digit(value: &str, sign: char) -> bool {
    let next = value.chars().skip(1);
    value.chars().zip(next).any(|(one, next)| one == sign && next.is_ascii_digit())
}

/// A value with words for its signs and spaces.
fn in_words(value: &str) -> String {
    let words = value.chars().map(|it| match (it, sign(it)) {
        (' ', _) => " space ".to_owned(),
        (_, Some(word)) => format!(" {word} "),
        (other, None) => other.to_string(),
    });
    words.collect()
}

/// The word for the case of a value's letters. Lower case is the usual one.
fn case(value: &str) -> &'static str {
    let mut letters = value.chars().filter(|it| it.is_alphabetic());
    let first = letters.clone().next();
    match (letters.clone().any(char::is_lowercase), letters.any(char::is_uppercase)) {
        (false, true) => "Uppercase",
        (true, true) if first.is_some_and(char::is_uppercase) => "Capitalized",
        (true, true) => "MixedCase",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(values: &[&str]) -> Vec<String> {
        variant_names(&values.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn signs_are_words_where_they_tell_values_apart() {
        assert_eq!(named(&["GMT", "GMT-1", "GMT+12"]), ["Gmt", "GmtMinus1", "GmtPlus12"]);
        assert_eq!(named(&["-name", "name"]), ["MinusName", "Name"]);
        assert_eq!(named(&["1.0", "10", "1_0"]), ["_1dot0", "_10", "_1underscore0"]);
        assert_eq!(named(&["a.b", "a-b", "a b"]), ["ADotB", "AMinusB", "ASpaceB"]);
        // One sign alone tells nothing apart.
        assert_eq!(named(&["utf-8", "utf-16", "gpt-4.1"]), ["Utf8", "Utf16", "Gpt41"]);
    }

    #[test]
    fn the_case_of_letters_is_a_word_where_it_tells_values_apart() {
        assert_eq!(named(&["txt", "TXT", "Txt"]), ["Txt", "TxtUppercase", "TxtCapitalized"]);
        assert_eq!(named(&["html", "htmL"]), ["Html", "HtmL"]);
        assert_eq!(
            named(&["Unknown", "unknown", ""]),
            ["UnknownValueCapitalized", "UnknownValue", "Empty"]
        );
        assert_eq!(named(&["TXT", "HTML"]), ["Txt", "Html"]);
        assert_eq!(named(&["self", "Self"]), ["Self_", "SelfCapitalized"]);
    }
}
