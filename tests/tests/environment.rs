//! `from_env`: in a child process, whose environment a test can choose.

use std::process::Command;

use bindery_tests::subject::SECRET;

/// The variables that the clients read.
const VARIABLES: [&str; 5] = [
    "ANTHROPIC_ADMIN_KEY",
    "BASIC_TOKEN",
    "BETTERSTACK_API_TOKEN",
    "VIJIL_BASE_URL",
    "VIJIL_API_TOKEN",
];

/// What `from_env` gives when the variables have these values, by API.
fn from_env(value: impl Fn(&str) -> Option<&'static str>) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_from_env"));
    for variable in VARIABLES {
        match value(variable) {
            Some(value) => child.env(variable, value),
            None => child.env_remove(variable),
        };
    }
    let output = child.output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(!told.contains("s3cret"), "{told}");
    told.lines().map(str::to_owned).collect()
}

fn url_or(variable: &str, other: &'static str) -> Option<&'static str> {
    Some(if variable == "VIJIL_BASE_URL" { "https://vijil.example.com" } else { other })
}

#[test]
fn a_client_is_made_of_what_the_environment_has() {
    let clients = from_env(|variable| url_or(variable, SECRET));
    let expected = [
        ("anthropic", "https://api.anthropic.com", "x-api-key"),
        ("basic", "https://api.basic.tech", "authorization"),
        ("betterstack", "https://betterstack.com", "authorization"),
        ("vijil", "https://vijil.example.com", "authorization"),
    ];
    assert_eq!(clients.len(), expected.len());
    for (client, (api, url, header)) in clients.iter().zip(expected) {
        assert!(client.starts_with(&format!("{api}: Client ")), "{client}");
        assert!(client.contains(&format!("\"{url}")), "{client}");
        assert!(client.contains(&format!("credentials: [\"{header}\"]")), "{client}");
    }
}

#[test]
fn a_variable_that_is_missing_or_empty_is_named() {
    let unset = |variable: &str| format!("the environment variable `{variable}` is not set");
    let expected = [
        format!("anthropic: {}", unset("ANTHROPIC_ADMIN_KEY")),
        format!("basic: {}", unset("BASIC_TOKEN")),
        format!("betterstack: {}", unset("BETTERSTACK_API_TOKEN")),
        format!("vijil: {}", unset("VIJIL_BASE_URL")),
    ];
    assert_eq!(from_env(|_| None), expected);
    let empty = expected.map(|line| line.replace("is not set", "is empty"));
    assert_eq!(from_env(|_| Some(" ")), empty);

    let no_token = from_env(|variable| url_or(variable, "t").filter(|value| *value != "t"));
    assert_eq!(no_token[3], format!("vijil: {}", unset("VIJIL_API_TOKEN")));
}

#[test]
fn what_cannot_be_sent_is_refused_and_not_shown() {
    for client in from_env(|variable| url_or(variable, "s3cret\nx-other: 1")) {
        let (_, error) = client.split_once(": ").unwrap();
        assert!(error.starts_with("the credential "), "{client}");
    }
    let vijil = from_env(|_| Some("user:s3cret@example.com")).remove(3);
    assert!(vijil.starts_with("vijil: the base url "), "{vijil}");
}
