//! Reasons that lie with the user: credentials, state, permissions, place and time.

use org_schema::hosts::{self, HostKind};

use super::{CONVERT, Explanation, LOGIN_HISTORY};
use crate::causes::Situation;
use crate::target::Flow;

/// How the user is called in a sentence.
fn user(situation: &Situation) -> String {
    match (&situation.username, situation.flow) {
        (Some(username), _) => format!("the user {username}"),
        (None, Flow::Soap) => "the user".to_owned(),
        (None, Flow::OAuth) => "the app's Run As user".to_owned(),
    }
}

/// Whether the login went to one of the two login hosts, or to an instance: the hosts that find a
/// user of many orgs, and that a My Domain policy can shut.
fn is_shared_host(situation: &Situation) -> bool {
    matches!(
        hosts::classify(&situation.host),
        HostKind::ProductionLogin
            | HostKind::SandboxLogin
            | HostKind::Instance
            | HostKind::HyperforceInstance
    )
}

/// The step about production and sandbox.
fn which_org(situation: &Situation) -> String {
    let host = &situation.host;
    match (hosts::classify(host), situation.host_written) {
        (HostKind::SandboxLogin, false) => format!(
            "`sandbox` is true, so the login went to {host}, which accepts only sandbox users; \
             set `sandbox` to false if this is a production org."
        ),
        (HostKind::ProductionLogin, false) => format!(
            "`sandbox` is not true, so the login went to {host}, which accepts no sandbox users; \
             set `sandbox` to true if this is a sandbox."
        ),
        (HostKind::SandboxLogin, true) => format!(
            "`serverHost` is {host}, which accepts only sandbox users: remove it and set \
             `sandbox` to false if this is a production org."
        ),
        (HostKind::ProductionLogin, true) => format!(
            "`serverHost` is {host}, which accepts no sandbox users: remove it and set `sandbox` \
             to true if this is a sandbox."
        ),
        _ => format!("Check that the user belongs to the org at {host}."),
    }
}

/// The step about a place that may not take this org's logins at all.
fn my_domain_may_be_needed(situation: &Situation) -> String {
    format!(
        "The org's My Domain may be the only place to log in: the org's policy can refuse logins \
         at {}, and Government Cloud always does. Then set `serverHost` to the host in Setup > My \
         Domain, such as `<name>.my.salesforce.com`.",
        situation.host
    )
}

pub(super) fn invalid_login(situation: &Situation) -> Explanation {
    let host = &situation.host;
    let password = if situation.has_security_token {
        "Enter `password` and `securityToken` again. Changing the password invalidates the token, and Salesforce then sends a new one by email; requesting another one invalidates it \
         for every other program that uses it."
    } else {
        "Enter `password` again. Outside the org's trusted networks a `securityToken` is needed \
         too: the one that Salesforce emailed when the password was last set."
    };
    Explanation::new(format!(
        "Salesforce at {host} refused the user name, the password or the security token."
    ))
    .step(which_org(situation))
    .step_if(is_shared_host(situation), my_domain_may_be_needed(situation))
    .step(
        "Check `username`: it is the Salesforce user name, not the email address, and in a \
         sandbox it ends in a dot and the sandbox's name, such as `integration@example.com.uat`.",
    )
    .step(password)
    .step(LOGIN_HISTORY)
    .step(
        "Change something before you test again: each failed attempt counts toward the user's \
         lock-out.",
    )
    .at("/auth/password")
}

pub(super) fn security_token(situation: &Situation) -> Explanation {
    if situation.flow == Flow::OAuth {
        return security_token_of_run_as();
    }
    let (summary, member) = if situation.has_security_token {
        (
            "Salesforce did not accept this security token from a network that the org does not \
             trust.",
            "/auth/securityToken",
        )
    } else {
        (
            "Salesforce asks for a security token, because the org does not trust this network.",
            "/auth",
        )
    };
    Explanation::new(summary)
        .step(
            "Enter the user's token as `securityToken`, on its own: the login appends it to the \
             password. Salesforce emailed it when the password was last set, and other programs \
             of this user, such as the Jitterbit agent, have it.",
        )
        .step(
            "Or let the org trust the network: add its public IP address, and that of the \
             Jitterbit agent, in Setup > Security > Network Access.",
        )
        .step(
            "Only if the token is lost, log in to Salesforce in a browser as this user and open \
             the personal settings > Reset My Security Token: Salesforce emails a new one, and \
             the old one stops working for every program that uses it.",
        )
        .at(member)
}

