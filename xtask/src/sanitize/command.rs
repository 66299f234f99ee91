//! Commands that a service of continuous integration takes from the log of a step.
//!
//! GitHub carries out a line that starts with `::`, whatever blanks are before it, and `##[…]` anywhere in a line.
//! Azure Pipelines and TeamCity look for `##vso[` and `##teamcity[`. A blank in between makes text of them that says
//! the same to people.

/// Returns the text with a blank inside of all that would be a command.
pub fn broken_up(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (blanks, rest) = line.split_at(line.len() - line.trim_start().len());
        safe.push_str(blanks);
        match rest.strip_prefix("::") {
            Some(rest) => {
                safe.push_str(": :");
                break_brackets(rest, "# #", &mut safe);
            }
            None => break_brackets(rest, "# #", &mut safe),
        }
    }
    safe
}

/// Adds the text with something else in place of each `##` that a word, which may be empty, and a bracket follow.
pub(super) fn break_brackets(text: &str, instead: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('#') {
        out.push_str(before);
        let command = behind.strip_prefix('#').filter(|it| {
            it.trim_start_matches(|c: char| c.is_alphanumeric() || "-_.".contains(c))
                .starts_with('[')
        });
        out.push_str(if command.is_some() { instead } else { "#" });
        rest = command.unwrap_or(behind);
    }
    out.push_str(rest);
}
