//! The fifth stage: from refined syntax trees to the files of a crate.

pub mod facade;
pub mod file_set;
pub mod header;

pub use file_set::FileSet;
