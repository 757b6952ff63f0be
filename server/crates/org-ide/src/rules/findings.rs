//! Where rules put what they find.

use org_syntax::Span;
use org_text::neutral;

use super::{Rule, too_many_findings};
use crate::finding::{Finding, Related, Severity, Tag};
use crate::steps::numbered_steps;

/// Where rules put what they find: the gate for all that findings say. Of each rule no more is kept than
/// is shown of a file; the rest is counted.
#[derive(Default)]
pub struct Findings {
    pub(super) findings: Vec<Finding>,
    /// What the rule at hand has found so far.
    found: usize,
    /// Where the rule at hand writes what is not kept.
    surplus: Option<Finding>,
    /// Rules that found more than is kept, with how many more.
    pub(super) left_out: Vec<(&'static Rule, usize)>,
}

impl Findings {
    /// Adds a finding with the rule's own severity.
    pub fn add(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.found += 1;
        let is_kept = self.found <= too_many_findings::SHOWN;
        let finding = Finding {
            rule,
            severity: rule.severity,
            span,
            message: if is_kept { neutral(&message.into()).into_owned() } else { String::new() },
            tags: &[],
            related: Vec::new(),
        };
        if !is_kept {
            return self.surplus.insert(finding);
        }
        self.findings.push(finding);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Nothing more comes from `rule`.
    pub(super) fn end_of(&mut self, rule: &'static Rule) {
        if let Some(more) = self.found.checked_sub(too_many_findings::SHOWN).filter(|it| *it > 0) {
            self.left_out.push((rule, more));
        }
        self.found = 0;
        self.surplus = None;
    }
}

impl Finding {
    /// Adds the steps to take, each on a line of its own. A message is no Markdown: what is code in it stands in
    /// quotes.
    pub fn steps(&mut self, steps: &[String]) -> &mut Self {
        let steps: Vec<_> = steps.iter().map(|step| neutral(step)).collect();
        self.message.push_str(&numbered_steps(&steps));
        self.message = self.message.replace('`', "\"");
        self
    }

    /// Another severity than the rule's own.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Tags for the editor.
    pub fn tags(&mut self, tags: &'static [Tag]) -> &mut Self {
        self.tags = tags;
        self
    }

    /// Adds a place in another file.
    pub fn related(&mut self, file: &str, span: Span, message: impl Into<String>) -> &mut Self {
        let message = neutral(&message.into()).into_owned();
        self.related.push(Related { file: file.to_owned(), span, message });
        self
    }
}
