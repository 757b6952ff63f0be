//! Which findings keep a login from being tried.

use org_syntax::Span;

use super::{
    Rule, RuleContext, check_as_written, foreign_reference, invisible_character, placeholder_value,
};
use crate::context::Context;
use crate::document::Document;
use crate::finding::{Finding, Group, Severity};

/// Why a login is not tried.
#[derive(Clone, Debug)]
pub enum LoginRefusal {
    /// The definition is wrong, or still to be filled in.
    InvalidDefinition(Finding),
    /// A value stands for a secret and is no reference that could be resolved.
    SecretUnavailable(Finding),
}

impl LoginRefusal {
    /// What stands in the way.
    pub fn finding(&self) -> &Finding {
        match self {
            Self::InvalidDefinition(finding) | Self::SecretUnavailable(finding) => finding,
        }
    }
}

/// Why a login test is refused: for an error of the syntax, shape or host groups, whatever the
/// project's `rules` say; and, unless the project has switched their rules off, for a value that
/// nobody can mean to send.
pub fn refuses_login(document: &Document, context: &Context<'_>) -> Option<LoginRefusal> {
    let cx = RuleContext::new(document, context);
    let findings = check_as_written(document, context);
    let is_error = |finding: &&Finding| {
        finding.severity == Severity::Error
            && matches!(finding.rule.group, Group::Syntax | Group::Shape | Group::Host)
    };
    let find = |rule: &'static Rule, is_sent: &dyn Fn(Span) -> bool| {
        let mut findings = findings.iter().filter(|_| !cx.is_off(rule));
        findings.find(|finding| finding.rule == rule && is_sent(finding.span)).cloned()
    };
    if let Some(error) = findings.iter().find(is_error) {
        return Some(LoginRefusal::InvalidDefinition(error.clone()));
    }
    find(&foreign_reference::RULE, &|_| true).map(LoginRefusal::SecretUnavailable).or_else(|| {
        find(&placeholder_value::RULE, &|span| cx.is_sent(span))
            .or_else(|| find(&invisible_character::RULE, &|span| cx.is_sent_but_no_secret(span)))
            .map(LoginRefusal::InvalidDefinition)
    })
}
