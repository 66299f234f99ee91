//! One page of a list, and where the next one is.

use reqwest::header::HeaderMap;

use super::link;

/// One page of a list, and where the next one is.
///
/// `C` is what leads there: a cursor, a number, or a url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, C> {
    pub(super) items: Vec<T>,
    pub(super) next: Option<C>,
    /// Whether there is more, where the vendor says so.
    pub(super) more: Option<bool>,
    /// Whether nobody says how many there are, so that only a page without items ends the list.
    pub(super) is_open: bool,
}

impl<T, C> Page<T, C> {
    /// A page that leads to the next one, unless it is the last.
    pub fn leading(items: Vec<T>, next: Option<C>) -> Self {
        Self { items, next, more: None, is_open: false }
    }

    /// What the vendor says of whether there is more: without more, the page is the last; with more, an
    /// empty page is not, and one that leads nowhere is an error.
    #[must_use]
    pub fn saying(self, more: Option<bool>) -> Self {
        let next = self.next.filter(|_| more != Some(false));
        Self { next, more, ..self }
    }
}

impl<T> Page<T, String> {
    /// A page that names the next one by a cursor, unless it is the last. An empty cursor is none.
    pub fn named(items: Vec<T>, next: Option<impl Into<String>>) -> Self {
        let next = next.map(Into::into).filter(|next: &String| !next.is_empty());
        Self::leading(items, next)
    }

    /// A page that names the url of the next one, unless it is the last. An empty url is none. A fragment is dropped: it
    /// is not sent, so it leads to no other page.
    pub fn at_url(items: Vec<T>, next: Option<impl Into<String>>) -> Self {
        let page = Self::named(items, next);
        let next = page.next.map(|it| match it.split_once('#') {
            Some((url, _)) => url.to_owned(),
            None => it,
        });
        Self { next, ..page }
    }

    /// A page whose answer has a `Link` header with the relation `next` (RFC 8288), unless it is the
    /// last.
    pub fn linked(items: Vec<T>, headers: &HeaderMap) -> Self {
        // An empty target is this page itself (RFC 3986, section 4.4), and so leads back.
        let next = link::next(headers);
        let next = next.map(|it| it.split('#').next().unwrap_or_default().to_owned());
        Self::leading(items, next)
    }
}

impl<T> Page<T, u64> {
    /// The page is the last if the next one is beyond what the parameter of the operation takes.
    #[must_use]
    pub fn within(self, largest: impl TryInto<u64>) -> Self {
        let largest = largest.try_into().unwrap_or(u64::MAX);
        Self { next: self.next.filter(|next| *next <= largest), ..self }
    }

    /// The page of this number, 0 if there is none. The last is the one of the number `last`, if that is known, and an
    /// empty one in any case.
    pub fn numbered(items: Vec<T>, number: impl Into<Option<u64>>, last: Option<u64>) -> Self {
        let number = number.into().unwrap_or_default();
        let next = number.checked_add(1).filter(|next| last.is_none_or(|last| *next <= last));
        Self { is_open: last.is_none(), ..Self::leading(items, next) }
    }

    /// The page that starts at this place in the list, 0 if there is none. The last is the one that reaches `total`, if
    /// that is known, and an empty one in any case.
    pub fn at_offset(items: Vec<T>, offset: impl Into<Option<u64>>, total: Option<u64>) -> Self {
        let offset = offset.into().unwrap_or_default();
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let next = offset.checked_add(count);
        let next = next.filter(|next| total.is_none_or(|total| *next < total));
        Self { is_open: total.is_none(), ..Self::leading(items, next) }
    }
}
