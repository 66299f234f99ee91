//! Times as vendors write them, and as they are sent.

use super::*;

#[test]
fn a_text_is_sent_as_it_came() {
    for json in [r#""2024-10-31T00:58:27.4+01:00""#, r#""""#, r#""soon""#] {
        let time: DateTime = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&time).unwrap(), json);
        let date: Date = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&date).unwrap(), json);
    }
    assert!(serde_json::from_str::<DateTime>("7").is_err());
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use chrono::{FixedOffset, NaiveDate, TimeZone as _, Utc};

    use super::*;

    fn date_time(text: &'static str) -> DateTime {
        DateTime(Cow::Borrowed(text))
    }

    #[test]
    fn what_vendors_write_loosely_is_read() {
        let noon = Utc.with_ymd_and_hms(2024, 2, 29, 12, 0, 0).unwrap();
        for text in [
            "2024-02-29T12:00:00Z",
            "2024-02-29t12:00:00z",
            "2024-02-29T13:00:00.000+01:00",
            "2024-02-29 12:00:00",
            "2024-02-29T12:00",
            "2024-02-29T12:00Z",
            "2024-02-29T12:00:00+0000",
            "2024-02-29 12:00:00 +0000",
            "2024-02-29T12:00:00.000000+00",
            "2024-02-29 14:00 +02:00",
            "2024-02-29T12:00:00 UTC",
            "2024-02-29T12:00:00 +0000",
            "Thu, 29 Feb 2024 12:00:00 GMT",
            " 2024-02-29T12:00:00Z\n",
        ] {
            assert_eq!(date_time(text).to_utc(), Ok(noon), "{text}");
        }
        assert_eq!(date_time("2024-02-29").to_utc(), Ok(noon - chrono::TimeDelta::hours(12)));
    }

    #[test]
    fn what_is_no_time_is_an_error_when_it_is_asked_for() {
        for text in ["", "soon", "0000-00-00 00:00:00", "2024-02-30", "12:00", "١٩٧٠-01-01"] {
            let error = date_time(text).to_utc().unwrap_err().to_string();
            assert_eq!(error, format!("{text:?} is no date-time"));
        }
        assert!(Date(Cow::Borrowed("2023-02-29")).to_chrono().is_err());
    }

    #[test]
    fn a_date_may_have_a_time() {
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        for text in ["2024-02-29", "2024-02-29T23:30:00-05:00", "2024-02-29 00:00:00"] {
            assert_eq!(Date(Cow::Borrowed(text)), day, "{text}");
        }
    }

    #[test]
    fn what_is_made_of_chrono_is_strict_and_comes_back() {
        let east = FixedOffset::east_opt(3600).unwrap();
        let instant = east.with_ymd_and_hms(2024, 2, 29, 13, 0, 0).unwrap();
        assert_eq!(DateTime::from(instant).as_str(), "2024-02-29T13:00:00+01:00");
        assert_eq!(DateTime::from(instant), instant);
        assert_eq!(DateTime::from(instant.to_utc()).as_str(), "2024-02-29T12:00:00Z");
        assert_eq!(DateTime::from(instant), DateTime::from(instant.to_utc()));
        let later = DateTime::from(instant);
        assert!(DateTime::UNIX_EPOCH < later);
        assert_eq!(date_time("soon").partial_cmp(&DateTime::UNIX_EPOCH), None);
        assert_eq!(date_time("soon"), date_time("soon"));
        assert_eq!("2024-02-29T12:00:00Z".parse(), Ok(DateTime::from(instant)));
        assert!("2024-02-29 12:00".parse::<DateTime>().is_err());
        for text in ["2024-2-29", "+2024-1-01", " 2024-1-01"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        assert_eq!("2024-02-29".parse(), Ok(Date::from(day)));
        assert_eq!(Date::from(day).as_str(), "2024-02-29");
    }
    #[test]
    fn what_rfc_3339_cannot_write_is_sent_in_utc() {
        let odd = FixedOffset::east_opt(3681).unwrap();
        let instant = odd.with_ymd_and_hms(1900, 1, 1, 0, 0, 0).unwrap();
        assert_eq!(DateTime::from(instant).as_str(), "1899-12-31T22:58:39Z");
        assert_eq!(DateTime::from(instant), instant);
        let west = FixedOffset::east_opt(-3600).unwrap();
        let first = chrono::DateTime::<Utc>::MIN_UTC;
        assert!(DateTime::from(first.with_timezone(&west)).as_str().ends_with('Z'));
    }
}
