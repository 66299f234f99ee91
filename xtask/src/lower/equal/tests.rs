//! Which types are one, and what they are called.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use crate::config::Renamed;
use crate::testing::{components, renames, run, run_with};

/// Operations that answer with these schemas, by their names.
fn answers(schemas: Json) -> Json {
    let Json::Object(schemas) = schemas else { panic!("schemas by names") };
    let paths = schemas.into_iter().map(|(name, schema)| {
        let answer =
            json!({"description": "", "content": {"application/json": {"schema": schema}}});
        let operation = json!({"operationId": name, "responses": {"200": answer}});
        (format!("/{name}"), json!({"get": operation}))
    });
    json!({ "paths": paths.collect::<serde_json::Map<_, _>>() })
}

#[test]
fn equal_schemas_are_one_type_at_any_depth() {
    let meta = |text: &str| {
        let meta = json!({"type": "object", "properties": {"next": {"type": "string", "description": text}}});
        json!({"type": "object", "properties": {"meta": meta}})
    };
    let document = answers(json!({
        "listTeams": meta("The next page."), "listRoles": meta("The next page."), "listRooms": meta("Where to go on."),
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct ListRoomsResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub meta: Option<ListRoomsResponseMeta>,
    }
    pub struct ListRoomsResponseMeta {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    pub struct Meta {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
    pub struct MetaResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub meta: Option<Meta>,
    }
    "#);
}

#[test]
fn what_differs_in_one_thing_is_another_type() {
    let object = |property: Json| json!({"type": "object", "properties": {"a": property}});
    let document = answers(json!({
        "one": object(json!({"type": "string"})),
        "two": object(json!({"type": "integer"})),
        "three": object(json!({"type": "string", "maxLength": 3})),
        "four": object(json!({"type": "string", "example": "x"})),
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct AResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    pub struct ThreeResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    pub struct TwoResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<i64>,
    }
    "#);
}

#[test]
fn types_that_hold_themselves_are_one() {
    let tree = |name: &str| {
        let itself = format!("#/paths/~1{name}/get/responses/200/content/application~1json/schema");
        json!({"type": "object", "properties": {"inner": {"$ref": itself}}})
    };
    let document = answers(json!({"listTrees": tree("listTrees"), "findTrees": tree("findTrees")}));
    assert_snapshot!(run(document).types(), @r#"
    pub struct FindTrees {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub inner: Option<Box<FindTrees>>,
    }
    "#);
}

#[test]
fn components_are_one_where_they_would_have_one_name_and_say_the_same() {
    let object = |text: &str| json!({"type": "object", "properties": {"a": {"type": "string", "description": text}}});
    let document = components(json!({
        "error": object("One."), "Error": object("Other."), "Failure": object("One."),
    }));
    assert_snapshot!(run(document).types(), @r#"
    pub struct Error {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    pub struct Failure {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }
    "#);
}

#[test]
fn bodies_of_failures_are_called_so() {
    let failure = |status: &str, name: &str| {
        let schema = json!({"type": "object", "properties": {"code": {"type": "string"}}});
        let answer =
            json!({"description": "", "content": {"application/json": {"schema": schema}}});
        (
            format!("/{name}"),
            json!({"get": {"operationId": name, "responses": {"204": {"description": ""}, status: answer}}}),
        )
    };
    let paths = [failure("404", "getTeam"), failure("422", "getRole")];
    let outcomes = run(json!({ "paths": paths.into_iter().collect::<serde_json::Map<_, _>>() }));
    assert_snapshot!(outcomes.calls(), @"
    get_role: GET /getRole
      gives 204: ()
      fails 422: ErrorBody
    get_team: GET /getTeam
      gives 204: ()
      fails 404: ErrorBody
    ");
    assert_snapshot!(outcomes.types(), @r#"
    pub struct ErrorBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub code: Option<String>,
    }
    "#);
}

#[test]
fn renames_are_of_the_name_that_the_type_has() {
    let kind = json!({"type": "string", "enum": ["a", "b"]});
    let object = json!({"type": "object", "properties": {"meta": {"type": "object", "properties": {"kind": kind, "id": {"type": "string"}}}}});
    let more = json!({"type": "object", "properties": {"meta": object["properties"]["meta"], "b": {"type": "string"}}});
    let list = vec![
        (Renamed::Type("Meta".into()), "About"),
        (Renamed::Property("About.id".into()), "number"),
        (Renamed::Variant("MetaKind.A".into()), "First"),
    ];
    let document = answers(json!({"listTeams": object, "getRooms": more}));
    assert_snapshot!(run_with(document, &renames(list)).types(), @r#"
    pub struct About {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<MetaKind>,
        #[serde(rename = "id", skip_serializing_if = "Option::is_none")]
        pub number: Option<String>,
    }
    pub struct GetRoomsResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub b: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub meta: Option<About>,
    }
    pub struct ListTeamsResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub meta: Option<About>,
    }
    pub enum MetaKind {
        First,
        B,
        Unknown(String),
    }
    "#);
}

#[test]
fn components_of_one_name_that_differ_in_a_fact_are_two() {
    let object = |values: Json, default: u8| {
        json!({"type": "object", "properties": {
            "v": {"type": "integer", "enum": [values]}, "w": {"type": "integer", "default": default},
        }})
    };
    let two = |one: Json, other: Json| {
        let types = run(components(json!({"a_k": one, "AK": other}))).types();
        types.matches("pub struct").count()
    };
    assert_eq!(two(object(json!(1), 5), object(json!(2), 5)), 2);
    assert_eq!(two(object(json!(1), 5), object(json!(1), 7)), 2);
    assert_eq!(two(object(json!(1), 5), object(json!(1), 5)), 1);
}

#[test]
fn what_is_said_of_one_alone_is_not_said_of_both() {
    let object = |text: &str| json!({"type": "object", "description": text, "properties": {"a": {"type": "string", "description": text}}});
    let code = run(components(json!({"a_k": object("One."), "AK": object("Two.")}))).code_of("Ak");
    assert!(!code.contains("One.") && !code.contains("Two."), "{code}");
}

/// Two operations with a body that has a `role` of this schema.
fn roles(role: &Json) -> Json {
    let call = |name: &str, properties: Json| {
        let schema = json!({"type": "object", "properties": properties});
        let content = json!({"application/json": {"schema": schema}});
        (
            format!("/{name}"),
            json!({"post": {"operationId": name,
            "requestBody": {"required": true, "content": content}, "responses": {"204": {"description": ""}}}}),
        )
    };
    let paths = [
        call("addTag", json!({"role": role})),
        call("dropTeam", json!({"role": role, "x": {"type": "string"}})),
    ];
    json!({ "paths": paths.into_iter().collect::<serde_json::Map<_, _>>() })
}

#[test]
fn names_may_change_places() {
    let role = json!({"type": "object", "required": ["a", "b"],
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}});
    let list =
        vec![(Renamed::Property("Role.a".into()), "b"), (Renamed::Property("Role.b".into()), "a")];
    assert_snapshot!(run_with(roles(&role), &renames(list)).types(), @r#"
    pub struct AddTagBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
    }
    pub struct DropTeamBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x: Option<String>,
    }
    pub struct Role {
        #[serde(rename = "b")]
        pub a: i64,
        #[serde(rename = "a")]
        pub b: String,
    }
    "#);
}

#[test]
fn names_that_are_decided_are_given_once() {
    let role = json!({"type": "string", "enum": ["a", "b"]});
    let list = vec![
        (Renamed::Type("AddTagBodyRole".into()), "TagRole"),
        (Renamed::Variant("TagRole.A".into()), "B"),
        (Renamed::Variant("TagRole.B".into()), "A"),
        (Renamed::Variant("DropTeamBodyRole.A".into()), "B"),
        (Renamed::Variant("DropTeamBodyRole.B".into()), "A"),
    ];
    assert_snapshot!(run_with(roles(&role), &renames(list)).types(), @r#"
    pub struct AddTagBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<TagRole>,
    }
    pub struct DropTeamBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<TagRole>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x: Option<String>,
    }
    pub enum TagRole {
        B,
        A,
        Unknown(String),
    }
    "#);
}

#[test]
fn two_names_make_two_types() {
    let role = json!({"type": "string", "enum": ["a", "b"]});
    let list = vec![
        (Renamed::Type("AddTagBodyRole".into()), "TagRole"),
        (Renamed::Type("DropTeamBodyRole".into()), "TeamRole"),
    ];
    assert_snapshot!(run_with(roles(&role), &renames(list)).types(), @r#"
    pub struct AddTagBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<TagRole>,
    }
    pub struct DropTeamBody {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<TeamRole>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub x: Option<String>,
    }
    pub enum TagRole {
        A,
        B,
        Unknown(String),
    }
    pub enum TeamRole {
        A,
        B,
        Unknown(String),
    }
    "#);
}
