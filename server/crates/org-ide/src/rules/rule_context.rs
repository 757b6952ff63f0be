//! What a rule's functions see.

use std::borrow::Cow;
use std::cell::OnceCell;

use org_schema::ApiVersion;
use org_schema::foreign_ref::ForeignReference;
use org_schema::members::{self, AuthType, MemberSpec, ObjectKind};
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{invisible, versions};
use org_syntax::{Member, NodeId, NodeKind, Span, Tree};

use super::{Files, Rule, invisible_character};
use crate::context::Context;
use crate::document::{Document, FileKind};
use crate::effective::{EffectiveVersion, VersionOrigin};
use crate::host_analysis::{self, InstanceUrlProblem};
use crate::lower::{Field, OrgDef, ProjectDef, StringValue, key_of};
use crate::server_host::{self, ServerHostProblem};

/// A string that the file writes for a member that the tables know.
#[derive(Debug)]
pub(crate) struct KnownString {
    pub member: Member,
    pub spec: &'static MemberSpec,
    pub string: StringValue,
}

/// A document in its context, with the questions that many rules ask.
pub struct RuleContext<'a> {
    /// The document.
    pub document: &'a Document,
    /// The world around it.
    pub context: &'a Context<'a>,
    instance_url_problem: OnceCell<Option<InstanceUrlProblem>>,
    server_host_problem: OnceCell<Option<ServerHostProblem>>,
}

impl<'a> RuleContext<'a> {
    pub(crate) fn new(document: &'a Document, context: &'a Context<'a>) -> Self {
        Self {
            document,
            context,
            instance_url_problem: OnceCell::new(),
            server_host_problem: OnceCell::new(),
        }
    }

    /// What is wrong with the instance URL of an org; `None` when it is fine, allowed by the user, not filled
    /// in, or not there.
    pub(crate) fn instance_url_problem(&self) -> Option<&InstanceUrlProblem> {
        self.instance_url_problem.get_or_init(|| host_analysis::instance_url_problem(self)).as_ref()
    }

    /// As [`RuleContext::instance_url_problem`], with the server host.
    pub(crate) fn server_host_problem(&self) -> Option<&ServerHostProblem> {
        self.server_host_problem.get_or_init(|| server_host::server_host_problem(self)).as_ref()
    }

    /// Whether `rule` looks at files of this kind. A file that cannot be read is the business of one rule.
    pub(super) fn applies(&self, rule: &Rule) -> bool {
        if self.document.entity().is_some_and(|entity| entity.header.is_deleted) {
            // For whoever uses Design Studio it does not exist.
            return false;
        }
        let kind = self.document.kind();
        if kind == FileKind::OtherTool {
            return super::judges_logins(rule);
        }
        match rule.files {
            Files::OtherTools => false,
            Files::Every => true,
            Files::Both => matches!(kind, FileKind::Org | FileKind::Project),
            Files::Org => kind == FileKind::Org,
            Files::EveryOrg => self.document.org().is_some(),
            Files::Project => kind == FileKind::Project,
            Files::EveryProject => self.document.org().is_none(),
        }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.document.text()
    }

