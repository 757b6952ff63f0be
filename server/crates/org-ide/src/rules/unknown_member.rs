//! `unknown-member`: a member that the format does not have.

use org_schema::members::{self, AuthType, MemberSpec, ObjectKind};
use org_syntax::{NodeId, NodeKind, Span};

use super::duplicate_member::member_with_key;
use super::{Cx, Files, Rule, Sink};
use crate::finding::{Edit, Finding, Fix, Group, Severity, Tag};
use crate::lower::key_of;
use crate::member_edits::remove_member;
use crate::spelling::nearest;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-member",
    group: Group::Shape,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "A member that this format does not have.",
    documentation: "It has no effect. Often it is a misspelling, or it belongs to the other \
        authentication type: `username`, `password` and `securityToken` to `basic`, \
        `instanceUrl`, `clientId` and `clientSecret` to `oauth2-client-credentials`.",
    wrong: &[
        ("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n"),
        ("acme.sforg.json", "{\n  \"nmae\": \"Acme\"\n}\n"),
    ],
    right: &[
        ("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n"),
        ("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n"),
    ],
    check,
    fix,
};

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    for unknown in unknown_members(cx) {
        let name = &unknown.name;
        let message = if let Some(owner) = unknown.belongs_to {
            format!(
                "Remove \"{name}\" or change \"type\": it belongs to \"{}\" authentication, and this org does not use that.",
                owner.as_str()
            )
        } else if let Some(meant) = unknown.meant {
            format!("Did you mean \"{meant}\"? \"{name}\" is not a member of {}.", unknown.place)
        } else {
            format!("Remove \"{name}\": it is not a member of {}.", unknown.place)
        };
        sink.add(&RULE, unknown.span, message).tags(&[Tag::Unnecessary]);
    }
}

fn fix(cx: &Cx<'_>, finding: &Finding) -> Vec<Fix> {
    let unknown = unknown_members(cx).into_iter().find(|unknown| unknown.span == finding.span);
    let Some(unknown) = unknown else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    if let Some(meant) = unknown.meant.filter(|_| !unknown.meant_is_taken) {
        fixes.push(Fix {
            title: format!("Change to \"{meant}\""),
            edits: vec![Edit::replace(unknown.span, org_syntax::quote(meant))],
            safe: unknown.certain,
            preferred: true,
        });
    }
    if let Some((object, member)) = member_with_key(cx, finding) {
        fixes.push(Fix {
            title: format!("Remove \"{}\"", unknown.name),
            edits: remove_member(cx.text(), cx.tree(), object, member),
            safe: false,
            preferred: false,
        });
    }
    fixes
}

/// The member of `object` that is there under a misspelled name, for those who would miss it.
pub(super) fn is_misspelled(cx: &Cx<'_>, object: NodeId, name: &str) -> bool {
    unknown_members(cx)
        .iter()
        .any(|unknown| unknown.object == object && unknown.meant == Some(name))
}

struct Unknown {
    object: NodeId,
    span: Span,
    name: String,
    /// In words: "an org definition", …
    place: &'static str,
    belongs_to: Option<AuthType>,
    meant: Option<&'static str>,
    meant_is_taken: bool,
    /// It differs in case, `-` or `_` only.
    certain: bool,
}

fn unknown_members(cx: &Cx<'_>) -> Vec<Unknown> {
    let tree = cx.tree();
    let mut unknown = Vec::new();
    for (object, kind) in cx.known_objects() {
        let names: Vec<&'static str> = known_names(kind);
        let written: Vec<String> =
            tree.members(object).map(|m| key_of(cx.text(), tree, m).into_owned()).collect();
        for (member, name) in tree.members(object).zip(&written) {
            // A string without its colon is a syntax error, and may be a secret.
            let is_name = tree.kind(member.key) == NodeKind::String && member.colon.is_some();
            if !is_name || name.is_empty() || names.contains(&name.as_str()) {
                continue;
            }
            let belongs_to = other_auth_type(kind)
                .filter(|other| members::find(other.object_kind(), name).is_some());
            let free = |candidate: &&&'static str| !written.iter().any(|w| w == **candidate);
            let meant = match belongs_to {
                Some(_) => None,
                None => nearest(name, names.iter().filter(free).copied())
                    .or_else(|| nearest(name, names.iter().copied())),
            };
            let meant = meant.and_then(|meant| names.iter().copied().find(|n| *n == meant));
            unknown.push(Unknown {
                object,
                span: tree.span(member.key),
                place: place(kind),
                belongs_to,
                meant_is_taken: meant.is_some_and(|meant| written.iter().any(|w| w == meant)),
                certain: meant.is_some_and(|meant| plain(meant) == plain(name)),
                meant,
                name: name.clone(),
            });
        }
    }
    unknown
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn known_names(kind: ObjectKind) -> Vec<&'static str> {
    match kind {
        ObjectKind::Rules => super::names(),
        _ => members::members(kind).iter().map(|spec: &MemberSpec| spec.name).collect(),
    }
}

fn other_auth_type(kind: ObjectKind) -> Option<AuthType> {
    match kind {
        ObjectKind::BasicAuth => Some(AuthType::OAuth2ClientCredentials),
        ObjectKind::OAuthAuth => Some(AuthType::Basic),
        _ => None,
    }
}

fn place(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Org => "an org definition",
        ObjectKind::BasicAuth => "\"basic\" authentication",
        ObjectKind::OAuthAuth => "\"oauth2-client-credentials\" authentication",
        ObjectKind::Project => "a project file",
        ObjectKind::Rules => "\"rules\" (no rule has this name)",
    }
}
