//! Texts of `api.toml`: what is decided, and what is said to be wrong.

use super::*;
use crate::finding::{Findings, Kind};
use crate::source::Source;

/// What is said of a text: either the decisions or the findings, a line each.
fn parse(text: &str) -> Result<ApiConfig, Vec<String>> {
    let mut findings = Findings::default();
    let source = Source::new("specs/a/api.toml", text);
    ApiConfig::parse("better_stack", &source, &mut findings)
        .ok_or_else(|| findings.iter().map(ToString::to_string).collect())
}

/// The findings, with what follows the place.
fn problems(text: &str) -> Vec<String> {
    let shorten = |line: String| line.replace(" specs/a/api.toml:", " ");
    parse(text).err().unwrap_or_default().into_iter().map(shorten).collect()
}

#[test]
fn all_that_can_be_decided() {
    let config = parse(
        r#"
title = "Better Stack API"
package = "bindery-better"
docs = "https://a.io/docs"
base_url_env = "A_URL"
[credential]
header = "x-api-key"
name = "api_key"
env = "A_KEY"
reason = "because"
[[header]]
name = "a-version"
value = "2023-06-01"
reason = "because"
[[server]]
url = "https://staging.a.io"
name = "staging"
reason = "because"
[[rename]]
operation = "POST /a/{b}"
to = "make_a"
reason = "because"
[[rename]]
type = "ASchema"
to = "A"
reason = "because"
[[rename]]
property = "A.b"
to = "c"
reason = "because"
[[rename]]
variant = "A.B"
to = "C"
reason = """
Long \
text."""
"#,
    )
    .unwrap();
    assert_eq!((config.name.as_str(), config.package.as_str()), ("better_stack", "bindery-better"));
    assert_eq!(config.title, "Better Stack API");
    let credential = config.credential.unwrap();
    assert_eq!(credential.place, CredentialPlace::Header("x-api-key".to_owned()));
    assert_eq!(credential.span.line(), 6);
    assert_eq!(
        (config.headers[0].value.as_str(), config.headers[0].span.line()),
        ("2023-06-01", 12)
    );
    assert_eq!(config.servers[0].name, "staging");
    let renames: Vec<_> = config.renames.iter().map(|it| (&it.what, it.to.as_str())).collect();
    assert_eq!(
        renames,
        [
            (&Renamed::Operation("POST /a/{b}".to_owned()), "make_a"),
            (&Renamed::Type("ASchema".to_owned()), "A"),
            (&Renamed::Property("A.b".to_owned()), "c"),
            (&Renamed::Variant("A.B".to_owned()), "C"),
        ]
    );
    assert_eq!(config.renames[3].reason, "Long text.");
}

#[test]
fn what_is_not_decided_has_a_default() {
    let config = parse("title = 'A'").unwrap();
    assert_eq!(
        (config.package.as_str(), config.version.to_string()),
        ("bindery-better-stack", "0.1.0".to_owned())
    );
    assert!(config.credential.is_none() && config.renames.is_empty());
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let mut findings = Findings::default();
    let source = Source::new("specs/a/api.toml", "title = 'A'\n[credentail]\n");
    assert!(ApiConfig::parse("a", &source, &mut findings).is_none());
    let finding = findings.iter().next().unwrap();
    assert_eq!(
        finding.to_string(),
        "error[config-unknown-key] specs/a/api.toml:2: `api.toml` has no key `credentail`"
    );
    assert!(finding.help.starts_with("Did you mean `credential`? Known are `title`, "));
}

#[test]
fn only_what_is_found_and_weighs_enough_is_accepted() {
    let accepted = |kind: &str| {
        let text = format!("title = 'A'\n[[accept]]\nfinding = '{kind}'\nreason = 'known'\n");
        let mut findings = Findings::default();
        let config = ApiConfig::parse("a", &Source::new("api.toml", text), &mut findings);
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        config.map(|it| it.accepted[0].finding).ok_or(lines.join("\n"))
    };
    assert_eq!(accepted("form-style"), Ok(Kind::FormStyle));
    let wrong = |kind: &str, what: &str| {
        let line = format!("error[config-value] api.toml:3: `finding` is not legal here: {what}");
        assert_eq!(accepted(kind), Err(line));
    };
    wrong("formStyle", "no finding is of the kind `formStyle`; did you mean `form-style`?");
    wrong("quite", "no finding is of the kind `quite`; `cargo xtask explain` lists the kinds");
    let only = "and only a loss or a deviation is accepted";
    wrong("syntax", &format!("`syntax` is always of the severity error, {only}"));
    wrong("tuple", &format!("`tuple` is always of the severity untyped, {only}"));
}

