//! The one question before secrets are sent to where nobody has confirmed them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::StreamExt;
use org_login::{
    Account, LoginTarget, Network, OpenUse, ProcessSecrets, SecretUse, TargetAuth, names_of,
    unconfirmed_secrets,
};
use org_schema::hosts;
use tokio_util::sync::CancellationToken;

/// The answer that sends.
pub const SEND: &str = "Send";
/// The answer that does not.
pub const DO_NOT_SEND: &str = "Don't send";
/// The answer that asks again with everything named.
pub const SHOW_LIST: &str = "Show List";

/// So many logins are looked at at once.
const AT_ONCE: usize = 8;

/// So many recipients are named in a question that has a list to show.
const NAMED: usize = 10;

/// One login that is being looked at.
type Look<'a> = Pin<Box<dyn Future<Output = Vec<OpenUse>> + Send + 'a>>;

/// What makes two logins ask for the same.
type Same<'a> = (&'a TargetAuth, bool, &'a Option<PathBuf>);

/// What each of these logins would send and nobody has confirmed, in their order. Nothing is sent.
pub async fn unconfirmed(
    logins: &[(&LoginTarget, Option<PathBuf>)],
    network: &Network,
    cancel: &CancellationToken,
) -> Vec<Vec<OpenUse>> {
    let mut sources: BTreeMap<&Option<PathBuf>, Arc<ProcessSecrets>> = BTreeMap::new();
    let mut looks: Vec<Look<'_>> = Vec::new();
    let mut same: HashMap<Same<'_>, usize> = HashMap::new();
    let mut places = Vec::with_capacity(logins.len());
    for (target, env_file) in logins {
        let place = *same.entry((&target.auth, target.sandbox, env_file)).or_insert_with(|| {
            let source = sources
                .entry(env_file)
                .or_insert_with(|| Arc::new(ProcessSecrets::new(env_file.clone())));
            let (source, cancel) = (Arc::clone(source), cancel.clone());
            looks.push(Box::pin(unconfirmed_secrets(target, source, network, cancel)));
            looks.len() - 1
        });
        places.push(place);
    }
    let found: Vec<Vec<OpenUse>> =
        futures_util::stream::iter(looks).buffered(AT_ONCE).collect().await;
    places.into_iter().map(|place| found[place].clone()).collect()
}

/// The secrets of several logins, each once.
pub fn each_once<'a>(uses: impl IntoIterator<Item = &'a OpenUse>) -> Vec<SecretUse> {
    let mut known = HashSet::new();
    let new = uses.into_iter().filter(|open| known.insert(&open.secret));
    new.map(|open| open.secret.clone()).collect()
}

/// A question in words, and whether it leaves something out that a list would show.
pub struct Question {
    /// What is asked.
    pub text: String,
    /// Whether more recipients would get something than the text names.
    pub is_cut: bool,
}

/// Asks whether the secrets may be sent, with all facts: which secret goes to which host as whom.
/// With `all`, every recipient is named, however many there are.
pub fn question(secrets: &[SecretUse], all: bool) -> Question {
    let groups = by_recipient(secrets);
    if let [(recipient, group)] = groups.as_slice() {
        let warning = group.first().map(|secret| not_salesforce(&secret.host)).unwrap_or_default();
        let text = format!("{warning}Send {} to {recipient}?", names_of(group.iter().copied()));
        return Question { text, is_cut: false };
    }
    let hosts: HashSet<&str> = secrets.iter().map(|secret| secret.host.as_str()).collect();
    let strangers = hosts.iter().filter(|host| !is_salesforce(host)).count();
    let kind = if strangers == 0 { "Salesforce host" } else { "host" };
    let mut text = format!(
        "Send {} secrets to {} {kind}{}?",
        secrets.len(),
        hosts.len(),
        if hosts.len() == 1 { "" } else { "s" }
    );
    match (strangers, hosts.len()) {
        (0, _) => {}
        (1, 1) => text.push_str(" It is not Salesforce's."),
        (1, _) => text.push_str(" One of them is not Salesforce's."),
        (count, all) if count == all => text.push_str(" None of them is Salesforce's."),
        (count, _) => text.push_str(&format!(" {count} of them are not Salesforce's.")),
    }
    let named = if all { groups.len() } else { NAMED };
    for (recipient, group) in groups.iter().take(named) {
        let warning = match group.first() {
            Some(secret) if !is_salesforce(&secret.host) => " (not a Salesforce host)",
            _ => "",
        };
        let names = names_of(group.iter().copied());
        text.push_str(&format!("\n{names} to {recipient}{warning}"));
    }
    if groups.len() > named {
        text.push_str(&format!("\nand {} more", groups.len() - named));
    }
    Question { text, is_cut: groups.len() > named }
}

