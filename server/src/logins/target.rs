//! From an org definition to what a login needs of it.

use org_ide::harmless::may_be_repeated;
use org_ide::rules::LoginRefusal;
use org_ide::{Context, Document, EffectiveVersion, Field, OrgDef};
use org_login::{LoginResult, LoginTarget, TargetAuth};
use org_schema::members::AuthType;

/// What to log in to.
///
/// # Errors
/// A finished result when nothing may be sent: `invalid-definition` when the file has an error of the
/// syntax, shape or host groups or a placeholder, `secret-unavailable` when a value is another
/// program's reference.
pub fn login_target(
    document: &Document,
    context: &Context<'_>,
    shown: &str,
) -> Result<LoginTarget, Box<LoginResult>> {
    if let Some(refusal) = org_ide::rules::refuses_login(document, context) {
        let finding = refusal.finding();
        let member = pointer_at(document, finding.span);
        return Err(Box::new(match refusal {
            LoginRefusal::InvalidDefinition(_) => {
                let refused = LoginResult::invalid_definition(&finding.message, member);
                match org_ide::host_to_allow(document, finding) {
                    Some(host) => refused.unless_allowed(&host),
                    None => refused,
                }
            }
            LoginRefusal::SecretUnavailable(_) => {
                LoginResult::foreign_reference(&finding.message, member)
            }
        }));
    }
    let refuse = |message: &str| Box::new(LoginResult::invalid_definition(message, None));
    let org = document.org().ok_or_else(|| refuse("This is not an org definition."))?;
    let auth = target_auth(org).ok_or_else(|| refuse(
            "A member that the login needs is missing or misspelled: the problems in the file show which.",
        ))?;
    Ok(LoginTarget {
        file: shown.to_owned(),
        name: org.display_name().map(str::to_owned),
        sandbox: org.is_sandbox().unwrap_or(false),
        api_version: EffectiveVersion::of(org, context.project).map(|effective| effective.version),
        api_version_written: org.api_version.is_some(),
        auth,
    })
}

fn target_auth(org: &OrgDef) -> Option<TargetAuth> {
    let text = |field: &Option<Field>| field.as_ref()?.str().map(str::to_owned);
    let auth = &org.auth;
    Some(match org.auth_type()? {
        AuthType::Basic => TargetAuth::Basic {
            server_host: text(&org.server_host),
            username: text(&auth.username)?,
            password: text(&auth.password)?,
            security_token: text(&auth.security_token),
        },
        AuthType::OAuth2ClientCredentials => TargetAuth::OAuth {
            instance_url: text(&auth.instance_url)?,
            client_id: text(&auth.client_id)?,
            client_secret: text(&auth.client_secret)?,
        },
    })
}

/// JSON pointer to the member at a byte span; to the object around it where its name could be a secret
/// in the wrong place.
fn pointer_at(document: &Document, span: org_syntax::Span) -> Option<String> {
    let tree = &document.parse().tree;
    let node = tree.node_at(span.start)?;
    let around: Vec<_> = std::iter::once(node).chain(tree.ancestors(node)).collect();
    let members = around.into_iter().rev().filter_map(|id| tree.member(id));
    let names = members.map(|member| tree.name(member, document.text()));
    let steps = names.take_while(|name| may_be_repeated(name));
    let steps: String =
        steps.map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect();
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use org_ide::FileKind;

    use super::*;

    #[test]
    fn a_pointer_repeats_no_name_that_could_be_a_secret() {
        for (text, at, pointer) in [
            (r#"{"auth": {"passwrod": 1}}"#, "1", Some("/auth/passwrod")),
            (r#"{"auth": {"NOTREAL7pw": 1}}"#, "1", Some("/auth")),
            (r#"{"auth": {NOTREAL7pw "type": "basic"}}"#, "NOT", Some("/auth")),
            (r#"{"NOTREAL7pw": {"password": 1}}"#, "1", None),
            ("1", "1", None),
        ] {
            let document = Document::new(FileKind::Org, text);
            let start = text.find(at).expect("a place") as u32;
            let found = pointer_at(&document, org_syntax::Span::new(start, start));
            assert_eq!(found.as_deref(), pointer, "{text}");
        }
    }
}