/// The client credentials flow sends no token, so that the network alone can be mended.
fn security_token_of_run_as() -> Explanation {
    Explanation::new(
        "Salesforce asks for a security token of the app's Run As user, because the org does not \
         trust this network.",
    )
    .step(
        "Let the org trust the network: add its public IP address, and that of the Jitterbit \
         agent, in Setup > Security > Network Access.",
    )
    .step(
        "Look at the app's IP policy too: Setup > External Client App Manager > your app > \
         Policies > IP Relaxation.",
    )
    .step("Leave the client secret alone: this flow sends no security token.")
    .at("/auth")
}

pub(super) fn password_expired(situation: &Situation) -> Explanation {
    let explanation = Explanation::new(format!("The password of {} has expired.", user(situation)));
    match situation.flow {
        Flow::Soap => explanation
            .step(
                "Log in to Salesforce in a browser as this user and set a new password (or have \
                 it reset in Setup > Users).",
            )
            .step(
                "Enter the new password as `password`, and the new token as `securityToken`: \
                 Salesforce emails one, because the old one no longer works.",
            )
            .step(format!(
                "To keep it from happening again, give the integration user the permission \
                 Password Never Expires, or use the action \"{CONVERT}\": that flow needs no \
                 password."
            ))
            .at("/auth/password"),
        Flow::OAuth => explanation
            .step(
                "Find out who the Run As user is: Setup > External Client App Manager > your app \
                 > Policies > OAuth Policies.",
            )
            .step(
                "Reset that user's password in Setup > Users, and set a new one with the link \
                   in the email.",
            )
            .step("Give the integration user the permission Password Never Expires.")
            .at("/auth"),
    }
}

pub(super) fn locked_out(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce has locked {} out after too many failed logins.",
        user(situation)
    ))
    .step(
        "Unlock the user in Setup > Users > the user > Unlock, or wait for the lock-out period \
         of Setup > Password Policies.",
    )
    .step(
        "See in Setup > Login History who keeps trying: often another integration still has an \
         old password.",
    )
    .step("Do not test again before that: each failed attempt restarts the period.")
    .at(situation.user_member())
}

pub(super) fn inactive(situation: &Situation) -> Explanation {
    let explanation =
        Explanation::new(format!("Salesforce says that {} is not active.", user(situation)));
    match situation.flow {
        Flow::Soap => explanation
            .step("In Setup > Users, open the user: tick Active, and choose Unfreeze if offered.")
            .step(
                "Or enter the `username`, `password` and `securityToken` of an active integration \
                 user.",
            ),
        Flow::OAuth => explanation
            .step(
                "Find out who the Run As user is: Setup > External Client App Manager > your app \
                 > Policies > OAuth Policies (connected app: Setup > App Manager > Manage > Edit \
                 Policies).",
            )
            .step("In Setup > Users, open that user: tick Active, and choose Unfreeze if offered.")
            .step("Or enter the user name of another, active user as Run As."),
    }
    .at(situation.user_member())
}

pub(super) fn challenge(situation: &Situation) -> Explanation {
    let explanation = Explanation::new(format!(
        "Salesforce wants {} to verify their identity, which a program cannot do.",
        user(situation)
    ));
    match situation.flow {
        Flow::Soap => explanation
            .step(
                "Remove the permission Multi-Factor Authentication for API Logins from the user \
                 (Setup > Permission Sets, and the profile).",
            )
            .step(
                "Let the org trust the network in Setup > Security > Network Access, or enter the \
                 user's `securityToken`.",
            )
            .step(
                "If Salesforce emailed the user to verify the login, answer that email, then \
                   test again.",
            )
            .step(format!("Or use the action \"{CONVERT}\", which asks for no verification.")),
        Flow::OAuth => explanation
            .step(
                "In Setup > External Client App Manager > your app > Policies, do not require a \
                 high assurance session.",
            )
            .step(
                "Remove the permission Multi-Factor Authentication for API Logins from the Run As \
                 user (Setup > Permission Sets, and the profile).",
            )
            .step("See Setup > Login History for what Salesforce asked of the user."),
    }
    .at(situation.user_member())
}

