//! A table of `api.toml`, read key by key: each problem is a finding, and reading goes on.

use crate::config::rules::Rule;
use crate::finding::{Finding, Findings, Kind};
use crate::near::nearest;
use crate::node::{Node, Value};
use crate::source::Span;

/// Keys that a table once had, and what has become of them.
const MOVED: &[(&str, &str, &str)] = &[(
    "api.toml",
    "version",
    "It stands in a file of its own, `release.toml` beside this one: `version = \"0.1.0\"`. \
     `cargo xtask bump` writes it.",
)];

/// A legal value of each key that means the same in every table that has it.
const EXAMPLES: &[(&str, &str)] = &[
    ("base_url_env", "EXAMPLE_URL"),
    ("cookie", "sid"),
    ("docs", "https://example.com/docs"),
    ("env", "EXAMPLE_TOKEN"),
    ("finding", "security-scheme"),
    ("header", "x-api-key"),
    ("operation", "POST /invites"),
    ("package", "bindery-example"),
    ("property", "Invite.email"),
    ("reason", "The page says so in a guide."),
    ("title", "Example"),
    ("type", "InviteSchema"),
    ("url", "https://api.example.com"),
    ("value", "2023-06-01"),
    ("variant", "Role.Admin"),
    ("version", "0.1.0"),
];

/// A table and how to speak of it.
pub(super) struct Table<'a> {
    node: &'a Node,
    /// How findings call it: `[credential]`.
    title: &'static str,
    /// Where findings about it as a whole point.
    span: Span,
    /// Keys that are there under a misspelt name, which is a finding already.
    misspelt: Vec<String>,
}

impl<'a> Table<'a> {
    /// Takes a node that must be a table with no keys but the known ones.
    pub(super) fn open(
        node: &'a Node,
        title: &'static str,
        known: &[&str],
        findings: &mut Findings,
    ) -> Option<Self> {
        let Some(members) = node.as_object() else {
            let what = format!("`{title}` must be a table, and this is {}", node.kind());
            findings.push(
                Finding::error(Kind::ConfigType, what)
                    .at(&node.span)
                    .help(format!("Write `{title}` on a line of its own, and the keys below it.")),
            );
            return None;
        };
        let mut misspelt = Vec::new();
        for key in members.keys().filter(|key| !known.contains(&key.text.as_str())) {
            let moved = MOVED.iter().find(|(table, was, _)| (*table, *was) == (title, &key.text));
            if let Some((.., help)) = moved {
                let finding = unknown(&key.text, None, title, known).help(*help);
                findings.push(finding.at(&key.span));
                continue;
            }
            let near = nearest(&key.text, known.iter().copied());
            findings.push(unknown(&key.text, near, title, known).at(&key.span));
            misspelt.extend(near.map(str::to_owned));
        }
        Some(Self { node, title, span: node.span.clone(), misspelt })
    }

    /// The same table, with another place for what is missing in it.
    pub(super) fn with_span(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// Where the table is.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// Where a key's value is, or the table if the key is missing.
    pub(super) fn span_of(&self, key: &str) -> Span {
        self.node.get(key).map_or(&self.span, |value| &value.span).clone()
    }

    /// Whether the table has the key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &str, rule: Rule, findings: &mut Findings) -> Option<String> {
        self.require(key, &["\"…\""], findings);
        self.optional(key, rule, findings)
    }

    /// Says if a key is missing, and which values to write for it.
    fn require(&self, key: &str, values: &[&str], findings: &mut Findings) {
        if !self.has(key) && !self.misspelt.iter().any(|misspelt| misspelt == key) {
            let what = format!("`{}` has no `{key}`", self.title);
            let lines: Vec<_> = values.iter().map(|it| format!("`{key} = {it}`")).collect();
            findings.push(
                Finding::error(Kind::ConfigMissingKey, what)
                    .at(&self.span)
                    .why(why_missing(key))
                    .help(format!("Add {}.", lines.join(" or "))),
            );
        }
    }

    /// A text that may be there.
    pub(super) fn optional(
        &self,
        key: &str,
        rule: Rule,
        findings: &mut Findings,
    ) -> Option<String> {
        legal(key, self.node.get(key)?, rule, findings)
    }

    /// So many texts: a list, unless it is one text.
    pub(super) fn texts(
        &self,
        key: &str,
        count: usize,
        rule: Rule,
        findings: &mut Findings,
    ) -> Option<Vec<String>> {
        let Some(node) = self.node.get(key).filter(|_| count != 1) else {
            return self.text(key, rule, findings).map(|text| vec![text]);
        };
        let items = node.as_array().unwrap_or_default();
        if items.len() != count {
            let is = match node.as_array() {
                Some(items) => format!("a list of {}", items.len()),
                None => node.kind().to_owned(),
            };
            let what = format!("`{key}` must be a list of {count}, and this is {is}");
            let help = format!("Write `{key} = [{}]`.", vec!["\"…\""; count].join(", "));
            findings.push(
                Finding::error(Kind::ConfigType, what)
                    .at(&node.span)
                    .why("Each has a value of its own.")
                    .help(help),
            );
            return None;
        }
        let all: Vec<_> = items.iter().map(|item| legal(key, item, rule, findings)).collect();
        all.into_iter().collect()
    }