/// The secrets of each recipient, in the order in which recipients came; whoever is not Salesforce comes
/// first, so that no list is too long to see them.
fn by_recipient(secrets: &[SecretUse]) -> Vec<(String, Vec<&SecretUse>)> {
    let mut groups: Vec<(String, Vec<&SecretUse>)> = Vec::new();
    // Two that look the same are two.
    let mut places: HashMap<(&str, &Account), usize> = HashMap::new();
    for secret in secrets {
        let place = *places.entry((&secret.host, &secret.account)).or_insert_with(|| {
            groups.push((secret.recipient(), Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(secret);
    }
    groups.sort_by_key(|(_, group)| group.first().is_some_and(|of| is_salesforce(&of.host)));
    groups
}

fn is_salesforce(host: &str) -> bool {
    hosts::accepts_soap_login(host) || hosts::accepts_client_credentials(host)
}

fn not_salesforce(host: &str) -> String {
    if is_salesforce(host) {
        String::new()
    } else {
        format!("{} is not a Salesforce host. ", org_text::Foreign(host))
    }
}

#[cfg(test)]
mod tests {
    use org_login::SecretKind;

    use super::*;

    fn secret(name: &str, host: &str, user: &str) -> SecretUse {
        SecretUse {
            kind: SecretKind::Environment,
            name: name.to_owned(),
            member: "/auth/password",
            host: host.to_owned(),
            account: Account::user(user),
        }
    }

    #[test]
    fn one_recipient_is_one_sentence_with_all_facts() {
        let host = "test.salesforce.com";
        let one = [secret("ACME_UAT_PASSWORD", host, "integration@acme.example")];
        assert_eq!(
            question(&one, false).text,
            "Send ACME_UAT_PASSWORD (environment) to test.salesforce.com as integration@acme.example?"
        );
        let two = ["P", "T"].map(|name| secret(name, "127.0.0.1:8080", "u@acme.example"));
        assert_eq!(
            question(&two, false).text,
            "127.0.0.1:8080 is not a Salesforce host. Send P and T (environment) to 127.0.0.1:8080 \
             as u@acme.example?"
        );
    }

    #[test]
    fn several_are_named_and_many_have_a_list() {
        let host = "test.salesforce.com";
        let few = [secret("A", host, "a@x"), secret("B", host, "b@x"), secret("C", "h.x", "c@x")];
        assert_eq!(
            question(&few, false).text,
            "Send 3 secrets to 2 hosts? One of them is not Salesforce's.\n\
             C (environment) to h.x as c@x (not a Salesforce host)\n\
             A (environment) to test.salesforce.com as a@x\n\
             B (environment) to test.salesforce.com as b@x"
        );
        let many: Vec<SecretUse> =
            (0..42).map(|n| secret(&format!("S{n}"), host, &format!("u{n}@x"))).collect();
        let short = question(&many, false);
        assert!(short.is_cut && short.text.ends_with("\nand 32 more"), "{}", short.text);
        let long = question(&many, true);
        assert!(!long.is_cut && long.text.contains("S41"), "{}", long.text);
    }

    #[test]
    fn nobody_hides_among_many_or_behind_another() {
        let host = "test.salesforce.com";
        let mut many: Vec<SecretUse> =
            (0..42).map(|n| secret(&format!("S{n}"), host, &format!("u{n}@x"))).collect();
        many.push(secret("P", "h.x", "m@x"));
        let text = question(&many, false).text;
        let second = text.lines().nth(1);
        assert_eq!(second, Some("P (environment) to h.x as m@x (not a Salesforce host)"), "{text}");
        let middle = |c: &str| format!("{}{c}{}@x", "a".repeat(200), "a".repeat(200));
        let alike = [secret("P", host, &middle("b")), secret("P", host, &middle("c"))];
        assert_eq!(question(&alike, false).text.lines().count(), 3);
    }

    #[test]
    fn foreign_text_in_a_question_is_harmless() {
        let mut hostile = secret("k\u{1b}]0;x\u{7}", "h.x", "u\u{202e}\n@x");
        hostile.kind = SecretKind::Keyring;
        let text = question(&[hostile], false).text;
        assert!(!text.contains(|c: char| c.is_control() || c == '\u{202e}'), "{text:?}");
    }
}
