//! Lists that come page by page: declared in `api.toml`, or recognised where a page leaves no doubt.
//!
//! Both look at the lowered operation, so that what is said of a list is true of the types that it has in
//! Rust. `body` is what they look at, `names` has the names that vendors use.

mod body;
mod declared;
mod names;
mod recognised;

use std::collections::BTreeMap;

use crate::finding::Kind;
use crate::near::LOOKED_FOR;
use crate::plan::Operation;

use super::Lowering;
use super::decided::unknown;
use body::Answer;

impl Lowering<'_> {
    /// Says of each operation whether its list comes page by page, and how.
    pub(super) fn paging(&mut self, operations: &mut BTreeMap<String, Operation>) {
        let decided = &self.config.pagination;
        let mut used = vec![false; decided.len()];
        for operation in operations.values_mut() {
            let call = operation.key().to_string();
            let answer = Answer::of(self.document, &self.products, &self.types, operation);
            let decision = decided.iter().zip(&mut used).find(|it| it.0.operation.text == call);
            let paging = match decision {
                Some((decision, used)) => {
                    *used = true;
                    declared::paging(answer.as_ref(), decision)
                }
                None => Ok(answer.as_ref().and_then(recognised::paging)),
            };
            let paging = paging.unwrap_or_else(|mut finding| {
                finding.operation = Some(call);
                self.findings.push(finding);
                None
            });
            operation.paging = paging;
        }
        let unused = decided.iter().zip(used).filter(|it| !it.1);
        for (number, (decision, _)) in unused.enumerate() {
            let (kind, offer) = (Kind::UnusedPagination, number < LOOKED_FOR);
            let finding = unknown(kind, &decision.operation, operations, offer);
            self.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests;
