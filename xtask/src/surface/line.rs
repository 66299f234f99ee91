//! Syntax in one line, always the same way: a record must not change when a printer's line width does.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The syntax as it is written on one line.
pub(super) fn line(syntax: &impl ToTokens) -> String {
    let mut line = Line::default();
    line.stream(syntax.to_token_stream());
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
    last: Last,
}

/// What stands before the next token.
#[derive(Default, PartialEq)]
enum Last {
    /// Nothing, or something that what follows clings to.
    #[default]
    Tight,
    /// A name, a literal, a closing bracket.
    Word,
    /// Something that a blank follows.
    Loose,
}

/// Punctuation of more than one character.
const JOINED: &[&str] = &["::", "->", "=>", "..=", "..", "=="];

impl Line {
    fn stream(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Ident(it) => self.word(&it.to_string()),
                TokenTree::Literal(it) => self.word(&it.to_string()),
                TokenTree::Punct(punct) => {
                    let mut text = punct.as_char().to_string();
                    let mut joint = punct.spacing() == Spacing::Joint;
                    while let (true, Some(TokenTree::Punct(next))) = (joint, tokens.peek()) {
                        let longer = format!("{text}{next}");
                        if !JOINED.iter().any(|it| it.starts_with(&longer)) {
                            break;
                        }
                        (text, joint) = (longer, next.spacing() == Spacing::Joint);
                        tokens.next();
                    }
                    match (text.as_str(), tokens.peek()) {
                        ("'", Some(TokenTree::Ident(name))) => {
                            self.word(&format!("'{name}"));
                            self.last = Last::Loose;
                            tokens.next();
                        }
                        _ => self.punctuation(&text),
                    }
                }
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, inside: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => ("", ""),
        };
        let brace = delimiter == Delimiter::Brace;
        let loose = self.last == Last::Loose || (brace && self.last == Last::Word);
        self.put(if loose { " " } else { "" }, open);
        self.last = if brace && !inside.is_empty() { Last::Loose } else { Last::Tight };
        self.stream(inside);
        while self.text.ends_with([',', ' ']) {
            self.text.pop();
        }
        self.put(if brace && !self.text.ends_with('{') { " " } else { "" }, close);
        self.last = Last::Word;
    }

    fn word(&mut self, word: &str) {
        self.put(if self.last == Last::Tight { "" } else { " " }, word);
        let keyword = ["as", "const", "dyn", "in", "mut", "where"].contains(&word);
        self.last = if keyword { Last::Loose } else { Last::Word };
    }

    fn punctuation(&mut self, text: &str) {
        let before = match text {
            "->" | "=>" | "=" | "==" | "+" | "|" => !self.text.is_empty(),
            "&" | "*" | "?" | "#" | "$" | "'" => self.last != Last::Tight && self.text.len() > 1,
            "," | ";" | ":" | ">" => false,
            _ => self.last == Last::Loose,
        };
        if text == ">" && self.text.ends_with(',') {
            self.text.pop();
        }
        self.put(if before { " " } else { "" }, text);
        self.last = match text {
            "," | ";" | ":" | "->" | "=>" | "=" | "==" | "+" | "|" => Last::Loose,
            ">" => Last::Word,
            _ => Last::Tight,
        };
    }

    fn put(&mut self, blank: &str, text: &str) {
        self.text.push_str(blank);
        self.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stays(text: &str) {
        let tokens: TokenStream = text.parse().unwrap();
        assert_eq!(line(&tokens), text);
    }

    #[test]
    fn syntax_is_spaced_as_people_write_it() {
        stays(
            "fn f<'a, T: ?Sized + Into<String>>(&mut self, a: &'a [u8], b: &mut [T]) -> Vec<Vec<T>>",
        );
        stays("fn(a: impl FnOnce(a::B) -> a::C + Send + 'static) where T: X<Y = Z>, U: V");
        stays("<T as types::A<'_>>::B");
        stays("impl<'de, E> From<&(A, B)> for Option<Box<dyn Fn() -> E>>");
        stays("#[cfg(feature = \"a b\")] fn(self)");
        stays("#[non_exhaustive] struct {}");
        stays("variant { a: [u8; 4], b: () }");
    }

    #[test]
    fn line_ends_and_last_commas_are_no_difference() {
        let tokens: TokenStream = "fn f(\n    a: u8,\n    b: C<\n D,>,\n)".parse().unwrap();
        assert_eq!(line(&tokens), "fn f(a: u8, b: C<D>)");
    }
}
