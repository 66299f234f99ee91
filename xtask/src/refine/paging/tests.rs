//! How lists are followed, on minimal fragments. That it does what it says, the test `paging` of the clients shows.

use insta::assert_snapshot;
use quote::ToTokens;
use serde_json::{Value as Json, json};

use crate::generate::generate;
use crate::plan::Shape;
use crate::refine::refine;
use crate::testing::{config, lower, operation, run};

/// How an operation is followed with these query parameters that answers with this.
fn body(parameters: &[(&str, Json)], body: Json, headers: Json) -> String {
    let code = code(parameters, body, headers);
    let method = code.split("impl runtime::Paged for List {").nth(1).unwrap_or_default();
    method.lines().filter(|it| !it.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn code(parameters: &[(&str, Json)], body: Json, headers: Json) -> String {
    let parameter =
        |(name, schema): &(&str, Json)| json!({"name": name, "in": "query", "schema": schema});
    let parameters: Vec<Json> = parameters.iter().map(parameter).collect();
    let content = json!({"application/json": {"schema": body}});
    let ok = json!({"description": "", "headers": headers, "content": content});
    run(operation(
        json!({"operationId": "list", "parameters": parameters, "responses": {"200": ok}}),
    ))
    .operations_code()
}

fn object(required: &[&str], properties: Json) -> Json {
    json!({"type": "object", "required": required, "properties": properties})
}

fn items() -> Json {
    json!({"type": "array", "items": object(&["id"], json!({"id": {"type": "string"}}))})
}

fn text() -> Json {
    json!({"type": "string"})
}

fn number() -> Json {
    json!({"type": "integer"})
}

#[test]
fn a_cursor_is_filtered_by_what_says_whether_there_is_more() {
    let properties = json!({"data": items(), "last_id": text(), "has_more": {"type": "boolean"}});
    let page = object(&["data", "has_more"], properties);
    assert_snapshot!(body(&[("after_id", text())], page, json!({})), @"
        type Item = types::ListResponseDataItem;
        type Cursor = String;
        fn turn(&mut self, to: String) {
            self.after_id = Some(to);
        }
        fn page(
            &self,
            page: types::ListResponse,
            _: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            let next = page.last_id.clone();
            let more = Some(page.has_more);
            runtime::Page::named(page.data, next).saying(more)
        }
    }
    ");
}

#[test]
fn what_may_be_missing_on_the_way_is_an_option() {
    let data = object(&[], json!({"items": items(), "next_page": number()}));
    let page = object(&[], json!({"data": data}));
    assert_snapshot!(body(&[("page", number())], page, json!({})), @"
        type Item = types::ListResponseDataItemsItem;
        type Cursor = i64;
        fn turn(&mut self, to: i64) {
            self.page = Some(to);
        }
        fn page(
            &self,
            page: types::ListResponse,
            _: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            let next = page.data.as_ref().and_then(|it| it.next_page.as_ref()).copied();
            runtime::Page::leading(
                page.data.and_then(|it| it.items).unwrap_or_default(),
                next,
            )
        }
    }
    ");
}

#[test]
fn a_url_is_where_the_next_request_goes() {
    let pages = object(&[], json!({"next_url": text()}));
    let page = object(&["data", "pagination"], json!({"data": items(), "pagination": pages}));
    assert_snapshot!(body(&[], page, json!({})), @"
        type Item = types::ListResponseDataItem;
        type Cursor = String;
        fn turn(&mut self, to: String) {
            self.caller.turn_to(to);
        }
        fn page(
            &self,
            page: types::ListResponse,
            _: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            let next = page.pagination.next_url.clone();
            runtime::Page::at_url(page.data, next)
        }
    }
    ");
}

#[test]
fn a_link_is_read_before_the_body() {
    let link = json!({"link": {"example": "</>; rel=\"next\""}});
    assert_snapshot!(body(&[], items(), link), @"
        type Item = types::ListResponseItem;
        type Cursor = String;
        fn turn(&mut self, to: String) {
            self.caller.turn_to(to);
        }
        fn page(
            &self,
            page: Vec<types::ListResponseItem>,
            headers: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            runtime::Page::linked(page, headers)
        }
    }
    ");
}

#[test]
fn pages_are_counted_in_the_type_of_the_parameter() {
    let of_zero = json!({"type": "integer", "format": "int32", "default": 0});
    let page = object(&[], json!({"data": items(), "total_pages": number()}));
    assert_snapshot!(body(&[("page", of_zero)], page, json!({})), @"
        type Item = types::ListResponseDataItem;
        type Cursor = u64;
        fn first(&self) -> Option<u64> {
            Some(self.page.and_then(|it| u64::try_from(it).ok()).unwrap_or(0))
        }
        fn turn(&mut self, to: u64) {
            self.page = Some(i32::try_from(to).unwrap_or(i32::MAX));
        }
        fn page(
            &self,
            page: types::ListResponse,
            _: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            let last = page
                .total_pages
                .and_then(|it| u64::try_from(it).ok())
                .map(|pages| pages.saturating_sub(1));
            runtime::Page::numbered(
                    page.data.unwrap_or_default(),
                    runtime::Paged::first(self),
                    last,
                )
                .within(i32::MAX)
        }
    }
    ");
}

#[test]
fn places_are_counted_in_items() {
    let page = object(&["data", "total"], json!({"data": items(), "total": number()}));
    let parameters = [("limit", number()), ("offset", number())];
    assert_snapshot!(body(&parameters, page, json!({})), @"
        type Item = types::ListResponseDataItem;
        type Cursor = u64;
        fn first(&self) -> Option<u64> {
            Some(self.offset.and_then(|it| u64::try_from(it).ok()).unwrap_or(0))
        }
        fn turn(&mut self, to: u64) {
            self.offset = Some(i64::try_from(to).unwrap_or(i64::MAX));
        }
        fn page(
            &self,
            page: types::ListResponse,
            _: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            let total = u64::try_from(page.total).ok();
            runtime::Page::at_offset(page.data, runtime::Paged::first(self), total)
                .within(i64::MAX)
        }
    }
    ");
}

#[test]
fn the_last_item_is_looked_at_before_the_items_are_taken() {
    let properties = json!({"data": items(), "has_more": {"type": "boolean"}});
    let page = object(&["has_more"], properties);
    assert_snapshot!(body(&[("starting_after", text())], page, json!({})), @"
        type Item = types::ListResponseDataItem;
        type Cursor = String;
        fn turn(&mut self, to: String) {
            self.starting_after = Some(to);
        }
        fn page(
            &self,
            page: types::ListResponse,
            _: &runtime::HeaderMap,
        ) -> runtime::PageOf<Self> {
            let next = page
                .data
                .as_ref()
                .and_then(|items| items.last())
                .map(|item| item.id.clone());
            let more = Some(page.has_more);
            runtime::Page::named(page.data.unwrap_or_default(), next).saying(more)
        }
    }
    ");
}

#[test]
fn the_documentation_says_how_the_list_goes_on_and_shows_a_loop() {
    let page = object(&["data"], json!({"data": items(), "next_cursor": text()}));
    let code = code(&[("cursor", text())], page, json!({}));
    let docs = code.split("# Pages").nth(1).and_then(|it| it.split("# Example").next());
    assert_snapshot!(docs.unwrap_or_default(), @r#"

    ///
    /// [`items`](runtime::Paged::items) streams the items of `data`, from this page to the last, and [`pages`](runtime::Paged::pages) the pages. How the next page is asked for: `cursor` takes `next_cursor` of the page before.
    ///
    /// ```no_run
    /// # use bindery_test::Paged as _;
    /// # async fn example(
    /// #     client: bindery_test::Client,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut items = client.list().items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    ///
    "#);
}

#[test]
fn what_is_no_list_of_pages_has_no_items() {
    let page = object(&["data"], json!({"data": items()}));
    assert!(!code(&[("cursor", text())], page, json!({})).contains("Paged"));
}

#[test]
fn a_list_in_what_became_any_json_is_not_followed() {
    let link = json!({"link": {"example": "</>; rel=\"next\""}});
    let content =
        json!({"application/json": {"schema": object(&["data"], json!({"data": items()}))}});
    let ok = json!({"description": "", "headers": link, "content": content});
    let document = operation(json!({"operationId": "list", "responses": {"200": ok}}));
    let (lowered, mut findings) = lower(document, &config());
    let mut generated = generate(lowered.unwrap(), &config().span, &mut findings).unwrap();
    assert!(generated.plan.operations["list"].paging.is_some());
    for plan in generated.plan.types.values_mut() {
        if matches!(plan.shape, Shape::Struct(_)) {
            plan.shape = Shape::Opaque;
        }
    }
    let refined = refine(generated);
    let operation = refined.operation("list", &refined.plan.operations["list"]);
    let methods = operation.iter().map(|it| it.to_token_stream().to_string());
    assert_eq!(methods.filter(|it| it.contains("fn items")).count(), 0);
}
