//! What a rule's functions see.

use std::borrow::Cow;

use org_schema::ApiVersion;
use org_schema::members::{self, AuthType, MemberSpec, ObjectKind};
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{value_shapes, versions};
use org_syntax::{Member, NodeId, NodeKind, Span, Tree};

use super::{Files, Rule};
use crate::context::Context;
use crate::document::{Document, FileKind};
use crate::effective::{EffectiveVersion, VersionOrigin};
use crate::lower::{Field, OrgDef, ProjectDef, StringValue, key_of};

/// A document in its context, with the questions that many rules ask.
pub struct Cx<'a> {
    /// The document.
    pub document: &'a Document,
    /// The world around it.
    pub context: &'a Context<'a>,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(document: &'a Document, context: &'a Context<'a>) -> Self {
        Self { document, context }
    }

    /// Whether `rule` looks at files of this kind. A file in trouble is the business of one rule.
    pub(super) fn applies(&self, rule: &Rule) -> bool {
        match rule.files {
            Files::Both => true,
            Files::Org => self.document.kind() == FileKind::Org,
            Files::Project => self.document.kind() == FileKind::Project,
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
        match self.document.kind() {
            FileKind::Org => self.org()?.api_version.as_ref(),
            FileKind::Project => self.project_def()?.api_version.as_ref(),
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
    pub fn known_members(&self) -> Vec<(Member, &'static MemberSpec)> {
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

    /// The strings among [`Cx::known_members`], decoded, but for those whose closing quote is still
    /// to come.
    pub fn known_strings(&self) -> Vec<(Member, &'static MemberSpec, Span, Cow<'a, str>)> {
        let tree = self.tree();
        self.known_members()
            .into_iter()
            .filter_map(|(member, spec)| {
                let value = member.value?;
                let is_whole = tree.kind(value) == NodeKind::String && tree.is_closed(value);
                let span = tree.span(value);
                let string = org_syntax::decode_string(span.text(self.text()));
                is_whole.then_some((member, spec, span, string))
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

    /// A string that a person has filled in: whole, neither empty nor a placeholder (other rules
    /// speak about those, and the rules about its content stay silent).
    pub fn filled_in<'f>(&self, field: &'f Option<Field>) -> Option<&'f StringValue> {
        let string = self.whole_string(field.as_ref()?)?;
        (!is_blank(&string.value) && !value_shapes::is_placeholder(&string.value)).then_some(string)
    }

    /// A string but for one whose closing quote is still to come.
    pub fn whole_string<'f>(&self, field: &'f Field) -> Option<&'f StringValue> {
        let is_closed = field.member.value.is_some_and(|value| self.tree().is_closed(value));
        field.string().filter(|_| is_closed)
    }

    /// A secret that is written out, as written and as meant; see [`Cx::filled_in`].
    pub fn literal_secret<'f>(
        &self,
        field: &'f Option<Field>,
    ) -> Option<(&'f StringValue, Cow<'f, str>)> {
        let string = self.filled_in(field)?;
        match secret_ref::parse(&string.value) {
            SecretValue::Literal(literal) => Some((string, literal)),
            _ => None,
        }
    }

    /// The secrets that the org's authentication type has (all, while the type is unknown) and
    /// that are filled in, with the names of their members.
    pub fn org_secrets(&self) -> Vec<(&'static str, &'a StringValue)> {
        let Some(org) = self.org() else {
            return Vec::new();
        };
        let belongs = |name: &str| {
            org.auth_type()
                .is_none_or(|auth_type| members::find(auth_type.object_kind(), name).is_some())
        };
        org.auth
            .secret_fields()
            .into_iter()
            .filter(|(name, _)| belongs(name))
            .filter_map(|(name, field)| Some((name, self.filled_in(field)?)))
            .collect()
    }
}

/// Empty as `empty-value` sees it.
pub(crate) fn is_blank(value: &str) -> bool {
    value.trim().is_empty()
}
