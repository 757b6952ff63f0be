//! *Complete server host*: writes out what the system completes.

use org_schema::members::AuthType;

use crate::document::Document;
use crate::effective::derived_server_host;
use crate::finding::Edit;
use crate::member_edits::insert_member;

/// The edits that write `serverHost` as the system would complete it; `None` when it is written
/// already (and right), or cannot be told.
///
/// ```json
/// { "name": "Acme", "auth": { "type": "basic" } }
/// ```
/// becomes
/// ```json
/// { "name": "Acme", "serverHost": "login.salesforce.com", "auth": { "type": "basic" } }
/// ```
pub fn complete_server_host(document: &Document) -> Option<Vec<Edit>> {
    let org = document.org()?;
    let root = org.root?;
    let host = derived_server_host(org)?;
    let value = org_syntax::quote(&host);
    let Some(written) = &org.server_host else {
        let after = org.sandbox.as_ref().or(org.name.as_ref()).and_then(|field| field.member);
        let tree = &document.parse().tree;
        return Some(insert_member(document.text(), tree, root, after, "serverHost", &value));
    };
    let fits = written.str().is_some_and(|written| written.eq_ignore_ascii_case(&host));
    let replaceable = org.auth_type()? == AuthType::OAuth2ClientCredentials
        || written.str().is_some_and(|written| written.trim().is_empty());
    let span = written.value_span.filter(|_| replaceable && !fits)?;
    Some(vec![Edit::replace(span, value)])
}

#[cfg(test)]
mod tests {
    use super::complete_server_host;
    use crate::{Document, Edit, FileKind};

    fn completed(text: &str) -> Option<String> {
        let document = Document::new(FileKind::Org, text);
        complete_server_host(&document).map(|edits| Edit::apply_all(text, &edits))
    }

    #[test]
    fn writes_the_login_host() {
        assert_eq!(
            completed(r#"{"name": "A", "sandbox": true, "auth": {"type": "basic"}}"#).as_deref(),
            Some(
                r#"{"name": "A", "sandbox": true, "serverHost": "test.salesforce.com", "auth": {"type": "basic"}}"#
            )
        );
    }

    #[test]
    fn keeps_a_my_domain_of_a_basic_org() {
        let text = r#"{"serverHost": "acme.my.salesforce.com", "auth": {"type": "basic"}}"#;
        assert_eq!(completed(text), None);
    }

    #[test]
    fn corrects_it_to_the_host_of_the_instance_url() {
        let text = r#"{"serverHost": "login.salesforce.com", "auth": {"type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com"}}"#;
        assert!(
            completed(text)
                .is_some_and(|t| t.starts_with(r#"{"serverHost": "acme.my.salesforce.com""#))
        );
    }

    #[test]
    fn stands_behind_sandbox_else_behind_the_name() {
        let auth = r#""auth": { "type": "basic" }"#;
        for (text, expected) in [
            (
                format!("{{\n  \"name\": \"A\",\n  {auth}\n}}\n"),
                format!(
                    "{{\n  \"name\": \"A\",\n  \"serverHost\": \"login.salesforce.com\",\n  {auth}\n}}\n"
                ),
            ),
            (
                format!("{{\r\n\t\"sandbox\": false,\r\n\t{auth}\r\n}}"),
                format!(
                    "{{\r\n\t\"sandbox\": false,\r\n\t\"serverHost\": \"login.salesforce.com\",\r\n\t{auth}\r\n}}"
                ),
            ),
            (
                format!("{{ {auth} }}"),
                format!("{{ \"serverHost\": \"login.salesforce.com\", {auth} }}"),
            ),
        ] {
            assert_eq!(completed(&text), Some(expected));
        }
    }

    #[test]
    fn fills_in_an_empty_one() {
        let text = r#"{"serverHost": " ", "sandbox": true, "auth": {"type": "basic"}}"#;
        assert_eq!(completed(text), Some(text.replace("\" \"", "\"test.salesforce.com\"")));
    }

    #[test]
    fn says_nothing_where_it_is_right_or_cannot_be_told() {
        for text in [
            "",
            "{}",
            r#"{"sandbox": "yes", "auth": {"type": "basic"}}"#,
            r#"{"auth": {"type": "saml"}}"#,
            r#"{"auth": {"type": "oauth2-client-credentials", "instanceUrl": ""}}"#,
            r#"{"serverHost": "LOGIN.salesforce.com", "auth": {"type": "basic"}}"#,
            r#"{"serverHost": "A.my.salesforce.com", "auth": {"type": "oauth2-client-credentials", "instanceUrl": "https://a.my.salesforce.com"}}"#,
            r#"{"serverHost": , "auth": {"type": "basic"}}"#,
        ] {
            assert_eq!(completed(text), None, "{text}");
        }
        let project = Document::new(FileKind::Project, r#"{"auth": {"type": "basic"}}"#);
        assert_eq!(complete_server_host(&project), None);
    }

    #[test]
    fn a_second_time_changes_nothing() {
        let text = r#"{"name": "A", "auth": {"type": "basic"}}"#;
        let once = completed(text).expect("a host");
        assert_eq!(completed(&once), None);
    }
}
