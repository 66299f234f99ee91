//! Docs pages with TOML blocks: many endpoints a page, each under its heading.
//!
//! [`blocks`] finds the blocks, [`endpoint`] makes an operation of one, [`prose`] reads the constraints
//! that the page states in words, [`responses`] makes schemas of the examples.

mod blocks;
mod endpoint;
mod prose;
mod responses;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use self::blocks::has_blocks;
use self::blocks::{TomlBlock, TomlKind};
use super::markdown::{self, Block, BlockKind};
use super::text;
use crate::finding::{Finding, Findings, Kind};
use crate::node::{Key, Node};
use crate::source::{Source, Span};

/// Reads the endpoints of a page: a document for each base url.
pub(super) fn read(page: &Arc<Source>, findings: &mut Findings) -> Vec<Node> {
    let found = match blocks::find(page) {
        Ok(found) => found,
        Err(finding) => {
            findings.push(finding);
            return Vec::new();
        }
    };
    // Markdown sees what is left when the blocks are taken out, everything at its place.
    let prose = markdown::blocks(&blocks::mask(page.text(), &found));
    let sources = prose.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(1, text) => Some((block, text.strip_prefix("Source: ")?.trim())),
        _ => None,
    });
    let sources: Vec<(&Block, &str)> = sources.collect();
    let mut documents: BTreeMap<String, Node> = BTreeMap::new();
    let mut inferred = None;
    for section in sections(page, &found, &prose, findings) {
        let Some(endpoint) = parsed(page, section.endpoint, findings) else { continue };
        let tables: Vec<Node> =
            section.responses.iter().filter_map(|block| parsed(page, block, findings)).collect();
        let Some(mut built) = endpoint::build(&endpoint, findings) else { continue };
        let (responses, examples) = responses::build(&tables, &built.operation.span, findings);
        inferred = inferred.or(examples);
        built.operation.set("responses", responses);
        describe(page, &section, &mut built.operation);
        // That of the page of a bundle, which begins with it.
        let place = section.endpoint.range.start;
        let own = sources.iter().rfind(|(block, _)| block.range.start < place);
        if let Some((_, url)) = own.or(sources.first()) {
            let span = page.start();
            built.operation.set("x-bindery-url", Node::string(*url, &span));
        }
        add(&mut documents, built, findings);
    }
    if let Some(span) = inferred {
        findings.push(
            Finding::note(
                Kind::Inferred,
                "the responses of this page are known from examples only",
            )
            .at(&span),
        );
    }
    documents.into_values().collect()
}

/// An endpoint and what belongs to it.
struct Section<'a> {
    title: Option<(String, Span)>,
    endpoint: &'a TomlBlock,
    responses: Vec<&'a TomlBlock>,
    prose: Vec<&'a Block>,
}

/// Deals the page out: an endpoint has the nearest heading before it, and all that follows up to the
/// heading of the next endpoint.
fn sections<'a>(
    page: &Arc<Source>,
    found: &'a [TomlBlock],
    prose: &'a [Block],
    findings: &mut Findings,
) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    for block in found {
        match (block.kind, sections.last_mut()) {
            (TomlKind::Endpoint, _) => {
                let heading = prose.iter().rfind(|it| {
                    it.range.start < block.range.start && matches!(it.kind, BlockKind::Heading(..))
                });
                let title = heading.and_then(|heading| match &heading.kind {
                    BlockKind::Heading(_, text) => {
                        Some((text.clone(), page.span(heading.range.clone())))
                    }
                    _ => None,
                });
                sections.push(Section {
                    title,
                    endpoint: block,
                    responses: Vec::new(),
                    prose: Vec::new(),
                });
            }
            (TomlKind::Responses, Some(section)) => section.responses.push(block),
            (TomlKind::Responses, None) => findings.push(
                Finding::error(Kind::LoneResponses, "these responses stand before any [endpoint]")
                    .at(&page.span(block.range.clone())),
            ),
        }
    }
    let begins = |section: &Section<'_>| {
        let title = section.title.as_ref().map(|(_, span)| span.range().start);
        title.unwrap_or(section.endpoint.range.start)
    };
    for block in prose {
        let at = block.range.start;
        let section = sections.iter().rposition(|section| begins(section) <= at);
        if let Some(section) = section.and_then(|index| sections.get_mut(index)) {
            section.prose.push(block);
        }
    }
    sections
}

fn parsed(page: &Arc<Source>, block: &TomlBlock, findings: &mut Findings) -> Option<Node> {
    text::toml(page, block.toml.clone()).map_err(|finding| findings.push(finding)).ok()
}

/// The heading becomes the summary, the prose the description. Code samples are no description.
fn describe(page: &Arc<Source>, section: &Section<'_>, operation: &mut Node) {
    if let Some((title, span)) = &section.title {
        operation.set("summary", Node::string(title, span));
    }
    let stated = operation.take("description");
    let mut parts: Vec<String> = Vec::new();
    let mut heading: Option<String> = None;
    for block in &section.prose {
        let span = page.span(block.range.clone());
        match &block.kind {
            BlockKind::Heading(..)
                if Some(span.range()) == section.title.as_ref().map(|(_, it)| it.range()) => {}
            // A heading below the endpoint's own is kept only if prose follows: most lead to samples.
            BlockKind::Heading(..) => heading = Some(span.text().trim().to_owned()),
            BlockKind::Quote | BlockKind::Prose => {
                let text = blocks::without_marks(span.text());
                if !text.is_empty() {
                    parts.extend(heading.take());
                    parts.push(text);
                }
            }
            BlockKind::Fence { .. } | BlockKind::Other => heading = None,
        }
    }
    let text = parts.join("\n\n");
    match stated {
        Some(stated) if stated.as_str().is_some_and(|it| !text.contains(it.trim())) => {
            let both = [stated.as_str().unwrap_or_default().trim(), text.as_str()].join("\n\n");
            operation.set("description", Node::string(both.trim(), &stated.span));
        }
        _ if !text.is_empty() => {
            let first = section
                .prose
                .iter()
                .find(|it| matches!(it.kind, BlockKind::Prose | BlockKind::Quote));
            let span =
                first.map_or_else(|| operation.span.clone(), |it| page.span(it.range.clone()));
            operation.set("description", Node::string(text, &span));
        }
        _ => {}
    }
}

/// Puts an operation into the document for its base url.
fn add(documents: &mut BTreeMap<String, Node>, built: endpoint::Built, findings: &mut Findings) {
    let endpoint::Built { base_url, path, method, operation, schemes } = built;
    let span = operation.span.clone();
    let document =
        documents.entry(base_url.as_str().unwrap_or_default().to_owned()).or_insert_with(|| {
            let mut document = Node::object(&span);
            document.set("openapi", Node::string("3.1.0", &span));
            if base_url.as_str().is_some() {
                let mut server = Node::object(&base_url.span);
                server.set("url", base_url.clone());
                document.set("servers", Node::array(vec![server], &base_url.span));
            }
            document
        });
    let item = document.entry("paths", &span).entry(&path.text, &path.span);
    if let Some(first) = item.get(&method.text) {
        findings.push(super::part::same_operation(
            &method.text,
            &path.text,
            &operation.span,
            &first.span,
        ));
        return;
    }
    item.members_mut().insert(Key::new(method.text, &method.span), operation);
    for (name, scheme) in schemes {
        document.entry("components", &span).entry("securitySchemes", &span).set(&name, scheme);
    }
}

#[cfg(test)]
mod tests;
