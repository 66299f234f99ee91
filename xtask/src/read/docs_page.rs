//! Docs pages with a fence per operation.
//!
//! The fence holds an OpenAPI document pruned to the operation, or the older extract. The prose around
//! it says again what the operation is for; it fills in only what the document leaves out.

use std::ops::Range;
use std::sync::Arc;

use super::files::Files;
use super::markdown::{self, Block, BlockKind};
use super::{document, text};
use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::openapi::Document;
use crate::prose::{self, plural};
use crate::source::{Source, Span};

/// A fence that holds the description of an operation.
#[derive(Debug)]
pub(super) struct Fence {
    /// The operation that the fence is for.
    pub(super) method: &'static str,
    pub(super) path: String,
    /// Whether the code is JSON.
    pub(super) json: bool,
    pub(super) code: Range<usize>,
    /// The fence's first line.
    pub(super) span: Span,
    pub(super) closed: bool,
}

/// What a heading with the address of a page begins with.
const SOURCE: &str = "Source: ";

/// Reads the fences of a page, or of the pages of a bundle.
pub(super) fn read(
    page: &Arc<Source>,
    blocks: &[Block],
    fences: &[Fence],
    files: &Files<'_>,
    findings: &mut Findings,
) -> Vec<Node> {
    let mut documents = Vec::new();
    let mut without = Vec::new();
    for (at, blocks) in pages(blocks) {
        let mut prose = prose(page, blocks);
        let own = fences.iter().filter(|it| at.contains(&it.span.range().start));
        let mut own = own.peekable();
        if own.peek().is_none() {
            without.extend(prose.title.take().or(prose.url.take()));
        }
        for fence in own {
            match read_fence(page, fence, &prose, files, findings) {
                Ok(document) => documents.push(document),
                Err(finding) => findings.push(finding),
            }
        }
    }
    if let Some(finding) = pages_without(&without) {
        findings.push(finding);
    }
    documents
}

/// The pages of a bundle, in which each begins with its address: `# Source: …`. A page by itself is one.
fn pages(blocks: &[Block]) -> Vec<(Range<usize>, &[Block])> {
    let is_start =
        |it: &Block| matches!(&it.kind, BlockKind::Heading(1, text) if text.starts_with(SOURCE));
    let starts = || blocks.iter().enumerate().filter(|(_, it)| is_start(it)).map(|(at, _)| at);
    // What stands before the only address is a part of its page, and before several a page without one.
    let several = starts().filter(|_| starts().nth(1).is_some()).filter(|it| *it > 0);
    let starts: Vec<usize> = std::iter::once(0).chain(several).collect();
    let place = |at: usize| blocks.get(at).map_or(usize::MAX, |it| it.range.start);
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    let pages = starts.iter().zip(ends).map(|(from, to)| {
        let start = if *from == 0 { 0 } else { place(*from) };
        (start..place(to), blocks.get(*from..to).unwrap_or(&[]))
    });
    pages.collect()
}

/// That pages of a bundle are not read.
fn pages_without(titles: &[(String, Span)]) -> Option<Finding> {
    let (_, span) = titles.first()?;
    let named = titles.iter().take(3).map(|(title, _)| prose::code(title)).collect::<Vec<_>>();
    let more = match titles.len().saturating_sub(3) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count = plural(titles.len(), "page of the bundle has", "pages of the bundle have");
    let what = format!("{count} no operation that is read: {}{more}", named.join(", "));
    Some(Finding::note(Kind::UnreadPage, what).at(span))
}

/// What a page says outside of its fences.
#[derive(Debug, Default)]
struct Prose {
    title: Option<(String, Span)>,
    description: Option<(String, Span)>,
    /// Where the page is published.
    url: Option<(String, Span)>,
}

fn prose(page: &Arc<Source>, blocks: &[Block]) -> Prose {
    let mut prose = Prose::default();
    let mut parts = Vec::new();
    let mut place = None;
    for block in blocks {
        let span = page.span(block.range.clone());
        match &block.kind {
            BlockKind::Heading(1, text) => match text.strip_prefix(SOURCE) {
                Some(url) => prose.url = Some((url.trim().to_owned(), span)),
                None if prose.title.is_none() => prose.title = Some((text.clone(), span)),
                None => break,
            },
            _ if prose.title.is_none() => {}
            BlockKind::Heading(..) => break,
            BlockKind::Quote => parts.push(markdown::unquote(span.text())),
            BlockKind::Prose if !is_component(span.text()) => {
                parts.push(span.text().trim().to_owned())
            }
            _ => continue,
        }
        if place.is_none() && !parts.is_empty() {
            place = Some(page.span(block.range.clone()));
        }
    }
    prose.description = place.map(|place| (parts.join("\n\n"), place));
    prose
}

/// Whether a paragraph is a piece of program, as pages in MDX have them.
fn is_component(paragraph: &str) -> bool {
    paragraph.starts_with("export ")
        || paragraph.starts_with("import ")
        || paragraph.starts_with('<')
}

fn read_fence(
    page: &Arc<Source>,
    fence: &Fence,
    prose: &Prose,
    files: &Files<'_>,
    findings: &mut Findings,
) -> Result<Node, Finding> {
    if !fence.closed {
        return Err(Finding::error(Kind::CutOff, "the fence that begins here is never closed")
            .at(&fence.span));
    }
    let parse = if fence.json { text::json } else { text::yaml };
    let root = parse(page, fence.code.clone())?;
    let mut document = document::document(root, &fence.span, files, findings)?;
    let item = document.get_mut("paths").and_then(|paths| paths.get_mut(&fence.path));
    let Some(operation) = item.and_then(|item| item.get_mut(fence.method)) else {
        return Err(mismatch(fence, &document));
    };
    for (name, text) in [
        ("summary", &prose.title),
        ("description", &prose.description),
        ("x-bindery-url", &prose.url),
    ] {
        if let (None, Some((text, span))) = (operation.get(name), text) {
            operation.set(name, Node::string(text, span));
        }
    }
    Ok(document)
}

