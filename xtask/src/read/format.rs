//! The formats in which vendors publish, recognised from the content of a page.
//!
//! | format | what gives it away |
//! | --- | --- |
//! | OpenAPI document | the text is a JSON object, or YAML that begins with a member of the root |
//! | docs page | Markdown with a fence ```` ````yaml POST /path ````, which holds a document or an extract |
//! | docs page with TOML blocks | Markdown with `[endpoint]` blocks |
//!
//! Each format turns a page into [`Part`]s: OpenAPI documents, each with a few operations.

use std::sync::Arc;

use super::docs_page::Fence;
use super::files::Files;
use super::markdown::{self, Block, BlockKind};
use super::part::Part;
use super::{docs_page, document, text, toml_page};
use crate::finding::{Finding, Findings, Kind};
use crate::node::Node;
use crate::openapi::METHODS;
use crate::source::{Source, Span};

enum Format {
    Json,
    Yaml,
    DocsPage(Vec<Block>, Vec<Fence>),
    TomlPage,
}

/// Reads a page. What is wrong with it is among the findings.
pub(super) fn parts(page: &Arc<Source>, files: &Files<'_>, findings: &mut Findings) -> Vec<Part> {
    let all = 0..page.text().len();
    let documents = match recognise(page) {
        Some(Format::Json) => whole(page, text::json(page, all), files, findings),
        Some(Format::Yaml) => whole(page, text::yaml(page, all), files, findings),
        Some(Format::DocsPage(blocks, fences)) => {
            let unread = blocks.iter().filter(|it| looks_like_one(page, it));
            unread.for_each(|it| findings.push(unread_fence(page, it)));
            docs_page::read(page, &blocks, &fences, files, findings)
        }
        Some(Format::TomlPage) => {
            for block in markdown::blocks(page.text()) {
                if fence(page, &block).is_some() || looks_like_one(page, &block) {
                    findings.push(unread_fence(page, &block));
                }
            }
            toml_page::read(page, findings)
        }
        None => {
            findings.push(unknown(page));
            Vec::new()
        }
    };
    documents.into_iter().map(|document| Part { document, page: Arc::clone(page) }).collect()
}

fn whole(
    page: &Arc<Source>,
    parsed: Result<Node, Finding>,
    files: &Files<'_>,
    findings: &mut Findings,
) -> Vec<Node> {
    let document = parsed.and_then(|node| document::document(node, &page.start(), files, findings));
    document.map_err(|finding| findings.push(finding)).into_iter().collect()
}

fn recognise(page: &Arc<Source>) -> Option<Format> {
    let text = page.text();
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| {
        !line.trim().is_empty() && !line.starts_with(['#', '%']) && line.trim_end() != "---"
    });
    match first.map(str::trim_start) {
        Some(first) if first.starts_with('{') => return Some(Format::Json),
        Some(first) if is_root_member(first) => return Some(Format::Yaml),
        _ => {}
    }
    if toml_page::has_blocks(text) {
        return Some(Format::TomlPage);
    }
    let blocks = markdown::blocks(text);
    let fences: Vec<Fence> = blocks.iter().filter_map(|block| fence(page, block)).collect();
    (!fences.is_empty()).then_some(Format::DocsPage(blocks, fences))
}

/// Whether a line of YAML begins a member that the root of an API's description has.
fn is_root_member(line: &str) -> bool {
    const ROOT: [&str; 15] = [
        "openapi",
        "swagger",
        "info",
        "paths",
        "servers",
        "components",
        "tags",
        "security",
        "host",
        "externalDocs",
        "webhooks",
        "jsonSchemaDialect",
        "basePath",
        "schemes",
        "definitions",
    ];
    let Some((name, _)) = line.split_once(':') else { return false };
    let name = name.trim_matches(['"', '\'']);
    name.starts_with("x-") || ROOT.contains(&name)
}

