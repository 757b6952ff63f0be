//! Values of `auth` that a person enters on a page instead of in the file.

use org_schema::members::AuthType;

use crate::document::Document;
use crate::finding::Edit;
use crate::lower::{Field, OrgDef};
use crate::member_edits::{Layout, insert_written};

/// A member of `auth` that is no secret and that a conversion leaves for a person to enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthValue {
    /// `instanceUrl`.
    InstanceUrl,
    /// `clientId`.
    ClientId,
}

impl AuthValue {
    /// Both, in the order of the file.
    pub const ALL: [Self; 2] = [Self::InstanceUrl, Self::ClientId];

    /// The name of the member.
    pub const fn member(self) -> &'static str {
        match self {
            Self::InstanceUrl => "instanceUrl",
            Self::ClientId => "clientId",
        }
    }

    fn field(self, org: &OrgDef) -> Option<&Field> {
        match self {
            Self::InstanceUrl => org.auth.instance_url.as_ref(),
            Self::ClientId => org.auth.client_id.as_ref(),
        }
    }
}

/// Those that are not written or empty; none of an org that does not use OAuth 2.0.
pub fn empty_auth_values(document: &Document) -> Vec<AuthValue> {
    let Some(org) = document.org() else { return Vec::new() };
    if org.auth_type() != Some(AuthType::OAuth2ClientCredentials) {
        return Vec::new();
    }
    let is_empty = |value: &AuthValue| match value.field(org) {
        // What is no text is wrong, and has a finding of its own.
        Some(field) if field.value_span.is_some() => {
            field.str().is_some_and(|text| text.trim().is_empty())
        }
        _ => true,
    };
    AuthValue::ALL.into_iter().filter(is_empty).collect()
}

/// The edits that write these values; each member is named once at most.
pub fn write_auth_values(document: &Document, values: &[(AuthValue, String)]) -> Vec<Edit> {
    let Some((org, auth)) = document.org().and_then(|org| Some((org, org.auth.object?))) else {
        return Vec::new();
    };
    let (text, tree) = (document.text(), &document.parse().tree);
    let (mut edits, mut missing) = (Vec::new(), Vec::new());
    for (value, entered) in values {
        let quoted = org_syntax::quote(entered);
        match value.field(org).and_then(|field| field.value_span) {
            Some(span) => edits.push(Edit::replace(span, quoted)),
            None => missing.push(format!("{}: {quoted}", org_syntax::quote(value.member()))),
        }
    }
    if !missing.is_empty() {
        let separator = format!(",{}", Layout::of(text, tree, auth).separator());
        let last = tree.members(auth).last();
        edits.extend(insert_written(text, tree, auth, last, &missing.join(&separator)));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileKind;

    fn written(text: &str, values: &[(AuthValue, &str)]) -> String {
        let document = Document::new(FileKind::Org, text);
        let values: Vec<_> = values.iter().map(|(value, to)| (*value, (*to).to_owned())).collect();
        Edit::apply_all(text, &write_auth_values(&document, &values))
    }

    const BOTH: [(AuthValue, &str); 2] =
        [(AuthValue::InstanceUrl, "https://a.my.salesforce.com"), (AuthValue::ClientId, "3MVG9\"")];

    #[test]
    fn what_is_empty_or_missing_is_to_be_entered() {
        for (members, expected) in [
            ("", &AuthValue::ALL[..]),
            (r#", "instanceUrl": " ", "clientId": """#, &AuthValue::ALL[..]),
            (r#", "instanceUrl": "https://a.my.salesforce.com""#, &[AuthValue::ClientId][..]),
            (r#", "instanceUrl": 1, "clientId": "${env:ID}""#, &[][..]),
        ] {
            let text = format!(r#"{{"auth": {{"type": "oauth2-client-credentials"{members}}}}}"#);
            let document = Document::new(FileKind::Org, text.as_str());
            assert_eq!(empty_auth_values(&document), expected, "{members}");
        }
        let basic = Document::new(FileKind::Org, r#"{"auth": {"type": "basic"}}"#);
        assert!(empty_auth_values(&basic).is_empty());
    }

    #[test]
    fn values_are_quoted_where_they_belong() {
        let empty = "{\n  \"auth\": {\n    \"instanceUrl\": \"\", // here\n    \"clientId\": \"\"\n  }\n}\n";
        assert_eq!(
            written(empty, &BOTH),
            "{\n  \"auth\": {\n    \"instanceUrl\": \"https://a.my.salesforce.com\", // here\n    \"clientId\": \"3MVG9\\\"\"\n  }\n}\n"
        );
        let missing = "{\n  \"auth\": {\n    \"type\": \"oauth2-client-credentials\"\n  }\n}\n";
        assert_eq!(
            written(missing, &BOTH),
            "{\n  \"auth\": {\n    \"type\": \"oauth2-client-credentials\",\n    \"instanceUrl\": \"https://a.my.salesforce.com\",\n    \"clientId\": \"3MVG9\\\"\"\n  }\n}\n"
        );
        assert_eq!(written("[]", &BOTH), "[]");
    }
}
