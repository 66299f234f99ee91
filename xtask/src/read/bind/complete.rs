//! What OpenAPI requires of a document and a page leaves out.

use crate::config::ApiConfig;
use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node, Value};
use crate::openapi::{DOCUMENT, METHODS, PARAMETER, RESPONSE, path, walk_mut};
use crate::read::document::parameter_names;
use crate::read::reason;

/// Adds to a bound document what the specification requires.
pub(super) fn complete(document: &mut Node, config: &ApiConfig, findings: &mut Findings) {
    info(document, config);
    let span = document.span.clone();
    document.entry("paths", &span);
    walk_mut(document, &DOCUMENT, &mut |node, object| {
        if object.is(&PARAMETER) && node.str("in") == Some("path") && !node.flag("required") {
            let span = node.get("required").map_or(&node.span, |it| &it.span).clone();
            node.set("required", Node::bool(true, &span));
        }
        // Some documentation platforms write every member that they know, empty ones as null.
        if object.is(&RESPONSE) && node.get("content").is_some_and(|it| it.value == Value::Null) {
            node.take("content");
        }
    });
    let names = parameter_names(document);
    let items = document.get_mut("paths").into_iter().flat_map(Node::each_mut);
    for (path, item) in items.filter(|(path, _)| !path.starts_with("x-")) {
        let shared = item.get("parameters").cloned();
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else { continue };
            responses(operation, method, path, findings);
            let stated = [shared.as_ref(), operation.get("parameters")];
            let stated = stated.into_iter().flatten().flat_map(Node::items);
            let stated: Vec<_> = stated.map(|it| names.of(it)).collect();
            let missing = path::parameters(path).filter(|name| !stated.contains(&("path", *name)));
            let missing: Vec<String> = missing.map(str::to_owned).collect();
            missing.into_iter().for_each(|name| undescribed(operation, &name, findings));
        }
    }
}

fn info(document: &mut Node, config: &ApiConfig) {
    let info = document.entry("info", &config.span);
    if info.str("title").is_none_or(str::is_empty) {
        info.set("title", Node::string(&config.title, &config.span));
    }
    match info.get("version") {
        Some(version) if version.as_str().is_some() => {}
        // Without quotes, YAML takes `1.10` for a number.
        Some(version) if matches!(version.value, Value::Number(_)) => {
            let written = Node::string(version.span.text(), &version.span);
            info.set("version", written);
        }
        _ => info.set("version", Node::string("0", &config.span)),
    }
}

fn responses(operation: &mut Node, method: &str, path: &str, findings: &mut Findings) {
    let span = operation.span.clone();
    let responses = operation.entry("responses", &span);
    if responses.is_empty() {
        let name = method.to_ascii_uppercase();
        findings.push(
            Finding::note(
                Kind::NoResponses,
                format!("the page does not say what `{name} {path}` answers"),
            )
            .at(&span),
        );
    }
    let span = responses.span.clone();
    for (status, response) in responses.each_mut().filter(|(status, _)| !status.starts_with("x-")) {
        let described = response.str("description").is_some() || response.get("$ref").is_some();
        if response.as_object().is_some() && !described {
            response.set("description", Node::string(reason::phrase(status), &span));
        }
    }
}

fn undescribed(operation: &mut Node, name: &str, findings: &mut Findings) {
    let span = operation.span.clone();
    findings.push(
        Finding::note(
            Kind::UndescribedParameter,
            format!("the path has `{{{name}}}`, which is not described"),
        )
        .at(&span),
    );
    let parameter = serde_json::json!({
        "name": name, "in": "path", "required": true, "schema": {"type": "string"},
    });
    let parameters = operation.members_mut().entry(Key::new("parameters", &span));
    parameters
        .or_insert_with(|| Node::array(Vec::new(), &span))
        .push(Node::from_json(parameter, &span));
}
