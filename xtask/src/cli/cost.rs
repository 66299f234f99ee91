//! `cost`: what a client costs those who build with it, compared with reqwest alone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::report::{Report, new_table, text_of};
use crate::cost::{Built, Program, build, crates, write};
use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;

/// What a cell says that cannot be measured.
const NONE: &str = "–";

/// What to measure.
#[derive(Debug)]
pub struct Cost {
    /// Where the programs go.
    pub out: Option<PathBuf>,
}

/// Builds all programs, one after the other.
pub fn cost(root: &Path, wanted: &Cost) -> Report {
    let out = wanted.out.clone().unwrap_or_else(|| {
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        target.unwrap_or_else(|| root.join("target")).join("cost")
    });
    measure(root, &out).unwrap_or_else(Report::failure)
}

fn measure(root: &Path, out: &Path) -> Result<Report, Finding> {
    let out = &mut OutputFolder::claim(out, root)?;
    write(root, out)?;
    // All that has to be fetched is fetched here, before any time is taken.
    let counts =
        Program::ALL.map(|it| crates(out.path(), it.name(), false).map(|crates| crates.len()));
    let headings = ["Program", "Crates", "Clean build", "Ratio", "CPU", "Ratio", "Size", "Ratio"];
    let mut table = new_table(headings);
    let mut first = None;
    for (program, count) in Program::ALL.into_iter().zip(counts) {
        let built = build(out, program)?;
        let plain = *first.get_or_insert(built);
        // The program is none that it uses.
        let count = count.map_err(|error| {
            Finding::error(
                Kind::CommandFailed,
                format!("cannot count the crates of `{}`: {error}", program.name()),
            )
            .why("Without its dependencies the program cannot be built.")
            .help("Cargo fetches what is missing: check that it can.")
        })?;
        let count = count.saturating_sub(1).to_string();
        let cells = cells(built).into_iter().zip(cells(plain)).flat_map(|(cell, plain)| {
            let ratio = cell.value / plain.value;
            [cell.text, if ratio.is_finite() { format!("{ratio:.2}") } else { NONE.to_owned() }]
        });
        table.add_row([program.title().to_owned(), count].into_iter().chain(cells));
    }
    let mut report = Report::new();
    report.output = text_of(&table);
    Ok(report)
}

/// A measure, and how it is shown.
struct Cell {
    value: f64,
    text: String,
}

fn cells(built: Built) -> [Cell; 3] {
    let time = |time: Duration| {
        let value = time.as_secs_f64();
        Cell { value, text: format!("{value:.0} s") }
    };
    let none = || Cell { value: f64::NAN, text: NONE.to_owned() };
    let size = built.bytes as f64;
    let text = format!("{:.2} MB", size / 1e6);
    [time(built.time), built.processors.map_or_else(none, time), Cell { value: size, text }]
}
