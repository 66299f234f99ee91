//! What callers of lists meet: all items in order, one request for each page, and an error instead of a loop.

use std::future::Future;
use std::sync::{Arc, Mutex};

use client::runtime::{self, Items, http};
use client::types::Thing;
use client::{ApiError, Client, Error, ErrorKind, Paged};

/// A client whose vendor answers as the table says: the path and the query, the `Link`, the body. It notes
/// what it was asked.
fn vendor(table: &'static [(&str, &str, &str)]) -> (Client, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&asked);
    let transport = runtime::transport_fn(move |request: http::Request<_>, _| {
        let at = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        notes.lock().unwrap().push(at.clone());
        let known = table.iter().find(|it| it.0 == at);
        let (_, link, body) = *known.unwrap_or_else(|| panic!("nobody expects {at}"));
        let status = if body.contains("message") { 400 } else { 200 };
        let answer = http::Response::builder().status(status).header("link", link);
        let answer = answer.header("content-type", "application/json").body(body.into()).unwrap();
        async move { Ok(answer) }
    });
    (Client::builder().transport(transport).build().unwrap(), asked)
}

/// The items up to the end or the first error, and the error.
async fn take<C: Paged<Item = Thing, Error = ApiError>>(
    mut items: Items<C>,
) -> (String, Option<Error>) {
    let mut ids = String::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => ids += &item.id,
            Err(error) => {
                assert!(items.next().await.is_none(), "an error is the end");
                return (ids, Some(error));
            }
        }
    }
    (ids, None)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// All items of a list that ends well, and what was asked for them.
macro_rules! all {
    ($table:expr, |$client:ident| $request:expr) => {{
        let ($client, asked) = vendor($table);
        let (ids, error) = run(take($request.items()));
        assert!(error.is_none(), "{error:?}");
        let asked = asked.lock().unwrap().join(" ");
        (ids, asked)
    }};
}

#[test]
fn a_cursor_goes_into_its_parameter_and_the_others_stay() {
    const TABLE: &[(&str, &str, &str)] = &[
        (
            "/cursor/t?limit=2",
            "",
            r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true,"last_id":"b"}"#,
        ),
        (
            "/cursor/t?after_id=b&limit=2",
            "",
            r#"{"data":[{"id":"c"}],"has_more":false,"last_id":"c"}"#,
        ),
    ];
    let (ids, asked) = all!(TABLE, |client| client.cursor("t").limit(2));
    assert_eq!(
        (ids.as_str(), asked.as_str()),
        ("abc", "/cursor/t?limit=2 /cursor/t?after_id=b&limit=2")
    );
}