#[test]
fn the_version_says_where_it_went() {
    let mut findings = Findings::default();
    let source = Source::new("specs/a/api.toml", "title = 'A'\nversion = '1.2.3'\n");
    assert!(ApiConfig::parse("a", &source, &mut findings).is_none());
    let all: Vec<_> = findings.iter().collect();
    let [finding] = all[..] else { panic!("{all:?}") };
    assert_eq!(
        (finding.kind.name(), finding.span.as_ref().unwrap().line()),
        ("config-unknown-key", 2)
    );
    assert!(finding.help.contains("`release.toml`"), "{}", finding.help);
}

#[test]
fn a_release_is_a_version() {
    let read = |text: &str| {
        let mut findings = Findings::default();
        let version = release::version(&Source::new("release.toml", text), &mut findings);
        version.ok_or_else(|| findings.iter().map(|it| it.kind.name()).collect::<Vec<_>>())
    };
    assert_eq!(read("# why\nversion = '1.2.0-rc.1'"), Ok("1.2.0-rc.1".parse().unwrap()));
    assert_eq!(read("version = '1.2'"), Err(vec!["config-value"]));
    assert_eq!(read("versoin = '1.2.0'"), Err(vec!["config-unknown-key"]));
    assert_eq!(read(""), Err(vec!["config-missing-key"]));
    assert_eq!(read("version").unwrap_err().len(), 1);
}

#[test]
fn all_problems_are_told_at_once() {
    let text = r#"
docs = 1
package = "basic"
[credential]
bearer = true
header = "x"
name = "type"
env = "lower"
[[header]]
name = "a b"
value = ""
[[rename]]
type = "A"
property = "A.b"
[[server]]
url = "https://u:p@a.io"
name = "Staging"
reason = " "
"#;
    assert_eq!(
        problems(text),
        [
            "error[config-missing-key] 1: `api.toml` has no `title`",
            "error[config-value] 3: `package` is not legal here: it must be `bindery-` and then \
             lower-case letters, digits and hyphens",
            "error[config-type] 2: `docs` must be a string, and this is a number",
            "error[config-choice] 4: `[credential]` has `bearer` and `header` of `bearer`, `basic`, `header`, \
             `query` and `cookie`",
            "error[config-value] 7: `name` is not legal here: that is a keyword of Rust",
            "error[config-value] 8: `env` is not legal here: it must be upper-case letters, digits \
             and underscores, such as `BASIC_TOKEN`",
            "error[config-missing-key] 4: `[credential]` has no `reason`",
            "error[config-value] 10: `name` is not legal here: invalid HTTP header name",
            "error[config-value] 11: `value` is not legal here: it must be visible ASCII \
             characters, with no blank at either end",
            "error[config-missing-key] 9: `[[header]]` has no `reason`",
            "error[config-value] 16: `url` is not legal here: a url must not carry a user or a \
             password",
            "error[config-value] 17: `name` is not legal here: it must be snake_case: lower-case \
             letters, digits and single underscores",
            "error[config-value] 18: `reason` is not legal here: it must say something",
            "error[config-missing-key] 12: `[[rename]]` has no `reason`",
            "error[config-choice] 12: `[[rename]]` has `type` and `property` of `operation`, \
             `type`, `property` and `variant`",
        ]
    );
}

