//! How much code a crate is, by what it is for: the bytes of its modules without comments.

use std::ops::AddAssign;

use serde::Serialize;

use super::comments::without_comments;
use crate::emit::FileSet;

/// Bytes of Rust without comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeSize {
    /// In `types`.
    pub types: usize,
    /// In `operations` and the modules below it.
    pub operations: usize,
    /// In `mock` and the modules below it.
    pub mocks: usize,
    /// In all other modules.
    pub rest: usize,
}

impl CodeSize {
    /// Measures the sources of a crate.
    pub fn of(files: &FileSet) -> Self {
        let mut size = Self::default();
        for (path, text) in &files.files {
            if path.extension() != Some("rs") {
                continue;
            }
            // The module directly below the crate's root, which is a file or a folder.
            let mut below = path.components().skip_while(|it| it.as_str() != "src").skip(1);
            let module = below.next().map_or("", |it| it.as_str());
            *size.kind(module.trim_end_matches(".rs")) += without_comments(text).len();
        }
        size
    }

    fn kind(&mut self, module: &str) -> &mut usize {
        match module {
            "types" => &mut self.types,
            "operations" => &mut self.operations,
            "mock" => &mut self.mocks,
            _ => &mut self.rest,
        }
    }

    /// Returns the figures with what they are of.
    pub fn kinds(&self) -> [(&'static str, usize); 4] {
        let Self { types, operations, mocks, rest } = *self;
        [("types", types), ("operations", operations), ("mocks", mocks), ("rest", rest)]
    }
}

impl AddAssign for CodeSize {
    fn add_assign(&mut self, other: Self) {
        self.types += other.types;
        self.operations += other.operations;
        self.mocks += other.mocks;
        self.rest += other.rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_count_as_what_they_are_for() {
        let mut files = FileSet::default();
        let file = |(path, bytes): (&str, usize)| {
            let text = format!("/// Not counted.\n{}\n", "x".repeat(bytes - 1));
            files.insert(format!("crates/a/{path}").into(), text);
        };
        let all = [
            ("src/types.rs", 2),
            ("src/operations.rs", 10),
            ("src/operations/types.rs", 20),
            ("src/mock.rs", 100),
            ("src/mock/a.rs", 200),
            ("src/lib.rs", 1000),
            ("README.md", 5000),
        ];
        all.into_iter().for_each(file);
        let expected = CodeSize { types: 2, operations: 30, mocks: 300, rest: 1000 };
        assert_eq!(CodeSize::of(&files), expected);
    }
}
