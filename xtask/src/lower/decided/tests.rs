//! What is decided of operations, from `api.toml` to the code.

use serde_json::{Value as Json, json};

use crate::config::ApiConfig;
use crate::finding::Findings;
use crate::source::Source;
use crate::testing::{self, run};

fn decisions(lines: &str) -> ApiConfig {
    let text = format!("title = 'A'\n{lines}");
    let mut findings = Findings::default();
    let config = ApiConfig::parse("a", &Source::new("api.toml", text), &mut findings);
    config.unwrap_or_else(|| panic!("{:?}", findings.iter().collect::<Vec<_>>()))
}

fn document() -> Json {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let operations = methods.map(|method| {
        let operation = json!({"operationId": format!("{method}_row"), "responses": {"204": {"description": "Done."}}});
        (method.to_owned(), operation)
    });
    json!({"paths": {"/rows": Json::Object(operations.into_iter().collect())}})
}

/// The operations that may be sent twice.
fn idempotent(code: &str) -> Vec<&str> {
    let operations = code.split("&runtime::Operation::new(").skip(1);
    operations
        .filter(|it| it.split(';').next().is_some_and(|it| it.contains(".idempotent()")))
        .filter_map(|it| it.split('"').nth(1))
        .collect()
}

#[test]
fn the_method_says_which_operations_may_be_sent_twice() {
    let code = run(document()).operations_code();
    assert_eq!(
        idempotent(&code),
        ["delete_row", "get_row", "head_row", "options_row", "put_row", "trace_row"]
    );
}

#[test]
fn what_is_decided_stands_above_it_and_is_documented() {
    let config = decisions(
        "[[retry]]\noperation = 'PUT /rows'\nidempotent = false\nreason = 'Each one adds a <row>.'\n\
         [[retry]]\noperation = 'POST /rows'\nidempotent = true\nreason = 'It replaces them all.'",
    );
    let outcomes = testing::run_with(document(), &config);
    let code = outcomes.operations_code();
    assert_eq!(
        idempotent(&code),
        ["delete_row", "get_row", "head_row", "options_row", "post_row", "trace_row"]
    );
    let not = "It is sent again only if the vendor has not acted, although its method is idempotent: Each one adds";
    let also = "It is sent again after a failure although its method is not idempotent: It replaces them all.";
    assert!(code.contains(not) && code.contains(also), "{code}");
    assert!(!code.contains("adds a <row>"), "the reason is text, not HTML");
}

#[test]
fn a_decision_about_nothing_is_told() {
    let config = decisions("[[retry]]\noperation = 'PUT /row'\nidempotent = false\nreason = 'r'\n");
    let (_, findings) = testing::lower(document(), &config);
    let findings: Vec<_> = findings.iter().collect();
    let [finding] = findings[..] else { panic!("{findings:?}") };
    let told = "error[unused-retry] api.toml:3: there is no operation `PUT /row`";
    assert_eq!(finding.to_string(), told);
    assert!(finding.help.contains("such as `PUT /rows`"), "{}", finding.help);
}

fn team() -> Json {
    testing::components(
        json!({"Team": {"type": "object", "required": ["id", "name", "kind"], "properties": {
            "id": {"type": "string"},
            "kind": {"type": "string", "const": "team"},
            "name": {"type": ["string", "null"]},
            "additional_properties": {"type": "integer"},
        }}}),
    )
}

#[test]
fn a_type_may_lack_properties_and_keep_others() {
    let config = decisions(
        "[[type]]\nname = 'Team'\npartial = true\nundeclared = true\nreason = 'The caller chooses <fields>.'",
    );
    let code = testing::run_with(team(), &config).code_of("Team");
    insta::assert_snapshot!(code.split("impl").next().unwrap_or_default(), @r#"
    /// Any property may be left out, and members that the page does not declare are kept: The caller chooses \<fields>.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[non_exhaustive]
    pub struct Team {
        /// `additional_properties`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub additional_properties: Option<i64>,
        /// The members beside those that are declared.
        #[serde(flatten)]
        pub additional_properties2: serde_json::Map<String, serde_json::Value>,
        /// `id`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub id: Option<String>,
        /// `kind`
        ///
        /// Always `team`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
        /// `name`
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }
    #[cfg(feature = "mock")]
    "#);
}

#[test]
fn a_decision_about_no_type_is_told() {
    let config = decisions("[[type]]\nname = 'Teem'\npartial = true\nreason = 'r'\n");
    let (_, findings) = testing::lower(team(), &config);
    let findings: Vec<_> = findings.iter().collect();
    let [finding] = findings[..] else { panic!("{findings:?}") };
    let told = "error[unused-type] api.toml:3: there is no type `Teem` with properties";
    assert_eq!(finding.to_string(), told);
    assert!(finding.help.contains("such as `Team`"), "{}", finding.help);
}

#[test]
fn a_decision_that_changes_nothing_is_told() {
    let mut document = team();
    document["components"]["schemas"]["Team"]["additionalProperties"] = json!({"type": "string"});
    let config = decisions("[[type]]\nname = 'Team'\nundeclared = true\nreason = 'r'\n");
    let (_, findings) = testing::lower(document, &config);
    let told =
        "error[config-no-effect] api.toml:3: `Team` keeps members that are not declared already";
    assert!(findings.iter().any(|it| it.to_string() == told));
}
