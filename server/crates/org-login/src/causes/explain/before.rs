//! Reasons for which nothing was sent, or the login was stopped.

use org_text::Foreign;

use super::{Explanation, MY_DOMAIN};
use crate::bindings::{SecretUse, names_of};
use crate::causes::Situation;
use crate::secrets::SecretError;
use crate::target::Flow;

pub(super) fn secret_unavailable(member: &str, problem: &SecretError) -> Explanation {
    let name = member.rsplit('/').next().unwrap_or(member);
    let summary = if problem.names_the_secret() {
        format!("Not tested: {problem}.")
    } else {
        format!("Not tested: \"{name}\" has no usable value: {problem}.")
    };
    Explanation { instructions: problem.steps(), ..Explanation::new(summary) }.at(member)
}

pub(super) fn secret_not_confirmed(secrets: &[SecretUse]) -> Explanation {
    let names = names_of(secrets);
    let (place, member) = match secrets.first() {
        Some(first) => (first.recipient(), first.member),
        None => ("this host".to_owned(), "/auth"),
    };
    let (are, them) = if secrets.len() == 1 { ("is", "it") } else { ("are", "them") };
    let plain: Vec<String> =
        secrets.iter().map(|secret| Foreign(&secret.name).to_string()).collect();
    Explanation::new(format!(
        "Not tested: nobody has confirmed that {names} may be sent to {place}."
    ))
    .step(format!(
        "Look at the org file: it decides which secret is sent, and to which host and user. If \
         {names} {are} not meant for {place}, correct the file."
    ))
    .step(format!(
        "If everything is right, test the login in an editor or a terminal, and agree when you \
         are asked about {them}. You are asked once."
    ))
    .step(format!(
        "Where nobody can answer, such as in CI, allow {them} by name: set SFORG_ALLOW_SECRETS={} \
         in the environment of the job, or write {} after `sforg login`. A `*` matches any \
         characters.",
        plain.join(","),
        plain.iter().map(|name| format!("--allow-secret '{name}'")).collect::<Vec<_>>().join(" ")
    ))
    .at(member)
}

pub(super) fn host_not_allowed(situation: &Situation, host: &str) -> Explanation {
    let right = match situation.flow {
        Flow::OAuth => {
            "Set `instanceUrl` to the org's My Domain: `https://` and the host of Setup > My \
             Domain, such as `https://<name>.my.salesforce.com`, without port or path."
        }
        Flow::Soap => {
            "Remove `serverHost` to log in at login.salesforce.com (or test.salesforce.com for a \
             sandbox), or set it to the org's My Domain host, such as `<name>.my.salesforce.com`."
        }
    };
    Explanation::new(format!("Not tested: {host} is not a Salesforce API host."))
        .step(right)
        .step(
            "If you know this host and trust it with the credentials, allow it yourself: \
         `--allow-login-host` of `sforg login` and `sforg lsp`, SFORG_ALLOW_LOGIN_HOSTS, \
         `allowedLoginHosts` in sforg's configuration file, or `sforg.allowedLoginHosts` in VS \
         Code's user settings (http only for addresses of this computer).",
        )
        .at(situation.host_member())
}

pub(super) fn login_host(situation: &Situation, host: &str) -> Explanation {
    Explanation::new(format!(
        "Not tested: {host} does not accept client credentials. Only the org's My Domain does."
    ))
    .step(MY_DOMAIN)
    .step("Set `instanceUrl` to it, without a path.")
    .at(situation.host_member())
}

pub(super) fn cancelled(situation: &Situation) -> Explanation {
    Explanation::new(format!("The login test was cancelled while waiting for {}.", situation.host))
        .step("Test the login again when you are ready.")
}
