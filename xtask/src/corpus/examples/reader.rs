//! Types that read values for as long as they are asked: a program each for the types of some documents.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value as Json;

use crate::finding::{Finding, Kind};
use crate::output::OutputFolder;

use super::form::{Form, Named};
use super::results::{Failure, Written};
use super::{Case, Examples, batch};

/// A program that reads values as the types that read the examples of a document.
pub struct Reader {
    examples: Examples,
    program: PathBuf,
    /// The program while it runs. It breaks off where a value needs more stack than there is.
    running: Option<Running>,
}

struct Running {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Compiles the types of some documents, each document a program. `out` is a folder for these,
/// and `workspace` that of Bindery.
pub fn build(
    out: &Path,
    workspace: &Path,
    documents: Vec<Examples>,
    jobs: usize,
) -> Result<Vec<Reader>, Finding> {
    let mut out = OutputFolder::claim(out, workspace)?;
    batch::write_workspace(&mut out, workspace, documents.len())?;
    for (number, examples) in documents.iter().enumerate() {
        batch::write(&mut out, number, &[examples])?;
    }
    out.clean()?;
    let mut built =
        batch::build(out.path(), documents.len(), jobs).map_err(|it| broken(&it.to_string()))?;
    let reader = |(number, examples)| {
        let program = built.remove(&number).unwrap_or(Err("it was not built".to_owned()));
        let program = std::path::absolute(program.map_err(|says| broken(&says))?);
        let program = program.map_err(|it| broken(&it.to_string()))?;
        Ok(Reader { examples, program, running: None })
    };
    documents.into_iter().enumerate().map(reader).collect()
}

impl Reader {
    /// Whether there is a type for the schema whose example stands there.
    pub fn has(&self, example: &str) -> bool {
        self.case(example).is_some()
    }

    /// Whether that type is one of several alternatives.
    pub fn is_union(&self, example: &str) -> bool {
        let Some(ty) = self.case(example).and_then(|it| self.examples.types.get(it.ty)) else {
            return false;
        };
        let Form::Named(name) = &ty.form else { return false };
        matches!(self.examples.forms.get(name), Some(Named::Union { .. }))
    }

    /// Reads a value as the schema whose example stands there, writes it again, and compares.
    pub fn read(&mut self, example: &str, value: &Json) -> Result<Written, Failure> {
        let ty = self.case(example).map_or(usize::MAX, |it| it.ty);
        let answer = self.ask(&format!("0 {ty} {value}")).unwrap_or_default();
        if answer.is_empty() {
            self.running = None;
        }
        self.examples.written(ty, value, answer.trim_end_matches('\n'))
    }

    /// Returns the line that answers a line, or nothing if the program broke off.
    fn ask(&mut self, question: &str) -> io::Result<String> {
        let running = match &mut self.running {
            Some(running) => running,
            none => none.insert(Running::start(&self.program)?),
        };
        let mut answer = String::new();
        writeln!(running.questions, "{question}")?;
        running.answers.read_line(&mut answer)?;
        Ok(answer)
    }

    fn case(&self, example: &str) -> Option<&Case> {
        self.examples.cases.iter().find(|it| it.pointer == example)
    }
}

impl Running {
    fn start(program: &Path) -> io::Result<Self> {
        let (input, output) = (Stdio::piped(), Stdio::piped());
        let mut process = Command::new(program).stdin(input).stdout(output).spawn()?;
        let no_pipe = || io::Error::other("a program without input or output");
        let questions = process.stdin.take().ok_or_else(no_pipe)?;
        let answers = BufReader::new(process.stdout.take().ok_or_else(no_pipe)?);
        Ok(Self { process, questions, answers })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Nobody asks it any more; one that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn broken(why: &str) -> Finding {
    Finding::error(Kind::CommandFailed, format!("cannot compile and run the types: {why}"))
}
