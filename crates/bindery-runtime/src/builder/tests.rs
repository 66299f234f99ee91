//! What a builder refuses, and what it does not show.

use super::*;

static SETTINGS: Settings = Settings {
    name: "bindery-example",
    version: "1.2.3",
    base_url: Some("https://api.example.com"),
    headers: &[("example-version", "2023-06-01")],
};

static NOWHERE: Settings = Settings { base_url: None, ..SETTINGS };

fn builder() -> ClientBuilder {
    ClientBuilder::new(&SETTINGS)
}

/// The message, after it was checked that nothing shows the secret.
fn refusal(builder: ClientBuilder) -> String {
    let error = builder.build().unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    error.to_string()
}

#[test]
fn a_client_needs_a_base_url() {
    let error = ClientBuilder::new(&NOWHERE).build().unwrap_err();
    assert!(matches!(error, BuildError::BaseUrlMissing { client: "bindery-example" }));
    assert!(error.to_string().contains("call `base_url`"));
    let client = ClientBuilder::new(&NOWHERE).base_url("http://h").build();
    assert!(client.is_ok());
}

#[test]
fn a_bad_base_url_is_refused() {
    assert!(refusal(builder().base_url("https://u:hunter2@h")).contains("user or a password"));
    assert!(refusal(builder().base_url("/v1")).contains("absolute"));
}

#[test]
fn a_credential_goes_unencrypted_to_this_machine_only() {
    let key = || Credential::header("x-key", "hunter2");
    let query = || Credential::query("key", "hunter2");
    let expected = "the base url is http, so that others could read the credential on its way: use https, or \
                    call `allow_plain_http` on the client builder";
    let http = || builder().base_url("http://api.example.com");
    assert_eq!(refusal(http().credential(key())), expected);
    assert_eq!(refusal(http().credential(query())), expected);
    assert_eq!(refusal(http().header("authorization", "Digest hunter2")), expected);
    let source = crate::TokenSource::refreshed(|| async {
        Ok::<_, std::io::Error>(crate::Token::new("hunter2"))
    });
    assert_eq!(refusal(http().credential(Credential::bearer_from(source))), expected);
    assert!(matches!(http().credential(key()).build(), Err(BuildError::PlainHttp)));

    assert!(http().build().is_ok(), "without a credential there is nothing to read");
    assert!(http().header("x-other", "a").build().is_ok());
    assert!(http().credential(key()).allow_plain_http().build().is_ok());
    for local in ["http://localhost:1", "http://127.0.0.1", "http://[::1]/v1"] {
        assert!(builder().base_url(local).credential(key()).build().is_ok(), "{local}");
    }
    // The vendor's own url is no better.
    static OPEN: Settings = Settings { base_url: Some("http://api.example.com"), ..SETTINGS };
    assert_eq!(refusal(ClientBuilder::new(&OPEN).credential(key())), expected);
}

#[test]
fn a_bad_credential_is_refused() {
    assert!(refusal(builder().credential(Credential::bearer("hunter2\n"))).contains("line break"));
    assert!(refusal(builder().credential(Credential::header("a b", "hunter2"))).contains("name"));
    assert!(refusal(builder().credential(Credential::bearer(""))).contains("empty"));
}

#[test]
fn a_bad_header_is_refused() {
    assert!(refusal(builder().header("x", "hunter2\r\ny: z")).contains("`x`"));
    assert!(refusal(builder().header("hunter2 \n", "x")).contains("name of a header"));
    for name in ["Content-Length", "transfer-encoding", "connection"] {
        assert!(refusal(builder().header(name, "7")).contains("belongs to the connection"));
    }
    assert!(refusal(builder().user_agent("hunter2\n")).contains("`user-agent`"));
}

#[test]
fn the_header_of_the_credential_is_not_given_twice() {
    let bearer = || builder().credential(Credential::bearer("hunter2"));
    let error = refusal(bearer().header("Authorization", "Digest hunter2"));
    assert_eq!(error, "the header `authorization` is the credential's: give one of the two");
    assert!(builder().header("authorization", "Digest hunter2").build().is_ok());
    let key = Credential::header("X-Key", "hunter2");
    assert!(refusal(builder().header("x-key", "a").credential(key)).contains("`x-key`"));
}

#[test]
fn a_credential_replaces_the_one_for_the_same_header_and_joins_others() {
    let client = builder()
        .credential(Credential::bearer("one"))
        .credential(Credential::header("AUTHORIZATION", "two"))
        .credential(Credential::header("x-app", "three"))
        .build()
        .unwrap();
    let credentials = &client.shared().credentials;
    assert_eq!(credentials.len(), 2);
    assert_eq!(credentials["authorization"], "two");
    assert_eq!(credentials["x-app"], "three");
    assert!(credentials.values().all(HeaderValue::is_sensitive));
}

#[test]
fn debug_shows_names_and_no_values() {
    let builder = builder()
        .base_url("https://api.example.com/v1")
        .header("authorization-extra", "hunter2")
        .header("cookie", "hunter2")
        .credential(Credential::basic("user", "hunter2"))
        .configure(|http| http);
    let shown = format!("{builder:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("cookie") && shown.contains("authorization-extra"), "{shown}");
    let client = builder.build().unwrap();
    let shown = format!("{client:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(!shown.contains("dXNlcjpodW50ZXIy"), "{shown}");
    assert!(shown.contains("https://api.example.com/v1"), "{shown}");
    assert!(shown.contains("cookie") && shown.contains("authorization"), "{shown}");

    let builder = ClientBuilder::new(&SETTINGS).base_url("https://u:hunter2@h");
    assert!(!format!("{builder:?}").contains("hunter2"));
}

#[test]
fn hooks_run_in_their_order_and_a_refusal_of_theirs_is_an_error() {
    let (send, order) = std::sync::mpsc::channel();
    let note = |number: u8| {
        let send = send.clone();
        move |http| {
            send.send(number).unwrap();
            http
        }
    };
    builder().configure(note(1)).configure(note(2)).build().unwrap();
    drop(send);
    assert_eq!(order.iter().collect::<Vec<_>>(), [1, 2]);

    let error = builder().configure(|http| http.user_agent("a\nb")).build().unwrap_err();
    assert!(matches!(error, BuildError::Http(_)));
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_client_is_shared_between_threads() {
    fn check<T: Clone + Send + Sync + fmt::Debug + 'static>() {}
    check::<Client>();
    fn sendable<T: Send>(_: &T) {}
    sendable(&builder());
}
