//! Reasons between here and Salesforce, and answers that no Salesforce login gives. None of them
//! says anything about the credentials.

use super::Explanation;
use crate::causes::{Reason, Situation};
use crate::target::Flow;

pub(super) fn explain(reason: &Reason, situation: &Situation) -> Option<Explanation> {
    network(reason, situation)
        .or_else(|| tls(reason, situation))
        .or_else(|| proxy(reason, situation))
        .or_else(|| answer(reason, situation))
}

fn network(reason: &Reason, situation: &Situation) -> Option<Explanation> {
    let host = &situation.host;
    Some(match reason {
        Reason::HostNotFound => host_not_found(situation),
        Reason::ConnectionRefused => {
            Explanation::new(format!("No connection to {host} came about: it was refused."))
                .step(
                    "Check that a firewall lets this machine reach the host; Salesforce listens \
                     on port 443 alone.",
                )
                .step("If your network has a proxy, set it: HTTPS_PROXY, or the editor's setting.")
        }
        Reason::TimedOut { connected: false } => {
            Explanation::new(format!("No connection to {host} came about in time."))
                .step("Check this machine's network, VPN and firewall, then test again.")
                .step("If your network has a proxy, set it: HTTPS_PROXY, or the editor's setting.")
        }
        Reason::TimedOut { connected: true } => {
            Explanation::new(format!("{host} did not answer in time."))
                .step("Test again in a few minutes.")
                .step("Look up the org's instance on status.salesforce.com.")
        }
        Reason::ConnectionLost => Explanation::new(format!(
            "The connection to {host} broke off before the answer was complete."
        ))
        .step("Test again.")
        .step(
            "If it stays, ask your network team whether a firewall or proxy cuts \
                     connections to the host.",
        ),
        Reason::NetworkTrouble { detail } => {
            Explanation::new(format!("The login did not reach {host}: {detail}."))
                .step("Check this machine's network, VPN and firewall, then test again.")
        }
        _ => return None,
    })
}

fn host_not_found(situation: &Situation) -> Explanation {
    let explanation = Explanation::new(format!("There is no host named {}.", situation.host));
    if !situation.host_written {
        return explanation
            .step(
                "Check this machine's network and DNS: Salesforce's own login host always exists.",
            )
            .step("If your network has a proxy, set it: HTTPS_PROXY, or the editor's setting.");
    }
    explanation
        .step(match situation.flow {
            Flow::OAuth => "Compare `instanceUrl` with Setup > My Domain in the org.",
            Flow::Soap => "Compare `serverHost` with Setup > My Domain in the org.",
        })
        .step(
            "A deleted sandbox has no host any more, and with enhanced domains a sandbox is \
             `<name>--<sandbox>.sandbox.my.salesforce.com`.",
        )
        .step("If other hosts are not found either, check this machine's network and DNS.")
        .at(situation.host_member())
}

fn tls(reason: &Reason, situation: &Situation) -> Option<Explanation> {
    const EXTRA_CA: &str = "If a proxy of your company inspects encrypted traffic, get its root \
         certificate as a PEM file and name it in SFORG_CA_FILE (or as `caFile` in sforg's \
         configuration file), or add it to the system's certificates.";
    let host = &situation.host;
    Some(match reason {
        Reason::CertificateFromUnknownIssuer => Explanation::new(format!(
            "The certificate shown for {host} was issued by nobody whom this system trusts."
        ))
        .step(EXTRA_CA)
        .step("Do the same on the Jitterbit agent, if it is behind the same proxy."),
        Reason::CertificateExpired => {
            Explanation::new(format!("The certificate shown for {host} is not valid at this time."))
                .step("Check this machine's date and time.")
                .step(EXTRA_CA)
        }
        Reason::CertificateOfAnotherHost => Explanation::new(format!(
            "The certificate shown for {host} belongs to another host."
        ))
        .step("Check the spelling of the host against Setup > My Domain in the org.")
        .step("A sign-in page of the network shows such a certificate too: open any web page.")
        .at(situation.host_member()),
        Reason::CertificateRefused { detail } => {
            Explanation::new(format!("The certificate shown for {host} was refused: {detail}."))
                .step(EXTRA_CA)
                .step("Check this machine's date and time.")
        }
        Reason::NoTls { detail } => {
            Explanation::new(format!("No encrypted connection to {host} came about: {detail}."))
                .step("Check that the host and its port speak https.")
                .step(
                    "Ask your network team whether a firewall or proxy meddles with encrypted \
                     connections to it.",
                )
        }
        Reason::NoCertificateStore { detail } => Explanation::new(format!(
            "This system has no certificates to check Salesforce's against: {detail}."
        ))
        .step(
            "Install the system's CA certificates (Debian and Ubuntu: the package \
             ca-certificates), or set SSL_CERT_FILE to a PEM file with them.",
        )
        .step("Or name a PEM file with the certificates to trust in SFORG_CA_FILE."),
        Reason::ExtraCaUnusable { path, detail } => {
            Explanation::new(format!("The extra CA file {path} cannot be used: {detail}."))
                .step("Name a readable file with at least one certificate in PEM form.")
                .step("Or take the setting away to use the system's certificates alone.")
        }
        Reason::TlsTooOld => Explanation::new(
            "Salesforce refused the connection because its TLS version is too old.",
        )
        .step(
            "sforg speaks TLS 1.2 and 1.3, so a proxy in between uses the old version: \
                     have your network team update it.",
        )
        .step("On the Jitterbit side, update an old agent or runtime."),
        Reason::ClientCertificateRequired => {
            Explanation::new("The org asks for a client certificate, which sforg does not send.")
                .step(
                    "In Setup > Certificate and Key Management, see whether mutual authentication \
                     is set up, and take the permission Enforce SSL/TLS Mutual Authentication \
                     away from the user.",
                )
                .at(situation.user_member())
        }
        _ => return None,
    })
}

