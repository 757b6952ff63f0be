//! A success in words, and the identity in it made harmless.

use org_schema::ApiVersion;
use org_text::Foreign;

use crate::result::{ApiRequests, Identity};
use crate::scrub::Scrubber;

/// Without a secret in it.
pub(crate) fn cleaned(identity: Identity, scrubber: &Scrubber) -> Identity {
    let clean = |text: Option<String>| text.map(|text| scrubber.clean(&text));
    Identity {
        user_id: clean(identity.user_id),
        username: clean(identity.username),
        org_id: clean(identity.org_id),
        org_name: clean(identity.org_name),
        sandbox: identity.sandbox,
        instance_url: clean(identity.instance_url),
    }
}

/// One sentence about a success.
pub(crate) fn summary(
    identity: &Identity,
    versions: &[ApiVersion],
    requests: Option<ApiRequests>,
) -> String {
    let user = match (&identity.username, &identity.user_id) {
        (Some(name), _) => Foreign(name).to_string(),
        (None, Some(id)) => format!("user {}", Foreign(id)),
        (None, None) => "a user that Salesforce does not name".to_owned(),
    };
    let kind = match identity.sandbox {
        Some(true) => "the sandbox",
        Some(false) => "the production org",
        None => "the org",
    };
    let org = match (&identity.org_name, &identity.org_id) {
        (Some(name), Some(id)) => format!(" {} ({})", Foreign(name), Foreign(id)),
        (Some(text), None) | (None, Some(text)) => format!(" {}", Foreign(text)),
        (None, None) => String::new(),
    };
    let served = span(versions).map(|span| format!("serves API {span}"));
    let left = requests.map(|ApiRequests { remaining, max }| {
        format!("has {remaining} of {max} daily API requests left")
    });
    let more: Vec<String> = served.into_iter().chain(left).collect();
    let which = if more.is_empty() { "" } else { ", which " };
    format!("Logged in as {user} to {kind}{org}{which}{}.", more.join(" and "))
}

/// `31.0 to 68.0`
pub(crate) fn span(versions: &[ApiVersion]) -> Option<String> {
    let (first, last) = (versions.first()?, versions.last()?);
    Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
}
