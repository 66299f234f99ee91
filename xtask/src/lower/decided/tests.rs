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
    let operations = code.split("&runtime::Operation {").skip(1);
    operations
        .filter(|it| it.split('}').next().is_some_and(|it| it.contains("idempotent: true,")))
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
