//! HTML in the texts of a page, as Markdown.
//!
//! Many vendors write `<p>`, `<code>` and `<a href>` where Markdown is asked for, in blocks of their own and in
//! the middle of a line. What has a form in Markdown gets it, other elements leave their text behind, and what
//! only looks like a tag, such as `<team>`, is text. Nothing here makes a text safe: what comes out is read like
//! any other Markdown.
//!
//! The text is taken apart into pieces ([`tags`]), and these are written one after the other ([`writer`]), so that
//! the time is in proportion to the text, however its tags are nested.

mod tags;
mod text;
mod writer;

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use tags::{Piece, Place};
use writer::Writer;

/// The text with its HTML as Markdown.
pub(super) fn to_markdown(text: &str, options: Options) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let text = tags::mended(text);
    let mut pieces = pieces(&text, options);
    tags::find_ends(&mut pieces);
    let mut writer = Writer::default();
    writer.write(&pieces);
    Cow::Owned(writer.finish())
}

/// The pieces of a text: Markdown as it is, and HTML taken apart.
fn pieces(text: &str, options: Options) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut places = Places { text, stack: Vec::new(), told: Place::default() };
    // How far the text is in pieces, and the block of HTML that is being read.
    let mut at = 0;
    let mut block: Option<String> = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(String::new()),
            Event::Html(_) if range.start >= at => {
                let source = text.get(range.clone()).unwrap_or_default();
                match &mut block {
                    // What stands between two lines of a block are the marks of the list or quote that it is in.
                    Some(block) if !block.is_empty() => block.push_str(source),
                    _ => {
                        pieces.extend(text.get(at..range.start).map(markdown));
                        block.get_or_insert_default().push_str(source);
                    }
                }
                at = range.end;
            }
            Event::End(TagEnd::HtmlBlock) => {
                places.tell(&mut pieces);
                pieces.push(Piece::Edge);
                tags::split(&block.take().unwrap_or_default(), &mut pieces);
                pieces.push(Piece::Edge);
                // The end of its last line belongs to what follows, which may start with an empty line.
                at -= usize::from(text.get(..at).is_some_and(|it| it.ends_with('\n')));
            }
            Event::InlineHtml(_) if range.start >= at => {
                pieces.extend(text.get(at..range.start).map(markdown));
                places.tell(&mut pieces);
                tags::split(text.get(range.clone()).unwrap_or_default(), &mut pieces);
                at = range.end;
            }
            Event::Start(tag) => places.enter(&tag, range.start),
            Event::End(end) => places.leave(end),
            _ => {}
        }
    }
    pieces.extend(text.get(at..).map(markdown));
    pieces
}

fn markdown(text: &str) -> Piece {
    Piece::Markdown(text.to_owned())
}

/// The lists, quotes, tables and headings of Markdown around a place in a text.
struct Places<'a> {
    text: &'a str,
    /// For each, the place within it.
    stack: Vec<Place>,
    /// The place of the last piece.
    told: Place,
}

/// The longest start of a line in nested lists and quotes that is written again for a paragraph of HTML. Text
/// that is nested deeper stays in one paragraph.
const LONGEST_START: usize = 32;

impl Places<'_> {
    fn enter(&mut self, tag: &Tag<'_>, start: usize) {
        let Place { mut start_of_line, mut in_line } =
            self.stack.last().cloned().unwrap_or_default();
        match tag {
            Tag::BlockQuote(_) => start_of_line.push_str("> "),
            Tag::Item => {
                let item = self.text.get(start..).unwrap_or_default();
                start_of_line.push_str(&" ".repeat(marker_width(item)));
            }
            Tag::Table(_) | Tag::Heading { .. } => in_line = true,
            _ => return,
        }
        if start_of_line.len() > LONGEST_START {
            (start_of_line, in_line) = (String::new(), true);
        }
        self.stack.push(Place { start_of_line, in_line });
    }

    fn leave(&mut self, end: TagEnd) {
        if matches!(end, TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::Table | TagEnd::Heading(_))
        {
            self.stack.pop();
        }
    }

    /// Says in which place the next piece is, if it is another.
    fn tell(&mut self, pieces: &mut Vec<Piece>) {
        let place = self.stack.last().cloned().unwrap_or_default();
        if place != self.told {
            pieces.push(Piece::Place(place.clone()));
            self.told = place;
        }
    }
}

/// How far the text of an item is indented by its marker.
fn marker_width(item: &str) -> usize {
    let digits = item.chars().take(10).take_while(char::is_ascii_digit).count();
    let spaces = item.chars().skip(digits + 1).take_while(|it| *it == ' ').count();
    digits + 1 + if (1..=4).contains(&spaces) { spaces } else { 1 }
}

#[cfg(test)]
mod tests;
