//! `unknown-member`: a member that the format does not have.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use org_schema::invisible;
use org_schema::members::{self, AuthType, MemberSpec, ObjectKind, ValueKind};
use org_syntax::{Member, NodeId, NodeKind, Span};
use org_text::Foreign;

use super::duplicate_member::member_with_key;
use super::{Files, Findings, Rule, RuleContext, invisible_character, quoted};
use crate::finding::{Edit, Finding, Fix, Group, Severity, Tag};
use crate::harmless::looks_like_words;
use crate::lower::key_of;
use crate::member_edits::remove_member;
use crate::names_listed::name_shown;
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

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for unknown in unknown_members(cx) {
        if unknown.is_tainted && !cx.is_off(&invisible_character::RULE) {
            continue;
        }
        let name = Foreign(&unknown.name);
        let message = if let Some(home) = unknown.home {
            format!("\"{name}\" belongs in {home}. Move it there.")
        } else if let Some(owner) = unknown.belongs_to {
            format!(
                "\"{name}\" belongs to \"{}\" authentication, which this org does not use. Remove it, or change \"type\".",
                owner.as_str()
            )
        } else if let Some(meant) = unknown.meant {
            format!("Unknown {} \"{name}\". Did you mean \"{meant}\"?", unknown.noun)
        } else {
            match unknown.name_shown() {
                Some(name) => format!("Unknown {} {name}. Remove it.", unknown.noun),
                None => format!("Unknown {}. Remove it.", unknown.noun),
            }
        };
        findings.add(&RULE, unknown.span, message).tags(&[Tag::Unnecessary]);
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let unknown = unknown_members(cx).iter().find(|unknown| unknown.span == finding.span);
    let Some(unknown) = unknown else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    if let Some(meant) = unknown.meant.filter(|_| !unknown.meant_is_taken) {
        fixes.push(Fix {
            title: format!("Change to \"{meant}\""),
            edits: vec![Edit::replace(unknown.span, org_syntax::quote(meant))],
            safe: unknown.certain && !unknown.has_rival && !unknown.changes_login,
            preferred: true,
        });
    }
    if let Some((object, member)) = member_with_key(cx, finding) {
        fixes.push(Fix {
            title: match unknown.name_shown() {
                Some(name) => format!("Remove {name}"),
                None => format!("Remove this {}", unknown.noun),
            },
            edits: remove_member(cx.text(), cx.tree(), object, member),
            safe: false,
            preferred: false,
        });
    }
    fixes
}

/// The member of `object` that is there under a misspelled name, for those who would miss it.
pub(super) fn is_misspelled(cx: &RuleContext<'_>, object: NodeId, name: &str) -> bool {
    unknown_members(cx)
        .iter()
        .any(|unknown| unknown.object == object && unknown.meant == Some(name))
}

/// A member that its object does not have.
#[derive(Debug)]
pub(crate) struct Unknown {
    object: NodeId,
    span: Span,
    name: String,
    /// Something in its name is not to be seen, which has a rule of its own.
    is_tainted: bool,
    /// What it is: a member, or in `rules` a rule.
    noun: &'static str,
    /// The object that has this member, in words, when it stands in a wrong one.
    home: Option<&'static str>,
    belongs_to: Option<AuthType>,
    meant: Option<&'static str>,
    meant_is_taken: bool,
    /// It differs in case, `-` or `_` only.
    certain: bool,
    /// Another member is a misspelling of the same name, so nobody can tell which one counts.
    has_rival: bool,
    /// A login goes on without the member that is meant, and does something else with it.
    changes_login: bool,
}

impl Unknown {
    /// Its name, when it is nearly that of a member or looks like words. Any other may be a secret in the
    /// wrong place, which no message repeats.
    fn name_shown(&self) -> Option<String> {
        let is_like_a_member =
            self.meant.is_some() || self.home.is_some() || self.belongs_to.is_some();
        (is_like_a_member || looks_like_words(&self.name)).then(|| quoted(&self.name))
    }
}

/// So many members of an object are compared with the names that it could have. Who writes more has
/// another kind of file.
const COMPARED: usize = 200;

/// Worked out once a document.
fn unknown_members<'a>(cx: &RuleContext<'a>) -> &'a [Unknown] {
    cx.document.worked_out.unknown_members.get_or_init(|| {
        let mut unknown = Vec::new();
        for (object, scope) in scopes(cx) {
            unknown_members_of(cx, object, scope, &mut unknown);
        }
        let mut times: HashMap<(NodeId, &str), usize> = HashMap::new();
        for one in &unknown {
            if let Some(meant) = one.meant {
                *times.entry((one.object, meant)).or_default() += 1;
            }
        }
        for one in unknown.iter_mut() {
            one.has_rival =
                one.meant.is_some_and(|meant| times.get(&(one.object, meant)) > Some(&1));
        }
        unknown
    })
}

