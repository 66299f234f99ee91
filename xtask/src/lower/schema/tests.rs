//! Schemas on minimal fragments.

mod limits;
mod names;
mod objects;
mod references;
mod values;
