//! Lists over several pages, as a generated crate reads them.

mod common;

use bindery_runtime::{
    Call, CallOptions, Caller, Client, Error, ErrorKind, HeaderMap, Items, Method, Operation, Page,
    Paged, Request, Response, http,
};
use common::{Invite, LIST};

/// A page of the list, of which the url of the next one is in the header `link`.
#[derive(Clone)]
struct List(Caller);

impl Call for List {
    type Output = Vec<Invite>;
    type Error = ();
    const OPERATION: &'static Operation =
        &Operation::new("list_invites", Method::GET, "/v1/invites").idempotent();

    fn caller(&mut self) -> &mut Caller {
        &mut self.0
    }

    fn write(&self, request: &mut Request) {
        request.query("limit", &1);
    }

    fn read(response: Response) -> Result<Vec<Invite>, Error<()>> {
        match response.status().as_u16() {
            200 => response.json(),
            _ => Err(response.undocumented()),
        }
    }
}

impl Paged for List {
    type Item = Invite;
    type Cursor = String;

    fn page(&self, page: Vec<Invite>, headers: &HeaderMap) -> Page<Invite, String> {
        Page::linked(page, headers)
    }

    fn turn(&mut self, to: String) {
        self.0.turn_to(to);
    }
}

fn all(client: &Client) -> Items<List> {
    List(client.caller()).items()
}

fn client(next: &'static str) -> Client {
    let client = common::in_memory(move |request, _| async move {
        assert_eq!(request.headers()["x-api-key"], common::SECRET);
        let (body, link) = match (request.uri().path(), request.uri().query()) {
            ("/v1/invites", Some("limit=1")) => (r#"[{"id":"a"}]"#, next),
            ("/v1/invites", Some("cursor=b&limit=1")) => (r#"[{"id":"b"}]"#, "</c>; rel=next"),
            ("/c", None) => (r#"[{"id":"c"}]"#, ""),
            _ => panic!("{}", request.uri()),
        };
        let answer = http::Response::builder().header("link", link);
        Ok(answer.body(body.into()).unwrap())
    });
    let key = bindery_runtime::Credential::header("x-api-key", common::SECRET);
    client.credential(key).build().unwrap()
}

async fn read(client: &Client) -> (Vec<String>, Option<Error<()>>) {
    let (mut items, mut ids) = (all(client), Vec::new());
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => ids.push(item.id),
            Err(error) => return (ids, Some(error)),
        }
    }
    (ids, None)
}

#[tokio::test]
async fn a_list_is_followed_by_absolute_and_relative_urls() {
    for next in [
        "<https://api.example.com/v1/invites?cursor=b&limit=1#x>; rel=next",
        "<?cursor=b&limit=1>; rel=\"next\"",
        "</v1/invites?cursor=b&limit=1>; rel=next",
    ] {
        let (ids, error) = read(&client(next)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(ids, ["a", "b", "c"], "{next}");
    }
}

#[tokio::test]
async fn another_origin_is_refused_and_named_and_gets_no_request() {
    let foreign = "leads to another origin, to which no credential may go: ";
    for (next, reason, rest) in [
        ("<https://other.example.com/v1?c=p>; rel=next", foreign, "https://other.example.com"),
        ("<http://api.example.com/v1?c=p>; rel=next", foreign, "http://api.example.com"),
        ("<//other:8443/v1>; rel=next", foreign, "https://other:8443"),
        ("<mailto:a@b>; rel=next", foreign, "mailto:"),
        ("<blob:https://api.example.com/c>; rel=next", foreign, "blob:"),
        ("<https://h/?sk-t0p>; rel=next", foreign, "https://h"),
        ("<https://user:pw@api.example.com/v1>; rel=next", "brings a credential of its own", ""),
        ("<https://[>; rel=next", "is no url: ", "invalid IPv6 address"),
    ] {
        let (ids, error) = read(&client(next)).await;
        assert_eq!(ids, ["a"]);
        let error = error.unwrap();
        assert!(matches!(error.kind(), ErrorKind::Paging(_)), "{error:?}");
        let expected = format!("list_invites: the url of the next page {reason}{rest}");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn the_name_of_another_origin_is_short_and_without_the_credential() {
    for (host, shown) in [("hunter2.example", "[redacted].example"), (&*"a".repeat(9000), "aaaa")] {
        let client = common::in_memory(|_, _| async { Ok(common::json(200, "[]")) });
        let key = bindery_runtime::Credential::header("x-api-key", "hunter2");
        let client = client.credential(key).build().unwrap();
        let mut request = client.request(&LIST);
        request.at(format!("https://{host}/"));
        let failure = request.send().await.unwrap_err().to_string();
        assert!(failure.contains(shown) && failure.len() < 350, "{failure}");
        assert!(!failure.contains("hunter2"), "{failure}");
    }
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_an_error() {
    let client = common::in_memory(|_, _| async {
        let answer = http::Response::builder().header("link", "<?page=2>; rel=next");
        Ok(answer.body(r#"[{"id":"a"}]"#.into()).unwrap())
    });
    let (ids, error) = read(&client.build().unwrap()).await;
    assert_eq!(ids, ["a", "a"]);
    assert!(matches!(error.unwrap().kind(), ErrorKind::Paging(_)));
}

#[tokio::test]
async fn the_options_of_the_call_hold_for_each_page() {
    let client = common::in_memory(|request, _| async move {
        assert_eq!(request.uri().query(), Some("page=2&team=t"));
        Ok(common::json(204, ""))
    });
    let client = client.build().unwrap();
    let mut request = client.request(&LIST);
    request.query("page", &1);
    request.at("?page=2");
    request.options(CallOptions::default().query("team", "t"));
    assert_eq!(request.send().await.unwrap().status(), 204);
}

#[tokio::test]
async fn what_the_url_of_the_next_page_repeats_is_not_added_to_it() {
    let client = common::in_memory(|request, _| async move {
        assert_eq!(request.uri().query(), Some("page=2&team%5B%5D=t&b=3&b=4"));
        Ok(common::json(204, ""))
    });
    let client = client.build().unwrap();
    let mut request = client.request(&LIST);
    request.at("?page=2&team%5B%5D=t");
    let options = CallOptions::default().query("team[]", "t").query("team[]", "u");
    request.options(options.query("b", "3").query("b", "4"));
    assert_eq!(request.send().await.unwrap().status(), 204);
}
