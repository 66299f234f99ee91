//! What is looked for of a secret: the secret and its long parts, in any case, in base64 and in hexadecimal.
//!
//! A suffix automaton of the secret tells for each place of a text how many of the characters that end
//! there are a part of the secret, in time that grows with the text and not with what is in it.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// The shortest part of a secret that is searched for, in characters, and the shortest secret that is searched for
/// otherwise than as it is. What is shorter is part of too many words.
const MIN_PART_LENGTH: usize = 8;

/// A form of a secret. Its parts from a certain length on are found with it.
pub(super) struct Pattern {
    automaton: Automaton,
    /// How many characters in a row give the secret away.
    threshold: usize,
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Exact,
    AnyCase,
    Base64,
    Hexadecimal,
}

impl Pattern {
    /// The forms of a secret that are looked for.
    pub(super) fn of(secret: &str) -> Vec<Self> {
        if secret.chars().count() < MIN_PART_LENGTH {
            return vec![Self::new(secret, Form::Exact)];
        }
        let encoded = (0..3).map(|before| encoded(secret.as_bytes(), before));
        let encoded = encoded.filter(|text| text.len() >= MIN_PART_LENGTH);
        let encoded = encoded.map(|text| Self::new(&text, Form::Base64));
        let digits: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        let others = [Self::new(secret, Form::AnyCase), Self::new(&digits, Form::Hexadecimal)];
        others.into_iter().chain(encoded).collect()
    }

    fn new(text: &str, form: Form) -> Self {
        let characters: Vec<char> = text.chars().flat_map(|it| form.normal(it)).collect();
        let length = characters.len();
        let part = (length * 2).div_ceil(3);
        let part = match form {
            // The characters at both ends of a part share bits with what is beside it.
            Form::Base64 => part.saturating_sub(2),
            Form::Exact | Form::AnyCase | Form::Hexadecimal => part,
        };
        let threshold = part.max(MIN_PART_LENGTH).min(length);
        Self { automaton: Automaton::new(&characters), threshold, form }
    }

    /// Where the text has the secret or a long part of it, in order.
    pub(super) fn find(&self, text: &[char]) -> Vec<Range<usize>> {
        // Lines of an encoding are read as one, and some characters as several.
        let counts = |(_, it): &(usize, &char)| !self.form.passes_over(**it);
        let normal = |(at, it): (usize, &char)| self.form.normal(*it).map(move |it| (at, it));
        let places: Vec<(usize, char)> =
            text.iter().enumerate().filter(counts).flat_map(normal).collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut place = Place::default();
        for (index, (at, character)) in places.iter().enumerate() {
            place = self.automaton.step(place, *character);
            if place.length < self.threshold {
                continue;
            }
            let start = (index + 1).saturating_sub(place.length);
            let part = places.get(start).map_or(*at, |(at, _)| *at)..at + 1;
            match found.last_mut().filter(|last| part.start <= last.end) {
                Some(last) => *last = last.start.min(part.start)..part.end,
                None => found.push(part),
            }
        }
        if self.form == Form::Base64 {
            found.iter_mut().for_each(|part| *part = with_edges(part, text));
        }
        found.iter().map(|part| without_spaces(part, text)).collect()
    }
}

impl Form {
    /// Returns what a character counts as: without case, `ß` is `ss`.
    fn normal(self, character: char) -> impl Iterator<Item = char> {
        let (alone, folded) = match (self, character) {
            (Self::Hexadecimal, _) => (Some(character.to_ascii_lowercase()), None),
            (Self::AnyCase, _) if character.is_ascii() => {
                (Some(character.to_ascii_lowercase()), None)
            }
            (Self::AnyCase, _) => {
                (None, Some(character.to_uppercase().flat_map(char::to_lowercase)))
            }
            // The alphabet for urls (RFC 4648 §5).
            (Self::Base64, '-') => (Some('+'), None),
            (Self::Base64, '_') => (Some('/'), None),
            _ => (Some(character), None),
        };
        alone.into_iter().chain(folded.into_iter().flatten())
    }

    /// Whether a character may stand anywhere within the form and means nothing.
    fn passes_over(self, character: char) -> bool {
        match self {
            Self::Exact | Self::AnyCase => false,
            Self::Base64 => character.is_whitespace(),
            Self::Hexadecimal => character.is_whitespace() || matches!(character, ':' | '-'),
        }
    }
}

