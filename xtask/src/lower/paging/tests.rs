//! Lists on minimal fragments: what is recognised, what is too little for that, and what is declared.

mod declared;

use serde_json::{Value as Json, json};

use crate::config::ApiConfig;
use crate::plan::paging::{Next, Paging, Way};
use crate::testing::{config, lower};

/// A list whose pages are asked for with these query parameters and answered with these properties.
pub(super) struct List {
    parameters: Json,
    body: Json,
    headers: Json,
    method: &'static str,
}

/// A parameter by its name and type, and a property by its schema.
pub(super) fn list(parameters: &[(&str, &str)], properties: Json) -> List {
    let parameter =
        |(name, ty): &(&str, &str)| json!({"name": name, "in": "query", "schema": {"type": ty}});
    let parameters = parameters.iter().map(parameter).collect();
    let body = json!({"type": "object", "properties": properties});
    List { parameters, body, headers: json!({}), method: "get" }
}

/// Objects in a list.
pub(super) fn items() -> Json {
    let id = json!({"id": {"type": "string"}});
    json!({"type": "array", "items": {"type": "object", "required": ["id"], "properties": id}})
}

impl List {
    pub(super) fn document(&self) -> Json {
        let content = json!({"application/json": {"schema": self.body}});
        let response = json!({"description": "", "headers": self.headers, "content": content});
        let call = json!({"parameters": self.parameters, "responses": {"200": response}});
        json!({"paths": {"/things": {self.method: call}}})
    }

    /// What is said of the list, in a line, and the findings.
    pub(super) fn with(&self, config: &ApiConfig) -> String {
        let (lowered, findings) = lower(self.document(), config);
        let operation = lowered.and_then(|it| it.plan.operations.into_values().next());
        let paging = operation.and_then(|it| it.paging).map(|it| line(&it));
        let findings = findings.iter().map(ToString::to_string);
        paging.into_iter().chain(findings).collect::<Vec<_>>().join("\n")
    }

    fn said(&self) -> String {
        self.with(&config())
    }
}

/// `data: cursor = meta.next while has_more`
fn line(paging: &Paging) -> String {
    let wire = |way: &Option<Way>| way.as_ref().map_or("?".to_owned(), Way::wire);
    let next = match &paging.next {
        Next::Url { at } => format!("url {}", at.wire()),
        Next::Link => "link".to_owned(),
        Next::Cursor { from, at, parameter, more } => {
            format!("{parameter} = {from:?} {} while {}", at.wire(), wire(more))
        }
        Next::Page { parameter, first, pages } => {
            format!("{parameter} from {first} of {}", wire(pages))
        }
        Next::Offset { parameter, total } => format!("{parameter} of {}", wire(total)),
    };
    format!("{}: {next}", paging.items.wire())
}

fn text() -> Json {
    json!({"type": "string"})
}

fn number() -> Json {
    json!({"type": "integer"})
}

fn object(properties: Json) -> Json {
    json!({"type": "object", "properties": properties})
}

#[test]
fn a_url_is_one_by_name_by_format_or_by_what_stands_beside_it() {
    let with = |properties: Json| list(&[], properties).said();
    assert_eq!(with(json!({"a": items(), "next_page_url": text()})), "a: url next_page_url");
    assert_eq!(
        with(json!({"value": items(), "@odata.nextLink": text()})),
        "value: url @odata.nextLink"
    );
    let uri = json!({"type": "string", "format": "uri"});
    assert_eq!(with(json!({"results": items(), "next": uri})), "results: url next");
    let links = object(json!({"next": text()}));
    assert_eq!(with(json!({"data": items(), "links": links})), "data: url links.next");
    let pages = object(json!({"next": text(), "prev": text(), "first": text(), "last": text()}));
    assert_eq!(with(json!({"data": items(), "pagination": pages})), "data: url pagination.next");
    let hal = json!({"_embedded": object(json!({"a": items()})),
        "_links": object(json!({"next": object(json!({"href": text()}))}))});
    assert_eq!(with(hal), "_embedded.a: url _links.next.href");

    let told = json!({"type": "string", "description": "The URL of the next page."});
    assert_eq!(with(json!({"data": items(), "next": told})), "data: url next");

    // A text called `next` may be a cursor, what is about no page may be anywhere, and a number is no url.
    assert_eq!(with(json!({"a": items(), "next": text()})), "");
    assert_eq!(with(json!({"a": items(), "next": text(), "prev": text()})), "");
    let told = json!({"type": "string", "description": "A cursor, not a URL."});
    assert_eq!(with(json!({"data": items(), "next": told})), "");
    assert_eq!(with(json!({"a": items(), "owner": object(json!({"next_url": text()}))})), "");
    assert_eq!(with(json!({"a": items(), "next_url": number()})), "");
}

#[test]
fn a_list_is_followed_only_where_nothing_is_changed() {
    let mut posted = list(&[], json!({"a": items(), "next_url": text()}));
    posted.method = "post";
    assert_eq!(posted.said(), "");
}

