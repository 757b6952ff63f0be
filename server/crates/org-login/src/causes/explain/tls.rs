//! Reasons why no trustworthy encrypted connection came about.

use super::Explanation;
use crate::causes::Situation;

const EXTRA_CA: &str = "If your company's proxy inspects encrypted traffic, get its root \
                        certificate as a PEM file and name it in SFORG_CA_FILE (or as `caFile` in \
                        sforg's configuration file), or add it to the system's certificates.";

pub(super) fn unknown_issuer(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!(
        "The certificate shown for {host} comes from an issuer that this system does not trust."
    ))
    .step(EXTRA_CA)
    .step("Do the same on the Jitterbit agent, if it is behind the same proxy.")
}

pub(super) fn certificate_expired(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("The certificate shown for {host} is not valid at this time."))
        .step("Check this machine's date and time.")
        .step(EXTRA_CA)
}

pub(super) fn other_hosts_certificate(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("The certificate shown for {host} belongs to another host."))
        .step("Check the spelling of the host against Setup > My Domain in the org.")
        .step("A network's sign-in page shows such a certificate too: open any web page to see it.")
        .at(situation.host_member())
}

pub(super) fn certificate_refused(situation: &Situation, detail: &str) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("The certificate shown for {host} was refused: {detail}."))
        .step(EXTRA_CA)
        .step("Check this machine's date and time.")
}

pub(super) fn no_tls(situation: &Situation, detail: &str) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("No encrypted connection to {host}: {detail}."))
        .step("Check that the host and port use https.")
        .step(
            "Ask your network team whether a firewall or proxy intercepts encrypted \
                     connections to it.",
        )
}

pub(super) fn no_certificate_store(detail: &str) -> Explanation {
    Explanation::new(format!(
        "This system has no certificates to check Salesforce's against: {detail}."
    ))
    .step(
        "Install the system's CA certificates (Debian and Ubuntu: the package \
             ca-certificates), or set SSL_CERT_FILE to a PEM file with them.",
    )
    .step("Or name a PEM file with the certificates to trust in SFORG_CA_FILE.")
}

pub(super) fn extra_ca_unusable(path: &str, detail: &str) -> Explanation {
    Explanation::new(format!("The extra CA file {path} cannot be used: {detail}."))
        .step("Name a readable file with at least one certificate in PEM form.")
        .step("Or remove the setting to use the system's certificates alone.")
}

pub(super) fn too_old() -> Explanation {
    Explanation::new("Salesforce refused the connection because its TLS version is too old.")
        .step(
            "sforg speaks TLS 1.2 and 1.3, so a proxy in between uses the old version: \
                     have your network team update it.",
        )
        .step("On the Jitterbit side, update an old agent or runtime.")
}

pub(super) fn client_certificate(situation: &Situation) -> Explanation {
    Explanation::new("The org asks for a client certificate, which sforg does not send.")
        .step(
            "In Setup > Certificate and Key Management, check whether mutual authentication is \
             set up, and remove the permission Enforce SSL/TLS Mutual Authentication from the \
             user.",
        )
        .at(situation.user_member())
}
