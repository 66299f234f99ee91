//! What an example shows and what it leaves to the reader, on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Map, Value as Json, json};

use crate::testing::{operation, run};

/// An operation whose body has so many levels of objects, each in the one before twice.
fn nested(levels: usize) -> Json {
    let level = |number: usize| {
        let inner = match number + 1 < levels {
            true => json!({"$ref": format!("#/components/schemas/Level{}", number + 1)}),
            false => json!({"type": "string"}),
        };
        let schema = json!({"type": "object", "required": ["a", "b"], "properties": {"a": inner, "b": inner}});
        (format!("Level{number}"), schema)
    };
    let schemas: Map<String, Json> = (0..levels).map(level).collect();
    let body = json!({"$ref": "#/components/schemas/Level0"});
    json!({
        "paths": {"/a": {"post": {
            "operationId": "keep",
            "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
            "responses": {"204": {"description": "Kept."}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn example(document: Json) -> String {
    let code = run(document).operations_code();
    let lines = code.lines().skip_while(|it| !it.contains("```no_run"));
    let lines = lines.skip(1).take_while(|it| !it.contains("```"));
    lines
        .map(|it| it.trim_start().trim_start_matches("///").trim_end())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_example_shows_all_that_a_call_requires() {
    assert_snapshot!(example(nested(1)), @r#"
    # use bindery_test::types;
    # async fn example(
    #     client: bindery_test::Client,
    # ) -> Result<(), Box<dyn std::error::Error>> {
    client.keep(types::Level0::new("a", "b")).await?;
    # Ok(())
    # }
    "#);
}

#[test]
fn what_has_too_many_parts_to_show_is_given_as_a_whole() {
    let mut document = nested(2);
    let part = json!({"$ref": "#/components/schemas/Level1"});
    let names: Vec<String> = (0..40).map(|it| format!("p{it}")).collect();
    let properties: Map<String, Json> = names.iter().map(|it| (it.clone(), part.clone())).collect();
    document["components"]["schemas"]["Level0"] =
        json!({"type": "object", "required": names, "properties": properties});
    assert_snapshot!(example(document), @"
    # use bindery_test::types;
    # async fn example(
    #     client: bindery_test::Client,
    #     level0: types::Level0,
    # ) -> Result<(), Box<dyn std::error::Error>> {
    client.keep(level0).await?;
    # Ok(())
    # }
    ");
}

#[test]
fn what_is_too_much_to_show_is_given_under_names_of_its_own() {
    assert_snapshot!(example(nested(6)), @"
    # use bindery_test::types;
    # async fn example(
    #     client: bindery_test::Client,
    #     level1: types::Level1,
    #     level1_2: types::Level1,
    # ) -> Result<(), Box<dyn std::error::Error>> {
    client.keep(types::Level0::new(level1, level1_2)).await?;
    # Ok(())
    # }
    ");
}

#[test]
fn an_example_is_no_longer_than_it_helps() {
    let mut schemas = serde_json::Map::new();
    for level in 0..6 {
        let next = json!({"$ref": format!("#/components/schemas/L{}", level + 1)});
        let properties: serde_json::Map<_, _> =
            (0..9).map(|at| (format!("p{at}"), next.clone())).collect();
        let required: Vec<&String> = properties.keys().collect();
        schemas.insert(
            format!("L{level}"),
            json!({"type": "object", "required": required, "properties": properties}),
        );
    }
    schemas.insert(
        "L6".to_owned(),
        json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}),
    );
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}});
    let mut document = operation(json!({"requestBody": {"required": true, "content": content}}));
    document["components"] = json!({"schemas": schemas});
    let example =
        run(document).refined.and_then(|it| it.example).map(|it| it.expression.to_string().len());
    assert!(example.is_some_and(|it| it < 20_000), "{example:?}");
}
