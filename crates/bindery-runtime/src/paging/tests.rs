//! Lists of pages that are made up.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use reqwest::Method;

use super::*;
use crate::ErrorKind;
use crate::error::Context as Place;

static LIST: Operation = Operation {
    id: "list_things",
    method: Method::GET,
    path: "/things",
    server: None,
    accept: None,
    idempotent: true,
};

type List = Items<u64, Infallible>;

/// All items, and the error after them, after which there is nothing.
async fn read(mut items: List) -> (Vec<u64>, Option<Error<Infallible>>) {
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => read.push(item),
            Err(error) => {
                assert!(items.next().await.is_none() && items.next().await.is_none());
                return (read, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none());
    (read, None)
}

#[tokio::test]
async fn cursors_are_followed_to_the_page_without_one() {
    let (asked, cursors) = (Arc::new(Mutex::new(Vec::new())), ["b", "c", ""]);
    let notes = Arc::clone(&asked);
    let items = Items::new(&LIST, move |at: Option<String>| {
        let mut asked = notes.lock().unwrap();
        asked.push(at);
        let number = asked.len();
        let items = vec![number as u64 * 10, 7];
        let page = Page::named(items, cursors.get(number - 1).copied());
        async move { Ok(page) }
    });
    let (read, error) = read(items).await;
    assert_eq!(read, [10, 7, 20, 7, 30, 7]);
    assert!(error.is_none());
    let asked = asked.lock().unwrap();
    assert_eq!(*asked, [None, Some("b".to_owned()), Some("c".to_owned())]);
}

#[tokio::test]
async fn cursors_may_be_of_any_type() {
    let items = Items::new(&LIST, |at: Option<(u64, bool)>| {
        let (number, _) = at.unwrap_or((7, false));
        let next = (number > 5).then(|| (number - 1, true));
        async move { Ok(Page::leading(vec![number], next)) }
    });
    assert_eq!(read(items).await.0, [7, 6, 5]);
}

#[tokio::test]
async fn a_list_is_a_stream() {
    let mut items = Items::<u64, Infallible>::new(&LIST, |at: Option<u64>| {
        let number = at.unwrap_or(0);
        async move { Ok(Page::numbered(vec![number], number, Some(1))) }
    });
    assert_eq!(format!("{items:?}"), "Items { operation: \"list_things\", .. }");
    for expected in [Some(0), Some(1), None] {
        let next = poll_fn(|cx| Pin::new(&mut items).poll_next(cx)).await;
        assert_eq!(next.transpose().unwrap(), expected);
    }
}

#[tokio::test]
async fn numbers_end_with_an_empty_page_or_with_the_last() {
    let list = |last, pages: u64| {
        Items::new(&LIST, move |at: Option<u64>| {
            let number = at.unwrap_or(1);
            let items = if number <= pages { vec![number] } else { vec![] };
            async move { Ok(Page::numbered(items, number, last)) }
        })
    };
    assert_eq!(read(list(None, 3)).await.0, [1, 2, 3]);
    assert_eq!(read(list(Some(2), 3)).await.0, [1, 2]);
    assert!(read(list(None, 0)).await.0.is_empty());
}

#[tokio::test]
async fn offsets_grow_by_what_was_there() {
    for (total, expected) in [(None, 4), (Some(5), 3), (Some(4), 2)] {
        let calls = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&calls);
        let items = Items::new(&LIST, move |at: Option<u64>| {
            count.fetch_add(1, Ordering::SeqCst);
            let offset = at.unwrap_or(0);
            let items = (0..5).skip(offset as usize).take(2).collect();
            async move { Ok(Page::at_offset(items, offset, total)) }
        });
        let read = read(items).await.0;
        assert_eq!(read, (0..total.unwrap_or(5)).collect::<Vec<_>>());
        assert_eq!(calls.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn a_page_that_leads_back_ends_in_an_error_after_its_items() {
    let lists: [(&'static [&str], u64); 3] =
        [(&["a", "a"], 2), (&["a", "b", "b"], 3), (&["x", "a", "b", "a", "b"], 4)];
    for (cursors, count) in lists {
        let mut page = 0;
        let items = Items::new(&LIST, move |_: Option<String>| {
            let name = cursors.get(page).copied();
            page += 1;
            let items = vec![page as u64];
            async move { Ok(Page::named(items, name)) }
        });
        let (read, error) = read(items).await;
        assert_eq!(read, (1..=count).collect::<Vec<_>>(), "{cursors:?}");
        let error = error.unwrap();
        assert!(matches!(error.kind(), ErrorKind::Paging(_)));
        let expected = "list_things: a page of the list leads back to an earlier one";
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn an_empty_page_ends_the_list_unless_it_may_be_passed_by() {
    let list = |empty: u64| {
        Items::new(&LIST, move |at: Option<String>| {
            let number = at.map_or(0, |at| at.parse().unwrap());
            let items = if number == 0 || number == empty + 1 { vec![number] } else { vec![] };
            let next = (number <= empty).then(|| (number + 1).to_string());
            async move { Ok(Page::named(items, next)) }
        })
    };
    assert_eq!(read(list(1)).await.0, [0]);
    assert_eq!(read(list(2).past_empty(2)).await.0, [0, 3]);
    assert_eq!(read(list(3).past_empty(2)).await.0, [0]);
}

#[tokio::test]
async fn pages_that_are_all_empty_end_in_an_error() {
    let asked = Arc::new(AtomicUsize::new(0));
    let list = |more, patience| {
        asked.store(0, Ordering::SeqCst);
        let count = Arc::clone(&asked);
        let items = List::new(&LIST, move |_: Option<String>| {
            let next = count.fetch_add(1, Ordering::SeqCst).to_string();
            async move { Ok(Page::named(vec![], Some(next)).saying(more)) }
        });
        read(items.past_empty(patience))
    };
    for (more, patience, pages) in
        [(Some(true), 0, 101), (Some(true), 5, 101), (Some(true), 300, 301), (None, 300, 301)]
    {
        let (read, error) = list(more, patience).await;
        assert_eq!((read.len(), asked.load(Ordering::SeqCst)), (0, pages));
        let expected = format!(
            "list_things: {pages} pages of the list in a row had no items, and the last one leads to another"
        );
        assert_eq!(error.unwrap().to_string(), expected);
    }
}

#[tokio::test]
async fn a_page_with_items_lets_as_many_empty_ones_follow() {
    let items = List::new(&LIST, move |at: Option<u64>| {
        let number = at.unwrap_or(0);
        let items = if number.is_multiple_of(90) { vec![number] } else { vec![] };
        let more = number < 270;
        async move { Ok(Page::leading(items, more.then_some(number + 1)).saying(Some(more))) }
    });
    let (read, error) = read(items).await;
    assert!(error.is_none());
    assert_eq!(read, [0, 90, 180, 270]);
}

#[tokio::test]
async fn the_first_error_is_the_last_item() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let items = Items::new(&LIST, move |_: Option<String>| {
        let page = match count.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(Page::named(vec![1, 2], Some("b"))),
            _ => Err(Error::new(Place::unsent("list_things"), ErrorKind::Undocumented)),
        };
        async move { page }
    });
    let (read, error) = read(items).await;
    assert_eq!(read, [1, 2]);
    assert!(matches!(error.unwrap().kind(), ErrorKind::Undocumented));
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_page_is_not_asked_for_before_it_is_needed() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let mut items: List = Items::new(&LIST, move |_: Option<String>| {
        let call = count.fetch_add(1, Ordering::SeqCst);
        async move { Ok(Page::named(vec![1, 2], Some(call.to_string()))) }
    });
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    for expected in [1, 1, 2, 2, 3] {
        items.next().await.unwrap().unwrap();
        assert_eq!(calls.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn a_vendor_is_taken_at_his_word() {
    let list = |pages: &'static [(&[u64], Option<&str>, Option<bool>)]| {
        let mut at = 0;
        Items::new(&LIST, move |_: Option<String>| {
            let (items, next, more) = pages[at];
            at += 1;
            async move { Ok(Page::named(items.to_vec(), next).saying(more)) }
        })
    };
    let (items, error) = read(list(&[(&[1], Some("b"), Some(false))])).await;
    assert!(items == [1] && error.is_none());
    let (items, error) = read(list(&[(&[], Some("b"), Some(true)), (&[2], None, None)])).await;
    assert!(items == [2] && error.is_none(), "an empty page is not the last");
    let (items, error) = read(list(&[(&[1], None, Some(true))])).await;
    let expected = "list_things: there is more of the list, and its page does not say where";
    assert_eq!((items.as_slice(), error.unwrap().to_string().as_str()), (&[1][..], expected));
}

#[tokio::test]
async fn a_number_that_no_parameter_takes_is_not_asked_for() {
    let items = Items::new(&LIST, |at: Option<u64>| {
        let number = at.unwrap_or(254);
        async move { Ok(Page::numbered(vec![number], number, None).within(u8::MAX)) }
    });
    assert_eq!(read(items).await.0, [254, 255]);
}

#[tokio::test]
async fn urls_that_differ_in_what_is_not_sent_lead_to_the_same_page() {
    let mut number = 0;
    let items = Items::new(&LIST, move |_: Option<String>| {
        number += 1;
        let url = format!("/things?page=2#{number}");
        async move { Ok(Page::at_url(vec![number], Some(url))) }
    });
    let (read, error) = read(items).await;
    assert_eq!(read, [1, 2]);
    assert!(matches!(error.unwrap().kind(), ErrorKind::Paging(_)));
    let page = Page::at_url(vec![1], Some(""));
    assert_eq!(page, Page::leading(vec![1], None::<String>));
}