/// The characters that a secret has in base64, whatever stands around it, if so many bytes before it begin
/// a group of three.
fn encoded(secret: &[u8], before: usize) -> String {
    let bytes = [[0; 2].get(..before).unwrap_or_default(), secret].concat();
    let text = STANDARD_NO_PAD.encode(&bytes);
    // A character has six bits. The first and the last may share theirs with what stands beside the secret.
    let start = (before * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    text.get(start..end).unwrap_or_default().to_owned()
}

/// A run of base64 with the characters at its edges that hold some bits of the secret, and its padding.
fn with_edges(run: &Range<usize>, text: &[char]) -> Range<usize> {
    let encodes = |at: usize| {
        let is_encoded = |it: &char| it.is_ascii_alphanumeric() || "+/-_".contains(*it);
        text.get(at).is_some_and(is_encoded)
    };
    let start = run.start.checked_sub(1).filter(|at| encodes(*at)).unwrap_or(run.start);
    let mut end = if encodes(run.end) { run.end + 1 } else { run.end };
    while end < run.end + 3 && text.get(end) == Some(&'=') {
        end += 1;
    }
    start..end
}

/// A part of a secret without the spaces at its ends, which are nothing to hide.
fn without_spaces(part: &Range<usize>, text: &[char]) -> Range<usize> {
    let is_space = |at: &usize| text.get(*at).is_some_and(|it| it.is_whitespace());
    let mut rest = part.clone().skip_while(is_space);
    let start = rest.next().unwrap_or(part.start);
    let end = part.clone().rev().find(|at| !is_space(at)).map_or(part.end, |at| at + 1);
    start..end
}

/// Where the automaton is after a character: in which state, and after how many that match.
#[derive(Clone, Copy, Default)]
struct Place {
    state: usize,
    length: usize,
}

/// All parts of a text: each is a way from the first state.
struct Automaton(Vec<State>);

#[derive(Clone, Default)]
struct State {
    next: Vec<(char, usize)>,
    /// The state of the longest end of this one's parts that goes on in more ways.
    shorter: Option<usize>,
    /// How many characters the longest part has that leads here.
    length: usize,
}

impl Automaton {
    fn new(text: &[char]) -> Self {
        let mut automaton = Self(vec![State::default()]);
        let mut last = 0;
        for character in text {
            last = automaton.append(last, *character);
        }
        automaton
    }

    /// Adds a character behind what leads to the state `last`.
    fn append(&mut self, last: usize, character: char) -> usize {
        let length = self.length(last) + 1;
        let new = self.add(State { length, ..State::default() });
        let mut from = Some(last);
        while let Some(state) = from
            && self.next(state, character).is_none()
        {
            self.lead(state, character, new);
            from = self.shorter(state);
        }
        let shorter = match from.and_then(|state| Some((state, self.next(state, character)?))) {
            None => 0,
            Some((state, to)) if self.length(to) == self.length(state) + 1 => to,
            Some((state, to)) => self.split(state, character, to),
        };
        if let Some(state) = self.0.get_mut(new) {
            state.shorter = Some(shorter);
        }
        new
    }

    /// Makes a state of its own of the shorter parts that lead to the state `to`.
    fn split(&mut self, state: usize, character: char, to: usize) -> usize {
        let length = self.length(state) + 1;
        let copy = self.0.get(to).cloned().unwrap_or_default();
        let copy = self.add(State { length, ..copy });
        let mut from = Some(state);
        while let Some(state) = from
            && self.next(state, character) == Some(to)
        {
            self.lead(state, character, copy);
            from = self.shorter(state);
        }
        if let Some(state) = self.0.get_mut(to) {
            state.shorter = Some(copy);
        }
        copy
    }

    /// Goes on by a character, with the longest end of what has been read that is a part.
    fn step(&self, mut place: Place, character: char) -> Place {
        loop {
            #[cfg(test)]
            tests::count(1);
            if let Some(state) = self.next(place.state, character) {
                return Place { state, length: place.length + 1 };
            }
            let Some(state) = self.shorter(place.state) else { return Place::default() };
            place = Place { state, length: self.length(state) };
        }
    }

    fn add(&mut self, state: State) -> usize {
        self.0.push(state);
        self.0.len() - 1
    }

    fn lead(&mut self, from: usize, character: char, to: usize) {
        let Some(state) = self.0.get_mut(from) else { return };
        match state.next.iter_mut().find(|(it, _)| *it == character) {
            Some((_, next)) => *next = to,
            None => state.next.push((character, to)),
        }
    }

    fn next(&self, state: usize, character: char) -> Option<usize> {
        let next = &self.0.get(state)?.next;
        next.iter().find(|(it, _)| *it == character).map(|(_, to)| *to)
    }

    fn shorter(&self, state: usize) -> Option<usize> {
        self.0.get(state)?.shorter
    }

    fn length(&self, state: usize) -> usize {
        self.0.get(state).map_or(0, |state| state.length)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::*;

    thread_local! {
        /// How many states and digits have been looked at on this thread.
        pub(in super::super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(in super::super) fn count(steps: usize) {
        STEPS.set(STEPS.get() + steps);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_automaton_knows_the_longest_part(text in "[abc]{0,24}", whole in "[abc]{0,12}") {
            let [text, whole]: [Vec<char>; 2] = [&text, &whole].map(|it| it.chars().collect());
            let automaton = Automaton::new(&whole);
            let mut place = Place::default();
            for (at, character) in text.iter().enumerate() {
                place = automaton.step(place, *character);
                let longest = (0..=at + 1).find(|start| {
                    let part = &text[*start..=at];
                    part.is_empty() || whole.windows(part.len()).any(|it| it == part)
                });
                prop_assert_eq!(place.length, at + 1 - longest.unwrap_or(at + 1));
            }
        }

        #[test]
        fn a_secret_is_found_in_base64_wherever_it_stands(
            before in prop::collection::vec(any::<u8>(), 0..7),
            secret in "[ -~]{8,30}",
            after in prop::collection::vec(any::<u8>(), 0..7),
        ) {
            let bytes = [&before, secret.as_bytes(), &after].concat();
            let text: Vec<char> = STANDARD_NO_PAD.encode(bytes).chars().collect();
            let found = Pattern::of(&secret).iter().any(|it| !it.find(&text).is_empty());
            prop_assert!(found);
        }
    }
}