/// ```` ````yaml POST /path ````, perhaps with a file between the two.
fn fence(page: &Arc<Source>, block: &Block) -> Option<Fence> {
    let BlockKind::Fence { info, code, closed } = &block.kind else { return None };
    let mut words = info.split_whitespace();
    let json = match words.next()? {
        "yaml" | "yml" => false,
        "json" => true,
        _ => return None,
    };
    let path = words.next_back().filter(|path| path.starts_with('/'))?;
    let method = words.next_back()?.to_ascii_lowercase();
    let method = METHODS.into_iter().find(|known| *known == method)?;
    let (code, closed) = (code.clone(), *closed);
    let span = first_line(page, block);
    Some(Fence { method, path: path.to_owned(), json, code, span, closed })
}

/// Whether a fence without a method and a path holds what one with them would.
fn looks_like_one(page: &Arc<Source>, block: &Block) -> bool {
    let BlockKind::Fence { info, code, .. } = &block.kind else { return false };
    let mut lines = page.text().get(code.clone()).unwrap_or_default().lines().map(str::trim);
    let begins = |it: &str| ["openapi", "swagger", "paths"].iter().any(|name| it.starts_with(name));
    let is_data = matches!(info.split_whitespace().next(), Some("yaml" | "yml" | "json"));
    is_data
        && fence(page, block).is_none()
        && lines
            .find(|it| !matches!(*it, "" | "{" | "---"))
            .is_some_and(|it| begins(it.trim_start_matches(['{', ' ', '"'])))
}

fn unread_fence(page: &Arc<Source>, block: &Block) -> Finding {
    let what = "a fence that holds an API's description is not read";
    Finding::note(Kind::UnreadFence, what).at(&first_line(page, block))
}

fn first_line(page: &Arc<Source>, block: &Block) -> Span {
    let text = page.text().get(block.range.clone()).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    page.span(block.range.start..block.range.start + first.len())
}

fn unknown(page: &Arc<Source>) -> Finding {
    let what = match page.text().trim().is_empty() {
        true => "the page is empty",
        false => "the page is in none of the formats that Bindery knows",
    };
    Finding::error(Kind::UnknownFormat, what).at(&page.start()).help(
        "Known are: an OpenAPI document from 3.0 to 3.2 (YAML or JSON); a docs page with a fence \
             ````yaml METHOD /path, which holds a document or the older extract; a docs page with \
             [endpoint] and [responses] blocks in TOML. Fetch the page again as Markdown (for most \
             docs sites, its address with `.md` behind it), or take it away.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> &'static str {
        match recognise(&Source::new("page", text)) {
            Some(Format::Json) => "json",
            Some(Format::Yaml) => "yaml",
            Some(Format::DocsPage(..)) => "docs page",
            Some(Format::TomlPage) => "toml page",
            None => "unknown",
        }
    }

    #[test]
    fn a_fence_beside_toml_blocks_is_told_of() {
        let page = "# A\n\n[endpoint]\n[/endpoint]\n\n````yaml POST /b\nopenapi: 3.1.0\n````\n";
        let mut findings = Findings::default();
        parts(&Source::new("page", page), &Files::of(&[]), &mut findings);
        assert!(findings.iter().any(|it| it.kind == Kind::UnreadFence));
    }

    #[test]
    fn a_format_is_recognised_from_the_content() {
        assert_eq!(name("\u{feff}\n{\"openapi\": \"3.0.0\"}"), "json");
        assert_eq!(name("# a comment\n---\nopenapi: 3.1.0\n"), "yaml");
        assert_eq!(name("'info':\n  title: A\nopenapi: 3.0.0\n"), "yaml");
        assert_eq!(name("# A\n\n````yaml /api.json POST /a\nopenapi: 3.0.0\n````\n"), "docs page");
        assert_eq!(name("# A\n\n```sh\ncurl\n```\n\n```json get /a\n{}\n```\n"), "docs page");
        assert_eq!(name("# A\n\n[endpoint]\n[/endpoint]\n"), "toml page");
        assert_eq!(name("# A\n\n```\n[endpoint]\n[/endpoint]\n```\n"), "unknown");
        assert_eq!(name("# A\n\n```yaml\na: 1\n```\n\n```yaml FETCH /a\n```\n"), "unknown");
        assert_eq!(name(""), "unknown");
    }
}
