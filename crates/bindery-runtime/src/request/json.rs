//! How JSON is written.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::number::whole;

/// Returns a value as JSON, in which a whole number is one whatever type it has: servers take `10.0` for a fraction.
pub(super) fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::with_capacity(128);
    value.serialize(&mut Serializer::with_formatter(&mut json, Whole))?;
    Ok(json)
}

struct Whole;

impl Formatter for Whole {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        /// Up to here every whole number has a float of its own, so that its digits are those that came.
        const EXACT: i128 = 1 << 53;
        match whole(value).filter(|it| it.abs() <= EXACT).and_then(|it| i64::try_from(it).ok()) {
            // Of zero there are two.
            Some(whole) if whole != 0 || value.is_sign_positive() => self.write_i64(writer, whole),
            _ => CompactFormatter.write_f64(writer, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_has_no_fraction() {
        let values = [10.0, -3.0, 0.0, -0.0, 2.5, 9_007_199_254_740_992.0, 1e21, 1e-7];
        let json = String::from_utf8(to_vec(&values).unwrap()).unwrap();
        assert_eq!(json, "[10,-3,0,-0.0,2.5,9007199254740992,1e+21,1e-7]");
    }

    #[test]
    fn all_else_is_written_as_serde_json_does() {
        let value =
            serde_json::json!({ "a": [null, true, "é\n\""], "b": { "c": u64::MAX, "d": -1 } });
        assert_eq!(to_vec(&value).unwrap(), serde_json::to_vec(&value).unwrap());
    }
}
