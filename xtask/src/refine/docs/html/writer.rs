//! Pieces of HTML written as Markdown.
//!
//! What a tag puts between two texts is kept until there is the second of them: so two breaks are a paragraph,
//! nothing begins or ends with a break, and marks stand at a word.

use crate::prose;

use super::tags::{Kind, Piece, Place, Tag, href, kind};
use super::text::{
    is_after_words, is_of_one_paragraph, plain, starts_block, starts_line, trim_end, unquoted,
};

/// What is between two texts, from less to more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
    Item,
}

/// An element whose text will be marked when it ends.
#[derive(Debug)]
struct Open<'a> {
    tag: &'a Tag,
    /// Where its text starts in the output, once there is some.
    at: Option<usize>,
}

/// A list of HTML that is open.
#[derive(Debug)]
struct List {
    numbered: bool,
    /// How far its items are indented; not before there is one.
    indent: &'static str,
}

/// How deep lists and marks are followed. What is deeper is text of what is around it.
const DEEPEST: usize = 8;

#[derive(Debug, Default)]
pub(super) struct Writer<'a> {
    out: String,
    gap: Gap,
    place: Place,
    open: Vec<Open<'a>>,
    lists: Vec<List>,
}

impl<'a> Writer<'a> {
    pub(super) fn write(&mut self, pieces: &'a [Piece]) {
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            at += 1;
            match piece {
                Piece::Markdown(text) if at == 1 => self.begin(text),
                Piece::Markdown(text) => self.markdown(text),
                Piece::Text(text) => self.text(text),
                Piece::Edge => self.part(Gap::Paragraph),
                Piece::Place(place) => {
                    self.place = place.clone();
                    self.lists.clear();
                }
                Piece::Tag(tag) => {
                    if let Some(end) = self.whole(tag, at, pieces) {
                        at = end + 1;
                    } else {
                        self.tag(tag);
                    }
                }
            }
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Writes an element that is read as a whole, and says where it ends.
    fn whole(&mut self, tag: &Tag, at: usize, pieces: &[Piece]) -> Option<usize> {
        let end = tag.end.filter(|_| !tag.is_end && !tag.source.ends_with("/>"))?;
        let inside = || plain(pieces.get(at..end).unwrap_or_default());
        match kind(&tag.name)? {
            Kind::Unseen => {}
            Kind::Code => match inside().trim() {
                "" => {}
                code => self.content(&prose::code(code)),
            },
            Kind::Preformatted if self.place.in_line => self.content(&prose::code(&inside())),
            Kind::Preformatted => {
                self.part(Gap::Paragraph);
                let block = prose::block(inside().trim_matches('\n'));
                let indented = block.replace('\n', &format!("\n{}", self.start_of_line()));
                self.content(&indented);
                self.part(Gap::Paragraph);
            }
            _ => return None,
        }
        Some(end)
    }

    fn tag(&mut self, tag: &'a Tag) {
        let Some(kind) = kind(&tag.name) else {
            return self.content(&format!("\\{}", tag.source));
        };
        match kind {
            Kind::Block => self.part(Gap::Paragraph),
            Kind::List { numbered } => self.list(tag, numbered),
            Kind::Item if tag.is_end => self.part(Gap::Line),
            Kind::Item => self.part(Gap::Item),
            Kind::Heading(_) => {
                self.part(Gap::Paragraph);
                self.mark(tag);
            }
            Kind::Marked(_) | Kind::Link => self.mark(tag),
            Kind::Break if self.gap >= Gap::Line => self.part(Gap::Paragraph),
            Kind::Break => self.part(Gap::Line),
            Kind::Cell => self.part(Gap::Space),
            Kind::Code | Kind::Preformatted | Kind::Unseen | Kind::Inline | Kind::Nothing => {}
        }
    }

    /// Notes what is before the next text.
    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn list(&mut self, tag: &Tag, numbered: bool) {
        // An item that a list begins with is told by its own tag.
        self.gap = Gap::Paragraph;
        if !tag.is_end {
            self.lists.push(List { numbered, indent: "" });
        } else {
            self.lists.pop();
        }
    }

    /// Starts or ends an element that is marked.
    fn mark(&mut self, tag: &'a Tag) {
        if !tag.is_end && tag.end.is_some() && !tag.source.ends_with("/>") {
            if self.open.len() < DEEPEST {
                self.open.push(Open { tag, at: None });
            }
        } else if tag.is_end
            && let Some(last) = self.open.iter().rposition(|it| it.tag.name == tag.name)
        {
            let open = self.open.swap_remove(last);
            // What was begun inside and has not ended begins with nothing of it.
            self.open.truncate(last);
            if let Some(at) = open.at {
                self.close(open.tag, at);
            }
        }
    }

    /// Puts the marks of an element around its text, which starts at `at`.
    fn close(&mut self, tag: &Tag, at: usize) {
        let Some((before, text)) = self.out.split_at_checked(at) else { return };
        let text = text.trim_start();
        let start = self.out.len() - text.len();
        let Some(Kind::Marked(mark) | Kind::Heading(mark)) = kind(&tag.name) else {
            let text = text.trim_end();
            if let Some(url) = href(&tag.source).filter(|_| is_of_one_paragraph(text)) {
                let end = start + text.len();
                self.out.insert_str(end, &format!("](<{url}>)"));
                self.out.insert(start, '[');
            }
            return;
        };
        // A mark means something only where a word begins and ends (CommonMark, section 6.2).
        let text = text.trim_end_matches(is_after_words);
        let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let last = before.chars().next_back().filter(|_| start == at);
        let apart = !is_word(last) && !matches!(last, Some('*' | '\\'));
        let words = is_word(text.chars().next()) && is_word(text.chars().next_back());
        if apart && words && !text.contains('\n') {
            let end = start + text.len();
            self.out.insert_str(end, mark);
            self.out.insert_str(start, mark);
        }
    }

    /// Markdown as it stands in the source, where its lines have the starts that they need.
    fn markdown(&mut self, text: &str) {
        let body = text.trim_start();
        let space = text.get(..text.len() - body.len()).unwrap_or_default();
        let lines = space.matches('\n').count();
        match self.gap {
            // Spaces that stood after a tag would make code of the line.
            Gap::None if starts_line(&self.out) => self.begin(text.trim_start_matches([' ', '\t'])),
            Gap::None => self.begin(text),
            _ if body.is_empty() && lines > 1 => self.part(Gap::Paragraph),
            _ if body.is_empty() => {}
            // The paragraph is a new one already, perhaps of code.
            Gap::Paragraph | Gap::Line if lines > 1 => {
                self.gap = Gap::None;
                self.begin(space.trim_start_matches([' ', '\t']));
                self.begin(body);
            }
            _ if lines > 0 => {
                let start = self.place.start_of_line.trim().to_owned();
                self.content(unquoted(body, &start));
            }
            _ => self.content(body),
        }
        if lines > 1 && !body.is_empty() || body.contains("\n\n") {
            self.lists.clear();
        }
    }

    /// Text of a block of HTML.
    fn text(&mut self, text: &str) {
        let body = text.trim();
        if text.starts_with(char::is_whitespace) {
            self.part(Gap::Space);
        }
        if body.is_empty() {
            return;
        }
        let mut lines = body.split('\n').map(str::trim);
        self.content(lines.next().unwrap_or_default());
        for line in lines {
            let start = self.start_of_line();
            self.out.extend(["\n", &start, line]);
        }
        if text.ends_with(char::is_whitespace) {
            self.part(Gap::Space);
        }
    }

    /// Writes what is seen, and before it what was noted to be there.
    fn content(&mut self, text: &str) {
        let gap = std::mem::take(&mut self.gap);
        let at_start = self.out.is_empty() || starts_block(&self.out);
        match gap {
            Gap::None => {}
            _ if self.place.in_line => self.out.push(' '),
            Gap::Space if starts_line(&self.out) => {}
            Gap::Space => self.out.push(' '),
            Gap::Item => self.item(at_start),
            _ if at_start => {}
            Gap::Line => {
                trim_end(&mut self.out);
                let start = self.start_of_line();
                self.out.extend(["  \n", &start]);
            }
            Gap::Paragraph => self.blank_line(),
        }
        self.begin(text);
    }

    /// Writes the marker of an item. The text of the item is indented by as much.
    fn item(&mut self, at_start: bool) {
        if self.lists.is_empty() {
            self.lists.push(List { numbered: false, indent: "" });
        }
        let outer = self.lists.get(..self.lists.len() - 1).unwrap_or_default();
        let start = self.start_of(outer);
        if !at_start {
            trim_end(&mut self.out);
            self.out.extend(["\n", &start]);
        }
        if let Some(list) = self.lists.last_mut() {
            let (marker, indent) = if list.numbered { ("1. ", "   ") } else { ("- ", "  ") };
            list.indent = indent;
            self.out.push_str(marker);
        }
    }

    fn blank_line(&mut self) {
        trim_end(&mut self.out);
        let start = self.start_of_line();
        self.out.extend(["\n", start.trim_end(), "\n", &start]);
    }

    fn begin(&mut self, text: &str) {
        let at = self.out.len();
        for open in self.open.iter_mut().filter(|it| it.at.is_none()) {
            open.at = Some(at);
        }
        self.out.push_str(text);
    }

    fn start_of_line(&self) -> String {
        self.start_of(&self.lists)
    }

    fn start_of(&self, lists: &[List]) -> String {
        let mut start = self.place.start_of_line.clone();
        start.extend(lists.iter().take(DEEPEST).map(|it| it.indent));
        start
    }
}
