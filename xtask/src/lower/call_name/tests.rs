//! Names of operations on minimal fragments.

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::*;
use crate::testing::run;

/// The names of operations, in the order of the names.
fn names(paths: Json) -> String {
    let outcome = run(json!({"paths": paths}));
    outcome.calls().lines().filter(|it| !it.starts_with(' ')).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_summary_names_an_operation_without_its_articles() {
    assert_eq!(from_summary("Create a team invite").as_deref(), Some("create_team_invite"));
    assert_eq!(from_summary("Sends all of the things that were kept back until today"), None);
}

#[test]
fn operations_are_named_by_the_best_that_the_page_has() {
    let paths = json!({
        "/v1/teams/{team_id}/invites": {
            "post": {"operationId": "invite_users_v1_teams__team_id__invites_post", "summary": "Invite"},
            "get": {"summary": "List all the invites", "parameters": []},
            "delete": {},
        },
        "/users": {"get": {"operationId": "listUsers"}, "post": {"operationId": "!!!", "summary": "日本"}},
    });
    assert_snapshot!(names(paths), @"
    delete_v1_teams_team_id_invites: DELETE /v1/teams/{team_id}/invites
    invite_users: POST /v1/teams/{team_id}/invites
    list_all_invites: GET /v1/teams/{team_id}/invites
    list_users: GET /users
    post_users: POST /users
    ");
}

#[test]
fn operations_of_one_name_are_named_by_their_paths() {
    let paths = json!({
        "/users": {"get": {"operationId": "list"}},
        "/teams": {"get": {"operationId": "List"}, "post": {"summary": "Make a team"}},
        "/groups": {"post": {"summary": "Make team"}},
    });
    assert_snapshot!(names(paths), @"
    get_teams: GET /teams
    get_users: GET /users
    post_groups: POST /groups
    post_teams: POST /teams
    ");
}

#[test]
fn names_that_the_client_or_rust_has_are_avoided() {
    let named = |id: &str| json!({"get": {"operationId": id}});
    let paths = json!({
        "/a": named("new"), "/b": named("from_env"), "/c": named("type"), "/d": named("request"),
        "/e": named("client"), "/f": named("error"), "/g": named("builder"), "/h": named("1"),
        "/i": named("Self"), "/j": named("string"),
    });
    assert_snapshot!(names(paths), @"
    builder_: GET /g
    client: GET /e
    error: GET /f
    field_1: GET /h
    from_env_: GET /b
    new_: GET /a
    request_: GET /d
    self_: GET /i
    string: GET /j
    type_: GET /c
    ");
}
