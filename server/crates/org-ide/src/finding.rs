//! What a rule says: findings, and the edits that mend them.

use org_syntax::Span;

use crate::rules::Rule;

org_schema::table! {
    /// How much a finding matters, in LSP's four steps.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Severity: &'static str {
        /// Advice that an editor shows most quietly.
        Hint = "hint",
        /// Worth knowing; nothing is wrong today.
        Information = "information",
        /// Will break, or is unsafe.
        Warning = "warning",
        /// Does not work.
        Error = "error",
    }
}

impl Severity {
    /// The name that reports and the project file's `rules` member use.
    pub const fn as_str(self) -> &'static str {
        self.row()
    }

    /// Reads a name written by [`Severity::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == name)
    }
}

org_schema::table! {
    /// The groups that rules are documented in; a login is refused for an error of some of them.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Group: &'static str {
        /// The text is not strict JSON.
        Syntax = "Syntax",
        /// Members and types are not those of the format.
        Shape = "Shape",
        /// API versions.
        ApiVersion = "API version",
        /// Authentication types and their retirement.
        Authentication = "Authentication",
        /// Server host and instance URL.
        Host = "Host",
        /// Values that cannot be right by their shape.
        Values = "Values",
        /// Secrets written out, or references to nothing.
        Secrets = "Secrets",
        /// What concerns more than one file.
        Project = "Project",
        /// The result of the last login test.
        Login = "Login",
    }
}

impl Group {
    /// Title of the group in the generated documentation.
    pub const fn title(self) -> &'static str {
        self.row()
    }
}

/// LSP's diagnostic tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Shown faded.
    Unnecessary,
    /// Shown struck through.
    Deprecated,
}

/// A place in another file that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file, by the name under which the index knows it.
    pub file: String,
    /// Byte span in that file.
    pub span: Span,
    /// What is there, in one sentence.
    pub message: String,
}

/// One finding of one rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// Its severity here: the rule's own, or the project's override.
    pub severity: Severity,
    /// Where the mistake is written; byte span.
    pub span: Span,
    /// What is wrong, in its first 60 characters; then what to do.
    pub message: String,
    /// How an editor may show it.
    pub tags: &'static [Tag],
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

/// One replacement in the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Byte span that is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replaces `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Inserts `text` at a byte offset.
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }

    /// Removes `span`.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// All `edits` as one, from the first to the last.
    pub fn joined(text: &str, edits: &[Edit]) -> Edit {
        let start = edits.iter().map(|edit| edit.span.start).min().unwrap_or(0);
        let end = edits.iter().map(|edit| edit.span.end).max().unwrap_or(start);
        let after = Edit::apply_all(text, edits);
        let behind = text.len() - end as usize;
        let kept = after.get(start as usize..after.len() - behind).unwrap_or_default();
        Edit::replace(Span::new(start, end), kept)
    }

    /// The text after all `edits`, which must not overlap.
    pub fn apply_all(text: &str, edits: &[Edit]) -> String {
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| edit.span);
        let mut result = String::with_capacity(text.len());
        let mut done = 0;
        for edit in sorted {
            let range = edit.span.range();
            result.push_str(text.get(done..range.start).unwrap_or(""));
            result.push_str(&edit.text);
            done = range.end;
        }
        result.push_str(text.get(done..).unwrap_or(""));
        result
    }
}

/// A quick fix: edits that make a finding go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as the editor's menu shows it.
    pub title: String,
    /// The edits, without overlap.
    pub edits: Vec<Edit>,
    /// It cannot change what a login does, so `sforg fix` and `source.fixAll` may apply it unasked.
    pub safe: bool,
    /// The one right answer, among several fixes.
    pub preferred: bool,
}
