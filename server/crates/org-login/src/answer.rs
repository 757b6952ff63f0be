//! An HTTP answer, read within its limits, and what kind of thing its body is.

/// What came back for one request.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The `Content-Type` header in lower case, `""` when there was none.
    pub(crate) content_type: String,
    /// The `Location` header of a redirect.
    pub(crate) location: Option<String>,
    /// How many seconds the `Retry-After` header asks to wait.
    pub(crate) retry_after: Option<u64>,
    /// The body as text; what is not UTF-8 is replaced.
    pub(crate) body: String,
}

/// What the body of an answer is, judged by its first characters before its content type: both
/// Salesforce and proxies get the latter wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Empty,
    Json,
    Html,
    Xml,
    Form,
    Text,
}

impl BodyKind {
    /// The kind in the words of a sentence.
    pub(crate) fn described(self) -> &'static str {
        match self {
            BodyKind::Empty => "an empty answer",
            BodyKind::Json => "JSON in which neither a session nor an error stands",
            BodyKind::Html => "a web page",
            BodyKind::Xml => "XML in which neither a session nor an error stands",
            BodyKind::Form => "form data in which neither a session nor an error stands",
            BodyKind::Text => "plain text",
        }
    }
}

impl Answer {
    /// What the body is.
    pub(crate) fn kind(&self) -> BodyKind {
        let body = self.body.trim_start_matches('\u{feff}').trim_start();
        if body.is_empty() {
            BodyKind::Empty
        } else if body.starts_with('{') || body.starts_with('[') {
            BodyKind::Json
        } else if starts_with_any(body, &["<!doctype html", "<html", "<head", "<body"]) {
            BodyKind::Html
        } else if body.starts_with('<')
            && (!self.content_type.contains("html") || body.contains("Envelope"))
        {
            BodyKind::Xml
        } else if self.content_type.contains("html") {
            BodyKind::Html
        } else if self.content_type.contains("form-urlencoded") || body.starts_with("error=") {
            BodyKind::Form
        } else {
            BodyKind::Text
        }
    }

    /// Whether a page speaks of Salesforce, so that it may well be Salesforce's own.
    pub(crate) fn mentions_salesforce(&self) -> bool {
        self.body.to_ascii_lowercase().contains("salesforce")
    }

    /// The title of a web page.
    pub(crate) fn title(&self) -> Option<String> {
        let lower = self.body.to_ascii_lowercase();
        let open = lower.find("<title")?;
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        let title = self.body.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty()).then_some(title)
    }
}

fn starts_with_any(text: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    })
}
