//! Reading times, and making them of what chrono has.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, Offset as _, SecondsFormat, TimeZone, Utc};

use super::{Date, DateTime, TimeError};

/// Times with an offset, as they are written when not by RFC 3339. An offset may have no colon and no minutes.
const WITH_OFFSET: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"];

/// Times without an offset.
const WITHOUT_OFFSET: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];

impl DateTime {
    /// The instant, with the offset that it was written with.
    ///
    /// Beside RFC 3339, a time is read that has a space in place of `T`, an offset such as `+0000`, no seconds, or no
    /// time of the day, and what RFC 2822 has. Without an offset it is in UTC.
    ///
    /// # Errors
    ///
    /// If the text is no time at all.
    pub fn to_chrono(&self) -> Result<chrono::DateTime<FixedOffset>, TimeError> {
        let text = self.0.trim();
        if let Ok(instant) = chrono::DateTime::parse_from_rfc3339(text) {
            return Ok(instant);
        }
        let plain = plain(text);
        let with_offset =
            WITH_OFFSET.iter().find_map(|it| chrono::DateTime::parse_from_str(&plain, it).ok());
        let local = || {
            let times = WITHOUT_OFFSET.iter();
            let time = times.filter_map(|it| NaiveDateTime::parse_from_str(&plain, it).ok()).next();
            time.or_else(|| day(&plain)?.and_hms_opt(0, 0, 0)).map(|it| it.and_utc().fixed_offset())
        };
        let instant = with_offset.or_else(local);
        let instant = instant.or_else(|| chrono::DateTime::parse_from_rfc2822(text).ok());
        instant.ok_or_else(|| self.error())
    }

    /// The instant in UTC.
    ///
    /// # Errors
    ///
    /// Those of [`to_chrono`](Self::to_chrono).
    pub fn to_utc(&self) -> Result<chrono::DateTime<Utc>, TimeError> {
        self.to_chrono().map(|it| it.to_utc())
    }

    fn error(&self) -> TimeError {
        TimeError { text: self.0.as_ref().to_owned(), wanted: "date-time" }
    }
}

impl Date {
    /// The day. Of a text that has a time as well, the day as it is written.
    ///
    /// # Errors
    ///
    /// If the text is no date.
    pub fn to_chrono(&self) -> Result<NaiveDate, TimeError> {
        let plain = plain(self.0.trim());
        let written = plain.split('T').next().and_then(day);
        written.ok_or_else(|| TimeError { text: self.0.as_ref().to_owned(), wanted: "date" })
    }
}

/// A time with `T` before the time of the day, and an offset in digits right behind it.
fn plain(text: &str) -> String {
    let (day, time) = text.split_at_checked("1970-01-01".len()).unwrap_or((text, ""));
    let time = time.strip_prefix(['t', ' ']).map(|it| format!("T{it}")).unwrap_or(time.to_owned());
    let text = format!("{day}{}", time.replace(' ', ""));
    let utc = ["Z", "z", "UTC", "GMT"].iter().find_map(|it| text.strip_suffix(it));
    match utc {
        Some(utc) => format!("{utc}+00:00"),
        None => text,
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    // chrono reads more than there is in a full-date.
    (day.to_string() == text).then_some(day)
}

impl<Z: TimeZone> From<chrono::DateTime<Z>> for DateTime {
    fn from(instant: chrono::DateTime<Z>) -> Self {
        let utc = instant.naive_utc();
        let offset = instant.offset().fix();
        // RFC 3339 has offsets of whole minutes, and chrono cannot write a local time that it cannot hold.
        let is_written =
            offset.local_minus_utc() % 60 == 0 && utc.checked_add_offset(offset).is_some();
        let instant = match is_written {
            true => instant.fixed_offset(),
            false => utc.and_utc().fixed_offset(),
        };
        Self(Cow::Owned(instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(Cow::Owned(day.to_string()))
    }
}

impl FromStr for DateTime {
    type Err = TimeError;

    /// A text of RFC 3339, and no other, since it may be sent.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let time = Self(Cow::Owned(text.to_owned()));
        match chrono::DateTime::parse_from_rfc3339(text) {
            Ok(_) => Ok(time),
            Err(_) => Err(time.error()),
        }
    }
}

impl FromStr for Date {
    type Err = TimeError;

    /// A full-date of RFC 3339, and no other text, since it may be sent.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let error = || TimeError { text: text.to_owned(), wanted: "date" };
        day(text).map(Self::from).ok_or_else(error)
    }
}

/// Comparisons by what the texts mean; where one means nothing, by the texts.
macro_rules! compared {
    ($($name:ident),*) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                match (self.to_chrono(), other.to_chrono()) {
                    (Ok(one), Ok(other)) => one == other,
                    _ => self.0 == other.0,
                }
            }
        }

        impl PartialOrd for $name {
            /// `None` where one of them is no time.
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                match (self.to_chrono(), other.to_chrono()) {
                    (Ok(one), Ok(other)) => one.partial_cmp(&other),
                    _ => (self.0 == other.0).then_some(Ordering::Equal),
                }
            }
        }
    )*};
}

compared!(DateTime, Date);

impl<Z: TimeZone> PartialEq<chrono::DateTime<Z>> for DateTime {
    fn eq(&self, other: &chrono::DateTime<Z>) -> bool {
        self.to_chrono().is_ok_and(|it| it == *other)
    }
}

impl PartialEq<NaiveDate> for Date {
    fn eq(&self, other: &NaiveDate) -> bool {
        self.to_chrono().is_ok_and(|it| it == *other)
    }
}
