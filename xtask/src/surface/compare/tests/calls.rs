//! Requests, which implement traits of the runtime, and the errors of all operations.

use super::check;

/// A crate with one operation, whose request has these implementations.
fn with(implementations: &str) -> String {
    format!(
        "pub struct Client; pub struct Book; pub struct Volume; pub struct GetBook {{ caller: u8 }}
         impl Client {{ pub fn get_book(&self) -> GetBook {{}} }} {implementations}"
    )
}

#[test]
fn what_a_call_gives_is_said_of_its_operation() {
    let call = |output: &str, error: &str| {
        with(&format!(
            "impl bindery_runtime::Call for GetBook {{ type Output = {output}; type Error = {error}; }}"
        ))
    };
    check(
        &call("Book", "u8"),
        &call("Vec<Book>", "u8"),
        &["! GetBook: the success of `get_book` is another type"],
    );
    check(
        &call("Book", "u8"),
        &call("Volume", "u16"),
        &[
            "! GetBook: the documented error of `get_book` is another type",
            "! GetBook: the success of `get_book` is another type",
        ],
    );
}

#[test]
fn the_items_of_a_list_are_said_of_its_operation() {
    let paged = |item: &str, cursor: &str| {
        with(&format!(
            "impl bindery_runtime::Paged for GetBook {{ type Item = {item}; type Cursor = {cursor}; }}"
        ))
    };
    check(
        &paged("Book", "String"),
        &paged("Volume", "u64"),
        &[
            "! GetBook: an item of the list of `get_book` is another type",
            "! GetBook: what leads to a page of `get_book` is another type",
        ],
    );
    check(
        &paged("Book", "String"),
        &with(""),
        &[
            "! GetBook: `get_book` no longer gives its list page by page: it has `items` and `pages` no more",
        ],
    );
    check(
        &with(""),
        &paged("Book", "String"),
        &["GetBook: `get_book` gives its list page by page now, with `items` and `pages`"],
    );
}

#[test]
fn a_body_that_is_no_longer_streamed_breaks() {
    let streamed = with("impl bindery_runtime::Streamed for GetBook {}");
    check(
        &streamed,
        &with(""),
        &[
            "! GetBook: `get_book` no longer gives its body as it arrives: it has `send_streaming` no more",
        ],
    );
    check(
        &with(""),
        &streamed,
        &["GetBook: `get_book` gives its body as it arrives now, with `send_streaming`"],
    );
}

#[test]
fn a_client_takes_another_credential() {
    check(
        "pub struct Client; pub struct Credential; impl bindery_runtime::ApiClient for Client { type Credential = u8; }",
        "pub struct Client; pub struct Credential; impl bindery_runtime::ApiClient for Client { type Credential = Credential; }",
        &["! Client: the credential of `Client` is another type"],
    );
}

/// A request that no method makes, are called what they are.
#[test]
fn what_is_no_operation_is_called_by_its_path() {
    check(
        "pub struct A; impl bindery_runtime::Call for A { type Output = u8; }",
        "pub struct A; impl bindery_runtime::Call for A { type Output = u16; }",
        &["! A: bindery_runtime::Call is implemented differently"],
    );
}

#[test]
fn errors_get_variants_and_lose_them() {
    let errors = |variants: &str| {
        format!(
            "pub struct Problem {{ pub a: u8 }} pub struct Refusal {{ pub b: u8 }}
             #[non_exhaustive] pub enum ApiError {{ {variants} }}"
        )
    };
    check(
        &errors("Problem(Problem)"),
        &errors("Problem(Problem), Refusal(Refusal)"),
        &["ApiError::Refusal: a variant is new"],
    );
    check(&errors("Problem(Problem), Empty"), &errors("Empty"), &["! ApiError::Problem: removed"]);
}

#[test]
fn a_variant_is_renamed_with_the_type_that_it_holds() {
    let errors = |name: &str| {
        format!(
            "pub struct {name} {{ pub a: u8 }} #[non_exhaustive] pub enum ApiError {{ {name}({name}) }}"
        )
    };
    check(
        &errors("Problem"),
        &errors("Fault"),
        &["! ApiError::Problem: renamed to ApiError::Fault", "! Problem: renamed to Fault"],
    );
}
