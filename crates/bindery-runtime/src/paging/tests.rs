//! Lists of pages that are made up.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_core::Stream as _;

use super::*;
use crate::{
    Caller, Client, ClientBuilder, Error, ErrorKind, Method, Operation, Request, Response, Settings,
};

static SETTINGS: Settings =
    Settings { name: "t", version: "1", base_url: Some("https://api.example.com"), headers: &[] };

/// What makes up the page that something leads to.
type MakeUp<C> = dyn FnMut(Option<C>) -> Page<u64, C> + Send;

/// A call of a list whose pages are made up.
struct List<C> {
    caller: Caller,
    at: Option<C>,
    make_up: Arc<Mutex<MakeUp<C>>>,
}

impl<C: Clone> Clone for List<C> {
    fn clone(&self) -> Self {
        let (caller, at, make_up) = (self.caller.clone(), self.at.clone(), self.make_up.clone());
        Self { caller, at, make_up }
    }
}

impl<C: Clone + PartialEq + Send + 'static> Call for List<C> {
    type Output = ();
    type Error = ();
    const OPERATION: &'static Operation = &Operation::new("list_things", Method::GET, "/things");

    fn caller(&mut self) -> &mut Caller {
        &mut self.caller
    }

    fn write(&self, _: &mut Request) {}

    fn read(response: Response) -> Result<(), Error<()>> {
        match response.status().as_u16() {
            200 => response.empty(),
            _ => Err(response.undocumented()),
        }
    }
}

impl<C: Clone + PartialEq + Send + 'static> Paged for List<C> {
    type Item = u64;
    type Cursor = C;

    fn page(&self, (): (), _: &HeaderMap) -> Page<u64, C> {
        (self.make_up.lock().unwrap())(self.at.clone())
    }

    fn turn(&mut self, to: C) {
        self.at = Some(to);
    }
}

/// A client that is answered with these statuses, and with 200 after them.
fn client(statuses: &'static [u16]) -> Client {
    let count = AtomicUsize::new(0);
    let builder = ClientBuilder::new(&SETTINGS).transport(crate::transport_fn(move |_, _| {
        let status = statuses.get(count.fetch_add(1, Ordering::SeqCst)).copied().unwrap_or(200);
        let answer = http::Response::builder().status(status).body(crate::Body::default());
        async move { answer.map_err(crate::TransportError::new) }
    }));
    builder.build().unwrap()
}

fn answered<C: Clone + PartialEq + Send + 'static>(
    statuses: &'static [u16],
    make_up: impl FnMut(Option<C>) -> Page<u64, C> + Send + 'static,
) -> Items<List<C>> {
    let make_up = Arc::new(Mutex::new(make_up));
    List { caller: client(statuses).caller(), at: None, make_up }.items()
}

fn paged<C: Clone + PartialEq + Send + 'static>(
    make_up: impl FnMut(Option<C>) -> Page<u64, C> + Send + 'static,
) -> Items<List<C>> {
    answered(&[], make_up)
}

/// All items, and the error after them, after which there is nothing.
async fn read<C: Clone + PartialEq + Send + 'static>(
    mut items: Items<List<C>>,
) -> (Vec<u64>, Option<Error<()>>) {
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
    let items = paged(move |at: Option<String>| {
        let mut asked = notes.lock().unwrap();
        asked.push(at);
        let number = asked.len();
        let items = vec![number as u64 * 10, 7];
        Page::named(items, cursors.get(number - 1).copied())
    });
    let (read, error) = read(items).await;
    assert_eq!(read, [10, 7, 20, 7, 30, 7]);
    assert!(error.is_none());
    let asked = asked.lock().unwrap();
    assert_eq!(*asked, [None, Some("b".to_owned()), Some("c".to_owned())]);
}

#[tokio::test]
async fn cursors_may_be_of_any_type() {
    let items = paged(|at: Option<(u64, bool)>| {
        let (number, _) = at.unwrap_or((7, false));
        let next = (number > 5).then(|| (number - 1, true));
        Page::leading(vec![number], next)
    });
    assert_eq!(read(items).await.0, [7, 6, 5]);
}

