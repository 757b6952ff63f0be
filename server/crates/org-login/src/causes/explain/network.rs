//! Reasons between here and Salesforce: no answer came.

use super::Explanation;
use crate::causes::Situation;
use crate::target::Flow;

pub(super) fn host_not_found(situation: &Situation) -> Explanation {
    let explanation =
        Explanation::new(format!("This machine cannot find the host {}.", situation.host));
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
            "A deleted sandbox no longer has a host, and with enhanced domains a sandbox is \
             `<name>--<sandbox>.sandbox.my.salesforce.com`.",
        )
        .step("If other hosts are not found either, check this machine's network and DNS.")
        .at(situation.host_member())
}

pub(super) fn connection_refused(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} refused the connection."))
        .step(
            "Check that a firewall lets this machine reach the host; Salesforce listens only on \
             port 443.",
        )
        .step("If your network has a proxy, set it: HTTPS_PROXY, or the editor's setting.")
}

pub(super) fn no_connection_in_time(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} did not answer (timeout)."))
        .step("Check this machine's network, VPN and firewall, then test again.")
        .step("If your network has a proxy, set it: HTTPS_PROXY, or the editor's setting.")
}

pub(super) fn no_answer_in_time(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} did not answer in time."))
        .step("Test again in a few minutes.")
        .step("Look up the org's instance on status.salesforce.com.")
}

pub(super) fn connection_lost(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} closed the connection early.")).step("Test again.").step(
        "If it keeps happening, ask your network team whether a firewall or proxy cuts \
         connections to the host.",
    )
}

pub(super) fn trouble(situation: &Situation, detail: &str) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("The login did not reach {host}: {detail}."))
        .step("Check this machine's network, VPN and firewall, then test again.")
}
