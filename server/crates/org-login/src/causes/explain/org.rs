//! Reasons that lie with the org or with Salesforce's service.

use org_schema::{ApiVersion, versions};
use org_text::Foreign;

use super::{CONVERT, Explanation};
use crate::causes::Situation;
use crate::target::Flow;

/// Where the version stands that the org uses.
fn version_place(situation: &Situation) -> &'static str {
    if situation.api_version_written {
        "`apiVersion` of this org"
    } else {
        "`apiVersion` of sforg-project.json"
    }
}

pub(super) fn soap_login_disabled(situation: &Situation) -> Explanation {
    Explanation::new("SOAP API login() is switched off in this org.")
        .step(format!(
            "Use the action \"{CONVERT}\", and set up an external client app in the org (Setup > \
             External Client App Manager): that is the login that stays."
        ))
        .step_if(
            !situation.login_retired,
            "Until Summer '27, an administrator can tick Enable SOAP API login() in \
             Setup > User Interface (it cannot be unticked there), and give the user the \
             permission Use Any API Auth.",
        )
        .at("/auth/type")
}

pub(super) fn soap_login_removed(situation: &Situation) -> Explanation {
    let version = situation.api_version.map_or_else(String::new, |version| format!(" {version}"));
    let stop_gap = situation.api_version.is_none_or(|version| version > versions::LAST_SOAP_LOGIN)
        && !situation.login_retired;
    Explanation::new(format!("SOAP API login() does not exist in API version{version}."))
        .step(format!(
            "Use the action \"{CONVERT}\", and set up an external client app in the org (Setup > \
             External Client App Manager)."
        ))
        .step_if(
            stop_gap,
            format!(
                "Until Summer '27, set {} to {} or lower.",
                version_place(situation),
                versions::LAST_SOAP_LOGIN
            ),
        )
        .at("/auth/type")
}

pub(super) fn api_disabled(situation: &Situation) -> Explanation {
    Explanation::new("This org or this user has no API access.")
        .step(
            "Give the user the permission API Enabled: Setup > Permission Sets > a set of the \
             user > System Permissions, or the profile.",
        )
        .step(
            "Check the edition in Setup > Company Information: Professional needs the API add-on; \
             Starter and Free have no API.",
        )
        .at(situation.user_member())
}

pub(super) fn unsupported_version(situation: &Situation) -> Explanation {
    let Situation { host, origin, .. } = situation;
    let (what, retired) = match situation.api_version {
        Some(version) => (format!("API version {version}"), version <= versions::LAST_RETIRED),
        None => ("this API version".to_owned(), false),
    };
    let served = match &situation.served {
        Some(served) => format!("The org serves API {served}."),
        None => format!("Open {origin}/services/data in a browser: it lists them all."),
    };
    let explanation = Explanation::new(format!("The org at {host} does not serve {what}."))
        .step(format!(
            "Set {} to a version that the org serves. {served}",
            version_place(situation)
        ))
        .step_if(retired, "Versions up to 30.0 are retired; choose 41.0 or later.")
        .step_if(
            !retired && situation.api_version > Some(ApiVersion::new(40)),
            "A production org gets a release some weeks after the preview sandboxes: a version \
             that a sandbox serves may be missing in production.",
        )
        .step_if(
            situation.flow == Flow::Soap,
            format!("With basic authentication, stay at {} or lower.", versions::LAST_SOAP_LOGIN),
        );
    match situation.version_member() {
        Some(member) => explanation.at(member),
        None => explanation,
    }
}

// The host in the file is right in each of these: it found the org. So no member is to blame.

pub(super) fn unavailable() -> Explanation {
    Explanation::new("Salesforce has locked, closed or suspended this org.")
        .step("Log in to the org in a browser to see what Salesforce says about it.")
        .step("Have the org's administrator or account owner contact Salesforce Support.")
        .step("If the org was replaced (a deleted or refreshed sandbox), enter the new one here.")
}

pub(super) fn trial_expired() -> Explanation {
    Explanation::new("This org's trial has ended.")
        .step("Log in to the org in a browser: Salesforce offers to buy or extend it there.")
        .step("Or replace this org with one that is in use.")
}

pub(super) fn in_maintenance() -> Explanation {
    Explanation::new("The org is in maintenance.")
        .step("Look up the org's instance on status.salesforce.com; it says how long it takes.")
        .step("Test again after that; nothing is wrong with the file.")
}

pub(super) fn being_created() -> Explanation {
    Explanation::new("The org is still being set up.")
        .step("Wait until Salesforce sends the email that the org or sandbox is ready.")
        .step("Then test again; nothing is wrong with the file.")
}

pub(super) fn rate_limited(situation: &Situation) -> Explanation {
    Explanation::new("Salesforce refused the login: too many in a short time.")
        .step(match situation.retry_after {
            Some(seconds) => {
                format!("Wait {}: that is what the answer asks for.", duration(seconds))
            }
            None => "Wait; a user may log in about 3,600 times an hour.".to_owned(),
        })
        .step(
            "See in Setup > Login History which program logs in so often, and let it keep its \
             session instead.",
        )
        .step("The credentials need no change.")
}

pub(super) fn requests_used_up() -> Explanation {
    Explanation::new("The org has used up its API requests.")
        .step(
            "See API Requests, Last 24 Hours in Setup > Company Information; it is a rolling \
             limit, so requests come back hour by hour.",
        )
        .step("Find the heaviest user in Setup > API Usage Last 7 Days (or buy more requests).")
        .step("The credentials need no change.")
}

/// `ConcurrentRequests (Concurrent API Requests) Limit exceeded`: long calls that run at once, not
/// the requests of a day.
pub(super) fn too_many_at_once(situation: &Situation) -> Explanation {
    Explanation::new(
        "The org has too many long-running API requests at once, so it accepts no more.",
    )
    .step(match situation.retry_after {
        Some(seconds) => format!("Wait {}, then test again.", duration(seconds)),
        None => "Wait until some of them have finished, then test again.".to_owned(),
    })
    .step(
        "Find out which programs run long queries or loads at this time, and let them run one \
         after another.",
    )
    .step("The credentials need no change.")
}

/// What a gateway says for itself is not Salesforce's trouble.
pub(super) fn gateway_trouble(situation: &Situation, title: Option<&str>) -> Explanation {
    let host = &situation.host;
    let title = title
        .map_or_else(String::new, |title| format!(", with a page titled \"{}\"", Foreign(title)));
    Explanation::new(format!(
        "A gateway between this machine and {host} got no valid answer from there{title}."
    ))
    .step("Test again in a few minutes.")
    .step(format!("Ask your network team whether their proxy or web filter reaches {host}."))
    .step("Look up the org's instance on status.salesforce.com.")
    .step("The credentials need no change.")
}

/// A time to wait as people say it.
fn duration(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        2..=599 => format!("{seconds} seconds"),
        600..=7199 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    }
}

pub(super) fn salesforce_unavailable(situation: &Situation) -> Explanation {
    Explanation::new(format!("Salesforce at {} has trouble answering.", situation.host))
        .step(match situation.retry_after {
            Some(seconds) => {
                format!("Test again in {}, as the answer asks for.", duration(seconds))
            }
            None => "Test again in a few minutes.".to_owned(),
        })
        .step("Look up the org's instance on status.salesforce.com.")
        .step(format!(
            "If it keeps happening, check that {} is the org's host (Setup > My Domain). Leave \
             the credentials alone: this answer says nothing about them.",
            situation.host
        ))
}
