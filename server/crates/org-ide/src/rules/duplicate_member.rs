//! `duplicate-member`: a name is written twice in one object.

use std::borrow::Cow;
use std::collections::HashMap;

use org_sources::design_studio::Entity;
use org_syntax::{Member, NodeId, NodeKind};

use super::{Files, Findings, Rule, RuleContext, quoted};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::harmless::may_be_repeated;
use crate::lower::key_of;
use crate::member_edits::remove_member;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-member",
    group: Group::Syntax,
    severity: Severity::Error,
    files: Files::Every,
    summary: "A member is written more than once in the same object.",
    documentation: "Only the last one takes effect; the earlier ones are silently lost to every \
        program that reads the file. Names are compared after their escapes are decoded. In an org of \
        Design Studio it is an item whose key is there twice.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"name\": \"Acme UAT\"\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme UAT\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if let Some(entity) = cx.document.entity() {
        return check_items(cx, entity, findings);
    }
    let tree = cx.tree();
    let mut seen = Seen::default();
    let objects = tree.descendants().filter(|&id| tree.kind(id) == NodeKind::Object);
    for object in objects.filter(|&object| may_repeat_a_name(cx, object)) {
        seen.forget();
        // A string without its colon is a syntax error, and may be a secret.
        let is_named =
            |member: &Member| member.colon.is_some() && !tree.span(member.key).is_empty();
        for member in tree.members(object).filter(is_named) {
            let name = key_of(cx.text(), tree, member);
            let Some(earlier) = seen.first(&name) else {
                seen.add(name, member);
                continue;
            };
            let shown = shown_name(&name);
            let message = format!(
                "{shown} is written more than once, and only the last one counts. Keep one."
            );
            findings.add(&RULE, tree.span(member.key), message).related(
                cx.context.file,
                tree.span(earlier.key),
                format!("{shown} is written here first"),
            );
        }
    }
}

/// Whether two members of an object may have the same name: nearly always their length and a few of their
/// letters tell all of them apart.
fn may_repeat_a_name(cx: &RuleContext<'_>, object: NodeId) -> bool {
    let tree = cx.tree();
    let text = cx.text().as_bytes();
    let mut seen = 0_u64;
    tree.names(object).any(|name| match text.get(tree.span(name).range()) {
        Some([b'"', name @ .., b'"']) if !name.contains(&b'\\') => {
            let letter = |at: usize| name.get(at).map_or(0, |&byte| u32::from(byte));
            let (first, last) = (letter(0), letter(name.len().saturating_sub(1)));
            let bit = 1
                << ((name.len() as u32 + 7 * first + 13 * last + 29 * letter(name.len() / 2)) % 64);
            let is_seen = seen & bit != 0;
            seen |= bit;
            is_seen
        }
        // Written in another way, it may be a name that was there.
        _ => true,
    })
}

/// So many names are compared one by one, which takes less than to hash them.
const FEW: usize = 12;

/// The members of one object with a name of their own, so far.
#[derive(Default)]
struct Seen<'a> {
    few: Vec<(Cow<'a, str>, Member)>,
    /// All of them, when they are no longer few.
    many: HashMap<Cow<'a, str>, Member>,
}

impl<'a> Seen<'a> {
    /// Another object begins.
    fn forget(&mut self) {
        self.few.clear();
        self.many.clear();
    }

    /// The first member of this name.
    fn first(&self, name: &str) -> Option<Member> {
        let few = self.few.iter().find(|(known, _)| known == name).map(|(_, first)| first);
        few.or_else(|| self.many.get(name)).copied()
    }

    /// A member whose name is new.
    fn add(&mut self, name: Cow<'a, str>, member: Member) {
        if self.many.is_empty() && self.few.len() < FEW {
            self.few.push((name, member));
            return;
        }
        self.many.extend(self.few.drain(..));
        self.many.insert(name, member);
    }
}

/// The items of an org of Design Studio.
fn check_items(cx: &RuleContext<'_>, entity: &Entity, findings: &mut Findings) {
    for (earlier, item) in entity.overwritten() {
        let shown = shown_name(&item.key.value);
        let message = format!(
            "{shown} is written more than once, and only the last one counts. Save this org in Design Studio again."
        );
        findings.add(&RULE, item.key.span, message).related(
            cx.context.file,
            earlier.key.span,
            format!("{shown} is written here first"),
        );
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    if cx.document.entity().is_some() {
        return Vec::new();
    }
    let Some((object, member)) = member_with_key(cx, finding) else {
        return Vec::new();
    };
    let key = key_of(cx.text(), cx.tree(), member);
    vec![Fix {
        title: format!("Remove this {}", shown_name(&key)),
        edits: remove_member(cx.text(), cx.tree(), object, member),
        safe: false,
        preferred: false,
    }]
}

/// A name that the tables know or that looks like words; any other may be a secret in the wrong place.
fn shown_name(name: &str) -> String {
    if may_be_repeated(name) { quoted(name) } else { "member of this name".to_owned() }
}

/// The member whose key is the finding's span, with its object.
pub(super) fn member_with_key(cx: &RuleContext<'_>, finding: &Finding) -> Option<(NodeId, Member)> {
    let tree = cx.tree();
    let node = tree.node_at(finding.span.start)?;
    let around = std::iter::once(node).chain(tree.ancestors(node));
    let mut members = around.filter_map(|id| tree.member(id));
    let member = members.find(|member| tree.span(member.key) == finding.span)?;
    Some((tree.parent(member.id)?, member))
}
