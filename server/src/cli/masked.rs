//! A file's text as it may be shown: without the secrets that are written out in it.

use org_ide::{Document, FileKind};
use org_schema::members::{self, ObjectKind};
use org_schema::secret_ref::{self, SecretValue};
use org_syntax::{NodeKind, Tree, decode_string};

/// The text with `*` in the place of every secret, byte for byte, so that spans stay right. `None`
/// when there is none.
pub fn masked(document: &Document) -> Option<String> {
    let (text, tree) = (document.text(), &document.parse().tree);
    let mut bytes = text.as_bytes().to_vec();
    for object in tree.descendants().filter(|&id| tree.kind(id) == NodeKind::Object) {
        for member in tree.members(object).filter(|member| is_secret(&tree.name(*member, text))) {
            let Some(value) = member.value.filter(|&value| !is_reference(text, tree, value)) else {
                continue;
            };
            for byte in bytes.get_mut(tree.span(value).range()).into_iter().flatten() {
                if !matches!(byte, b'"' | b'\n' | b'\r') {
                    *byte = b'*';
                }
            }
        }
    }
    // Each character was replaced by as many `*` as it has bytes.
    String::from_utf8(bytes).ok().filter(|masked| masked != text)
}

/// As [`masked`], for the text of a file of that kind.
pub fn masked_text(kind: FileKind, text: &str) -> Option<String> {
    masked(&Document::new(kind, text))
}

/// Whether a member holds a secret, however it is spelled: a misspelled one holds the secret that was
/// meant for it.
fn is_secret(name: &str) -> bool {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut secrets = [ObjectKind::BasicAuth, ObjectKind::OAuthAuth]
        .into_iter()
        .flat_map(members::members)
        .filter(|member| member.secret);
    let name = plain(name);
    secrets.any(|member| plain(member.name) == name)
}

fn is_reference(text: &str, tree: &Tree, value: org_syntax::NodeId) -> bool {
    let written = decode_string(tree.span(value).text(text));
    tree.kind(value) == NodeKind::String
        && matches!(secret_ref::parse(&written), SecretValue::Env(_) | SecretValue::Keyring(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        masked_text(FileKind::Org, text)
    }

    #[test]
    fn secrets_are_masked_byte_for_byte() {
        for (text, expected) in [
            (r#"{"auth": {"password": "not-real"}}"#, r#"{"auth": {"password": "********"}}"#),
            (r#"{"auth": {"Client_Secret": "né"}}"#, r#"{"auth": {"Client_Secret": "***"}}"#),
            (r#"{"password": "a", "password": 12}"#, r#"{"password": "*", "password": **}"#),
            (r#"{"auth": {"password": "not-real"#, r#"{"auth": {"password": "********"#),
            (r#"{"securityToken": "${nothing}"}"#, r#"{"securityToken": "**********"}"#),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for text in [
            r#"{"auth": {"password": "${env:P}", "securityToken": "${keyring:t}"}}"#,
            r#"{"auth": {"username": "u@acme.example", "password": ""}}"#,
            r#"{"description": "password"}"#,
            "",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