#[tokio::test]
async fn a_list_is_a_stream() {
    let mut items = paged(|at: Option<u64>| {
        let number = at.unwrap_or(0);
        Page::numbered(vec![number], number, Some(1))
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
        paged(move |at: Option<u64>| {
            let number = at.unwrap_or(1);
            let items = if number <= pages { vec![number] } else { vec![] };
            Page::numbered(items, number, last)
        })
    };
    assert_eq!(read(list(None, 3)).await.0, [1, 2, 3]);
    assert_eq!(read(list(Some(2), 3)).await.0, [1, 2]);
    assert!(read(list(None, 0)).await.0.is_empty());
}

#[tokio::test]
async fn a_vendor_who_repeats_the_last_page_makes_no_list_without_end() {
    let ends = |items: Items<List<u64>>| async move {
        let (read, error) = read(items).await;
        (read, error.map(|it| it.to_string()))
    };
    let same = "list_things: a page of the list has the items of the one before";
    let numbered = |last| {
        paged(move |at: Option<u64>| {
            let number = at.unwrap_or(1);
            Page::numbered(vec![number.min(3)], number, last)
        })
    };
    assert_eq!(ends(numbered(None)).await, (vec![1, 2, 3], Some(same.to_owned())));
    assert_eq!(ends(numbered(Some(5))).await, (vec![1, 2, 3, 3, 3], None), "it has said so");
    let offset = paged(|at: Option<u64>| Page::at_offset(vec![7, 8], at, None));
    assert_eq!(ends(offset).await, (vec![7, 8], Some(same.to_owned())));
}

#[tokio::test]
async fn offsets_grow_by_what_was_there() {
    for (total, expected) in [(None, 4), (Some(5), 3), (Some(4), 2)] {
        let calls = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&calls);
        let items = paged(move |at: Option<u64>| {
            count.fetch_add(1, Ordering::SeqCst);
            let offset = at.unwrap_or(0);
            let items = (0..5).skip(offset as usize).take(2).collect();
            Page::at_offset(items, offset, total)
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
        let items = paged(move |_: Option<String>| {
            let name = cursors.get(page).copied();
            page += 1;
            let items = vec![page as u64];
            Page::named(items, name)
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
        paged(move |at: Option<String>| {
            let number = at.map_or(0, |at| at.parse().unwrap());
            let items = if number == 0 || number == empty + 1 { vec![number] } else { vec![] };
            let next = (number <= empty).then(|| (number + 1).to_string());
            Page::named(items, next)
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
        let items = paged(move |_: Option<String>| {
            let next = count.fetch_add(1, Ordering::SeqCst).to_string();
            Page::named(vec![], Some(next)).saying(more)
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
    let items = paged(move |at: Option<u64>| {
        let number = at.unwrap_or(0);
        let items = if number.is_multiple_of(90) { vec![number] } else { vec![] };
        let more = number < 270;
        Page::leading(items, more.then_some(number + 1)).saying(Some(more))
    });
    let (read, error) = read(items).await;
    assert!(error.is_none());
    assert_eq!(read, [0, 90, 180, 270]);
}

#[tokio::test]
async fn the_first_error_is_the_last_item() {
    let items = answered(&[200, 418], |_| Page::named(vec![1, 2], Some("b")));
    let (read, error) = read(items).await;
    assert_eq!(read, [1, 2]);
    assert!(matches!(error.unwrap().kind(), ErrorKind::Undocumented));
}

#[tokio::test]
async fn a_list_goes_on_after_an_error_where_it_was() {
    let made = |at: Option<u64>| Page::numbered(vec![at.unwrap_or(1)], at.unwrap_or(1), Some(3));
    for statuses in [&[200, 418][..], &[418], &[200, 200, 418]] {
        let (mut items, mut read) = (answered(statuses, made), Vec::new());
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => read.push(item),
                Err(_) => items.resume(),
            }
        }
        assert_eq!(read, [1, 2, 3], "{statuses:?}");
    }
}

#[tokio::test]
async fn a_list_tells_where_it_is_and_starts_there() {
    let made = |at: Option<u64>| {
        let number = at.unwrap_or(1);
        Page::numbered(vec![number * 10, number * 10 + 1], number, Some(3))
    };
    let mut items = paged(made);
    let mut told = Vec::new();
    while let Some(item) = items.next().await {
        told.push((item.unwrap(), items.cursor().copied()));
    }
    let first =
        [(10, None), (11, Some(2)), (20, Some(2)), (21, Some(3)), (30, Some(3)), (31, None)];
    assert_eq!(told, first);
    assert_eq!(read(paged(made).starting_at(3)).await.0, [30, 31]);
}

#[tokio::test]
async fn pages_come_with_their_status() {
    let list = paged(|at: Option<u64>| Page::numbered(vec![7], at.unwrap_or(1), Some(2)));
    let mut pages = list.pages;
    let mut read = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        read.push((page.status.as_u16(), page.body));
    }
    assert_eq!(read, [(200, vec![7]), (200, vec![7])]);
}

#[tokio::test]
async fn a_page_is_not_asked_for_before_it_is_needed() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let mut items = paged(move |_: Option<String>| {
        let call = count.fetch_add(1, Ordering::SeqCst);
        Page::named(vec![1, 2], Some(call.to_string()))
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
        paged(move |_: Option<String>| {
            let (items, next, more) = pages[at];
            at += 1;
            Page::named(items.to_vec(), next).saying(more)
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
    let items = paged(|at: Option<u64>| {
        let number = at.unwrap_or(254);
        Page::numbered(vec![number], number, None).within(u8::MAX)
    });
    assert_eq!(read(items).await.0, [254, 255]);
}

#[tokio::test]
async fn urls_that_differ_in_what_is_not_sent_lead_to_the_same_page() {
    let mut number = 0;
    let items = paged(move |_: Option<String>| {
        number += 1;
        let url = format!("/things?page=2#{number}");
        Page::at_url(vec![number], Some(url))
    });
    let (read, error) = read(items).await;
    assert_eq!(read, [1, 2]);
    assert!(matches!(error.unwrap().kind(), ErrorKind::Paging(_)));
    let page = Page::at_url(vec![1], Some(""));
    assert_eq!(page, Page::leading(vec![1], None::<String>));
}
