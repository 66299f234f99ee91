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

/// The lines of a workflow that name an action, without comments.
fn actions(name: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join(".github/workflows").join(name))
        .expect("a workflow");
    let uses =
        text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: "));
    uses.map(str::to_owned).collect()
}

#[test]
fn every_action_is_a_commit_with_its_version_beside_it() {
    for (name, workflow) in all() {
        let actions = actions(&name);
        let used = steps(&workflow).iter().filter(|step| step["uses"].is_string()).count();
        assert_eq!(
            actions.len(),
            used,
            "{name}: an action is named in a way that nobody reads here"
        );
        for action in actions {
            let (commit, version) =
                action.split_once('@').and_then(|it| it.1.split_once(" # v")).unwrap_or_default();
            let is_commit = commit.len() == 40
                && commit.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
            let is_version = version.split('.').count() == 3
                && version.split('.').all(|it| it.parse::<u32>().is_ok());
            assert!(is_commit && is_version, "{name}: {action}");
        }
    }
}

#[test]
fn every_job_ends_and_has_no_more_than_it_is_given() {
    for (name, workflow) in all() {
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

/// The step of the review that runs the generator, and those behind it.
fn command_and_rest(review: &Value) -> (Value, Vec<Value>) {
    let steps: Vec<Value> = steps(review).into_iter().cloned().collect();
    let runs = |step: &Value| step["run"].as_str().is_some_and(|it| it.contains("cargo xtask"));
    let command = steps.iter().position(runs).expect("a step that reviews");
    let rest = steps[command + 1..].to_vec();
    assert!(!rest.iter().any(runs), "what is compared is compared once");
    (steps[command].clone(), rest)
}

#[test]
fn a_review_that_fails_is_shown_all_the_same() {
    let (command, rest) = command_and_rest(&workflow("review.yml"));
    // Its exit status is that of the step.
    let run = command["run"].as_str().unwrap_or_default();
    assert!(run.trim_end().lines().last().is_some_and(|it| it.starts_with("cargo xtask review ")));
    let shows = |step: &Value| step["run"].as_str().is_some_and(|it| it.contains("report.md"));
    assert!(rest.iter().any(shows) && rest.iter().any(|step| step["uses"].is_string()));
    for step in rest {
        assert_eq!(step["if"], "${{ !cancelled() }}", "{step}");
    }
}

#[test]
fn a_pull_request_is_reviewed_by_the_generator_of_its_base() {
    let review = workflow("review.yml");
    let checkouts: Vec<Value> = steps(&review)
        .into_iter()
        .filter(|step| step["uses"].as_str().is_some_and(|it| it.starts_with("actions/checkout@")))
        .map(|step| step["with"].clone())
        .collect();
    let [base, theirs] = checkouts.as_slice() else { panic!("two trees: {checkouts:?}") };
    assert_eq!(base["ref"], "${{ github.base_ref }}");
    assert!(theirs["ref"].is_null(), "as it would be merged");
    for tree in &checkouts {
        assert_eq!(tree["persist-credentials"], false, "{tree}");
    }
    let (base, theirs) =
        (base["path"].as_str().expect("a folder"), theirs["path"].as_str().expect("another"));
    let (command, _) = command_and_rest(&review);
    // Cargo builds, and takes its settings from, the folder in which it is run.
    assert_eq!(command["working-directory"], base);
    let last =
        command["run"].as_str().and_then(|it| it.trim_end().lines().last()).unwrap_or_default();
    assert!(last.contains(&format!(" --root ../{theirs} ")), "{last}");
    assert!(
        last.contains(" --base HEAD^1 ") && last.contains(" --drift-at \"$CHECKS\" "),
        "{last}"
    );
    for step in steps(&review) {
        let folder = step["working-directory"].as_str().unwrap_or_default();
        let run = step["run"].as_str().unwrap_or_default();
        assert!(!folder.contains(theirs) && !run.contains(&format!("cd {theirs}")), "{step}");
    }
}

#[test]
fn a_report_is_posted_only_where_the_workflows_are_ours() {
    let comment = workflow("comment.yml");
    let steps = steps(&comment);
    let find = steps
        .iter()
        .find_map(|step| step["run"].as_str().filter(|it| it.contains("PR_NUMBER=")))
        .expect("it");
    let looks = find.find("grep --quiet '^\\.github/'").expect("it looks for changed workflows");
    assert!(looks < find.find("PR_NUMBER=").expect("the number is passed on"), "{find}");
    assert!(find.contains("(.previous_filename // empty)") && find.contains("-ge 3000"), "{find}");
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
    assert!(runs.iter().any(|run| run.contains("\"Compared at \" + $sha")), "the commit is named");
}

#[test]
fn python_packages_are_pinned_by_hash() {
    let read = |path: &str| fs::read_to_string(Path::new(ROOT).join(path)).expect("a file");
    let run = read(".ci/run");
    let installs: Vec<&str> = run.lines().filter(|line| line.contains("/pip\" install")).collect();
    let [install] = installs[..] else { panic!("one place: {installs:?}") };
    for option in ["--require-hashes", "--no-deps", "--requirement \"$pins\""] {
        assert!(install.contains(option), "{install}");
    }
    let pins = read(".ci/requirements.txt").replace("\\\n", "");
    let pins: Vec<&str> =
        pins.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(pins.iter().any(|pin| pin.starts_with("openapi-spec-validator==")), "{pins:?}");
    for pin in pins {
        assert!(pin.contains("==") && pin.contains("--hash=sha256:"), "{pin}");
        assert!(!pin.contains("://"), "{pin}");
    }
}
