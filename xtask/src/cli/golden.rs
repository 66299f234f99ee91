//! The crate of the document of ours, where a change of the generator shows for constructs that no vendor's page has.
//! It is generated and checked with the others, and is in no facade and no list.

use camino::{Utf8Path, Utf8PathBuf};

use super::bind::{Bind, bind_all};
use super::report::Report;
use crate::catalog::{Catalog, GOLDEN_CRATE};
use crate::emit::FileSet;

/// The files of the crate, if there is such a document.
pub(super) fn file_set(catalog: &Catalog, bind: Bind<'_>, report: &mut Report) -> FileSet {
    let entries: Vec<_> = catalog.golden.iter().collect();
    let mut set = FileSet::default();
    for outcome in bind_all(&entries, bind) {
        report.add(&outcome.entry.name, &outcome.findings);
        let Some(krate) = outcome.krate else { continue };
        let files =
            krate.files.files.into_iter().filter_map(|(path, text)| Some((moved(&path)?, text)));
        set.files.extend(files);
        set.owned.insert(GOLDEN_CRATE.into());
    }
    set
}

/// The path of a file outside of the crates that are for use.
fn moved(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut parts = path.components();
    parts.by_ref().take(2).count();
    let rest = parts.as_path();
    (!rest.as_str().is_empty()).then(|| Utf8Path::new(GOLDEN_CRATE).join(rest))
}