#[test]
fn a_list_may_be_taken_up_in_the_middle() {
    const TABLE: &[(&str, &str, &str)] =
        &[("/cursor/t?after_id=b", "", r#"{"data":[{"id":"c"}],"has_more":false,"last_id":"c"}"#)];
    assert_eq!(all!(TABLE, |client| client.cursor("t").after_id("b")).0, "c");
    const PAGE: &[(&str, &str, &str)] =
        &[("/page?page=1", "", r#"{"items":[{"id":"b"}],"meta":{"total_pages":2}}"#)];
    assert_eq!(all!(PAGE, |client| client.page().page(1)).0, "b");
}

#[test]
fn a_url_in_the_body_is_followed_and_null_is_the_end() {
    const TABLE: &[(&str, &str, &str)] = &[
        (
            "/url?per_page=1",
            "",
            r#"{"data":[{"id":"a"}],"pagination":{"next":"https://api.example.com/url?p=2"}}"#,
        ),
        ("/url?p=2", "", r#"{"data":[{"id":"b"}],"pagination":{"next":"/url?p=3"}}"#),
        ("/url?p=3", "", r#"{"data":[{"id":"c"}],"pagination":{"next":null}}"#),
    ];
    let (ids, asked) = all!(TABLE, |client| client.url().per_page(1));
    assert_eq!((ids.as_str(), asked.as_str()), ("abc", "/url?per_page=1 /url?p=2 /url?p=3"));
    const NONE: &[(&str, &str, &str)] =
        &[("/url", "", r#"{"data":[{"id":"a"}],"pagination":null}"#)];
    assert_eq!(all!(NONE, |client| client.url()).0, "a");
    const EMPTY: &[(&str, &str, &str)] = &[("/url", "", "{}")];
    assert_eq!(all!(EMPTY, |client| client.url()).0, "");
}

#[test]
fn a_link_is_followed() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("/link", "</link?page=2>; rel=\"next\", </link>; rel=first", r#"[{"id":"a"}]"#),
        ("/link?page=2", "</link>; rel=first", r#"[{"id":"b"}]"#),
    ];
    assert_eq!(all!(TABLE, |client| client.link()).0, "ab");
}

#[test]
fn pages_are_counted_from_where_they_start_to_the_last() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("/page?page=0", "", r#"{"items":[{"id":"a"}],"meta":{"total_pages":2}}"#),
        ("/page?page=1", "", r#"{"items":[{"id":"b"}],"meta":{"total_pages":2}}"#),
    ];
    assert_eq!(
        all!(TABLE, |client| client.page()),
        ("ab".into(), "/page?page=0 /page?page=1".into())
    );
    // Nobody says how many: the first empty page is the last one.
    const UNSAID: &[(&str, &str, &str)] = &[
        ("/endless?number=1", "", r#"{"list":[{"id":"a"}]}"#),
        ("/endless?number=2", "", r#"{"list":[{"id":"b"}]}"#),
        ("/endless?number=3", "", r#"{"list":[]}"#),
    ];
    assert_eq!(all!(UNSAID, |client| client.endless()).0, "ab");
}

#[test]
fn places_in_the_list_reach_the_total() {
    const TABLE: &[(&str, &str, &str)] = &[
        (
            "/offset?limit=2&offset=0",
            "",
            r#"{"result":{"items":[{"id":"a"},{"id":"b"}],"total":3}}"#,
        ),
        ("/offset?limit=2&offset=2", "", r#"{"result":{"items":[{"id":"c"}],"total":3}}"#),
    ];
    assert_eq!(all!(TABLE, |client| client.offset().limit(2)).0, "abc");
}

#[test]
fn other_cursors_are_the_last_item_a_number_and_a_number_as_text() {
    const ITEM: &[(&str, &str, &str)] = &[
        ("/last-item", "", r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
        ("/last-item?starting_after=b", "", r#"{"data":[{"id":"c"}],"has_more":false}"#),
    ];
    assert_eq!(all!(ITEM, |client| client.last_item()).0, "abc");
    const NUMBER: &[(&str, &str, &str)] = &[
        ("/number", "", r#"{"data":{"things":[{"id":"a"}],"next_page":2}}"#),
        ("/number?page=2", "", r#"{"data":{"things":[{"id":"b"}],"next_page":null}}"#),
    ];
    assert_eq!(all!(NUMBER, |client| client.number()).0, "ab");
    const TEXT: &[(&str, &str, &str)] = &[
        ("/written-out", "", r#"{"list":[{"id":"a"}],"then":7}"#),
        ("/written-out?from=7", "", r#"{"list":[{"id":"b"}]}"#),
    ];
    assert_eq!(all!(TEXT, |client| client.written_out()).0, "ab");
}

#[test]
fn another_origin_is_refused_and_not_asked() {
    const TABLE: &[(&str, &str, &str)] = &[(
        "/url",
        "",
        r#"{"data":[{"id":"a"}],"pagination":{"next":"https://evil.example.com/url?p=2"}}"#,
    )];
    let (client, asked) = vendor(TABLE);
    let (ids, error) = run(take(client.url().items()));
    assert!(matches!(error.unwrap().kind(), ErrorKind::Paging(_)));
    assert_eq!((ids.as_str(), asked.lock().unwrap().len()), ("a", 1));
}

#[test]
fn a_page_that_leads_to_itself_is_an_error() {
    const CURSOR: &[(&str, &str, &str)] = &[
        ("/cursor/t", "", r#"{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}"#),
        ("/cursor/t?after_id=a", "", r#"{"data":[{"id":"b"}],"has_more":true,"last_id":"a"}"#),
    ];
    let (client, _) = vendor(CURSOR);
    let (ids, error) = run(take(client.cursor("t").items()));
    assert!(matches!(error.unwrap().kind(), ErrorKind::Paging(_)));
    assert_eq!(ids, "ab");
    const LINK: &[(&str, &str, &str)] = &[
        ("/link", "</link?page=2>; rel=next", r#"[{"id":"a"}]"#),
        ("/link?page=2", "</link?page=2>; rel=next", r#"[{"id":"b"}]"#),
    ];
    let (client, _) = vendor(LINK);
    let (ids, error) = run(take(client.link().items()));
    assert!(matches!(error.unwrap().kind(), ErrorKind::Paging(_)));
    assert_eq!(ids, "ab");
}

#[test]
fn an_error_of_a_page_is_that_of_the_operation() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("/cursor/t", "", r#"{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}"#),
        ("/cursor/t?after_id=a", "", r#"{"message":"too old"}"#),
    ];
    let (client, _) = vendor(TABLE);
    let (ids, error) = run(take(client.cursor("t").items()));
    let error = error.unwrap();
    let ErrorKind::Api(ApiError::CursorError(problem)) = error.kind() else { panic!("{error:?}") };
    assert_eq!((ids.as_str(), problem.message.as_deref()), ("a", Some("too old")));
}