#[test]
fn there_is_one_list_of_objects() {
    let with = |properties: Json| list(&[("cursor", "string")], properties).said();
    let of_text = json!({"type": "array", "items": {"type": "string"}});
    let found = "a: cursor = Body next_cursor while ?";
    assert_eq!(with(json!({"a": items(), "tags": of_text, "next_cursor": text()})), found);
    assert_eq!(with(json!({"a": items(), "errors": items(), "next_cursor": text()})), found);
    let inner = object(json!({"a": items()}));
    assert_eq!(
        with(json!({"result": inner, "next_cursor": text()})),
        "result.a: cursor = Body next_cursor while ?"
    );
    // Two of them, none, and one in what is a thing of its own.
    assert_eq!(with(json!({"a": items(), "b": items(), "next_cursor": text()})), "");
    assert_eq!(with(json!({"tags": of_text, "next_cursor": text()})), "");
    assert_eq!(with(json!({"album": inner, "next_cursor": text()})), "");
}

#[test]
fn a_list_of_something_with_a_name_is_no_page() {
    let links = object(json!({"next": {"type": "string", "format": "uri"}}));
    for name in ["id", "_id", "key", "uuid"] {
        let webhook = json!({"_links": links, "statements": items(), name: text()});
        assert_eq!(list(&[], webhook).said(), "", "{name}");
    }
    let page = json!({"_links": links, "statements": items(), "count": number()});
    assert_eq!(list(&[], page).said(), "statements: url _links.next");
}

#[test]
fn a_cursor_goes_with_a_parameter_that_takes_it() {
    let with = |parameter: (&str, &str), property: &str, schema: Json| {
        list(&[parameter], json!({"data": items(), property: schema})).said()
    };
    assert_eq!(
        with(("pageToken", "string"), "nextPageToken", text()),
        "data: page_token = Body nextPageToken while ?"
    );
    assert_eq!(
        with(
            ("after", "string"),
            "paging",
            object(json!({"next": object(json!({"after": text()}))}))
        ),
        "data: after = Body paging.next.after while ?"
    );
    assert_eq!(
        with(("page", "integer"), "next_page", number()),
        "data: page = Body next_page while ?"
    );
    assert_eq!(
        with(("cursor", "string"), "next_cursor", number()),
        "data: cursor = Body next_cursor while ?"
    );
    let told = json!({"type": "string", "description": "The token of the next page."});
    assert_eq!(with(("page", "string"), "next_page", told), "data: page = Body next_page while ?");
    // A text that may say whether there is a next page.
    assert_eq!(with(("page", "string"), "next_page", text()), "");
    // No such parameter, one that cannot take it, a cursor that is none.
    assert_eq!(with(("filter", "string"), "next_cursor", text()), "");
    assert_eq!(with(("cursor", "integer"), "next_cursor", text()), "");
    assert_eq!(with(("cursor", "string"), "next_cursor", object(json!({"a": text()}))), "");
    // One that has to be given.
    let mut required =
        list(&[("cursor", "string")], json!({"data": items(), "next_cursor": text()}));
    required.parameters[0]["required"] = json!(true);
    assert_eq!(required.said(), "");
    // A number that is there on the last page, too, and a url.
    let mut always = list(&[("page", "integer")], json!({"data": items(), "next_page": number()}));
    always.body["required"] = json!(["next_page"]);
    assert_eq!(always.said(), "");
    let uri = json!({"type": "string", "format": "uri"});
    assert_eq!(with(("page", "string"), "next_page", uri), "data: url next_page");
}

#[test]
fn a_cursor_of_every_page_needs_a_word_about_more() {
    let flag = json!({"type": "boolean"});
    let parameters = [("after_id", "string")];
    let with = |properties: Json| list(&parameters, properties).said();
    assert_eq!(
        with(json!({"data": items(), "has_more": flag, "last_id": text()})),
        "data: after_id = Body last_id while has_more"
    );
    assert_eq!(with(json!({"data": items(), "last_id": text()})), "");
    assert_eq!(with(json!({"data": items(), "has_more": number(), "last_id": text()})), "");
    let after = [("starting_after", "string")];
    let stripe = json!({"data": items(), "has_more": flag});
    assert_eq!(
        list(&after, stripe.clone()).said(),
        "data: starting_after = LastItem id while has_more"
    );
    assert_eq!(list(&after, json!({"data": items()})).said(), "");
    let mut optional = list(&after, stripe);
    optional.body["properties"]["data"]["items"]["required"] = json!([]);
    assert_eq!(optional.said(), "");
}

