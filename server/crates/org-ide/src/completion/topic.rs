//! What a completion item is about: the key to its documentation, which a list of items need not
//! carry along.

use org_schema::hosts;
use org_schema::members::{self, AuthType, ObjectKind};

use crate::markdown::Markdown;
use crate::rules;

/// A place in the tables that has documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A member of an object.
    Member(ObjectKind, &'static str),
    /// A way to authenticate.
    AuthType(AuthType),
    /// A form of hosts, by its pattern.
    HostForm(&'static str),
    /// A rule, by its name.
    Rule(&'static str),
}

/// Objects that have members, with their names in keys.
const OBJECTS: [(ObjectKind, &str); 4] = [
    (ObjectKind::Org, "org"),
    (ObjectKind::BasicAuth, "basic-auth"),
    (ObjectKind::OAuthAuth, "oauth-auth"),
    (ObjectKind::Project, "project"),
];

impl Topic {
    /// The documentation.
    pub fn documentation(self) -> Markdown {
        let text = Markdown::default();
        match self {
            Self::Member(object, name) => {
                text.own(members::find(object, name).map_or("", |member| member.doc))
            }
            Self::AuthType(auth_type) => text.own(auth_type.doc()),
            Self::HostForm(pattern) => text.own(host_form(pattern).map_or("", |form| form.doc)),
            Self::Rule(name) => match rules::find(name) {
                Some(rule) => text.own(rule.summary).own("\n\n").own(rule.documentation),
                None => text,
            },
        }
    }

    /// A text that [`Topic::of_key`] reads: `member/org/name`, `rule/comment`.
    pub fn key(self) -> String {
        match self {
            Self::Member(kind, name) => {
                let object = OBJECTS.iter().find(|(object, _)| *object == kind);
                format!("member/{}/{name}", object.map_or("", |(_, object)| object))
            }
            Self::AuthType(auth_type) => format!("auth/{}", auth_type.as_str()),
            Self::HostForm(pattern) => format!("host/{pattern}"),
            Self::Rule(name) => format!("rule/{name}"),
        }
    }

    /// The topic of a key; `None` for what is none.
    pub fn of_key(key: &str) -> Option<Self> {
        let (table, name) = key.split_once('/')?;
        match table {
            "member" => {
                let (object, name) = name.split_once('/')?;
                let (kind, _) = OBJECTS.iter().find(|(_, known)| *known == object)?;
                Some(Self::Member(*kind, members::find(*kind, name)?.name))
            }
            "auth" => AuthType::parse(name).map(Self::AuthType),
            "host" => Some(Self::HostForm(host_form(name)?.pattern)),
            "rule" => Some(Self::Rule(rules::find(name)?.name)),
            _ => None,
        }
    }
}

fn host_form(pattern: &str) -> Option<&'static hosts::HostForm> {
    hosts::HOST_FORMS.iter().find(|form| form.pattern == pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_key_and_documentation() {
        let members = OBJECTS.iter().flat_map(|(kind, _)| {
            members::members(*kind).iter().map(|member| Topic::Member(*kind, member.name))
        });
        let auth_types = AuthType::ALL.into_iter().map(Topic::AuthType);
        let forms = hosts::HOST_FORMS.iter().map(|form| Topic::HostForm(form.pattern));
        let rules = rules::ALL.iter().map(|rule| Topic::Rule(rule.name));
        for topic in members.chain(auth_types).chain(forms).chain(rules) {
            assert_eq!(Topic::of_key(&topic.key()), Some(topic));
            assert!(!topic.documentation().plain().is_empty(), "{topic:?}");
        }
    }

    #[test]
    fn what_is_no_key_is_no_topic() {
        for key in ["", "member", "member/org", "member/org/x", "member/x/name", "rule/", "x/y"] {
            assert_eq!(Topic::of_key(key), None, "{key}");
        }
    }
}
