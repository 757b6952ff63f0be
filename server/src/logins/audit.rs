//! *Who Else Uses This Login?*, for the terminal and the editor.

use std::sync::Arc;

use org_login::{
    Care, LoginAudit, LoginResult, LoginTarget, LoginUse, Network, OpenSession, RefusedLogins,
    SecretSource, open_session,
};
use org_schema::{ApiVersion, Date};
use org_text::Foreign;
use tokio_util::sync::CancellationToken;

/// What is said where the history is empty.
pub const NOBODY: &str = "Salesforce has no record of a login with this user.";

/// What holds for all logins that are looked at.
pub struct Conditions<'a> {
    /// The way to Salesforce.
    pub network: &'a Network,
    /// The day.
    pub today: Date,
    /// Whether credentials that were refused twice are sent.
    pub care: Care,
    /// Ends it.
    pub cancel: CancellationToken,
}

/// A login that was made, and its history or why there is none; nothing when the login failed.
pub struct Looked {
    /// How the login went.
    pub result: LoginResult,
    /// What the history tells.
    pub audit: Option<Result<LoginAudit, String>>,
}

impl Looked {
    /// A login that was not made.
    pub fn refused(result: LoginResult) -> Self {
        Self { result, audit: None }
    }
}

/// Logs in and looks at the history of the login's user; the session ends at once.
pub async fn look(
    target: &LoginTarget,
    secrets: Arc<dyn SecretSource>,
    conditions: &Conditions<'_>,
) -> Looked {
    let Conditions { network, today, care, cancel } = conditions;
    let (result, session) =
        open_session(target, secrets, network, *today, cancel.clone(), *care).await;
    let Some(session) = session else { return Looked::refused(result) };
    let audit = match (result.is_ok(), session.api_version(target, &result)) {
        (false, _) => None,
        (true, None) => Some(Err("the org did not tell which API versions it serves".to_owned())),
        (true, Some(version)) => Some(ask(&session, network, version, &result, cancel).await),
    };
    // It was opened for this alone; if it cannot be ended, the org's timeout does.
    let _ = session.end(network).await;
    Looked { result, audit }
}

async fn ask(
    session: &OpenSession,
    network: &Network,
    version: ApiVersion,
    result: &LoginResult,
    cancel: &CancellationToken,
) -> Result<LoginAudit, String> {
    let user = result.identity.as_ref().and_then(|identity| identity.user_id.as_deref());
    session.audit(network, version, user.unwrap_or_default(), cancel.clone()).await
}

/// Which logins were looked at: `the last 1000 logins, 1 Oct 2026 to 28 Oct 2026`.
pub fn span(audit: &LoginAudit) -> String {
    let first = if audit.is_cut { "the last " } else { "" };
    let days = match (&audit.from, &audit.to) {
        (Some(from), Some(to)) if from != to => format!(", {} to {}", day(from), day(to)),
        (Some(one), _) => format!(", {}", day(one)),
        _ => String::new(),
    };
    let logins = audit.logins;
    format!("{first}{logins} login{}{days}", if logins == 1 { "" } else { "s" })
}

/// Who logs in: the application, its API with the version, the address. `between` stands between them: in Markdown
/// more than one blank is one.
pub fn who(one: &LoginUse, between: &str) -> String {
    let cells = [&one.application, &one.api_type, &one.api_version, &one.source_ip];
    let words = cells.into_iter().flatten().map(|cell| Foreign(cell).to_string());
    let words = words.collect::<Vec<_>>().join(between);
    if words.is_empty() { "Salesforce shows no detail".to_owned() } else { words }
}

/// What was refused, in Salesforce's words and, where they are known, ours.
pub fn why(one: &RefusedLogins) -> String {
    let application = one.application.iter().map(|name| format!("{}: ", Foreign(name)));
    let means = one.cause.iter().map(|cause| format!(" ({})", cause.short()));
    application.chain([Foreign(&one.status).to_string()]).chain(means).collect()
}

/// `24 Nov 2026`
pub fn day(date: &str) -> String {
    Date::parse(date).map_or_else(|| Foreign(date).to_string(), Date::in_words)
}
