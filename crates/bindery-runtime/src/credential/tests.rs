//! What each kind of credential sends, refuses and shows.

use super::*;

fn sent(credential: Credential) -> (String, String) {
    let Proof::Header(name, value) = credential.into_ready().unwrap().proof else {
        panic!("expected a header")
    };
    assert!(value.is_sensitive());
    (name.to_string(), value.to_str().unwrap().to_owned())
}

fn refusal(credential: Credential) -> String {
    let Err(error) = credential.into_ready() else { panic!("expected a refusal") };
    format!("{error} {error:?}")
}

#[test]
fn each_scheme_spells_its_header() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(sent(Credential::bearer("t0ken")), pair("authorization", "Bearer t0ken"));
    assert_eq!(sent(Credential::header("X-Api-Key", "sk-1")), pair("x-api-key", "sk-1"));
    // The example of RFC 7617.
    assert_eq!(
        sent(Credential::basic("Aladdin", "open sesame")),
        pair("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    assert_eq!(sent(Credential::basic("key", "")), pair("authorization", "Basic a2V5Og=="));
    assert_eq!(sent(Credential::cookie("sid", "a b;c")), pair("cookie", "sid=a%20b%3Bc"));
}

#[test]
fn a_secret_that_cannot_be_sent_is_refused_without_being_shown() {
    for secret in ["hunter2\n", "hunter2\r\nx: y", "hunter2\0", "hunter2\u{7f}"] {
        for credential in [
            Credential::bearer(secret),
            Credential::header("x-api-key", secret),
            Credential::basic("user", secret),
            Credential::basic(secret, "password"),
            Credential::query("key", secret),
            Credential::cookie("sid", secret),
        ] {
            let error = refusal(credential);
            assert!(error.contains("control character"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
    assert!(refusal(Credential::basic("a:b", "hunter2")).contains("colon"));
}

#[test]
fn an_empty_secret_is_refused() {
    for credential in [
        Credential::bearer(""),
        Credential::bearer("  "),
        Credential::header("x-api-key", ""),
        Credential::basic("", ""),
        Credential::query("key", " "),
        Credential::cookie("sid", ""),
    ] {
        assert!(refusal(credential).contains("the credential is empty"));
    }
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        Credential::bearer("hunter2"),
        Credential::header("x-api-key", "hunter2"),
        Credential::basic("user", "hunter2"),
        Credential::query("key", "hunter2"),
        Credential::cookie("sid", "hunter2")
    );
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("x-api-key"), "{shown}");
    assert!(shown.contains(r#"Credential { query: "key", scheme: Plain, .. }"#), "{shown}");
}

#[test]
fn a_place_without_a_name_is_refused() {
    assert!(refusal(Credential::query("", "k")).contains("without a name"));
    for name in ["", "a b", "a=b", "a;b"] {
        assert!(refusal(Credential::cookie(name, "k")).contains("no cookie can have"), "{name}");
    }
}

#[test]
fn credentials_collide_in_one_place() {
    let header = |name: &str| Credential::header(name, "k");
    let query = |name: &str| Credential::query(name, "k");
    assert!(header("X-Key").collides(&header("x-key")));
    assert!(query("key").collides(&query("key")));
    assert!(!query("key").collides(&query("Key")));
    assert!(!query("key").collides(&header("key")));
    assert!(!query("key").collides(&Credential::cookie("key", "k")));
}
