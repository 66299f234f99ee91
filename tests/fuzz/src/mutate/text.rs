//! Text by lines: pages, and `api.toml`.

use fastrand::Rng;

use super::{boundary, pick, small, words};

/// How long a text grows at most, so that no run of mutations makes a giant.
const LIMIT: usize = 32 << 10;

/// Changes a text in a few places. What is no UTF-8 becomes some first.
pub fn mutate(input: &[u8], other: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(input).into_owned();
    let other = String::from_utf8_lossy(other);
    for _ in 0..=small(5, random) {
        match random.bool() {
            true => edit_lines(&mut text, &other, random),
            false => edit_characters(&mut text, random),
        }
    }
    text.truncate(boundary(&text, LIMIT));
    text.into_bytes()
}

/// Takes out, repeats, moves, indents, or puts in whole lines.
fn edit_lines(text: &mut String, other: &str, random: &mut Rng) {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let start = random.usize(..lines.len());
    let end = (start + 1 + small(8, random)).min(lines.len());
    match random.u8(..8) {
        0 => drop(lines.drain(start..end)),
        1 => {
            let repeated = lines[start..end].to_vec();
            lines.splice(end..end, repeated);
        }
        2 => {
            let moved: Vec<String> = lines.drain(start..end).collect();
            let to = random.usize(..=lines.len());
            lines.splice(to..to, moved);
        }
        3 => {
            let indent = "  ".repeat(random.usize(..4));
            lines[start..end].iter_mut().for_each(|line| line.insert_str(0, &indent));
        }
        4 => lines.iter_mut().take(end).skip(start).for_each(|line| {
            *line = line.trim_start().to_owned();
        }),
        5 => {
            let theirs: Vec<&str> = other.split('\n').collect();
            let from = random.usize(..theirs.len());
            let to = (from + 1 + small(12, random)).min(theirs.len());
            lines.splice(start..start, theirs[from..to].iter().map(|line| (*line).to_owned()));
        }
        6 => lines.truncate(end),
        _ => {
            let indent = " ".repeat(random.usize(..9));
            lines.insert(start, format!("{indent}{}", pick(words::LINES, random)));
        }
    }
    *text = lines.join("\n");
}

/// Puts a word in the place of a few characters, or of a word.
fn edit_characters(text: &mut String, random: &mut Rng) {
    let start = boundary(text, random.usize(..=text.len()));
    let end = match random.bool() {
        true => boundary(text, (start + small(12, random)).min(text.len())),
        false => {
            let rest = text.get(start..).unwrap_or_default();
            let word = rest.find(|it: char| !it.is_alphanumeric() && it != '_');
            start + word.unwrap_or(rest.len())
        }
    };
    let word = match random.u8(..6) {
        0 => "",
        1 => pick(&words::KEYWORDS, random),
        2 => pick(words::VALUES, random),
        3 => pick(words::LINES, random),
        _ => pick(words::TEXTS, random),
    };
    let word = match random.u8(..20) {
        0 => word.repeat(1 + small(400, random)),
        _ => word.to_owned(),
    };
    text.replace_range(start..end.max(start), &word);
}