    /// A key that can only be `true`.
    pub(super) fn is_true(&self, key: &str, findings: &mut Findings) -> Option<()> {
        let node = self.node.get(key)?;
        if node.as_bool() == Some(true) {
            return Some(());
        }
        let help = format!("Write `{key} = true`, or leave it out.");
        findings.push(wrong_type(key, "`true`", node).help(help));
        None
    }

    /// `true` or `false`, which must be there.
    pub(super) fn boolean(&self, key: &str, findings: &mut Findings) -> Option<bool> {
        self.require(key, &["true", "false"], findings);
        let node = self.node.get(key)?;
        if node.as_bool().is_none() {
            let help = "Write it without quotation marks.";
            findings.push(wrong_type(key, "`true` or `false`", node).help(help));
        }
        node.as_bool()
    }

    /// A number that can only be one of a few.
    pub(super) fn one_of(
        &self,
        key: &str,
        allowed: &[u64],
        findings: &mut Findings,
    ) -> Option<u64> {
        let node = self.node.get(key)?;
        let number = match &node.value {
            Value::Number(number) => number.as_u64().filter(|it| allowed.contains(it)),
            _ => None,
        };
        if number.is_none() {
            let all: Vec<String> = allowed.iter().map(|it| format!("`{it}`")).collect();
            let help = "Write the number without quotation marks.";
            findings.push(wrong_type(key, &all.join(" or "), node).help(help));
        }
        number
    }

    /// The one of several keys that the table has, which must be exactly one.
    pub(super) fn choice(
        &self,
        keys: &[&'static str],
        findings: &mut Findings,
    ) -> Option<&'static str> {
        let present: Vec<_> = keys.iter().copied().filter(|key| self.has(key)).collect();
        if let [one] = present[..] {
            return Some(one);
        }
        let all = list(keys);
        let what = match present.is_empty() {
            true => format!("`{}` has none of {all}", self.title),
            false => format!("`{}` has {} of {all}", self.title, list(&present)),
        };
        findings.push(
            Finding::error(Kind::ConfigChoice, what)
                .at(&self.span)
                .help(format!("Keep exactly one of {all}.")),
        );
        None
    }

    /// The tables of an array of tables; none if the key is missing.
    pub(super) fn tables(&self, key: &str, findings: &mut Findings) -> &'a [Node] {
        let Some(node) = self.node.get(key) else { return &[] };
        node.as_array().unwrap_or_else(|| {
            let help = format!("Write `[[{key}]]`, once for each.");
            findings.push(wrong_type(key, "a list of tables", node).help(help));
            &[]
        })
    }

    /// A table in this one.
    pub(super) fn node(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }
}

/// The text that a node has, if the rule takes it.
fn legal(key: &str, node: &Node, rule: Rule, findings: &mut Findings) -> Option<String> {
    let Some(text) = node.as_str() else {
        findings.push(wrong_type(key, "a string", node).help("Put it in quotation marks."));
        return None;
    };
    match rule(text) {
        Ok(()) => Some(text.trim().to_owned()),
        Err(wrong) => {
            let what = format!("`{key}` is not legal here: {wrong}");
            findings.push(
                Finding::error(Kind::ConfigValue, what).at(&node.span).why(why_illegal(key)).help(
                    match EXAMPLES.iter().find(|(of, _)| *of == key) {
                        Some((_, value)) => format!("Write, for example, `{key} = \"{value}\"`."),
                        None => "Write a value that is.".to_owned(),
                    },
                ),
            );
            None
        }
    }
}

fn unknown(key: &str, near: Option<&str>, title: &str, known: &[&str]) -> Finding {
    let help = match near {
        Some(near) => format!("Did you mean `{near}`? Known are {}.", list(known)),
        None => format!("Known are {}.", list(known)),
    };
    Finding::error(Kind::ConfigUnknownKey, format!("`{title}` has no key `{key}`")).help(help)
}

fn wrong_type(key: &str, wanted: &str, node: &Node) -> Finding {
    let what = format!("`{key}` must be {wanted}, and this is {}", node.kind());
    Finding::error(Kind::ConfigType, what).at(&node.span)
}

fn why_missing(key: &str) -> &'static str {
    match key {
        "reason" => "A decision of ours deviates from the page, and a reviewer must know why.",
        _ => "Nothing else says it, and the crate cannot do without.",
    }
}

fn why_illegal(key: &str) -> &'static str {
    match key {
        "reason" => why_missing(key),
        "operation" | "finding" | "type" | "property" | "variant" => {
            "The decision would be about nothing."
        }
        _ => "The value goes into the crate as it is.",
    }
}

fn list(keys: &[&str]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    match keys.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
