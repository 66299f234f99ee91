//! Credentials of the extract: header, query and cookie entries become security schemes.

use crate::finding::{Finding, Findings, Kind};
use crate::node::{Node, Value};

/// A requirement for the operation; the schemes that it names are added to the components.
pub(super) fn requirement(entry: &Node, components: &mut Node, findings: &mut Findings) -> Node {
    let mut requirement = Node::object(&entry.span);
    let places = ["header", "query", "cookie"].into_iter().flat_map(|place| {
        let named = entry.get("parameters").and_then(|it| it.get(place)).and_then(Node::as_object);
        named.into_iter().flatten().map(move |(name, value)| (place, name, value))
    });
    let places: Vec<_> = places.collect();
    let title = entry.str("title").filter(|_| places.len() == 1).unwrap_or_default();
    for (place, name, value) in places {
        let scheme = scheme(place, &name.text, value, findings);
        let fallback = match scheme.str("scheme") {
            Some(scheme) => scheme,
            None => &name.text,
        };
        let wanted = component_name(if title.is_empty() { fallback } else { title });
        let chosen = add(components, &wanted, scheme);
        requirement.set(&chosen, Node::array(Vec::new(), &entry.span));
    }
    requirement
}

fn scheme(place: &str, name: &str, entry: &Node, findings: &mut Findings) -> Node {
    let description = entry.str("description").unwrap_or_default();
    let mut scheme = Node::object(&entry.span);
    let text = |text: &str| Node::string(text, &entry.span);
    let authorization = place == "header" && name.eq_ignore_ascii_case("authorization");
    let stated = entry.str("scheme").or_else(|| form(description).filter(|_| authorization));
    let assumed = (authorization && entry.str("type") != Some("apiKey")).then_some("bearer");
    let way = stated.or(assumed);
    match way.map(str::to_ascii_lowercase).as_deref() {
        Some(http @ ("bearer" | "basic")) => {
            scheme.set("type", text("http"));
            scheme.set("scheme", text(http));
        }
        _ => {
            scheme.set("type", text("apiKey"));
            scheme.set("in", text(place));
            scheme.set("name", text(name));
            if let Some(prefix) = way {
                findings.push(prefixed(prefix, name, entry));
            }
        }
    }
    if let Some(description) = entry.get("description") {
        scheme.set("description", description.clone());
    }
    scheme
}

/// The word before the placeholder in prose such as `'Key <api-key>'`.
fn form(description: &str) -> Option<&str> {
    let (before, _) = description.split_once(" <")?;
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
    (!word.is_empty()).then_some(word)
}

fn prefixed(prefix: &str, name: &str, entry: &Node) -> Finding {
    let what = format!(
        "the value of the header `{name}` is not the bare secret: it begins with `{prefix}`"
    );
    Finding::note(Kind::CredentialPrefix, what).at(&entry.span)
}

/// The characters that the name of a component may have.
fn component_name(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = text.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if name.is_empty() { "credential".to_owned() } else { name }
}

/// Adds a scheme under a name that no other scheme has, and gives the name.
fn add(components: &mut Node, wanted: &str, scheme: Node) -> String {
    let span = scheme.span.clone();
    let schemes = components.entry("securitySchemes", &span);
    let mut name = wanted.to_owned();
    for number in 2.. {
        match schemes.get(&name) {
            Some(known) if *known != scheme => name = format!("{wanted}{number}"),
            _ => break,
        }
    }
    if !matches!(schemes.get(&name), Some(Node { value: Value::Object(_), .. })) {
        schemes.set(&name, scheme);
    }
    name
}
