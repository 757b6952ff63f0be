//! One login of the report.

use org_ide::deadlines::{self, Deadline};
use org_ide::{
    Context, Document, EffectiveVersion, Field, FileKind, Finding, OrgDef, Severity, Value, rules,
};
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{foreign_ref, hosts, value_shapes};
use org_sources::logins::Flow;
use org_syntax::Span;
use org_text::Foreign;

use crate::mark::Mark;

/// What is said about a login besides what its document means.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Which tool or library logs in.
    pub tool: &'static str,
    /// Whether it may as well be something else.
    pub is_possible: bool,
    /// Why it is no more than information.
    pub mark: Option<Mark>,
}

/// How a login's secrets are kept: of several the one that most people can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretState {
    /// Written out.
    Literal,
    /// From elsewhere.
    Reference,
    /// The tool has encrypted it.
    Encrypted,
    /// None is written.
    None,
}

impl SecretState {
    /// Its name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::Reference => "reference",
            Self::Encrypted => "encrypted",
            Self::None => "none",
        }
    }
}

/// A login as reports tell it. No secret is in it.
#[derive(Clone, Debug)]
pub struct Row {
    /// What tells how it logs in, in bytes of its file.
    pub span: Span,
    /// What is known besides.
    pub subject: Subject,
    /// What the file calls it.
    pub name: Option<String>,
    /// The host where it logs in.
    pub host: Option<String>,
    /// Whether it is a sandbox, where that can be told.
    pub sandbox: Option<bool>,
    /// How it authenticates.
    pub flow: Flow,
    /// The API version, where that can be told.
    pub api_version: Option<String>,
    /// The user name, where it is written out.
    pub username: Option<String>,
    /// How its secrets are kept.
    pub secret: SecretState,
    /// When it stops working, and why; soonest first.
    pub deadlines: Vec<Deadline>,
    /// What the rules about logins find, no graver than the subject allows.
    pub findings: Vec<Finding>,
}

impl Row {
    /// Judges a login in its context; `None` for a document that is none.
    pub fn of(document: &Document, context: &Context<'_>, subject: Subject) -> Option<Self> {
        let org = document.org()?;
        let flow = org.flow.or_else(|| org.auth_type().map(flow_of)).unwrap_or(Flow::Unknown);
        let host = host(org);
        let version = EffectiveVersion::of(org, context.project);
        let mut findings = rules::check(document, context);
        findings.retain(|finding| rules::judges_logins(finding.rule));
        for finding in &mut findings {
            finding.severity = finding.severity.min(subject.most());
        }
        let place = org.auth.kind.as_ref().or(org.name.as_ref()).map_or(Span::at(0), Field::span);
        Some(Self {
            span: place,
            subject,
            name: org.display_name().map(str::to_owned),
            sandbox: sandbox(org, host.as_deref()),
            host,
            flow,
            api_version: version.map(|version| version.version.to_string()),
            username: org.auth.username.as_ref().and_then(username),
            secret: secret(document, org),
            deadlines: deadlines::of_document(document, context),
            findings,
        })
    }

    /// What people call it: its name, else who logs in, or where.
    pub fn label(&self) -> &str {
        let known = [&self.name, &self.username, &self.host].into_iter().flatten().next();
        known.map_or(self.subject.tool, String::as_str)
    }

    /// The message of one of its findings: whose login it is comes first.
    pub fn message(&self, finding: &Finding) -> String {
        format!("{} ({}): {}", Foreign(self.label()), self.subject.in_words(), finding.message)
    }

    /// Whether there is a login: a file of ours that says neither how nor where nor for which org has none.
    pub fn is_login(&self) -> bool {
        self.flow != Flow::Unknown || self.host.is_some() || self.name.is_some()
    }

    /// Whether it is one to act upon: no test, no comment, no documentation.
    pub fn counts(&self) -> bool {
        self.subject.mark.is_none()
    }
}

impl Subject {
    /// Our org files.
    pub const SFORG: &'static str = "sforg";
    /// Design Studio's orgs.
    pub const DESIGN_STUDIO: &'static str = "Design Studio";

    /// What is certain, and where it counts.
    pub const fn certain(tool: &'static str) -> Self {
        Self { tool, is_possible: false, mark: None }
    }

    /// Whose login it is, and what it is worth: `MuleSoft`, `jsforce, possible`, `jsforce, test`.
    pub fn in_words(&self) -> String {
        match (self.mark, self.is_possible) {
            (Some(mark), _) => format!("{}, {}", self.tool, mark.as_str()),
            (None, true) => format!("{}, possible", self.tool),
            (None, false) => self.tool.to_owned(),
        }
    }

    /// The gravest that is said about it.
    fn most(&self) -> Severity {
        match (self.mark, self.is_possible) {
            (Some(_), _) => Severity::Information,
            (None, true) => Severity::Warning,
            (None, false) => Severity::Error,
        }
    }
}

fn flow_of(auth_type: AuthType) -> Flow {
    match auth_type {
        AuthType::Basic => Flow::Basic,
        AuthType::OAuth2ClientCredentials => Flow::ClientCredentials,
    }
}

fn host(org: &OrgDef) -> Option<String> {
    org.login_host().filter(|host| !host.is_empty())
}

fn sandbox(org: &OrgDef, host: Option<&str>) -> Option<bool> {
    match (&org.sandbox, org.flow) {
        (Some(written), _) => written.boolean(),
        // Ours and Design Studio's are production when nothing is written.
        (None, None) => org.is_sandbox(),
        (None, Some(_)) => hosts::sandbox_by_host(host?),
    }
}

fn username(field: &Field) -> Option<String> {
    let written = field.str().filter(|name| !name.trim().is_empty())?;
    let is_literal = matches!(secret_ref::parse(written), SecretValue::Literal(_))
        && foreign_ref::parse(written).is_none();
    is_literal.then(|| written.to_owned())
}

fn secret(document: &Document, org: &OrgDef) -> SecretState {
    let states = org.auth.secret_fields().map(|(_, field)| {
        let value = field.as_ref().and_then(|field| field.value.as_ref());
        value.map_or(SecretState::None, |value| state(document, value))
    });
    let has = |state| states.contains(&state);
    let order = [SecretState::Literal, SecretState::Reference, SecretState::Encrypted];
    order.into_iter().find(|state| has(*state)).unwrap_or(SecretState::None)
}

fn state(document: &Document, value: &Value) -> SecretState {
    match value {
        Value::Encrypted => SecretState::Encrypted,
        Value::Variable(_) => SecretState::Reference,
        Value::String(text) if document.kind() != FileKind::Org => match text.value.is_empty() {
            true => SecretState::None,
            false => SecretState::Literal,
        },
        Value::String(text) => {
            let text = text.value.as_str();
            let is_nothing = text.trim().is_empty()
                || value_shapes::is_placeholder(text)
                || value_shapes::is_masked(text);
            match secret_ref::parse(text) {
                _ if is_nothing => SecretState::None,
                SecretValue::Literal(_) if foreign_ref::parse(text).is_none() => {
                    SecretState::Literal
                }
                _ => SecretState::Reference,
            }
        }
        _ => SecretState::None,
    }
}

#[cfg(test)]
mod tests;
