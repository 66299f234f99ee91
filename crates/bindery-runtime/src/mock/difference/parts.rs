//! The parts of a body of the type `multipart/form-data`.

pub(super) struct Part {
    pub(super) head: String,
    pub(super) content: Vec<u8>,
}

impl Part {
    /// The name of the field, as its head has it.
    pub(super) fn name(&self) -> &str {
        let name = self.head.split_once(" name=\"").and_then(|(_, rest)| rest.split_once('"'));
        name.map_or("", |(name, _)| name)
    }
}

/// All parts. None if it is no such body, or one that is broken.
pub(super) fn parts(media_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let needle = format!("\r\n--{}", boundary(media_type)?).into_bytes();
    // The first boundary stands at the start, as if after an empty line.
    let content = [b"\r\n", body].concat();
    let (start, mut rest) = split(&content, &needle)?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (part, after) = split(rest, &needle)?;
        let (head, content) = split(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(head).trim().to_owned();
        parts.push(Part { head, content: content.to_vec() });
        rest = after;
    }
    start.is_empty().then_some(parts)
}

fn boundary(media_type: &str) -> Option<&str> {
    let mut parameters = media_type.split(';').map(str::trim);
    let essence = parameters.next()?;
    let is_multipart = essence.to_ascii_lowercase().starts_with("multipart/");
    let boundary = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"'))
    });
    boundary.filter(|boundary| is_multipart && !boundary.is_empty())
}

/// What stands before and behind the first place of the needle.
fn split<'t>(text: &'t [u8], needle: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let at = text.windows(needle.len()).position(|window| window == needle)?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.get(needle.len()..)?))
}
