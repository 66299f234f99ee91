//! A document in which each component is sent and received.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value as Json, json};
use xtask::corpus::input::Document;

use super::grow;
use super::judge::Judge;
use super::schema::{Family, Way};
use super::spelling::Spelling;
use super::values::Values;

/// Where the schema of each direction stands in an operation.
pub(crate) const WAYS: [(Way, &str); 2] =
    [(Way::Sent, "requestBody"), (Way::Received, "responses/200")];

/// So many families of schemas.
pub(crate) fn families(count: usize, runner: &mut TestRunner) -> Vec<Family> {
    let mut family = |at: usize| {
        let components = grow::components().new_tree(runner).expect("components").current();
        Family { name: format!("Family{at}"), components }
    };
    (0..count).map(&mut family).collect()
}

/// Where the example of a component stands that goes one way.
pub(crate) fn place(component: &str, of_message: &str) -> String {
    format!("/paths/~1{component}/post/{of_message}/content/application~1json/example")
}

/// The document of some families. What has an example has its type found.
pub(crate) fn document(
    families: &[Family],
    spelling: Spelling,
    runner: &mut TestRunner,
) -> Document {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for family in families {
        schemas.extend(family.json(spelling));
        for component in 0..family.components.len() {
            let name = family.name_of(component);
            if let Some(example) = example(family, component, runner) {
                paths.insert(format!("/{name}"), json!({"post": operation(&name, &example)}));
            }
        }
    }
    let version = if spelling == Spelling::Old { "3.0.3" } else { "3.1.0" };
    let text = json!({
        "openapi": version,
        "info": {"title": "Properties", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    });
    let name = format!("properties-{version}");
    let package = format!("corpus-{}", name.replace('.', "-"));
    Document { name, folder: package.clone(), package, text: text.to_string() }
}

/// One that has the members of both directions, so that it is valid as the document has the schema.
fn example(family: &Family, component: usize, runner: &mut TestRunner) -> Option<Json> {
    let judge = Judge::of(family, component, Way::Both);
    let values = Values { family, component, way: Way::Both, judge: &judge };
    Some(values.new_tree(runner).ok()?.current())
}

fn operation(name: &str, example: &Json) -> Json {
    let schema = json!({"$ref": format!("#/components/schemas/{name}")});
    let content = json!({"application/json": {"schema": schema, "example": example}});
    json!({
        "operationId": format!("send_{name}"),
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": "", "content": content}},
    })
}
