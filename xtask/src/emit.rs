//! The fifth stage: from refined syntax trees to the files of a crate.

pub mod file_set;

pub use file_set::FileSet;
