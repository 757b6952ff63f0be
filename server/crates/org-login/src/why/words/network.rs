//! What keeps another tool from reaching Salesforce.

use crate::causes::{Explanation, Situation};

pub(super) fn host_not_found(situation: &Situation) -> Explanation {
    Explanation::new(format!("The tool cannot find the host {}.", situation.host))
        .step(
            "Compare the host with Setup > My Domain in the org. A deleted sandbox no longer has a \
             host, and a sandbox is `<name>--<sandbox>.sandbox.my.salesforce.com`.",
        )
        .step(
            "If other hosts are not found either, check DNS and network where the tool runs; a \
             container may have neither.",
        )
}

pub(super) fn no_connection(situation: &Situation) -> Explanation {
    Explanation::new(format!("The tool could not connect to {}.", situation.host))
        .step(
            "Check that a firewall lets the machine on which the tool runs reach the host on port \
             443.",
        )
        .step("If that network has a proxy, set it in the tool (or HTTPS_PROXY).")
}

pub(super) fn unknown_issuer(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The certificate shown for {} comes from an issuer that the tool does not trust.",
        situation.host
    ))
    .step(
        "If your company's proxy inspects encrypted traffic, add its root certificate to what the \
         tool trusts: Java's keystore (`cacerts`), NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, \
         SSL_CERT_FILE, or the system's certificates.",
    )
    .step(
        "If not, update the tool's own certificates: an old runtime may not trust Salesforce's \
         issuer.",
    )
    .step("Do not switch the check off: the password would go to whoever answers.")
}

pub(super) fn certificate_expired(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The certificate shown for {} is not valid at this time.",
        situation.host
    ))
    .step("Check the date and time of the machine on which the tool runs.")
    .step(
        "Update the tool's own certificates, and those of a proxy that inspects encrypted traffic.",
    )
}

pub(super) fn other_hosts_certificate(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The certificate shown for {} belongs to another host.",
        situation.host
    ))
    .step("Check the spelling of the host against Setup > My Domain in the org.")
    .step(format!(
        "Open {} in a browser where the tool runs: a network's sign-in page shows such a \
         certificate too.",
        situation.origin
    ))
}

pub(super) fn proxy_authentication(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The proxy in front of {} requires a user name and password.",
        situation.host
    ))
    .step(
        "Set them in the tool's proxy setting, or in HTTPS_PROXY as \
         `http://user:password@host:port`."
    )
    .step(
        "Ask your network team for an account for programs, or to let the host through. The Salesforce \
         credentials need no change.",
    )
}

pub(super) fn proxy_refused(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The proxy in front of {} does not let the tool through.",
        situation.host
    ))
    .step("Check the tool's proxy setting: HTTPS_PROXY, host and port.")
    .step(
        "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
         test.salesforce.com.",
    )
}

pub(super) fn tls_too_old() -> Explanation {
    Explanation::new("Salesforce refused the connection because its TLS version is too old.")
        .step(
            "Update the tool or its runtime: Salesforce requires TLS 1.2 or later. Old runtimes, \
             such as Java 7 or .NET Framework 4.5, need a setting for it.",
        )
        .step(
            "If the tool is new enough, a proxy in between speaks the old version: have your network \
             team update it.",
        )
}

pub(super) fn client_certificate() -> Explanation {
    Explanation::new("The org asks for a client certificate that the tool does not send.")
        .step(
            "In Setup > Certificate and Key Management, see whether mutual authentication is set up: \
             the tool must then send its certificate, to port 8443.",
        )
        .step(
            "Or take the permission Enforce SSL/TLS Mutual Authentication away from the user.",
        )
}