#[test]
fn each_place_of_a_credential_can_be_decided() {
    let decided = |what: &str| {
        let text = format!("title = 'A'\n[credential]\nname = 'key'\nreason = 'r'\n{what}\n");
        let config = parse(&text).map_err(|_| problems(&text))?;
        let credential = config.credential.unwrap();
        Ok::<_, Vec<String>>(format!("{} {}", credential.place, credential.env.join(" ")))
    };
    for (what, place) in [
        ("basic = true\nenv = ['A_USER', 'A_PASSWORD']", "basic A_USER A_PASSWORD"),
        ("query = 'api key'\nenv = 'A_KEY'", "query api key A_KEY"),
        ("cookie = 'sid'\nenv = 'A_KEY'", "cookie sid A_KEY"),
    ] {
        assert_eq!(decided(what).unwrap(), place);
    }
    let list = "error[config-type] 6: `env` must be a list of 2, and this is";
    let none = "it must be letters, digits and a few marks, without blanks";
    for (what, problem) in [
        ("basic = true\nenv = 'A'", format!("{list} a string")),
        ("basic = true\nenv = ['A']", format!("{list} a list of 1")),
        (
            "basic = true\nenv = ['A', 'A']",
            "error[config-duplicate] 2: the variable `A` is decided twice".to_owned(),
        ),
        ("basic = true", "error[config-missing-key] 2: `[credential]` has no `env`".to_owned()),
        (
            "query = 'k'\nenv = ['A']",
            "error[config-type] 6: `env` must be a string, and this is an array".to_owned(),
        ),
        (
            "cookie = 'a b'\nenv = 'A'",
            format!("error[config-value] 5: `cookie` is not legal here: {none}"),
        ),
    ] {
        assert_eq!(decided(what), Err(vec![problem]), "{what}");
    }
}

#[test]
fn tables_must_be_tables() {
    assert_eq!(
        problems("title = 'A'\ncredential = 'x'\n[header]\nname = 'y'\n"),
        [
            "error[config-type] 2: `[credential]` must be a table, and this is a string",
            "error[config-type] 3: `header` must be a list of tables, and this is an object",
        ]
    );
    let none =
        problems("title = 'A'\n[credential]\nbearer = false\nname = 't'\nenv = 'T'\nreason = 'r'");
    assert_eq!(none, ["error[config-type] 3: `bearer` must be `true`, and this is a boolean"]);
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let mut findings = Findings::default();
    let source = Source::new("specs/a/api.toml", "title = 'A'\n[credential\n");
    assert!(ApiConfig::parse("a", &source, &mut findings).is_none());
    let [finding] = findings.iter().collect::<Vec<_>>()[..] else { panic!("{findings:?}") };
    let shown = finding.to_string();
    assert!(
        shown.starts_with("error[syntax] specs/a/api.toml:2: this is not valid TOML: "),
        "{shown}"
    );
    // The file is ours: no vendor can publish it again.
    assert!(finding.help.contains("`api.toml`") && !finding.help.contains("vendor"));
}

#[test]
fn nothing_is_decided_twice() {
    let text = r#"
title = "A"
base_url_env = "A_KEY"
credential = { header = "X-Key", name = "key", env = "A_KEY", reason = "r" }
header = [
    { name = "x-key", value = "1", reason = "r" },
]
server = [
    { url = "https://a.io", name = "a", reason = "r" },
    { url = "https://a.io/", name = "a", reason = "r" },
]
rename = [
    { type = "A", to = "B", reason = "r" },
    { type = "A", to = "C", reason = "r" },
]
"#;
    let duplicates = problems(text);
    let expected =
        ["variable `A_KEY`", "header `x-key`", "server `https://a.io`", "name `a`", "of `A`"];
    assert_eq!(duplicates.len(), expected.len(), "{duplicates:?}");
    for (duplicate, expected) in duplicates.iter().zip(expected) {
        assert!(duplicate.contains(expected), "{duplicate}");
    }
}

#[test]
fn any_toml_at_all_is_read_without_a_panic() {
    let deep = format!("a = {}", "[".repeat(10_000));
    for text in ["", "\u{feff}title = 'A'", "title = 1e999", "title = 99999999999999999999", &deep]
    {
        let _ = parse(text);
    }
    assert!(parse("\u{feff}title = 'A'").is_ok());
}
