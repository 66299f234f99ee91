//! That views go by the tables, and that stages go by the views.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::*;
use crate::node::Node;
use crate::source::Source;

#[test]
fn every_member_that_is_read_is_in_the_table_of_its_object() {
    let views = [
        Content::READS,
        Discriminator::READS,
        Document::READS,
        Header::READS,
        MediaType::READS,
        Operation::READS,
        Parameter::READS,
        PathItem::READS,
        RequestBody::READS,
        SecurityRequirement::READS,
        Response::READS,
        Schema::READS,
        SecurityScheme::READS,
        Server::READS,
    ];
    for (object, reads) in views {
        let known = |name: &&&str| object.keyword(name).is_some() || name.starts_with("x-");
        let unknown: Vec<_> = reads.iter().filter(|it| !known(it)).collect();
        assert_eq!(unknown, [&""; 0], "{}", object.name);
    }
}

/// The methods by which a tree is read or written by the text of a member.
const BY_TEXT: [&str; 15] = [
    "contains_key",
    "entry",
    "flag",
    "get",
    "get_mut",
    "list",
    "map",
    "member",
    "pointer",
    "put",
    "remove",
    "set",
    "shift_remove",
    "str",
    "take",
];

/// Returns where a source reads or writes a member by its text. What a file has of tests is left out.
fn accesses_by_text(source: &str) -> Vec<&str> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let calls = BY_TEXT.iter().flat_map(|it| {
        let call = format!(".{it}(");
        let at = source.match_indices(&call).map(|(at, call)| at + call.len());
        at.collect::<Vec<_>>()
    });
    let arguments = calls.filter_map(|at| source.get(at..));
    let texts = arguments.filter(|it| it.trim_start().starts_with('"'));
    texts.filter_map(|it| it.trim_start().lines().next()).collect()
}

fn sources(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("the folder is there").map(Result::unwrap) {
        let path = entry.path();
        match path.file_stem().is_some_and(|it| it == "tests") {
            true => {}
            false if path.is_dir() => sources(&path, visit),
            false if path.extension().is_some_and(|it| it == "rs") => {
                visit(&path, &fs::read_to_string(&path).expect("it is text"));
            }
            false => {}
        }
    }
}

#[test]
fn lowering_and_comparing_read_no_member_by_its_text() {
    let (mut files, mut found) = (0, Vec::new());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for folder in ["lower", "diff/wire"] {
        let mut visit = |path: &Path, text: &str| {
            files += 1;
            let here = accesses_by_text(text).into_iter();
            found.extend(here.map(|it| format!("{}: {it}", path.display())));
        };
        let module = root.join(format!("{folder}.rs"));
        visit(&module, &fs::read_to_string(&module).expect("it is text"));
        sources(&root.join(folder), &mut visit);
    }
    assert!(files > 50, "{files}");
    assert_eq!(found, [""; 0], "give the view of the object a method for it, in `openapi/model/`");
}

#[test]
fn what_is_read_by_its_text_is_found() {
    let source = "fn a(n: &Node) {\n    n.get(\"x\");\n    n.str(\n        \"y\",\n    );\n    n.get(name);\n}";
    assert_eq!(accesses_by_text(source), ["\"x\");", "\"y\","]);
    let tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{source}\n}}");
    assert_eq!(accesses_by_text(&tests), [""; 0]);
}

#[test]
fn data_is_no_annotation_whatever_it_holds() {
    let schema = json!({"description": "b", "const": {"description": "a"}, "properties": {"title": {"title": "T"}}});
    let node = Node::from_json(schema, &Source::new("page", "").start());
    let expected = json!({"const": {"description": "a"}, "properties": {"title": {}}});
    assert_eq!(Schema::of(&node).without_any_annotations().to_json(), expected);
}

#[test]
fn a_chain_of_references_is_followed_to_its_end() {
    let to = |at: u32| (format!("p{at}"), json!({"$ref": format!("#/p{}", at + 1)}));
    let mut document: serde_json::Map<_, _> = (0..64).map(to).collect();
    document.insert("p64".to_owned(), json!({"name": "a", "in": "query"}));
    document.insert("loop".to_owned(), json!({"$ref": "#/loop"}));
    let node = Node::from_json(json!(document), &Source::new("page", "").start());
    let resolved = |name: &str| node.get(name).and_then(|it| it.resolve(&node));
    assert_eq!(resolved("p0"), node.get("p64"));
    assert_eq!(resolved("loop"), node.get("loop"));
}
