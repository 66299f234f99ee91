//! Names in Rust for what vendors name: legal, in Rust's case, and one for each thing.
//!
//! A name depends on the vendor's name and on what stands beside it, never on an unrelated part of the
//! document, so that a change elsewhere renames nothing.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Words that cannot be a name, or could only be one behind `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types, traits and variants that generated code names without a path.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Methods that a struct's own setters would hide.
const METHODS: &[&str] = &["clone", "eq", "into", "new"];

/// The names of one scope, each given out once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    used: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub fn with(taken: &[&str]) -> Self {
        Self { used: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Gives out the wanted name, or it with the first number from 2 on that makes it free.
    pub fn claim(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !self.used.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }

    /// Whether a name is given out.
    pub fn has(&self, name: &str) -> bool {
        self.used.contains(name)
    }
}

/// The name of a type: `HTTPValidationError` becomes `HttpValidationError`.
pub fn type_name(name: &str) -> String {
    let name = words(name);
    match name.as_str() {
        "" => "Schema".to_owned(),
        "Self" => "SelfModel".to_owned(),
        name if PRELUDE.contains(&name) => format!("{name}Model"),
        name if name.starts_with(|it: char| it.is_ascii_digit()) => format!("Model{name}"),
        name => name.to_owned(),
    }
}

/// The name of a type that stands inside another, such as the one of a property.
pub fn inner_name(outer: &str, part: &str) -> String {
    type_name(&format!("{outer}{}", words(part)))
}

/// Upper camel case that stays as it is when it is put into upper camel case again, as progenitor does.
fn words(name: &str) -> String {
    let mut name: String =
        spelled(name).to_upper_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    // Each round only lowers letters, so this ends.
    loop {
        let again = name.to_upper_camel_case();
        if again == name {
            return name;
        }
        name = again;
    }
}

/// The name of a variant: `team_lead` becomes `TeamLead`, `<=` becomes `LessThanOrEqual`.
pub fn variant_name(name: &str) -> String {
    match legal(spelled(name).to_upper_camel_case(), "Empty").as_str() {
        // The variant for what the vendor adds later has this name.
        "Unknown" => "UnknownValue".to_owned(),
        name => name.to_owned(),
    }
}

/// The name of a property, an argument or a setter: `userId` becomes `user_id`, `type` becomes `type_`.
pub fn value_name(name: &str) -> String {
    let name = legal(spelled(name).to_snake_case(), "field");
    match METHODS.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// A title that names something, such as `CreateInviteParams`, rather than describing it.
pub fn title_as_name(title: &str) -> Option<&str> {
    let mut characters = title.chars();
    let names = characters.next().is_some_and(|first| first.is_ascii_uppercase())
        && characters.clone().all(|it| it.is_ascii_alphanumeric() || it == '_')
        && characters.any(|it| it.is_ascii_lowercase());
    // One capitalised word, such as `Role` or `Data`, is as likely a heading for people.
    (names && title.chars().filter(char::is_ascii_uppercase).count() > 1).then_some(title)
}

/// Makes a name of ours legal where it would not be.
fn legal(name: String, if_empty: &str) -> String {
    let name: String = name.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '_').collect();
    match name.chars().next() {
        None => if_empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Puts words in place of signs that are all there is to a name, or that set it off from its neighbour.
fn spelled(name: &str) -> String {
    if name.chars().any(|it| it.is_ascii_alphanumeric()) {
        return match name.split_at_checked(1) {
            Some(("-", rest)) => format!("minus {rest}"),
            Some(("+", rest)) => format!("plus {rest}"),
            _ => name.to_owned(),
        };
    }
    let words = match name {
        "=" | "==" => "equal",
        "!=" | "<>" => "not equal",
        "<" => "less than",
        "<=" => "less than or equal",
        ">" => "greater than",
        ">=" => "greater than or equal",
        _ => return name.chars().filter_map(sign).collect::<Vec<_>>().join(" "),
    };
    words.to_owned()
}

fn sign(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "asterisk",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '!' => "not",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '~' => "tilde",
        '^' => "caret",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' => "quote",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_in_upper_camel_case_and_shadow_nothing() {
        assert_eq!(type_name("HTTPValidationError"), "HttpValidationError");
        assert_eq!(type_name("create_invite.params"), "CreateInviteParams");
        assert_eq!(type_name("Result"), "ResultModel");
        assert_eq!(type_name("2fa"), "Model2fa");
        assert_eq!(type_name("CN8InIntrastat"), "Cn8InIntrastat");
        assert_eq!(inner_name("Links", "self"), "LinksSelf");
        assert_eq!(type_name("\u{202e}"), "Schema");
    }

    #[test]
    fn values_are_in_snake_case_and_no_keywords() {
        assert_eq!(value_name("userId"), "user_id");
        assert_eq!(value_name("type"), "type_");
        assert_eq!(value_name("X-Request-ID"), "x_request_id");
        assert_eq!(value_name("new"), "new_");
        assert_eq!(value_name(""), "field");
    }

    #[test]
    fn signs_get_words() {
        assert_eq!(variant_name("<="), "LessThanOrEqual");
        assert_eq!(variant_name("-created_at"), "MinusCreatedAt");
        assert_eq!(variant_name("unknown"), "UnknownValue");
        assert_eq!(variant_name("self"), "Self_");
    }

    #[test]
    fn a_scope_numbers_what_comes_again() {
        let mut scope = Scope::with(&["Invite"]);
        assert_eq!(scope.claim("Invite"), "Invite2");
        assert_eq!(scope.claim("Invite"), "Invite3");
        assert_eq!(scope.claim("Role"), "Role");
    }

    #[test]
    fn a_title_names_a_type_when_it_looks_like_one() {
        assert_eq!(title_as_name("CreateInviteParams"), Some("CreateInviteParams"));
        assert_eq!(title_as_name("Team Id"), None);
        assert_eq!(title_as_name("Role"), None);
        assert_eq!(title_as_name("URL"), None);
    }
}
