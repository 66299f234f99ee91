//! The workflows are given no more than they need, and nothing of a pull request becomes a command.

use std::fs;
use std::path::Path;

use bindery_tests::workspace::ROOT;
use serde_json::{Value, json};

fn workflow(name: &str) -> Value {
    let path = Path::new(ROOT).join(".github/workflows").join(name);
    let text = fs::read_to_string(path).expect("a workflow");
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn all() -> Vec<(String, Value)> {
    let files = fs::read_dir(Path::new(ROOT).join(".github/workflows")).expect("workflows");
    let names = files.map(|file| file.expect("a file").file_name().into_string().expect("a name"));
    names.map(|name| (name.clone(), workflow(&name))).collect()
}

/// The steps of all jobs.
fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_object().expect("jobs");
    jobs.values().flat_map(|job| job["steps"].as_array().expect("steps")).collect()
}

#[test]
fn no_command_is_made_of_what_an_event_says() {
    let workflows = all();
    assert!(workflows.len() >= 3);
    for (name, workflow) in workflows {
        for step in steps(&workflow) {
            let run = step["run"].as_str().unwrap_or_default();
            assert!(!run.contains("${{"), "{name}: {run}");
        }
    }
}

#[test]
fn every_action_has_a_version_and_every_job_an_end() {
    for (name, workflow) in all() {
        for action in steps(&workflow).iter().filter_map(|step| step["uses"].as_str()) {
            let version = action.split_once("@v").map(|(_, version)| version.parse::<u32>());
            assert!(matches!(version, Some(Ok(_))), "{name}: {action}");
        }
        for job in workflow["jobs"].as_object().expect("jobs").values() {
            assert!(job["timeout-minutes"].is_u64(), "{name}");
        }
        assert!(
            workflow["permissions"].is_object(),
            "{name} has the permissions of the repository"
        );
        assert!(
            workflow["on"]["pull_request_target"].is_null(),
            "{name} runs strangers' code with secrets"
        );
    }
}

#[test]
fn what_runs_a_pull_request_can_only_read() {
    for name in ["ci.yml", "review.yml"] {
        let workflow = workflow(name);
        assert_eq!(workflow["permissions"], json!({"contents": "read"}), "{name}");
        let jobs = workflow["jobs"].as_object().expect("jobs");
        assert!(jobs.values().all(|job| job["permissions"].is_null()), "{name}");
    }
    let review = workflow("review.yml");
    assert_eq!(review["on"]["pull_request"]["paths"], json!(["specs/**", "crates/**"]));
}

#[test]
fn a_review_that_fails_is_shown_all_the_same() {
    let review = workflow("review.yml");
    let steps = steps(&review);
    let runs = |step: &&Value| step["run"].as_str().is_some_and(|it| it.contains("cargo xtask"));
    let command = steps.iter().position(runs).expect("a step that reviews");
    let run = steps[command]["run"].as_str().unwrap_or_default();
    // It checks the crates as well, and its exit status is that of the step.
    assert!(run.trim_end().lines().last().is_some_and(|it| it.starts_with("cargo xtask review ")));
    let rest = &steps[command + 1..];
    assert!(!rest.iter().any(runs), "what is checked is checked once");
    let shows = |step: &&Value| step["run"].as_str().is_some_and(|it| it.contains("report.md"));
    assert!(rest.iter().any(shows) && rest.iter().any(|step| step["uses"].is_string()));
    for step in rest {
        assert_eq!(step["if"], "${{ !cancelled() }}", "{step}");
    }
}

#[test]
fn what_can_write_runs_nothing_of_a_pull_request() {
    let comment = workflow("comment.yml");
    assert_eq!(comment["permissions"], json!({}));
    assert_eq!(
        comment["jobs"]["comment"]["permissions"],
        json!({"actions": "read", "pull-requests": "write"})
    );
    let review = workflow("review.yml");
    assert_eq!(comment["on"]["workflow_run"]["workflows"], json!([review["name"]]));
    for step in steps(&comment) {
        let uses = step["uses"].as_str().unwrap_or_default();
        assert!(uses.is_empty() || uses.starts_with("actions/download-artifact@"), "{uses}");
        let run = step["run"].as_str().unwrap_or_default();
        assert!(!run.contains("cargo") && !run.contains("git "), "{run}");
    }
}

#[test]
fn the_comment_is_found_by_the_mark_that_the_report_has() {
    let comment = workflow("comment.yml");
    let job = &comment["jobs"]["comment"];
    assert_eq!(job["env"]["MARKER"], xtask::diff::report::MARKER);
    assert_eq!(job["env"]["HEAD_SHA"], "${{ github.event.workflow_run.head_sha }}");
    let limit = format!("head -c {} ", xtask::diff::report::COMMENT_LIMIT);
    let runs: Vec<_> = steps(&comment).iter().filter_map(|step| step["run"].as_str()).collect();
    assert!(runs.iter().any(|run| run.contains(&limit)), "the report is cut where it would be");
    assert!(runs.iter().any(|run| run.contains("\"$HEAD_SHA\"")), "the pull request is compared");
}
