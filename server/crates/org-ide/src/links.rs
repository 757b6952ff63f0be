//! Document links: addresses in the file, and pages that tell more about what is written.

use org_schema::versions::{self, Support};
use org_syntax::Span;

use crate::context::Context;
use crate::document::Document;
use crate::effective::url_host;
use crate::rules::{self, RuleContext};
use crate::selection::content_of;

/// Salesforce's page about the retirement of API versions.
const RETIREMENT_PAGE: &str =
    "https://developer.salesforce.com/docs/platform/api/guide/api-eol-soap.html";

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Byte span that one clicks, quotes left aside.
    pub span: Span,
    /// An address; that of a schema may be relative to the file's own.
    pub target: String,
    /// What one gets there.
    pub tooltip: &'static str,
}

/// The links of a document, in its order.
pub fn links(document: &Document, context: &Context<'_>) -> Vec<Link> {
    let cx = RuleContext::new(document, context);
    let mut links: Vec<Link> = cx
        .known_strings()
        .iter()
        .filter_map(|known| {
            let (spec, value) = (known.spec, known.string.value.as_str());
            let (target, tooltip) = match spec.name {
                "$schema" if !value.trim().is_empty() => (value, "Open the JSON Schema"),
                "instanceUrl" if is_plain_https(value) => (value, "Open the org"),
                "apiVersion" if is_on_its_way_out(&cx) => {
                    (RETIREMENT_PAGE, "Salesforce's retirement of API versions")
                }
                _ => return None,
            };
            let span = content_of(document.text(), known.string.span, true);
            Some(Link { span, target: target.to_owned(), tooltip })
        })
        .collect();
    let written = document.project().map(|project| project.rules.as_slice()).unwrap_or_default();
    links.extend(written.iter().filter_map(|(name, field)| {
        let target = rules::find(name)?.documentation_url();
        let span = content_of(document.text(), field.key_span, true);
        Some(Link { span, target, tooltip: "Documentation of the rule" })
    }));
    links.sort_by_key(|link| link.span);
    links
}

/// With a host and without anything that a browser would send along.
fn is_plain_https(url: &str) -> bool {
    url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
        && url_host(url).is_some()
        && !url.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control())
}

fn is_on_its_way_out(cx: &RuleContext<'_>) -> bool {
    let written = cx.written_version();
    written.is_some_and(|(version, _)| {
        matches!(versions::support(version, cx.context.today), Support::Retired | Support::Retiring)
    })
}

#[cfg(test)]
mod tests;