pub(super) fn ip_restricted(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce does not let {} log in from this network's IP address.",
        user(situation)
    ))
    .step(
        "Find the address that Salesforce saw: Setup > Login History, column Source IP. Behind a \
         proxy or VPN it is not this machine's own.",
    )
    .step_if(
        situation.flow == Flow::OAuth,
        "Look at the app's IP policy first: Setup > External Client App Manager > your app > \
         Policies > IP Relaxation.",
    )
    .step(
        "If the user's profile (Setup > Profiles) has Login IP Ranges, add the address to them, \
         and that of the Jitterbit agent. Do not start a list if there is none: the first range \
         locks out everyone else with that profile.",
    )
    .step_if(
        situation.flow == Flow::Soap,
        "A security token or a trusted range in Network Access does not lift this block.",
    )
    .step_if(
        situation.flow == Flow::Soap && is_shared_host(situation),
        my_domain_may_be_needed(situation),
    )
    .at(situation.user_member())
}

pub(super) fn login_hours(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce does not let {} log in at this time of day.",
        user(situation)
    ))
    .step("Widen the Login Hours of the user's profile: Setup > Profiles > the profile > Login Hours.")
    .step("Or test again within these hours, which are in the org's time zone.")
    .at(situation.user_member())
}

pub(super) fn ip_or_hours(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce does not let {} log in from this IP address or at this time of day.",
        user(situation)
    ))
    .step(
        "Setup > Login History shows which of the two it was, and the IP address that \
           Salesforce saw.",
    )
    .step_if(
        situation.flow == Flow::OAuth,
        "The app has an IP policy of its own: Setup > External Client App Manager > your app > \
         Policies > IP Relaxation.",
    )
    .step(
        "In Setup > Profiles > the user's profile, widen Login Hours, or add the address to the \
         Login IP Ranges if there are any: the first range locks out everyone else with that \
         profile.",
    )
    .at(situation.user_member())
}

pub(super) fn any_api_auth(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce does not allow {} to log in with SOAP API login().",
        user(situation)
    ))
    .step(
        "Give the user the permission Use Any API Auth (Setup > Permission Sets > a set of the \
         user > System Permissions); Use Any API Client is a different one and does not help.",
    )
    .step(
        "Check that the user also has API Enabled. Since Winter '27 every user who calls login() \
         needs Use Any API Auth.",
    )
    .step(format!(
        "The lasting solution is the action \"{CONVERT}\": login() ends with Summer '27."
    ))
    .at("/auth/username")
}

pub(super) fn client_not_allowed(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The org does not allow {} to use this kind of program.",
        user(situation)
    ))
    .step(
        "In Setup > Profiles > the user's profile (or a permission set), allow API access: API \
         Enabled, and Use Any API Client where API access control is on.",
    )
    .step("See Setup > Login History for Salesforce's reason.")
    .at(situation.user_member())
}

pub(super) fn transaction_security(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "A transaction security policy of the org stopped the login of {}.",
        user(situation)
    ))
    .step("In Setup > Transaction Security Policies, look for an enabled policy on logins.")
    .step("Exempt the integration user or this network in its condition.")
    .at(situation.user_member())
}

pub(super) fn portal_user(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce says that {} belongs to a portal or Experience Cloud site and cannot log in \
         here.",
        user(situation)
    ))
    .step(match situation.flow {
        Flow::Soap => "Set `username` to an internal user, preferably one for integrations.",
        Flow::OAuth => {
            "In Setup > External Client App Manager > your app > Policies > OAuth Policies, enter \
             an internal user as Run As, preferably one for integrations."
        }
    })
    .step(
        "If it is an internal user, check the profile and license in Setup > Users, and the site \
         in Setup > Digital Experiences.",
    )
    .at(situation.user_member())
}

pub(super) fn license_missing(situation: &Situation) -> Explanation {
    Explanation::new(format!("No Salesforce license lets {} log in.", user(situation)))
        .step("In Setup > Users, open the user and check User License and Profile.")
        .step("In Setup > Company Information, see whether licenses are used up or have expired.")
        .at(situation.user_member())
}
