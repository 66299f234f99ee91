//! `[[retry]]`, read from minimal tables.

use crate::config::ApiConfig;
use crate::finding::Findings;
use crate::source::Source;

fn parse(table: &str) -> Result<ApiConfig, Vec<String>> {
    let mut findings = Findings::default();
    let text = format!("title = 'A'\n{table}");
    let source = Source::new("api.toml", text.as_str());
    let config = ApiConfig::parse("a", &source, &mut findings);
    config.ok_or_else(|| findings.iter().map(ToString::to_string).collect())
}

#[test]
fn an_operation_is_declared_idempotent_or_not() {
    let table = "[[retry]]\noperation = 'PUT /a'\nidempotent = false\nreason = 'r'\n\
                 [[retry]]\noperation = 'POST /a'\nidempotent = true\nreason = 's'";
    let config = parse(table).unwrap();
    let retries = config.retries.iter();
    let retries: Vec<_> =
        retries.map(|it| (&*it.operation.text, it.idempotent, &*it.reason)).collect();
    assert_eq!(retries, [("PUT /a", false, "r"), ("POST /a", true, "s")]);
    assert_eq!(config.retries[1].operation.span.line(), 7);
}

#[test]
fn what_is_wrong_is_told() {
    let wrong = "[[retry]]\noperation = 'PUT /a'\nidempotnet = false\n\
                 [[retry]]\noperation = 'PUT a'\nidempotent = 'no'\nreason = 'r'\n\
                 [[retry]]\noperation = 'PUT /a'\nreason = 'r'";
    assert_eq!(
        parse(wrong).unwrap_err(),
        [
            "error[config-unknown-key] api.toml:4: `[[retry]]` has no key `idempotnet`",
            "error[config-missing-key] api.toml:2: `[[retry]]` has no `reason`",
            "error[config-value] api.toml:6: `operation` is not legal here: it must be a method and a path, such as \
             `POST /team/{team_id}/invite`",
            "error[config-type] api.toml:7: `idempotent` must be `true` or `false`, and this is a string",
            "error[config-missing-key] api.toml:9: `[[retry]]` has no `idempotent`",
        ]
    );
}

#[test]
fn what_to_write_is_told() {
    let table = "[[retry]]\noperation = 'PUT'\nreason = ''";
    let mut findings = Findings::default();
    let source = Source::new("api.toml", format!("title = 'A'\n{table}").as_str());
    assert!(ApiConfig::parse("a", &source, &mut findings).is_none());
    let told: Vec<_> = findings.iter().map(|it| (&*it.why, &*it.help)).collect();
    let [operation, idempotent, reason] = told[..] else { panic!("{told:?}") };
    let example = "Write, for example, `operation = \"POST /invites\"`.";
    assert_eq!(operation, ("The decision would be about nothing.", example));
    assert_eq!(idempotent.1, "Add `idempotent = true` or `idempotent = false`.");
    assert!(reason.0.contains("a reviewer must know why"), "{}", reason.0);
}

#[test]
fn a_decision_that_changes_nothing_is_told() {
    for (method, idempotent, said) in [
        ("GET", true, "by its method, `GET` is idempotent already"),
        ("PATCH", false, "by its method, `PATCH` is not idempotent already"),
    ] {
        let table = format!(
            "[[retry]]\noperation = '{method} /a'\nidempotent = {idempotent}\nreason = 'r'"
        );
        let told = format!("error[config-no-effect] api.toml:4: {said}");
        assert_eq!(parse(&table).unwrap_err(), [told]);
    }
}

#[test]
fn it_is_decided_once() {
    let table = "[[retry]]\noperation = 'PUT /a'\nidempotent = false\nreason = 'r'\n".repeat(2);
    let told = "error[config-duplicate] api.toml:7: sending `PUT /a` again is decided twice";
    assert_eq!(parse(&table).unwrap_err(), [told]);
}
