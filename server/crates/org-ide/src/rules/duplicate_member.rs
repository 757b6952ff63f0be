//! `duplicate-member`: a name is written twice in one object.

use std::collections::HashMap;

use org_syntax::{Member, NodeId, NodeKind};

use super::{Cx, Files, Rule, Sink};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::lower::key_of;
use crate::member_edits::remove_member;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-member",
    group: Group::Syntax,
    severity: Severity::Error,
    files: Files::Both,
    summary: "A member is written more than once in the same object.",
    documentation: "Only the last one takes effect; the earlier ones are silently lost to every \
        program that reads the file. Names are compared after their escapes are decoded.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"name\": \"Acme UAT\"\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme UAT\"\n}\n")],
    check,
    fix,
};

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    let tree = cx.tree();
    for object in tree.descendants().filter(|&id| tree.kind(id) == NodeKind::Object) {
        let mut first: HashMap<String, Member> = HashMap::new();
        // A string without its colon is a syntax error, and may be a secret.
        let is_named =
            |member: &Member| member.colon.is_some() && !tree.span(member.key).is_empty();
        for member in tree.members(object).filter(is_named) {
            let name = key_of(cx.text(), tree, member).into_owned();
            if let Some(earlier) = first.get(&name) {
                let message = format!(
                    "Keep only one \"{name}\": it is written more than once here, and only the last one takes effect."
                );
                sink.add(&RULE, tree.span(member.key), message).related(
                    cx.context.file,
                    tree.span(earlier.key),
                    format!("\"{name}\" is written here first"),
                );
            } else {
                first.insert(name, member);
            }
        }
    }
}

fn fix(cx: &Cx<'_>, finding: &Finding) -> Vec<Fix> {
    let Some((object, member)) = member_with_key(cx, finding) else {
        return Vec::new();
    };
    let name = key_of(cx.text(), cx.tree(), member);
    vec![Fix {
        title: format!("Remove this \"{name}\""),
        edits: remove_member(cx.text(), cx.tree(), object, member),
        safe: false,
        preferred: false,
    }]
}

/// The member whose key is the finding's span, with its object.
pub(super) fn member_with_key(cx: &Cx<'_>, finding: &Finding) -> Option<(NodeId, Member)> {
    let tree = cx.tree();
    tree.descendants().filter(|&id| tree.kind(id) == NodeKind::Object).find_map(|object| {
        let member = tree.members(object).find(|member| tree.span(member.key) == finding.span)?;
        Some((object, member))
    })
}
