//! `[webhooks]`, read from minimal tables.

use super::*;
use crate::config::ApiConfig;
use crate::source::Source;

fn parse(lines: &str) -> Result<SignatureScheme, Vec<String>> {
    let mut findings = Findings::default();
    let text = format!("title = 'A'\n[webhooks]\n{lines}\nreason = 'r'");
    let config = ApiConfig::parse("a", &Source::new("api.toml", text.as_str()), &mut findings);
    let scheme = config.and_then(|it| it.webhooks);
    scheme.ok_or_else(|| findings.iter().map(ToString::to_string).collect())
}

#[test]
fn a_scheme_is_the_standard_or_one_of_the_vendors_own() {
    assert_eq!(parse("standard = true").unwrap().own, None);
    let own = parse("signature = 'x-hub-signature-256'\nprefix = 'sha256='").unwrap().own.unwrap();
    assert_eq!(
        (own.signature.as_str(), own.prefix.as_deref()),
        ("x-hub-signature-256", Some("sha256="))
    );
    assert_eq!((own.digest, own.signed, own.separator), (None, None, None));
    let lines = "signature = 's'\nseparator = ' '\nprefix = 'v1,'\nencoding = 'base64'\ndigest = 'sha512'\n\
                 signed = '{id}.{timestamp}.{body}'\nid = 'i'\ntimestamp_prefix = 't='\nsecret_prefix = ''";
    let own = parse(lines).unwrap().own.unwrap();
    assert_eq!(own.separator, Some(' '));
    assert_eq!(
        (own.timestamp_prefix.as_deref(), own.secret_prefix.as_deref()),
        (Some("t="), Some(""))
    );
}

#[test]
fn what_is_wrong_is_told() {
    let wrong = |lines: &str| {
        let findings = parse(lines).unwrap_err();
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings.concat()
    };
    for (lines, told) in [
        ("", "`[webhooks]` has none of `standard` and `signature`"),
        ("standard = true\nsignature = 's'", "`[webhooks]` has `standard` and `signature`"),
        ("standard = false", "`standard` must be `true`"),
        ("standard = true\ndigest = 'sha1'", "the scheme of Standard Webhooks says this already"),
        ("signature = 'a b'", "`signature` is not legal here"),
        ("signature = 's'\ndigest = 'md5'", "it must be one of sha1, sha256, sha512"),
        ("signature = 's'\nencoding = 'base32'", "it must be one of hex, base64"),
        ("signature = 's'\nseparator = ', '", "it must be one mark"),
        ("signature = 's'\nseparator = 'x'", "it must be one mark"),
        ("signature = 's'\nsigned = '{timestamp}'", "what is signed has the body in it"),
        ("signature = 's'\nsigned = '{body}{url}'", "braces stand around"),
        (
            "signature = 's'\nsigned = '{body}{timestamp}'",
            "a time has to be in a header and in what is signed",
        ),
        ("signature = 's'\ntimestamp = 't'", "a time has to be in a header and in what is signed"),
        ("signature = 's'\nid = 't'", "an id has to be in a header and in what is signed"),
        (
            "signature = 's'\ntimestamp_prefix = 't='\nsigned = '{timestamp}{body}'",
            "without a `separator`, the header has one value",
        ),
        (
            "signature = 's'\nseparator = ','\ntimestamp = 't'\ntimestamp_prefix = 't='\nsigned = '{timestamp}{body}'",
            "`timestamp` says already where the time is",
        ),
        ("signature = 's'\nprefxi = 'a'", "`[webhooks]` has no key `prefxi`"),
    ] {
        assert!(wrong(lines).contains(told), "{lines}: {}", wrong(lines));
    }
}
