//! A text as it reads once its escapes are undone, in each of the ways in which that may be meant.

use std::iter::successors;
use std::ops::Range;

use super::html;

/// How many times a text may have been escaped: three times by a vendor, and once by the message that quotes it.
const LEVELS: usize = 4;

/// Which escapes are undone.
#[derive(Clone, Copy)]
struct Escapes {
    /// `\/`, `\n`, `\u002f`, and `\u{2f}`, as Rust quotes a text in a message
    json: bool,
    /// `%2F`
    percent: bool,
    /// `+` for a space
    form: bool,
    /// `&#47;`, `&sol;`
    html: bool,
}

const NONE: Escapes = Escapes { json: false, percent: false, form: false, html: false };

/// Each by itself, since the signs of one may be plain text in another, and all together.
const COMBINATIONS: [Escapes; 6] = [
    Escapes { json: true, ..NONE },
    Escapes { percent: true, ..NONE },
    Escapes { percent: true, form: true, ..NONE },
    Escapes { html: true, ..NONE },
    Escapes { json: true, percent: true, form: false, html: true },
    Escapes { json: true, percent: true, form: true, html: true },
];

/// Characters, and where each of them stands in the text that they were read from.
pub(super) struct View {
    pub(super) characters: Vec<char>,
    spans: Vec<Range<usize>>,
}

impl View {
    /// Returns the text as it is, and as it reads unescaped, up to a few times. Few of them are held at a time.
    pub(super) fn all(text: &str) -> impl Iterator<Item = Self> {
        let plain = Self::plain(text);
        let unescaped = COMBINATIONS.into_iter().flat_map(move |escapes| {
            successors(plain.unescaped(escapes), move |once| once.unescaped(escapes)).take(LEVELS)
        });
        std::iter::once(Self::plain(text)).chain(unescaped)
    }

    fn plain(text: &str) -> Self {
        let spans = text.char_indices().map(|(at, it)| at..at + it.len_utf8()).collect();
        Self { characters: text.chars().collect(), spans }
    }

    /// None if nothing is escaped.
    fn unescaped(&self, escapes: Escapes) -> Option<Self> {
        if !self.characters.iter().any(|it| escapes.begins(*it)) {
            return None;
        }
        let room = self.characters.len();
        let mut view =
            Self { characters: Vec::with_capacity(room), spans: Vec::with_capacity(room) };
        let mut at = 0;
        while let Some(rest @ [first, ..]) = self.characters.get(at..) {
            let (character, length) = escapes.unescape(rest).unwrap_or((*first, 1));
            view.characters.push(character);
            view.spans.extend(self.span(at..at + length));
            at += length;
        }
        (view.characters != self.characters).then_some(view)
    }

    /// Where some of the characters stand in the text.
    pub(super) fn span(&self, characters: Range<usize>) -> Option<Range<usize>> {
        let spans = self.spans.get(characters)?;
        Some(spans.first()?.start..spans.last()?.end)
    }
}

impl Escapes {
    /// Whether an escape may begin with this character.
    fn begins(self, character: char) -> bool {
        match character {
            '\\' => self.json,
            '%' => self.percent,
            '+' => self.form,
            '&' => self.html,
            _ => false,
        }
    }

    /// The character that an escape at the start of the text stands for, and its length.
    fn unescape(self, text: &[char]) -> Option<(char, usize)> {
        match text {
            ['\\', 'u', '{', code @ ..] if self.json => {
                braced(code).map(|(it, length)| (it, length + 3))
            }
            ['\\', 'u', code @ ..] if self.json => json(code).map(|(it, length)| (it, length + 2)),
            ['\\', character, ..] if self.json => Some((unquoted(*character), 2)),
            ['%', ..] if self.percent => percent(text),
            ['+', ..] if self.form => Some((' ', 1)),
            ['&', name @ ..] if self.html => {
                html::reference(name).map(|(it, length)| (it, length + 1))
            }
            _ => None,
        }
    }
}

/// The character that a letter behind a backslash stands for.
fn unquoted(character: char) -> char {
    match character {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => character,
    }
}

/// Up to six digits and a closing brace.
fn braced(text: &[char]) -> Option<(char, usize)> {
    let length = text.iter().take(7).position(|it| *it == '}')?;
    let digits = text.get(..length).filter(|it| !it.is_empty())?;
    Some((char::from_u32(hex(digits)?)?, length + 1))
}

/// Four digits, or twice four for what has no code of its own in UTF-16.
fn json(text: &[char]) -> Option<(char, usize)> {
    let first = hex(text.get(..4)?)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 4));
    }
    let ['\\', 'u', second @ ..] = text.get(4..)? else { return None };
    let pair = [u16::try_from(first).ok()?, u16::try_from(hex(second.get(..4)?)?).ok()?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, 10))
}

/// The character whose bytes are encoded one by one.
fn percent(text: &[char]) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    for code in text.chunks(3).take(4) {
        let ['%', digits @ ..] = code else { return None };
        bytes.push(u8::try_from(hex(digits.get(..2)?)?).ok()?);
        if let Ok(decoded) = std::str::from_utf8(&bytes) {
            return decoded.chars().next().map(|character| (character, bytes.len() * 3));
        }
    }
    None
}

fn hex(digits: &[char]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + digit.to_digit(16)?))
}
