//! What vendors call the things that pages are turned with.
//!
//! Names are written without signs and in lower case, as [`fold`] makes them, so that `next_page`, `nextPage`
//! and `next-page` are one. A name with a dot is that of a property in another.

use crate::plan::paging::Way;

/// A cursor in the body, the parameters that take it, and whether something else has to say that there is
/// more, because there is a cursor on the last page, too.
pub(super) struct Cursor {
    pub(super) property: &'static str,
    pub(super) parameters: &'static [&'static str],
    pub(super) says_more: bool,
}

const fn cursor(property: &'static str, parameters: &'static [&'static str]) -> Cursor {
    Cursor { property, parameters, says_more: true }
}

/// The cursors, those that leave the least doubt first.
pub(super) const CURSORS: &[Cursor] = &[
    cursor(
        "nextcursor",
        &[
            "cursor",
            "nextcursor",
            "after",
            "aftercursor",
            "startcursor",
            "pagecursor",
            "startingafter",
        ],
    ),
    cursor("nextpagecursor", &["cursor", "pagecursor", "nextpagecursor"]),
    cursor("cursor.next", &["cursor", "after"]),
    cursor("cursors.next", &["cursor", "after"]),
    cursor("cursors.after", &["after", "cursor"]),
    cursor("next.after", &["after"]),
    cursor("nextpagetoken", &["pagetoken", "nextpagetoken", "token"]),
    cursor("nexttoken", &["nexttoken", "pagetoken", "token", "continuationtoken"]),
    cursor("nextcontinuationtoken", &["continuationtoken"]),
    cursor("continuationtoken", &["continuationtoken"]),
    cursor("nextmarker", &["marker"]),
    cursor("nextkey", &["startkey", "nextkey", "key"]),
    cursor("nextoffset", &["offset"]),
    cursor("nextpage", &["page"]),
    cursor("bookmark", &["bookmark"]),
    cursor("cursor", &["cursor"]),
    Cursor { property: "lastid", parameters: &["afterid", "after"], says_more: false },
    Cursor { property: "endcursor", parameters: &["after", "cursor"], says_more: false },
];

/// Parameters that take the name of the last item of the page before.
pub(super) const AFTER_ITEM: &[&str] = &["startingafter"];

/// What something is called by that is no page of a list.
pub(super) const IDENTITY: &[&str] = &["guid", "id", "key", "slug", "uuid"];

/// What an item is called by.
pub(super) const ITEM_ID: &str = "id";

/// Properties that say whether there is another page.
pub(super) const MORE: &[&str] =
    &["hasmore", "hasnext", "hasnextpage", "hasmorepages", "morepages"];

/// Properties that can only be the url of the next page.
pub(super) const URLS: &[&str] = &[
    "nexturl",
    "nexturi",
    "nextlink",
    "nexthref",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
    "nextpagehref",
    "odatanextlink",
    "next.href",
    "next.url",
    "nextpage.href",
    "nextpage.url",
];

/// Properties that are its url, if something says that they are one.
pub(super) const PERHAPS_URLS: &[&str] = &["next", "nextpage"];

/// Properties beside `next` that only have a meaning together: where one can go to the first and to the last
/// page as well, all are urls.
pub(super) const BESIDE_NEXT: &[&str] = &["first", "last", "prev", "previous", "self"];

/// Properties in which there are links and nothing else.
pub(super) const LINKS: &[&str] = &["links"];

/// Cursors that may be numbers, flags or urls as well, so that the vendor's words have to say what they are.
pub(super) const PERHAPS_CURSORS: &[&str] = &["nextpage"];

/// Words about a cursor, and about a url.
pub(super) const CURSOR_WORDS: &[&str] = &["cursor", "token"];
pub(super) const URL_WORDS: &[&str] = &["url", "uri"];

/// Words by which a number of a page counts from 0, and by which a place in the list is none.
pub(super) const ZERO_WORDS: &[&str] = &["0", "zero", "second"];
pub(super) const PAGE_WORDS: &[&str] = &["page number", "number of the page", "page index"];

/// Parameters that are the number of the page.
pub(super) const PAGE: &[&str] = &["page", "pagenumber", "pagenum", "pageno", "currentpage"];

/// Properties that are the number of pages.
pub(super) const PAGES: &[&str] =
    &["totalpages", "lastpage", "pagecount", "numpages", "pagescount", "numberofpages", "pages"];

/// Properties by which one knows frameworks that count pages from 0, whether they say so or not.
pub(super) const FROM_ZERO: &[&str] = &["totalelements", "numberofelements"];

/// Parameters that are the place in the list.
pub(super) const OFFSET: &[&str] = &["offset", "skip", "start", "startat"];

/// Those of them that have one meaning only.
pub(super) const SKIPPED: &[&str] = &["offset", "skip"];

/// Parameters that go with them.
pub(super) const LIMIT: &[&str] =
    &["limit", "count", "pagesize", "perpage", "size", "top", "take", "rows", "maxresults"];

/// Properties that are the number of items on all pages together. `count` is none: for some it is that of the
/// page.
pub(super) const TOTAL: &[&str] = &[
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalelements",
    "totalhits",
    "numfound",
];

/// Properties that hold the rest of the body, the list included.
pub(super) const ENVELOPES: &[&str] =
    &["data", "result", "results", "response", "payload", "body", "embedded"];

/// Properties that hold what is about the pages.
pub(super) const ABOUT: &[&str] = &[
    "links",
    "pagination",
    "paging",
    "paginationinfo",
    "page",
    "pages",
    "pageinfo",
    "pager",
    "meta",
    "metadata",
    "responsemetadata",
    "resultinfo",
    "cursor",
    "cursors",
    "next",
    "nextpage",
];

/// Lists that go along with the items.
pub(super) const COMPANIONS: &[&str] = &[
    "included",
    "includes",
    "errors",
    "warnings",
    "messages",
    "links",
    "facets",
    "aggregations",
    "filters",
    "notices",
];

/// A name without signs, in lower case.
pub(super) fn fold(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a name is one of these.
pub(super) fn is_one(name: &str, of: &[&str]) -> bool {
    of.contains(&fold(name).as_str())
}

/// Whether any of these words is in a text.
pub(super) fn speaks_of(text: &str, words: &[&str]) -> bool {
    let mut all = text.split(|it: char| !it.is_alphanumeric());
    all.any(|word| words.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

/// Whether a way ends in a name, which may be that of a property in another.
pub(super) fn ends_in(way: &Way, name: &str) -> bool {
    let mut steps = way.0.iter().rev();
    name.rsplit('.').all(|part| steps.next().is_some_and(|step| fold(&step.wire) == part))
}