fn unknown_members_of(
    cx: &RuleContext<'_>,
    object: NodeId,
    scope: Scope,
    unknown: &mut Vec<Unknown>,
) {
    let tree = cx.tree();
    let names: Vec<&'static str> = known_names(scope);
    let is_unknown = |(member, name): &(Member, Cow<'_, str>)| {
        // A string without its colon is a syntax error, and may be a secret.
        let is_name = tree.kind(member.key) == NodeKind::String
            && member.colon.is_some()
            && !tree.span(member.key).is_empty();
        is_name && !names.contains(&&**name)
    };
    let members: Vec<(Member, Cow<'_, str>)> =
        tree.members(object).map(|member| (member, key_of(cx.text(), tree, member))).collect();
    if !members.iter().any(is_unknown) {
        return;
    }
    let written: HashSet<&str> = members.iter().map(|(_, name)| &**name).collect();
    let (taken, free): (Vec<&'static str>, Vec<&'static str>) =
        names.iter().copied().partition(|name| written.contains(*name));
    let before = unknown.len();
    for (member, name) in members.iter().filter(|member| is_unknown(member)) {
        let is_compared = unknown.len() - before < COMPARED;
        let belongs_to = other_auth_type(scope).filter(|_| is_compared).filter(|other| {
            let mut others = members::members(other.object_kind()).iter();
            let plain_name = plain(name);
            others.any(|spec| plain(spec.name) == plain_name)
                && names.iter().all(|own| plain(own) != plain_name)
        });
        let home = home(scope, name).filter(|_| belongs_to.is_none());
        let meant = match (belongs_to, home) {
            (None, None) if is_compared => {
                nearest(name, free.iter().copied()).or_else(|| nearest(name, taken.iter().copied()))
            }
            _ => None,
        };
        unknown.push(Unknown {
            object,
            span: tree.span(member.key),
            noun: noun(scope),
            is_tainted: invisible::is_in(name),
            home,
            belongs_to,
            meant_is_taken: meant.is_some_and(|meant| written.contains(meant)),
            certain: meant.is_some_and(|meant| plain(meant) == plain(name)),
            has_rival: false,
            changes_login: meant.is_some_and(|meant| changes_login(scope, meant)),
            meant,
            name: name_shown(name).into_owned(),
        });
    }
}

/// Without a required member nothing is sent; without the others here a login goes elsewhere or says
/// something else.
fn changes_login(scope: Scope, name: &str) -> bool {
    let kinds: &[ObjectKind] = match &scope {
        Scope::Object(kind) => std::slice::from_ref(kind),
        Scope::Auth => &[ObjectKind::BasicAuth, ObjectKind::OAuthAuth],
    };
    kinds.iter().filter_map(|kind| members::find(*kind, name)).any(|spec| match spec.value {
        // An org uses its project's version, which the project file has to write.
        ValueKind::ApiVersion => true,
        ValueKind::Boolean | ValueKind::HostName | ValueKind::Secret => !spec.required,
        _ => false,
    })
}

/// Where a member belongs that stands in a wrong object.
fn home(scope: Scope, name: &str) -> Option<&'static str> {
    let has = |kind| members::find(kind, name).is_some_and(|spec| spec.name != "$schema");
    let is_of_auth = AuthType::ALL.into_iter().any(|it| has(it.object_kind()));
    match scope {
        Scope::Object(ObjectKind::Org) if is_of_auth => Some("\"auth\""),
        Scope::Object(ObjectKind::Org) if has(ObjectKind::Project) => {
            Some("the project file, sforg-project.json")
        }
        Scope::Object(ObjectKind::Project) if is_of_auth || has(ObjectKind::Org) => {
            Some("the file of an org, whose name ends in .sforg.json")
        }
        Scope::Object(ObjectKind::BasicAuth | ObjectKind::OAuthAuth) | Scope::Auth
            if has(ObjectKind::Org) =>
        {
            Some("the org definition, outside of \"auth\"")
        }
        _ => None,
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What the names of an object are compared with.
#[derive(Clone, Copy)]
enum Scope {
    Object(ObjectKind),
    /// `auth`, while its type is unknown: the members of both types.
    Auth,
}

fn scopes(cx: &RuleContext<'_>) -> Vec<(NodeId, Scope)> {
    let known = cx.known_objects().into_iter();
    let mut scopes: Vec<_> = known.map(|(object, kind)| (object, Scope::Object(kind))).collect();
    let untyped = cx.org().filter(|org| org.auth_type().is_none());
    scopes.extend(untyped.and_then(|org| Some((org.auth.object?, Scope::Auth))));
    scopes
}

fn known_names(scope: Scope) -> Vec<&'static str> {
    let names = |kind| members::members(kind).iter().map(|spec: &MemberSpec| spec.name);
    match scope {
        Scope::Object(ObjectKind::Rules) => super::names(),
        Scope::Object(kind) => names(kind).collect(),
        Scope::Auth => AuthType::ALL.into_iter().flat_map(|it| names(it.object_kind())).collect(),
    }
}

fn other_auth_type(scope: Scope) -> Option<AuthType> {
    match scope {
        Scope::Object(ObjectKind::BasicAuth) => Some(AuthType::OAuth2ClientCredentials),
        Scope::Object(ObjectKind::OAuthAuth) => Some(AuthType::Basic),
        _ => None,
    }
}

fn noun(scope: Scope) -> &'static str {
    if matches!(scope, Scope::Object(ObjectKind::Rules)) { "rule" } else { "member" }
}
