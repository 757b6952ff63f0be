//! How Design Studio calls what our files call `sandbox`, `serverHost` and so on: the keys of the items
//! in an org's file (`Data/SalesforceConnector/GUID.xml`), as seen in projects that Design Studio saved.
//! OAuth 2.0 keys (Design Studio 11.59 and later) have not been seen anywhere, so there is no row for them.

use crate::members::{self, MemberSpec, ObjectKind};

/// An item of an org's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemSpec {
    /// Its `key`.
    pub key: &'static str,
    /// The member of our files that holds the same; `None` for what Design Studio keeps for itself.
    pub member: Option<&'static str>,
    /// What it is, in one sentence, where no member tells.
    pub note: &'static str,
}

/// All known items.
pub const ITEMS: &[ItemSpec] = &[
    ItemSpec { key: "api_version", member: Some("apiVersion"), note: "" },
    ItemSpec { key: "server_host", member: Some("serverHost"), note: "" },
    ItemSpec { key: "sandbox", member: Some("sandbox"), note: "" },
    ItemSpec { key: "user_name", member: Some("username"), note: "" },
    ItemSpec { key: "password", member: Some("password"), note: "" },
    ItemSpec { key: "security_token", member: Some("securityToken"), note: "" },
    ItemSpec {
        key: "status",
        member: None,
        note: "`1` once *Test Salesforce Login* has succeeded in Design Studio (inferred).",
    },
    ItemSpec { key: "salesforceconnector_id", member: None, note: "The org's GUID again." },
];

/// The item of this key.
pub fn item(key: &str) -> Option<&'static ItemSpec> {
    ITEMS.iter().find(|item| item.key == key)
}

/// The key of the item that holds what this member of our files holds.
pub fn key_of(member: &str) -> Option<&'static str> {
    ITEMS.iter().find(|item| item.member == Some(member)).map(|item| item.key)
}

impl ItemSpec {
    /// The member of our files that holds the same.
    pub fn member_spec(&self) -> Option<&'static MemberSpec> {
        let name = self.member?;
        [ObjectKind::Org, ObjectKind::BasicAuth]
            .into_iter()
            .find_map(|kind| members::find(kind, name))
    }

    /// Whether its value must never be shown.
    pub fn is_secret(&self) -> bool {
        self.member_spec().is_some_and(|spec| spec.secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_that_names_a_member_names_one_that_exists() {
        for item in ITEMS {
            assert_eq!(item.member.is_some(), item.member_spec().is_some(), "{}", item.key);
            assert_eq!(item.member.is_none(), !item.note.is_empty(), "{}", item.key);
        }
        let secrets: Vec<_> = ITEMS.iter().filter(|it| it.is_secret()).map(|it| it.key).collect();
        assert_eq!(secrets, ["password", "security_token"]);
        assert_eq!(key_of("serverHost"), Some("server_host"));
    }
}
