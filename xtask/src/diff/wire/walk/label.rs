//! What things are called in sentences.

/// What something is called: a path in something that has a name.
#[derive(Clone, Default)]
pub(in super::super) struct Label {
    pub(in super::super) path: String,
    pub(in super::super) of: String,
}

impl Label {
    pub(in super::super) fn new(of: impl Into<String>) -> Self {
        Self { path: String::new(), of: of.into() }
    }

    /// Something that it holds.
    pub(in super::super) fn below(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() || name.starts_with(['[', '(']) { "" } else { "." };
        Self { path: format!("{}{dot}{name}", self.path), of: self.of.clone() }
    }

    pub(in super::super) fn words(&self) -> String {
        match self.path.as_str() {
            "" => self.of.clone(),
            "[]" => format!("an item of {}", self.of),
            path => format!("`{path}` of {}", self.of),
        }
    }
}
