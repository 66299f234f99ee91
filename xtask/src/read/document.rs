//! Documents: OpenAPI 3.0 to 3.2 as they are, the older extract rewritten into 3.1.

mod listed;

use std::collections::BTreeMap;

use super::files::Files;
use super::legacy;
use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node, pointer_token};
use crate::openapi::METHODS;
use crate::source::Span;

/// Makes an OpenAPI document of what a page holds, or says why it is none.
pub(super) fn document(
    mut root: Node,
    place: &Span,
    files: &Files<'_>,
    findings: &mut Findings,
) -> Result<Node, Finding> {
    if let Some(version) = root.get_mut("openapi") {
        supported(version)?;
    } else if let Some(version) = root.get("swagger") {
        return Err(swagger(version));
    } else if legacy::is_extract(&root) {
        root = legacy::rewrite(root, findings);
    } else {
        let what = "this is neither an OpenAPI document nor the older extract of one";
        return Err(Finding::error(Kind::UnknownFormat, what)
            .at(place)
            .why("It has neither `openapi: 3.x` nor `paths` with a `path` and a `method`."));
    }
    files.bundle(&mut root, place.source());
    inline_path_items(&mut root);
    listed::inline(&mut root);
    drop_what_is_no_operation(&mut root, findings);
    Ok(root)
}

/// Does something to each operation of a document.
pub(super) fn each_operation(document: &mut Node, mut act: impl FnMut(&mut Node)) {
    let items = document.get_mut("paths").into_iter().flat_map(Node::each_mut);
    items.for_each(|(_, item)| each_of_item(item, &mut act));
}

/// Does something to each operation of a path item.
pub(super) fn each_of_item(item: &mut Node, mut act: impl FnMut(&mut Node)) {
    METHODS.into_iter().for_each(|method| item.get_mut(method).into_iter().for_each(&mut act));
}

/// The place and name of parameters, also of those that are components.
pub(super) struct ParameterNames {
    components: BTreeMap<String, (String, String)>,
}

/// What a document calls its parameters.
pub(super) fn parameter_names(document: &Node) -> ParameterNames {
    let parameters = document.pointer("/components/parameters").into_iter().flat_map(Node::members);
    let named = parameters.filter_map(|(name, parameter)| {
        let reference = format!("#/components/parameters/{}", pointer_token(name));
        let (place, name) = (parameter.str("in")?, parameter.str("name")?);
        Some((reference, (place.to_owned(), name.to_owned())))
    });
    ParameterNames { components: named.collect() }
}

impl ParameterNames {
    /// The place and name of a parameter or of what it refers to; empty if the page has none.
    pub(super) fn of<'a>(&'a self, parameter: &'a Node) -> (&'a str, &'a str) {
        let component = parameter.str("$ref").and_then(|reference| self.components.get(reference));
        let own =
            || (parameter.str("in").unwrap_or_default(), parameter.str("name").unwrap_or_default());
        component.map_or_else(own, |(place, name)| (place, name))
    }
}

fn supported(version: &mut Node) -> Result<(), Finding> {
    // Without quotes, YAML takes `3.0` for a number.
    let written = version.as_str().map_or_else(|| version.span.text().to_owned(), str::to_owned);
    if !["3.0", "3.1", "3.2"].iter().any(|version| written.starts_with(version)) {
        let what = format!("OpenAPI `{written}` is not a version that Bindery reads");
        return Err(Finding::error(Kind::UnknownVersion, what).at(&version.span));
    }
    let full = if written.matches('.').count() < 2 { format!("{written}.0") } else { written };
    *version = Node::string(full, &version.span);
    Ok(())
}

fn swagger(version: &Node) -> Finding {
    Finding::error(Kind::Swagger, "this is a Swagger 2.0 document, the predecessor of OpenAPI")
        .at(&version.span)
        .help(
            "Convert it with `npx swagger2openapi --yaml --outfile openapi.yaml swagger.json`, put the \
             result in its place, and say in `api.toml` where it is from.",
        )
}

/// A path item may refer to one that several paths share; operations are easier to find without.
fn inline_path_items(root: &mut Node) {
    let references: Vec<(String, Node)> = root
        .get("paths")
        .into_iter()
        .flat_map(Node::members)
        .filter_map(|(path, item)| {
            let reference =
                item.str("$ref").filter(|it| it.starts_with("#/components/pathItems/"))?;
            Some((path.to_owned(), root.pointer(reference)?.clone()))
        })
        .collect();
    for (path, shared) in references {
        let Some(item) = root.get_mut("paths").and_then(|paths| paths.get_mut(&path)) else {
            continue;
        };
        item.take("$ref");
        for (name, member) in shared.members() {
            item.members_mut()
                .entry(Key::new(name, &member.span))
                .or_insert_with(|| member.clone());
        }
    }
}

/// An operation is an object. What else stands in its place is nothing that can be called.
fn drop_what_is_no_operation(root: &mut Node, findings: &mut Findings) {
    let items = root.get_mut("paths").into_iter().flat_map(Node::each_mut);
    for (path, item) in items {
        for method in METHODS {
            if item.get(method).is_none_or(|operation| operation.as_object().is_some()) {
                continue;
            }
            let Some(dropped) = item.take(method) else { continue };
            let name = method.to_ascii_uppercase();
            let what = format!("`{name} {path}` is {}, not an operation", dropped.kind());
            findings.push(Finding::loss(Kind::NoOperation, what).at(&dropped.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::openapi::Document;
    use crate::source::Source;

    fn read(json: serde_json::Value) -> Result<(Node, Findings), String> {
        let span = Source::new("page", "3.1").start();
        let mut findings = Findings::default();
        let files = Files::of(&[]);
        let document = document(Node::from_json(json, &span), &span, &files, &mut findings);
        document.map(|document| (document, findings)).map_err(|finding| finding.to_string())
    }

    #[test]
    fn only_what_is_understood_is_read() {
        assert!(read(json!({"openapi": "3.0.3"})).is_ok());
        assert_eq!(read(json!({"openapi": 3.1})).unwrap().0.str("openapi"), Some("3.1.0"));
        for (document, kind) in [
            (json!({"swagger": "2.0"}), "swagger"),
            (json!({"openapi": "4.0.0"}), "unknown-version"),
            (json!({"paths": {}}), "unknown-format"),
            (json!(["openapi"]), "unknown-format"),
        ] {
            let error = read(document).unwrap_err();
            assert!(error.starts_with(&format!("error[{kind}] page:1: ")), "{error}");
        }
    }

    #[test]
    fn shared_path_items_are_found() {
        let document = json!({"openapi": "3.1.0",
            "paths": {"/a": {"$ref": "#/components/pathItems/A", "summary": "here"}},
            "components": {"pathItems": {"A": {"get": {}, "summary": "there"}}}});
        let (document, _) = read(document).unwrap();
        let found: Vec<_> =
            Document::of(&document).operations().map(|it| (it.key.path, it.key.method)).collect();
        assert_eq!(found, [("/a", "get")]);
        assert_eq!(
            document.pointer("/paths/~1a").unwrap().to_json(),
            json!({"summary": "here", "get": {}})
        );
    }

    #[test]
    fn what_is_no_operation_is_a_loss() {
        let (document, findings) =
            read(json!({"openapi": "3.1.0", "paths": {"/a": {"get": null}}})).unwrap();
        assert_eq!(Document::of(&document).operations().count(), 0);
        let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["loss[no-operation] page:1: `GET /a` is null, not an operation"]);
    }
}
