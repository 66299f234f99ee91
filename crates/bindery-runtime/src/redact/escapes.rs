//! A text as it reads once its escapes are undone, in each of the ways in which that may be meant.

use std::ops::Range;

/// How many times a text may have been escaped.
const LEVELS: usize = 3;

/// Which escapes are undone.
#[derive(Clone, Copy)]
struct Escapes {
    /// `\/`, `\u002f`
    json: bool,
    /// `%2F`
    percent: bool,
    /// `+` for a space
    form: bool,
    /// `&#47;`, `&amp;`
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
    /// The text as it is, and as it reads unescaped, up to a few times.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let mut views = vec![Self::plain(text)];
        for escapes in COMBINATIONS {
            let mut view = views.first().and_then(|plain| plain.unescaped(escapes));
            for _ in 1..LEVELS {
                let Some(once) = view else { break };
                view = once.unescaped(escapes);
                views.push(once);
            }
            views.extend(view);
        }
        views
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
            ['\\', 'u', code @ ..] if self.json => json(code).map(|(it, length)| (it, length + 2)),
            ['\\', character, ..] if self.json => Some((*character, 2)),
            ['%', ..] if self.percent => percent(text),
            ['+', ..] if self.form => Some((' ', 1)),
            ['&', name @ ..] if self.html => entity(name).map(|(it, length)| (it, length + 1)),
            _ => None,
        }
    }
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

/// A character of HTML by name or number, of which the first sign is left out.
fn entity(text: &[char]) -> Option<(char, usize)> {
    // No name here is longer, and no number needs to be.
    let end = text.iter().take(12).position(|it| *it == ';')?;
    let name: String = text.get(..end)?.iter().collect();
    let character = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}

fn hex(digits: &[char]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + digit.to_digit(16)?))
}