fn proxy(reason: &Reason, situation: &Situation) -> Option<Explanation> {
    let Situation { host, origin, .. } = situation;
    let named = |proxy: &Option<String>| match proxy {
        Some(proxy) => format!("The proxy {proxy}"),
        None => "A proxy".to_owned(),
    };
    Some(match reason {
        Reason::ProxyAuthentication { proxy } => Explanation::new(format!(
            "{} asks for a user name and password.",
            named(proxy)
        ))
        .step(
            "Write them into the proxy setting: HTTPS_PROXY=http://user:password@host:port \
                     (special characters percent-encoded), or the editor's proxy setting.",
        )
        .step("If the proxy wants another kind of sign-in (NTLM, Kerberos), run a local forwarding proxy that knows it.")
        .step(format!(
            "Or let {host} bypass it by NO_PROXY, if your network allows that: names there begin \
             with a dot, as .salesforce.com (not *.salesforce.com), and have no port."
        )),
        Reason::ProxyRefused { proxy } => Explanation::new(format!(
            "{} did not let the connection to {host} through.",
            named(proxy)
        ))
        .step(
            "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
                     test.salesforce.com on port 443.",
        )
        .step(format!(
            "Check the spelling of {host}: a proxy refuses hosts that do not exist."
        )),
        Reason::ProxyUnreachable { proxy } => {
            Explanation::new(format!("The proxy {proxy} cannot be reached."))
                .step(
                    "Check the proxy setting: HTTPS_PROXY, ALL_PROXY, the system's, or the \
                     editor's.",
                )
                .step(
                    "If this network needs none, take it away or add the host to NO_PROXY (as \
                     .salesforce.com, not *.salesforce.com, and without a port).",
                )
        }
        Reason::ProxySilent { proxy } => {
            Explanation::new(format!(
                "No connection to {host} through the proxy {proxy} came about in time."
            ))
                .step("Test again in a few minutes.")
                .step(
                    "Check the proxy setting: HTTPS_PROXY, ALL_PROXY, the system's, or the \
                     editor's; the port must be that of the proxy.",
                )
                .step(format!("Ask your network team whether the proxy reaches {host}."))
        }
        Reason::NetworkSignIn => Explanation::new(
            "This network wants a sign-in before it lets anything through to Salesforce.",
        )
        .step(format!("Open {origin} in a browser on this network, and sign in to the network."))
        .step("Then test again. The credentials in the file need no change."),
        Reason::RedirectedAway { to } => Explanation::new(format!(
            "Something between this machine and {host} sends the login on to {to}, which is none \
             of Salesforce's hosts; credentials do not follow a redirect."
        ))
        .step(format!(
            "Open {origin} in a browser on this network: a sign-in page of the network or a \
             proxy's block page says what it wants."
        ))
        .step(
            "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
             test.salesforce.com without inspection.",
        )
        .step("The credentials need no change."),
        Reason::ProxyPage { title } => {
            let title = title
                .as_ref()
                .map_or_else(String::new, |title| format!(" titled \"{title}\""));
            Explanation::new(format!(
                "Something between this machine and {host} answered with a web page{title}."
            ))
            .step(format!(
                "Open {origin} in a browser on this machine: a proxy's block or sign-in \
                 page says what it wants."
            ))
            .step(
                "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
                 test.salesforce.com without inspection.",
            )
            .step("The credentials need no change.")
        }
        _ => return None,
    })
}

fn answer(reason: &Reason, situation: &Situation) -> Option<Explanation> {
    let Situation { host, origin, .. } = situation;
    let check_host = format!(
        "Open {origin} in a browser on this machine: it should show the org's login page. \
         If it shows something else, that answered instead of Salesforce."
    );
    Some(match reason {
        Reason::NotALoginAnswer { what } => Explanation::new(format!(
            "{host} did not answer as a Salesforce login does, but with {what}."
        ))
        .step(check_host)
        .step("Check the host against Setup > My Domain in the org.")
        .step("The credentials need no change."),
        Reason::AnswerTooLarge => Explanation::new(format!(
            "{host} sent more than 1 MiB, which no Salesforce login does."
        ))
        .step(check_host),
        Reason::UnsafeXml => Explanation::new(format!(
            "{host} sent XML that sforg does not read: it is broken, or declares a document type \
             or entities."
        ))
        .step(check_host),
        Reason::RequestNotUnderstood => {
            Explanation::new(format!("{host} did not understand the login request."))
                .step("Read Salesforce's own text with this result.")
                .step(check_host)
                .step(
                    "If Salesforce itself answered, something in between changed the request, or \
                     sforg has an error: please report it, without any credential.",
                )
        }
        Reason::NoSession => {
            Explanation::new(format!("{host} accepted the login but handed out no session."))
                .step("Test again.")
                .step(check_host)
        }
        _ => return None,
    })
}