#[test]
fn numbers_of_pages_need_a_last_one_and_a_first_one() {
    let with = |schema: Json, description: &str, last: &str| {
        let mut list = list(&[("page", "integer")], json!({"data": items(), last: number()}));
        list.parameters[0]["schema"] = schema;
        list.parameters[0]["description"] = json!(description);
        list.said()
    };
    let of = |default: i64| json!({"type": "integer", "default": default});
    assert_eq!(with(number(), "The page.", "total_pages"), "data: page from 1 of total_pages");
    assert_eq!(with(of(1), "", "lastPage"), "data: page from 1 of lastPage");
    assert_eq!(with(of(0), "", "total_pages"), "data: page from 0 of total_pages");
    let least = json!({"type": "integer", "minimum": 0});
    assert_eq!(with(least, "", "total_pages"), "data: page from 0 of total_pages");
    // Nobody says how many there are, where they start, or what is meant by the last.
    assert_eq!(with(number(), "", "page_size"), "");
    assert_eq!(with(number(), "Counted from 0.", "total_pages"), "");
    assert_eq!(with(number(), "1 is the second page.", "total_pages"), "");
    assert_eq!(with(of(0), "", "last_page"), "");
    let spring = json!({"content": items(), "totalPages": number(), "totalElements": number()});
    assert_eq!(list(&[("page", "integer")], spring).said(), "");
}

#[test]
fn numbered_pages_without_a_number_of_pages_end_with_an_empty_one_if_their_start_is_known() {
    let with = |first: Json, parameters: &[(&str, &str)]| {
        let mut list = list(parameters, json!({"data": items()}));
        list.parameters[0]["schema"] = first;
        list.said()
    };
    let both = [("page", "integer"), ("per_page", "integer")];
    let from = |first: u64| json!({"type": "integer", "default": first});
    assert_eq!(with(from(1), &both), "data: page from 1 of ?");
    assert_eq!(with(from(0), &both), "data: page from 0 of ?");
    assert_eq!(with(json!({"type": "integer"}), &both), "");
    assert_eq!(with(from(1), &[("page", "integer")]), "");
}

#[test]
fn next_and_previous_beside_results_are_urls() {
    let page = |of: &str, back: &str| {
        let page = json!({"count": number(), "next": text(), back: text(), of: items()});
        list(&[], page).said()
    };
    assert_eq!(page("results", "previous"), "results: url next");
    assert_eq!(page("data", "previous"), "");
    assert_eq!(page("results", "before"), "");
}

#[test]
fn places_in_the_list_need_a_limit_and_one_meaning() {
    let limit = ("limit", "integer");
    let with = |parameters: &[(&str, &str)], total: &str| {
        list(parameters, json!({"data": items(), "meta": object(json!({total: number()}))})).said()
    };
    assert_eq!(
        with(&[("offset", "integer"), limit], "total_count"),
        "data: offset of meta.total_count"
    );
    assert_eq!(
        with(&[("skip", "integer"), ("take", "integer")], "total"),
        "data: skip of meta.total"
    );
    assert_eq!(with(&[("offset", "integer")], "total"), "");
    assert_eq!(with(&[("offset", "string"), limit], "total"), "");
    // `count` may be that of the page, so that the end is the first page without items.
    assert_eq!(with(&[("offset", "integer"), limit], "count"), "data: offset of ?");
    // `start` may be a time, or the number of a page.
    assert_eq!(with(&[("start", "integer"), limit], "count"), "");
    let mut from_one =
        list(&[("start", "integer"), limit], json!({"data": items(), "total": number()}));
    assert_eq!(from_one.said(), "data: start of total");
    from_one.parameters[0]["description"] = json!("Page number.");
    assert_eq!(from_one.said(), "");
    from_one.parameters[0]["description"] = json!("");
    from_one.parameters[0]["schema"]["minimum"] = json!(1);
    assert_eq!(from_one.said(), "");
}

#[test]
fn a_link_is_documented_with_its_relation_or_beside_numbered_pages() {
    let header =
        |example: &str| json!({"link": {"schema": {"type": "string"}, "example": example}});
    let mut linked = list(&[], json!({"a": items()}));
    linked.headers = header("<https://a.io?page=2>; rel=\"next\"");
    assert_eq!(linked.said(), "a: link");
    linked.headers = header("<https://a.io/style.css>; rel=\"stylesheet\"");
    assert_eq!(linked.said(), "");
    let mut bare = list(&[("page", "integer")], json!({}));
    bare.body = items();
    bare.headers = json!({"Link": {"description": "The other pages."}});
    assert_eq!(bare.said(), ": link");
    bare.parameters = json!([]);
    assert_eq!(bare.said(), "");
}

#[test]
fn a_body_that_holds_itself_comes_to_an_end() {
    let page = json!({"type": "object", "properties": {
        "data": {"$ref": "#/components/schemas/Page"}, "next": text()}});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}});
    let call = json!({"responses": {"200": {"description": "", "content": content}}});
    let document =
        json!({"paths": {"/a": {"get": call}}, "components": {"schemas": {"Page": page}}});
    let (lowered, _) = lower(document, &config());
    assert!(lowered.unwrap().plan.operations.values().all(|it| it.paging.is_none()));
}
