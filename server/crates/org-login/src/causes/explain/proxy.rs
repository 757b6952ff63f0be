//! Reasons that lie with a proxy, a portal or a web filter on the way. None of them says anything
//! about the credentials.

use org_text::Foreign;

use super::Explanation;
use crate::causes::Situation;

/// A proxy at the beginning of a sentence.
fn named(proxy: Option<&str>) -> String {
    proxy.map_or_else(|| "A proxy".to_owned(), |proxy| format!("The proxy {proxy}"))
}

pub(super) fn authentication(situation: &Situation, proxy: Option<&str>) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{} asks for a user name and password.", named(proxy)))
        .step(
            "Add them to the proxy setting: HTTPS_PROXY=http://user:password@host:port (special \
             characters percent-encoded), or the editor's proxy setting.",
        )
        .step(
            "If the proxy wants another kind of sign-in (NTLM, Kerberos), run a local \
               forwarding proxy that supports it.",
        )
        .step(format!(
            "Or bypass it for {host} with NO_PROXY, if your network allows that: names there \
             begin with a dot, such as .salesforce.com (not *.salesforce.com), and have no port."
        ))
}

pub(super) fn refused(situation: &Situation, proxy: Option<&str>) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{} did not let the connection to {host} through.", named(proxy)))
        .step(
            "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
                     test.salesforce.com on port 443.",
        )
        .step(format!("Check the spelling of {host}: a proxy refuses hosts that do not exist."))
}

pub(super) fn unreachable(proxy: &str) -> Explanation {
    Explanation::new(format!("The proxy {proxy} cannot be reached."))
        .step(
            "Check the proxy setting: HTTPS_PROXY, ALL_PROXY, the system's, or the \
                     editor's.",
        )
        .step(
            "If this network needs no proxy, remove the setting or add the host to NO_PROXY (as \
             .salesforce.com, not *.salesforce.com, and without a port).",
        )
}

pub(super) fn silent(situation: &Situation, proxy: &str) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} did not answer through the proxy {proxy} (timeout)."))
        .step("Test again in a few minutes.")
        .step(
            "Check the proxy setting: HTTPS_PROXY, ALL_PROXY, the system's, or the \
                     editor's; the port must be that of the proxy.",
        )
        .step(format!("Ask your network team whether the proxy reaches {host}."))
}

pub(super) fn network_sign_in(situation: &Situation) -> Explanation {
    let origin = &situation.origin;
    Explanation::new(
        "This network requires a sign-in before it lets anything through to \
                      Salesforce.",
    )
    .step(format!("Open {origin} in a browser on this network, and sign in to the network."))
    .step("Then test again. The credentials in the file need no change.")
}

pub(super) fn redirected_away(situation: &Situation, to: &str) -> Explanation {
    let Situation { host, origin, .. } = situation;
    Explanation::new(format!(
        "Something between this machine and {host} redirects the login to {to}, which is not a \
         Salesforce host; credentials do not follow a redirect."
    ))
    .step(format!(
        "Open {origin} in a browser on this network: a sign-in page of the network or a proxy's \
         block page says what to do."
    ))
    .step(
        "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
             test.salesforce.com without inspection.",
    )
    .step("The credentials need no change.")
}

pub(super) fn page(situation: &Situation, title: Option<&str>) -> Explanation {
    let Situation { host, origin, .. } = situation;
    let title = title.map_or_else(String::new, |title| format!(" titled \"{}\"", Foreign(title)));
    Explanation::new(format!(
        "Something between this machine and {host} answered with a web page{title}."
    ))
    .step(format!(
        "Open {origin} in a browser on this machine: a proxy's block or sign-in page says what to \
         do."
    ))
    .step(
        "Ask your network team to allow *.my.salesforce.com, login.salesforce.com and \
                 test.salesforce.com without inspection.",
    )
    .step("The credentials need no change.")
}