fn mismatch(fence: &Fence, document: &Node) -> Finding {
    let declared = format!("{} {}", fence.method.to_ascii_uppercase(), fence.path);
    let held: Vec<String> =
        Document::of(document).operations().map(|it| format!("`{}`", it.key)).collect();
    let held = if held.is_empty() { "no operation".to_owned() } else { held.join(", ") };
    Finding::error(
        Kind::OperationMismatch,
        format!("the fence is for `{declared}`, but holds {held}"),
    )
    .at(&fence.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::format;

    fn read(text: &str) -> (Vec<Node>, Vec<String>) {
        let mut findings = Findings::default();
        let parts = format::parts(&Source::new("page.md", text), &Files::of(&[]), &mut findings);
        let documents = parts.into_iter().map(|part| part.document).collect();
        (documents, findings.iter().map(ToString::to_string).collect())
    }

    const DOCUMENT: &str =
        "openapi: 3.1.0\npaths:\n  /a:\n    post:\n      description: Said here.\n";

    #[test]
    fn prose_fills_in_what_the_document_leaves_out() {
        let page = format!(
            "# Source: https://docs.example/a.md\n\n> ## Index\n> text\n\n# Make an A\n\n> Quoted\n> text.\n\n\
             More.\n\nexport const x = 1;\n\n## OpenAPI\n\n````yaml api.json POST /a\n{DOCUMENT}````\n"
        );
        let (documents, findings) = read(&page);
        assert_eq!(findings, [""; 0]);
        let operation = documents[0].pointer("/paths/~1a/post").unwrap();
        assert_eq!(operation.str("summary"), Some("Make an A"));
        assert_eq!(operation.str("description"), Some("Said here."));
        assert_eq!(operation.str("x-bindery-url"), Some("https://docs.example/a.md"));
        let (documents, _) =
            read(&page.replace("      description: Said here.\n", "      tags: []\n"));
        let operation = documents[0].pointer("/paths/~1a/post").unwrap();
        assert_eq!(operation.str("description"), Some("Quoted\ntext.\n\nMore."));
    }

    #[test]
    fn each_page_of_a_bundle_speaks_of_its_own_operations() {
        let fence = |path: &str| {
            format!(
                "````yaml POST {path}\nopenapi: 3.1.0\npaths:\n  {path}:\n    post: {{}}\n````\n"
            )
        };
        let page = |name: &str, rest: &str| {
            format!("# Source: https://docs.example/{name}\n\n# {name}\n\nOf {name}.\n\n{rest}\n")
        };
        let bundle = [
            "# All pages\n\nRead this.\n\n".to_owned(),
            page("intro", ""),
            page("a", &fence("/a")),
            page("guide", ""),
            page("b", &fence("/b")),
        ];
        let (documents, findings) = read(&bundle.concat());
        let said = |at: usize, path: &str, member: &str| {
            let operation = documents[at].pointer(&format!("/paths/~1{path}/post")).unwrap();
            operation.str(member).map(str::to_owned)
        };
        for (at, path) in ["a", "b"].into_iter().enumerate() {
            assert_eq!(said(at, path, "summary"), Some(path.to_owned()));
            assert_eq!(said(at, path, "description"), Some(format!("Of {path}.")));
            let url = Some(format!("https://docs.example/{path}"));
            assert_eq!(said(at, path, "x-bindery-url"), url);
        }
        let note = "note[unread-page] page.md:1: 3 pages of the bundle have no operation that is read: `All pages`, `intro`, `guide`";
        assert_eq!(findings, [note]);
    }

    #[test]
    fn a_fence_holds_the_operation_that_it_is_for() {
        let (_, findings) = read(&format!("# A\n\n````yaml get /a\n{DOCUMENT}````\n"));
        assert_eq!(
            findings,
            ["error[operation-mismatch] page.md:3: the fence is for `GET /a`, but holds `POST /a`"]
        );
    }

    #[test]
    fn a_fence_that_says_of_no_operation_that_it_is_its_is_told_of() {
        let other = "```yaml title=x\n# comment\n```\n\n```yaml\nopenapi: 3.1.0\npaths: {}\n```\n\n\
                     ```json\n{\"error\": 1}\n```\n";
        let (documents, findings) =
            read(&format!("# A\n\n````yaml post /a\n{DOCUMENT}````\n\n{other}"));
        assert_eq!(documents.len(), 1);
        let note =
            "note[unread-fence] page.md:15: a fence that holds an API's description is not read";
        assert_eq!(findings, [note]);
    }

    #[test]
    fn a_page_that_was_cut_off_is_not_read() {
        let (documents, findings) = read(&format!("# A\n\n````yaml post /a\n{DOCUMENT}"));
        assert!(documents.is_empty());
        assert_eq!(
            findings,
            ["error[cut-off] page.md:3: the fence that begins here is never closed"]
        );
    }

    #[test]
    fn a_problem_in_the_fence_is_shown_in_the_page() {
        let (_, findings) = read("# A\n\n````yaml post /a\nopenapi: 3.1.0\npaths: [\n````\n");
        assert!(findings[0].starts_with("error[syntax] page.md:"), "{findings:?}");
    }
}
