//! Bytes without a form: what [`Input`](crate::input::Input) makes values of.

use fastrand::Rng;

use super::{pick, small, words};

/// How long an input grows at most.
const LIMIT: usize = 4096;

/// Changes an input in a few places.
pub fn mutate(input: &[u8], other: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=small(6, random) {
        edit(&mut bytes, other, random);
    }
    bytes.truncate(LIMIT);
    bytes
}

fn edit(bytes: &mut Vec<u8>, other: &[u8], random: &mut Rng) {
    let start = random.usize(..=bytes.len());
    let end = (start + small(16, random)).min(bytes.len());
    let piece: Vec<u8> = match random.u8(..6) {
        0 => Vec::new(),
        1 => pick(words::TEXTS, random).as_bytes().to_vec(),
        2 => (0..small(32, random)).map(|_| random.u8(..)).collect(),
        3 => (0..small(32, random)).map(|_| random.u8(b' '..=b'~')).collect(),
        4 => vec![random.u8(..); small(300, random)],
        _ => {
            let from = random.usize(..=other.len());
            let to = (from + small(64, random)).min(other.len());
            other.get(from..to).unwrap_or_default().to_vec()
        }
    };
    bytes.splice(start..end, piece);
}
