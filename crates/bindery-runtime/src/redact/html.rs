//! The character references of HTML that stand for printable ASCII, and those by number for any character.

/// The names, beside those that need no semicolon. The minus and the tilde have none.
const NAMES: [(&str, char); 37] = [
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("apos", '\''),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("DiacriticalGrave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
];

/// The names that HTML reads without a semicolon as well.
const BARE_NAMES: [(&str, char); 8] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("LT", '<'),
    ("gt", '>'),
    ("GT", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
];

/// Returns the character that a reference stands for, of which the ampersand is left out, and its length.
pub(super) fn reference(text: &[char]) -> Option<(char, usize)> {
    match text {
        ['#', 'x' | 'X', digits @ ..] => number(digits, 16).map(|(it, length)| (it, length + 2)),
        ['#', digits @ ..] => number(digits, 10).map(|(it, length)| (it, length + 1)),
        _ => bare_name(text).or_else(|| name(text)),
    }
}

/// Returns the character of a number, which may have any count of leading zeros and ends where its digits do.
fn number(text: &[char], radix: u32) -> Option<(char, usize)> {
    let length = text.iter().take_while(|it| it.is_digit(radix)).count();
    #[cfg(test)]
    super::pattern::tests::count(length);
    let code = text.get(..length)?.iter().try_fold(0_u32, |code, digit| {
        code.checked_mul(radix)?.checked_add(digit.to_digit(radix)?)
    });
    let character = code.and_then(char::from_u32).filter(|_| length > 0)?;
    Some((character, length + semicolon(text, length)))
}

fn bare_name(text: &[char]) -> Option<(char, usize)> {
    let (name, character) = BARE_NAMES.iter().find(|(name, _)| starts_with(text, name))?;
    Some((*character, name.len() + semicolon(text, name.len())))
}

fn name(text: &[char]) -> Option<(char, usize)> {
    let (name, character) = NAMES
        .iter()
        .find(|(name, _)| starts_with(text, name) && semicolon(text, name.len()) == 1)?;
    Some((*character, name.len() + 1))
}

fn starts_with(text: &[char], name: &str) -> bool {
    name.chars().eq(text.iter().copied().take(name.len()))
}

/// Returns how long the semicolon at a place is: nothing, if none is there.
fn semicolon(text: &[char], at: usize) -> usize {
    usize::from(text.get(at) == Some(&';'))
}
