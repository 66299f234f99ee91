//! Commands that a service of continuous integration takes from the log of a step.
//!
//! GitHub carries out a line that starts with `::`, whatever blanks are before it, and `##[…]` anywhere in a line.
//! Azure Pipelines and TeamCity look for `##vso[` and `##teamcity[`. A blank in between makes text of them that says
//! the same to people. The runners compare by the rules of a language, which pass over some characters; so do we,
//! over a few too many.

/// Returns the text with a blank inside of all that would be a command.
pub fn broken_up(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches(|c: char| c.is_whitespace() || is_passed_over(c));
        safe.push_str(line.strip_suffix(rest).unwrap_or_default());
        match rest.strip_prefix(':') {
            Some(rest) if rest.trim_start_matches(is_passed_over).starts_with(':') => {
                safe.push_str(": ");
                break_brackets(rest, "# ", &mut safe);
            }
            _ => break_brackets(rest, "# ", &mut safe),
        }
    }
    safe
}

/// Adds the text with something else in place of each `#` that is the first of `##`, a word, which may be empty, and a
/// bracket.
pub(super) fn break_brackets(text: &str, instead: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('#') {
        let second = behind.trim_start_matches(is_passed_over).strip_prefix('#');
        let is_of_word = |c: char| c.is_alphanumeric() || "-_.".contains(c) || is_passed_over(c);
        let is_command =
            second.is_some_and(|it| it.trim_start_matches(is_of_word).starts_with('['));
        out.extend([before, if is_command { instead } else { "#" }]);
        rest = behind;
    }
    out.push_str(rest);
}

/// Whether a comparison may pass over a character: marks and formats are among these.
fn is_passed_over(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace()
}
