//! Numbers of JSON of which no format says how large or how exact they are.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{self, Serialize, Serializer};

/// A number of JSON.
///
/// A schema of `type: number` without a format admits whole numbers and fractions of any size. This type keeps a
/// whole number of up to 64 bits as it is, where an `f64` would round what is beyond 2^53, and sends `10` as `10`
/// rather than `10.0`. Fractions, and whole numbers that are larger, are an `f64`.
///
/// Numbers are compared by value, whatever they are kept as.
///
/// ```
/// use bindery_runtime::Number;
///
/// let amount: Number = serde_json::from_str("9007199254740993")?;
/// assert_eq!(amount, 9_007_199_254_740_993_i64);
/// assert_eq!(amount.to_string(), "9007199254740993");
///
/// assert_eq!(Number::from(2.5).as_f64() * 2.0, 5.0);
/// assert_eq!(Number::from(10.0), 10);
/// assert_eq!(Number::from(2.5).as_i64(), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Number(Kept);

#[derive(Clone, Copy)]
enum Kept {
    Signed(i64),
    /// Beyond what is signed.
    Unsigned(u64),
    Float(f64),
}

impl Number {
    /// The number as an `f64`, which is the nearest one where it has no such value.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self.0 {
            Kept::Signed(value) => value as f64,
            Kept::Unsigned(value) => value as f64,
            Kept::Float(value) => value,
        }
    }

    /// The number as an `i64`, if it has such a value.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.whole().and_then(|it| it.try_into().ok())
    }

    /// The number as a `u64`, if it has such a value.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        self.whole().and_then(|it| it.try_into().ok())
    }

    fn whole(self) -> Option<i128> {
        match self.0 {
            Kept::Signed(value) => Some(value.into()),
            Kept::Unsigned(value) => Some(value.into()),
            Kept::Float(value) => whole(value),
        }
    }
}

/// The whole number that a float is, if it is one.
pub(crate) fn whole(value: f64) -> Option<i128> {
    /// 2^127, from which on there is no such `i128`.
    const END: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    let is_whole = value.fract() == 0.0 && value.abs() < END;
    // The cast is exact: it is a whole number within the range.
    is_whole.then_some(value as i128)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kept::Signed(value) => value.fmt(f),
            Kept::Unsigned(value) => value.fmt(f),
            Kept::Float(value) => value.fmt(f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.whole(), other.whole()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            // Where one is a fraction, the nearest float of the other is on the same side of it: between two whole
            // numbers that have no float of their own there is no fraction.
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

macro_rules! from {
    ($($ty:ty => $kept:ident),* $(,)?) => {$(
        impl From<$ty> for Number {
            fn from(value: $ty) -> Self {
                Self(Kept::$kept(value.into()))
            }
        }

        impl PartialEq<$ty> for Number {
            fn eq(&self, other: &$ty) -> bool {
                *self == Self::from(*other)
            }
        }

        impl PartialOrd<$ty> for Number {
            fn partial_cmp(&self, other: &$ty) -> Option<Ordering> {
                self.partial_cmp(&Self::from(*other))
            }
        }
    )*};
}

from! {
    i8 => Signed, i16 => Signed, i32 => Signed, i64 => Signed,
    u8 => Signed, u16 => Signed, u32 => Signed, u64 => Unsigned,
    f64 => Float,
}

impl Serialize for Number {
    /// # Errors
    ///
    /// If it is not finite. JSON has no such number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Kept::Signed(value) => serializer.serialize_i64(value),
            Kept::Unsigned(value) => serializer.serialize_u64(value),
            Kept::Float(value) if value.is_finite() => serializer.serialize_f64(value),
            Kept::Float(value) => Err(ser::Error::custom(format!("{value} is no number of JSON"))),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A float may be a whole number, too.
        deserializer.deserialize_f64(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        Ok(value.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str, from_value, to_string};

    use super::*;

    #[test]
    fn what_came_is_what_is_sent() {
        for json in ["0", "-7", "10", "2.5", "9007199254740993", "18446744073709551615", "1e+21"] {
            let number: Number = from_str(json).unwrap();
            assert_eq!(to_string(&number).unwrap(), json);
            let value: Value = from_str(json).unwrap();
            assert_eq!(from_value::<Number>(value).unwrap(), number, "{json}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let ordered = [
            Number::from(f64::NEG_INFINITY),
            Number::from(i64::MIN),
            Number::from(-0.5),
            Number::from(0),
            Number::from(0.5),
            Number::from((1_i64 << 53) + 1),
            Number::from(u64::MAX),
            Number::from(1e21),
            Number::from(1e300),
        ];
        for (index, one) in ordered.iter().enumerate() {
            for (other_index, other) in ordered.iter().enumerate() {
                assert_eq!(one.partial_cmp(other), Some(index.cmp(&other_index)), "{one} {other}");
            }
        }
        assert_eq!(Number::from(10.0), Number::from(10));
        assert_ne!(Number::from(9_007_199_254_740_992.0), (1_i64 << 53) + 1);
        assert!(Number::from(3) > 2.5);
        assert_ne!(Number::from(f64::NAN), Number::from(f64::NAN));
    }

    #[test]
    fn a_number_is_converted_where_it_has_the_value() {
        assert_eq!(Number::from(2.0).as_i64(), Some(2));
        assert_eq!(Number::from(u64::MAX).as_i64(), None);
        assert_eq!(Number::from(u64::MAX).as_u64(), Some(u64::MAX));
        assert_eq!(Number::from(-1).as_u64(), None);
        assert_eq!(Number::from(1e300).as_u64(), None);
        assert_eq!(Number::from(7_u8).as_f64(), 7.0);
    }

    #[test]
    fn what_json_has_no_number_for_is_not_sent() {
        for value in [f64::NAN, f64::INFINITY] {
            let error = to_string(&Number::from(value)).unwrap_err().to_string();
            assert!(error.ends_with("is no number of JSON"), "{error}");
        }
    }
}
