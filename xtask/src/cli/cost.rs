//! `cost`: what a client costs those who build with it, compared with reqwest alone.

use std::io;
use std::path::{Path, PathBuf};

use super::report::{Report, new_table, text_of};
use crate::cost::{Program, build, crates, write};
use crate::finding::Finding;

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
    measure(root, &out).unwrap_or_else(|error| {
        Report::failure(
            Finding::error("cost", format!("`{}`: {error}", out.display()))
                .why("A program that is not built costs nothing that could be told.")
                .help("See what cargo says above, or name another place with `--out`."),
        )
    })
}

fn measure(root: &Path, out: &Path) -> io::Result<Report> {
    write(root, out)?;
    // All that has to be fetched is fetched here, before any time is taken.
    let counts = Program::ALL.map(|it| crates(out, it.name(), false).map(|crates| crates.len()));
    let mut table = new_table(["Program", "Crates", "Clean build", "Ratio", "Size", "Ratio"]);
    let mut first = None;
    for (program, count) in Program::ALL.into_iter().zip(counts) {
        let built = build(out, program)?;
        let plain = *first.get_or_insert(built);
        table.add_row([
            program.title().to_owned(),
            // The program is none that it uses.
            count?.saturating_sub(1).to_string(),
            format!("{:.1} s", built.time.as_secs_f64()),
            ratio(built.time.as_secs_f64(), plain.time.as_secs_f64()),
            format!("{:.2} MB", built.bytes as f64 / 1e6),
            ratio(built.bytes as f64, plain.bytes as f64),
        ]);
    }
    let mut report = Report::new();
    report.output = text_of(&table);
    Ok(report)
}

fn ratio(value: f64, to: f64) -> String {
    if to > 0.0 { format!("{:.2}", value / to) } else { "–".to_owned() }
}
