//! Reads examples as types, and writes what each has read: a line of the first for each line of the second.
//!
//! A line that is read has the numbers of a document and of one of its types, and JSON. A line that is written has `ok`,
//! how often something is kept as JSON for want of a type, what the outermost alternative is called, and JSON; or `error`
//! and why it was not read.

use std::fmt::{self, Debug, Write as _};
use std::io::{BufRead, BufReader, BufWriter, Write};

use bindery_runtime::__private::decode;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What reads JSON as one type.
pub type Check = fn(&[u8]) -> Result<(Names, Vec<u8>), String>;

/// Reads JSON as a type.
pub fn check<T: DeserializeOwned + Serialize + Debug>(json: &[u8]) -> Result<(Names, Vec<u8>), String> {
    let value: T = decode(json)?;
    let mut names = Names::default();
    let _ = write!(names, "{value:?}");
    let written = serde_json::to_vec(&value).map_err(|error| format!("it is not written: {error}"))?;
    Ok((names, written))
}

/// The names in what `Debug` writes, and not in the strings of it.
#[derive(Default)]
pub struct Names {
    /// How many variants are called `Unknown`.
    unknown: usize,
    /// The first variant that holds something; an option is none.
    first: String,
    /// The name that is being written.
    name: String,
    in_string: bool,
    escaped: bool,
}

impl fmt::Write for Names {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            if self.in_string {
                self.in_string = self.escaped || byte != b'"';
                self.escaped = !self.escaped && byte == b'\\';
            } else if byte.is_ascii_alphanumeric() || byte == b'_' {
                self.name.push(char::from(byte));
            } else {
                if byte == b'(' {
                    self.unknown += usize::from(self.name == "Unknown");
                    if self.first.is_empty() && self.name != "Some" {
                        self.first.clone_from(&self.name);
                    }
                }
                self.name.clear();
                self.in_string = byte == b'"';
            }
        }
        Ok(())
    }
}

fn main() {
    // Without a file, whoever has started the program asks, and waits for each answer.
    let examples: Box<dyn BufRead> = match std::env::args_os().nth(1) {
        Some(path) => Box::new(BufReader::new(std::fs::File::open(path).expect("the file of examples"))),
        None => Box::new(std::io::stdin().lock()),
    };
    let mut out = BufWriter::new(std::io::stdout());
    for line in examples.lines() {
        let line = line.expect("the examples");
        let mut parts = line.splitn(3, ' ');
        let mut number = || parts.next().and_then(|it| it.parse::<usize>().ok()).expect("a number");
        let (document, ty) = (number(), number());
        let json = parts.next().expect("JSON");
        match DOCUMENTS[document][ty](json.as_bytes()) {
            Ok((Names { unknown, first, .. }, json)) => {
                write!(out, "ok {unknown} {first} ").and_then(|()| out.write_all(&json)).expect("output");
            }
            Err(error) => {
                let error = serde_json::to_string(&error).expect("a string");
                write!(out, "error {error}").expect("output");
            }
        }
        writeln!(out).and_then(|()| out.flush()).expect("output");
    }
}
