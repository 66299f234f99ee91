//! `[[pagination]]`, read from minimal tables.

use crate::config::{ApiConfig, NextDecision};
use crate::finding::Findings;
use crate::source::Source;

fn parse(table: &str) -> Result<ApiConfig, Vec<String>> {
    let mut findings = Findings::default();
    let text = format!("title = 'A'\n{table}");
    let source = Source::new("api.toml", text.as_str());
    let config = ApiConfig::parse("a", &source, &mut findings);
    config.ok_or_else(|| findings.iter().map(ToString::to_string).collect())
}

/// What is wrong with the lines of a `[[pagination]]` that says its operation and its reason.
fn problems(lines: &str) -> Vec<String> {
    let table = format!("[[pagination]]\noperation = 'GET /a'\nreason = 'r'\n{lines}");
    parse(&table).err().unwrap_or_default()
}

#[test]
fn each_kind_can_be_decided() {
    let kinds = [
        "next_url = 'pagination.next'\nitems = 'data'",
        "link = true\nitems = ''",
        "cursor = 'meta.next'\nparameter = 'cursor'\nmore = 'has_more'",
        "page = 'page'\nlast = 'total_pages'\nfirst = 0",
        "offset = 'offset'\ntotal = 'total'",
        "none = true",
    ];
    let tables = kinds.iter().enumerate().map(|(at, lines)| {
        format!("[[pagination]]\noperation = 'GET /{at}'\nreason = 'r'\n{lines}\n")
    });
    let config = parse(&tables.collect::<String>()).unwrap();
    let [url, link, cursor, page, offset, none] = config.pagination.as_slice() else {
        panic!("{:?}", config.pagination)
    };
    assert_eq!(url.items.as_ref().map(|it| it.text.as_str()), Some("data"));
    assert_eq!((url.operation.text.as_str(), url.operation.span.line()), ("GET /0", 3));
    assert!(matches!(&url.next, NextDecision::Url(at) if at.text == "pagination.next"));
    // Nothing is the body itself.
    assert!(link.items.is_none() && matches!(link.next, NextDecision::Link));
    assert!(matches!(&cursor.next, NextDecision::Cursor { at, parameter, more: Some(more) }
        if (&*at.text, &*parameter.text, &*more.text) == ("meta.next", "cursor", "has_more")));
    assert!(matches!(&page.next, NextDecision::Page { parameter, last: Some(last), first: 0 }
        if (&*parameter.text, &*last.text) == ("page", "total_pages")));
    assert!(matches!(&offset.next, NextDecision::Offset { parameter, total: Some(total) }
        if (&*parameter.text, &*total.text) == ("offset", "total")));
    assert!(matches!(none.next, NextDecision::Nothing));
}

#[test]
fn the_first_page_has_the_number_one_unless_said_otherwise() {
    let table = "[[pagination]]\noperation = 'GET /a'\nreason = 'r'\npage = 'p'";
    let config = parse(table).unwrap();
    assert!(matches!(config.pagination[0].next, NextDecision::Page { first: 1, last: None, .. }));
    assert_eq!(
        problems("page = 'p'\nfirst = 2"),
        ["error[config-type] api.toml:6: `first` must be `0` or `1`, and this is a number"]
    );
}

#[test]
fn there_is_exactly_one_kind_and_nothing_that_belongs_to_another() {
    let said = "error[config-choice] api.toml";
    let all = "`next_url`, `link`, `cursor`, `page`, `offset` and `none`";
    assert_eq!(problems(""), [format!("{said}:2: `[[pagination]]` has none of {all}")]);
    assert_eq!(
        problems("link = true\npage = 'p'"),
        [format!("{said}:2: `[[pagination]]` has `link` and `page` of {all}")]
    );
    assert_eq!(
        problems("link = true\nparameter = 'p'"),
        [format!("{said}:6: `parameter` says nothing beside `link`")]
    );
    assert_eq!(
        problems("none = true\nitems = 'data'"),
        [format!("{said}:6: `items` says nothing beside `none`")]
    );
}

#[test]
fn what_is_missing_or_misspelt_is_told() {
    assert_eq!(
        problems("cursor = 'next'"),
        ["error[config-missing-key] api.toml:2: `[[pagination]]` has no `parameter`"]
    );
    assert_eq!(
        problems("cursor = 'a..b'\nparameter = 'p'"),
        ["error[config-value] api.toml:5: `cursor` is not legal here: it must name properties \
          with dots between, such as `pagination.next`"]
    );
    assert_eq!(
        problems("next_uri = 'next'\nlink = true"),
        ["error[config-unknown-key] api.toml:5: `[[pagination]]` has no key `next_uri`"]
    );
    assert_eq!(parse("[[pagination]]\nlink = true").unwrap_err().len(), 2);
    let optional = "more = 1\ncursor = 'a'\nparameter = 'b'";
    assert_eq!(problems(optional).len(), 1, "{:?}", problems(optional));
}

#[test]
fn a_list_is_decided_once() {
    let table = "[[pagination]]\noperation = 'GET /a'\nreason = 'r'\nlink = true\n";
    let twice = parse(&table.repeat(2)).unwrap_err();
    assert_eq!(
        twice,
        ["error[config-duplicate] api.toml:7: the pagination of `GET /a` is decided twice"]
    );
}
