//! Refusals of a user's login, and of SOAP `login()` as such, for another tool.

use org_schema::versions;

use crate::causes::{Explanation, LOGIN_HISTORY, Situation};

pub(super) fn invalid(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce at {} refused the user name, the password or the security token.",
        situation.host
    ))
    .step(
        "Check where the tool logs in: login.salesforce.com accepts no sandbox users, and \
         test.salesforce.com no others. Some orgs accept logins only at their My Domain.",
    )
    .step(
        "Check the user name: it is not the email address, and in a sandbox it ends in a dot and \
         the sandbox's name, such as `integration@example.com.uat`.",
    )
    .step(
        "Enter password and security token again. Most tools want the token appended to the \
         password, with nothing in between; a new password invalidates the token, and Salesforce \
         sends a new one.",
    )
    .step(LOGIN_HISTORY)
    .step(
        "Change something before the tool tries again: each failed attempt counts toward the user's \
         lock-out. A tool that repeats the login by itself must be stopped first.",
    )
}

pub(super) fn security_token() -> Explanation {
    Explanation::new(
        "Salesforce asks for a security token, because the org does not trust the tool's network.",
    )
    .step(
        "Append the user's security token to the password, with nothing in between, or enter it \
         in the tool's own field. Salesforce emailed it when the password was last set.",
    )
    .step(
        "Or let the org trust the network: add the public IP address of the machine on which the tool \
         runs in Setup > Security > Network Access.",
    )
    .step(
        "Only if the token is lost, log in to Salesforce as this user and open the personal settings > \
         Reset My Security Token: the old one then stops working for every other program.",
    )
}

pub(super) fn password_expired() -> Explanation {
    Explanation::new("The password of the user has expired.")
        .step(
            "Log in to Salesforce in a browser as this user and set a new password (or have it reset \
             in Setup > Users).",
        )
        .step(
            "Give the tool the new password, and the new security token that Salesforce then \
             sends by email."
        )
        .step(
            "To keep it from happening again, give the integration user the permission Password \
             Never Expires, or let the tool use OAuth 2.0 client credentials.",
        )
}

pub(super) fn disabled(situation: &Situation) -> Explanation {
    Explanation::new("SOAP API login() is switched off in this org.")
        .step(
            "Let the tool log in by OAuth 2.0 client credentials, and set up an external client app \
             for it in the org (Setup > External Client App Manager): that is the login that stays.",
        )
        .step_if(
            !situation.login_retired,
            "Until Summer '27, an administrator can tick Enable SOAP API login() in Setup > User \
             Interface (it cannot be unticked there), and give the user the permission Use Any API \
             Auth.",
        )
}

pub(super) fn removed(situation: &Situation) -> Explanation {
    let version = situation.api_version.map_or_else(String::new, |version| format!(" {version}"));
    Explanation::new(format!("SOAP API login() does not exist in API version{version}."))
        .step(
            "Let the tool log in by OAuth 2.0 client credentials, and set up an external client app \
             for it in the org (Setup > External Client App Manager).",
        )
        .step_if(
            !situation.login_retired,
            format!(
                "Until Summer '27, set the tool's API version to {} or lower.", versions::LAST_SOAP_LOGIN),
        )
}

pub(super) fn unsupported_version(situation: &Situation) -> Explanation {
    let what = situation
        .api_version
        .map_or("this API version".to_owned(), |version| format!("API version {version}"));
    Explanation::new(format!("The org at {} does not serve {what}.", situation.host))
        .step(format!(
            "Open {}/services/data in a browser: it lists the versions that the org serves; set the \
             tool's API version to one of them, or update the tool.",
            situation.origin
        ))
        .step(format!(
            "Versions up to {} are retired. A tool that logs in by SOAP stays at {} or lower.",
            versions::LAST_RETIRED,
            versions::LAST_SOAP_LOGIN
        ))
}

pub(super) fn client_unsupported(situation: &Situation) -> Explanation {
    let host = &situation.host;
    Explanation::new(format!("Salesforce at {host} does not accept this kind of client."))
        .step("Read Salesforce's own message.")
        .step("Update the tool: it may be too old for this org.")
}

pub(super) fn not_understood() -> Explanation {
    Explanation::new("Salesforce did not understand the login request of the tool.")
        .step("Read Salesforce's own message.")
        .step(
            "Check the address, the content type and the form of the request, and update the tool.",
        )
}

pub(super) fn unknown(situation: &Situation) -> Explanation {
    let code = situation.code.as_deref().map_or_else(String::new, |code| format!(" with {code}"));
    Explanation::new(format!(
        "Salesforce refused the login{code}, for a reason that sforg does not recognize."
    ))
    .step("Read Salesforce's own message.")
    .step("In the org, open Setup > Login History: it may show more about this attempt.")
    .step("Look the code up in Salesforce Help, or ask Salesforce Support about it.")
}