    /// The tree.
    pub fn tree(&self) -> &'a Tree {
        &self.document.parse().tree
    }

    /// The org; rules for org files call it.
    pub fn org(&self) -> Option<&'a OrgDef> {
        self.document.org()
    }

    /// The project file's members; rules for project files call it.
    pub fn project_def(&self) -> Option<&'a ProjectDef> {
        self.document.project()
    }

    /// The org's API version, when it can be told.
    pub fn effective_version(&self) -> Option<EffectiveVersion> {
        EffectiveVersion::of(self.org()?, self.context.project)
    }

    /// The org and its authentication type, when that is known.
    pub fn org_with(&self, auth_type: AuthType) -> Option<&'a OrgDef> {
        self.org().filter(|org| org.auth_type() == Some(auth_type))
    }

    /// `apiVersion` of either kind of file.
    pub fn api_version_field(&self) -> Option<&'a Field> {
        match self.org() {
            Some(org) => org.api_version.as_ref(),
            None => self.project_def()?.api_version.as_ref(),
        }
    }

    /// The newest API version that there is: by the table, or as the user says.
    pub fn newest_known(&self) -> ApiVersion {
        self.context.newest_version.map_or(versions::NEWEST, |newest| newest.max(versions::NEWEST))
    }

    /// The version that is written in this very file, when it can be read, with its span.
    pub fn written_version(&self) -> Option<(ApiVersion, Span)> {
        let string = self.api_version_field()?.string()?;
        Some((ApiVersion::parse(&string.value)?, string.span))
    }

    /// Whether the version comes from the project file.
    pub fn inherits_version(&self) -> bool {
        self.effective_version().is_some_and(|v| v.origin == VersionOrigin::Project)
    }

    /// How many operations log in with this org, as a sentence that goes behind another; empty where
    /// nobody knows of any.
    pub(super) fn who_uses_it(&self) -> String {
        let facts = self.context.project.and_then(|project| project.org(self.context.file));
        match facts.map_or(0, |facts| facts.used_by.len()) {
            0 => String::new(),
            1 => " 1 operation uses it.".to_owned(),
            many => format!(" {many} operations use it."),
        }
    }

    /// The objects whose members the tables know, with their kinds.
    pub fn known_objects(&self) -> Vec<(NodeId, ObjectKind)> {
        let mut objects = Vec::new();
        if let Some(org) = self.org() {
            objects.extend(org.root.map(|root| (root, ObjectKind::Org)));
            let kind = org.auth_type().map(AuthType::object_kind);
            objects.extend(org.auth.object.zip(kind));
        }
        if let Some(project) = self.project_def() {
            objects.extend(project.root.map(|root| (root, ObjectKind::Project)));
            let rules = project.rules_field.as_ref().and_then(Field::object);
            objects.extend(rules.map(|rules| (rules, ObjectKind::Rules)));
        }
        objects
    }

    /// The members of the file that the tables know, in the order of the text. While the type of
    /// `auth` is unknown, the members of both types count.
    pub fn known_members(&self) -> &'a [(Member, &'static MemberSpec)] {
        self.document.worked_out.known_members.get_or_init(|| self.find_known_members())
    }

    fn find_known_members(&self) -> Vec<(Member, &'static MemberSpec)> {
        let mut kinds = self.known_objects();
        if let Some(auth) = self.org().filter(|org| org.auth_type().is_none()) {
            let both = AuthType::ALL.map(AuthType::object_kind);
            kinds.extend(both.into_iter().filter_map(|kind| Some((auth.auth.object?, kind))));
        }
        let mut members: Vec<_> = kinds
            .into_iter()
            .flat_map(|(object, kind)| {
                let members = self.tree().members(object);
                members.filter_map(move |member| {
                    let name = key_of(self.text(), self.tree(), member);
                    Some((member, members::find(kind, &name)?))
                })
            })
            .collect();
        members.sort_by_key(|(member, _)| member.id);
        members.dedup_by_key(|(member, _)| member.id);
        members
    }

    /// The strings among [`RuleContext::known_members`], decoded, but for those whose closing quote is still
    /// to come.
    pub(crate) fn known_strings(&self) -> &'a [KnownString] {
        self.document.worked_out.known_strings.get_or_init(|| self.find_known_strings())
    }

    fn find_known_strings(&self) -> Vec<KnownString> {
        let tree = self.tree();
        // What takes long to tell of a value is told once, whoever asks.
        let auth = self.org().map(|org| &org.auth);
        let of_auth: Vec<&StringValue> = auth
            .into_iter()
            .flat_map(|auth| auth.references().map(|(_, field)| field).chain(&auth.instance_url))
            .filter_map(Field::string)
            .collect();
        self.known_members()
            .iter()
            .filter_map(|&(member, spec)| {
                let value = member.value?;
                let is_whole = tree.kind(value) == NodeKind::String && tree.is_closed(value);
                let span = tree.span(value);
                is_whole.then(|| {
                    let known = of_auth.iter().find(|string| string.span == span);
                    let decode = || org_syntax::decode_string(span.text(self.text()));
                    let string =
                        known.map_or_else(|| StringValue::new(decode(), span), |it| (*it).clone());
                    KnownString { member, spec, string }
                })
            })
            .collect()
    }

    /// The members of a project's `rules` that name a rule, with what is written for each.
    pub fn rule_levels(&self) -> impl Iterator<Item = (&'a str, &'a Field)> {
        let written = self.project_def().into_iter().flat_map(|project| &project.rules);
        written
            .filter(|(rule, _)| super::find(rule).is_some())
            .map(|(rule, field)| (rule.as_str(), field))
    }

    /// A string that a person has filled in: whole, neither empty nor a placeholder, without
    /// characters that nobody sees (other rules speak about those, and the rules about its content
    /// stay silent).
    pub fn filled_in<'f>(&self, field: &'f Option<Field>) -> Option<&'f StringValue> {
        let string = self.written(field)?;
        let is_tainted = invisible_character::speaks_of(&field.as_ref()?.name, &string.value);
        (!is_tainted || self.is_silent(&invisible_character::RULE)).then_some(string)
    }

    /// As [`RuleContext::filled_in`], whatever nobody sees in it.
    pub fn written<'f>(&self, field: &'f Option<Field>) -> Option<&'f StringValue> {
        let field = field.as_ref()?;
        let string = self.whole_string(field)?;
        let is_placeholder =
            string.is_placeholder_of(&field.name) && self.applies(&super::placeholder_value::RULE);
        (!is_blank(&string.value) && !is_placeholder).then_some(string)
    }

    /// Whether `invisible-character` speaks about a value.
    pub fn is_tainted(&self, value: &str) -> bool {
        invisible::is_in(value) && !self.is_silent(&invisible_character::RULE)
    }

    /// What another program's reference is meant as, where `foreign-reference` may say so.
    pub fn foreign<'f>(&self, string: &'f StringValue) -> Option<&'f ForeignReference> {
        string.foreign().filter(|_| !self.is_silent(&super::foreign_reference::RULE))
    }

    /// Whether a span is within what a login sends or is sent to: `auth` and *Server host*.
    pub fn is_sent(&self, span: Span) -> bool {
        let Some(org) = self.org() else { return false };
        let fields = [&org.auth_field, &org.server_host].into_iter().flatten();
        fields
            .filter_map(|field| field.value_span)
            .any(|value| value.start <= span.start && span.end <= value.end)
    }

    /// As [`RuleContext::is_sent`], secrets apart: those are sent as they are written. The version counts.
    pub fn is_sent_but_no_secret(&self, span: Span) -> bool {
        let Some(org) = self.org() else { return false };
        let holds = |field: &Option<Field>| {
            let value = field.as_ref().and_then(|field| field.value_span);
            value.is_some_and(|value| value.start <= span.start && span.end <= value.end)
        };
        (self.is_sent(span) || holds(&org.api_version))
            && !org.auth.secret_fields().into_iter().any(|(_, field)| holds(field))
    }

    /// Whether a rule says nothing about this file: it is off, or not about files of this kind. What it
    /// would speak about is then left to others.
    fn is_silent(&self, rule: &Rule) -> bool {
        self.is_off(rule) || !self.applies(rule)
    }

    /// Whether the project has switched a rule off.
    pub fn is_off(&self, rule: &Rule) -> bool {
        let severities = self.context.project.map(|project| &project.severities);
        severities.is_some_and(|severities| severities.get(rule.name) == Some(&None))
    }

    /// A string but for one whose closing quote is still to come.
    pub fn whole_string<'f>(&self, field: &'f Field) -> Option<&'f StringValue> {
        field.string().filter(|_| field.is_closed)
    }

    /// A value that is written out where a reference may stand, as written and as meant; see
    /// [`RuleContext::filled_in`].
    pub fn literal<'f>(&self, field: &'f Option<Field>) -> Option<(&'f StringValue, Cow<'f, str>)> {
        self.written_out(field).filter(|(string, _)| !self.is_tainted(&string.value))
    }

    /// As [`RuleContext::literal`], whatever nobody sees in it.
    pub fn written_out<'f>(
        &self,
        field: &'f Option<Field>,
    ) -> Option<(&'f StringValue, Cow<'f, str>)> {
        let string = self.written(field)?;
        if !self.document.has_references() {
            return Some((string, Cow::Borrowed(&string.value)));
        }
        match secret_ref::parse(&string.value) {
            SecretValue::Literal(literal) if self.foreign(string).is_none() => {
                Some((string, literal))
            }
            _ => None,
        }
    }

    /// The members whose value may be a reference, of those that the org's authentication type has
    /// (all, while the type is unknown), with their names and what is written there.
    pub fn org_references(&self) -> Vec<(&'static str, &'a StringValue)> {
        let Some(org) = self.org() else {
            return Vec::new();
        };
        let belongs = |name: &str| {
            org.auth_type()
                .is_none_or(|auth_type| members::find(auth_type.object_kind(), name).is_some())
        };
        org.auth
            .reference_fields()
            .into_iter()
            .filter(|(name, _)| belongs(name))
            .filter_map(|(name, field)| Some((name, self.written(field)?)))
            .collect()
    }
}

/// Empty as `empty-value` sees it: blank, or with nothing in it that can be seen.
pub(crate) fn is_blank(value: &str) -> bool {
    invisible::trim(value).is_empty()
}
