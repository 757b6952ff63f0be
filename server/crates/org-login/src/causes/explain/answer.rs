//! Answers that no Salesforce login gives. None of them says anything about the credentials.

use super::Explanation;
use crate::causes::Situation;

fn check_host(situation: &Situation) -> String {
    format!(
        "Open {} in a browser on this machine: it should show the org's login page. If it shows \
         something else, that is what answered instead of Salesforce.",
        situation.origin
    )
}

pub(super) fn not_a_login_answer(situation: &Situation, what: &str) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} did not answer like a Salesforce login, but with {what}."))
        .step(check_host(situation))
        .step("Check the host against Setup > My Domain in the org.")
        .step("The credentials need no change.")
}

pub(super) fn too_large(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} sent more than 1 MiB, which no Salesforce login does."))
        .step(check_host(situation))
}

pub(super) fn unsafe_xml(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!(
        "{host} sent XML that sforg does not read: it is broken, or declares a document type \
             or entities."
    ))
    .step(check_host(situation))
}

pub(super) fn request_not_understood(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} did not understand the login request."))
        .step("Read Salesforce's own message with this result.")
        .step(check_host(situation))
        .step(
            "If Salesforce itself answered, something in between changed the request, or sforg \
             has a bug: please report it, without any credentials.",
        )
}

pub(super) fn no_session(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("{host} accepted the login but returned no session."))
        .step("Test again.")
        .step(check_host(situation))
}
