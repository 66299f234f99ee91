//! Names in Rust for what vendors name: legal, in Rust's case, and one for each thing.
//!
//! A name depends on the vendor's name and on what stands beside it, never on an unrelated part of the
//! document, so that a change elsewhere renames nothing.

mod place;
mod shared;
mod variants;

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::short::{LONGEST, short};

pub use place::place_name;
pub use shared::shared_names;
pub use variants::variant_names;

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
    "BinderyDate",
    "BinderyDateTime",
    "BinderyNumber",
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
const METHODS: &[&str] = &["clone", "default", "eq", "into", "new"];

/// Methods of the client that an operation's name would clash with.
const CLIENT: &[&str] = &["builder", "from_env", "request", "with_credential", "with_credentials"];

/// Modules and crates that the code beside a module of operations names, and files that not every system
/// can have.
const MODULES: &[&str] = &[
    "aux",
    "chrono",
    "con",
    "core",
    "mock",
    "nul",
    "operations",
    "prn",
    "runtime",
    "serde_json",
    "std",
    "types",
    "uuid",
];

/// The names of one scope, each given out once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The names that things have of themselves, each with the number to try next for another such thing.
    claimed: BTreeMap<String, usize>,
    /// The names that things have in the end, each with the rename that gave it.
    given: BTreeMap<String, Option<usize>>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub fn with(taken: &[&str]) -> Self {
        let mut scope = Self::default();
        for name in taken {
            scope.claim(name);
        }
        scope
    }

    /// Gives out the wanted name, or it with the first number from 2 on that makes it free.
    pub fn claim(&mut self, wanted: &str) -> String {
        let name = self.number(wanted);
        self.given.insert(name.clone(), None);
        name
    }

    /// The same for a name that may yet be renamed: [`Scope::give`] has the last word.
    pub fn number(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.claimed.contains_key(&name) {
            let number = self.claimed.entry(wanted.to_owned()).or_insert(2);
            // A name that would be a keyword ends in `_`, which another ending makes needless.
            let stem = wanted.strip_suffix('_').filter(|it| !it.is_empty()).unwrap_or(wanted);
            name = format!("{stem}{number}");
            *number += 1;
        }
        self.claimed.insert(name.clone(), 2);
        name
    }

    /// Whether nothing has or wants a name.
    pub fn is_free(&self, name: &str) -> bool {
        !self.claimed.contains_key(name) && !self.given.contains_key(name)
    }

    /// Whether a rename gave a name.
    pub fn is_renamed(&self, name: &str) -> bool {
        self.given.get(name).is_some_and(Option::is_some)
    }

    /// Gives out a name as it is. If it is taken, the error is the rename that took it, if there is one.
    pub fn give(&mut self, name: &str, rename: Option<usize>) -> Result<(), Option<usize>> {
        match self.given.get(name) {
            Some(taken) => Err(*taken),
            None => {
                self.given.insert(name.to_owned(), rename);
                Ok(())
            }
        }
    }
}

/// The most bytes of a type's name: rustdoc calls a file `struct.<name>.html`, and file systems take 255.
const LONGEST_TYPE: usize = 200;

/// The name of a type: `HTTPValidationError` becomes `HttpValidationError`.
pub fn type_name(name: &str) -> String {
    let name = words(name);
    let name =
        if name.len() > LONGEST_TYPE { words(&short(name, 'X', LONGEST_TYPE)) } else { name };
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
    let mut name = ascii(&spelled(name).to_upper_camel_case());
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
    match legal(words(name), "Empty").as_str() {
        // The variant for what the vendor adds later has this name.
        "Unknown" => "UnknownValue".to_owned(),
        name => name.to_owned(),
    }
}

/// The name of a property, an argument or a setter: `userId` becomes `user_id`, `type` becomes `type_`.
pub fn value_name(name: &str) -> String {
    let name = spelled(name).to_snake_case();
    let words = name.split('_').map(ascii).filter(|it| !it.is_empty());
    let name = words.collect::<Vec<_>>().join("_");
    match name.chars().all(|it| it == '_' || it.is_ascii_digit()) {
        true if !name.is_empty() => format!("field_{name}"),
        _ => beside(legal(name, "field"), METHODS),
    }
}

/// The name of an operation: as that of a value, but none that the client has for itself.
pub fn method_name(name: &str) -> String {
    beside(value_name(name), CLIENT)
}

/// The name of the module that a tag's operations stand in.
pub fn module_name(tag: &str) -> String {
    let name = beside(value_name(tag), MODULES);
    // Windows has numbered devices, too.
    let number = ["com", "lpt"].iter().find_map(|device| name.strip_prefix(device));
    let is_device = number.is_some_and(|it| it.len() == 1 && it.parse::<u8>().is_ok());
    // It is also the name of a file.
    short(if is_device { format!("{name}_") } else { name }, '_', LONGEST)
}

fn beside(name: String, taken: &[&str]) -> String {
    match taken.contains(&name.as_str()) {
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

fn ascii(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Makes a name of ours legal where it would not be.
fn legal(name: String, if_empty: &str) -> String {
    match name.chars().next() {
        None => if_empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Puts words in place of signs that are all there is to a name, or that set it off from its neighbour.
fn spelled(name: &str) -> String {
    // Letters of other scripts are written in Latin ones: names that cannot be told apart are none.
    let name = any_ascii::any_ascii(name);
    let name = name.as_str();
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
mod tests;
