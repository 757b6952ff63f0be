//! The result of a login as people and programs see it.

use std::time::Duration;

use org_text::Foreign;
use serde::{Serialize, Serializer};

use crate::cause::Cause;
use crate::warning::Warning;

/// Whether the login worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Salesforce handed out a session.
    Ok,
    /// Something was sent, and no usable session came back.
    Failed,
    /// Nothing was sent.
    Skipped,
}

/// Everything there is to say about one login.
///
/// Serialized it is the JSON object of `sforg login --format json` without `file` and `org`,
/// which the caller knows. No field ever holds a secret: what Salesforce says is scrubbed of
/// every form in which a secret was sent, of session ids and of access tokens.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginResult {
    /// Whether the login worked.
    pub status: Status,
    /// Why not; `None` exactly when `status` is `Ok`.
    pub cause: Option<Cause>,
    /// One sentence.
    pub summary: String,
    /// What to do, in order; empty exactly when `status` is `Ok`.
    pub instructions: Vec<String>,
    /// What works now but needs attention.
    pub warnings: Vec<Warning>,
    /// JSON pointer to the member of the org file that caused it, when one did.
    pub member: Option<String>,
    /// What Salesforce itself said.
    pub salesforce: SalesforceAnswer,
    /// Who logged in where; only after a success.
    pub identity: Option<Identity>,
    /// The API versions that the org serves, ascending, such as `"61.0"`; empty when unknown.
    #[serde(skip)]
    pub versions: Vec<String>,
    /// The org's daily API requests, when the session may read them.
    #[serde(skip)]
    pub api_requests: Option<ApiRequests>,
    /// What was sent and where, for people (see [`crate::LoginTarget::sending`]); `None` when no
    /// answer came.
    #[serde(skip)]
    pub sent: Option<String>,
    /// How long it took.
    #[serde(rename = "durationMs", serialize_with = "as_milliseconds")]
    pub duration: Duration,
}

/// Salesforce's own words, unchanged but for secrets and control characters.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SalesforceAnswer {
    /// The exception code or OAuth error, such as `INVALID_LOGIN` or `invalid_client`.
    pub code: Option<String>,
    /// The text that came with it.
    pub message: Option<String>,
    /// The HTTP status of the login's answer; `None` when none came.
    pub http_status: Option<u16>,
}

/// Who logged in where, as far as Salesforce told.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The user's id (15 or 18 characters, beginning with `005`).
    pub user_id: Option<String>,
    /// The Salesforce user name.
    pub username: Option<String>,
    /// The org's id (15 or 18 characters, beginning with `00D`).
    pub org_id: Option<String>,
    /// The org's name.
    pub org_name: Option<String>,
    /// Whether Salesforce says that the org is a sandbox.
    pub sandbox: Option<bool>,
    /// Scheme and host for API calls with this session, such as `https://acme.my.salesforce.com`.
    pub instance_url: Option<String>,
}

/// How many API requests the org has in 24 hours, and how many are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiRequests {
    /// Requests left.
    pub remaining: u64,
    /// Requests in all.
    pub max: u64,
}

impl LoginResult {
    /// The file has a syntax, shape or host error; `finding` is that diagnostic's message and
    /// `member` the JSON pointer at which it stands.
    pub fn invalid_definition(finding: &str, member: Option<String>) -> LoginResult {
        LoginResult {
            member,
            ..LoginResult::skipped(
                Cause::InvalidDefinition,
                format!("Not tested: the file has an error. {finding}"),
                vec![
                    "Correct the error in the file; the editor's problem list and `sforg check` \
                     show all of them."
                        .to_owned(),
                    "Test the login again.".to_owned(),
                ],
            )
        }
    }

    /// With what a person does who trusts the host that the finding is about.
    pub fn unless_allowed(mut self, host: &str) -> LoginResult {
        let host = Foreign(host);
        let step = format!(
            "If you know {host} and trust it with the credentials, allow it yourself: `sforg login \
             --allow-login-host {host}`, or `sforg.allowedLoginHosts` in VS Code's user settings."
        );
        self.instructions.insert(1.min(self.instructions.len()), step);
        self
    }

    /// A value is meant as a reference and is in another program's form; `finding` is the diagnostic's
    /// message and `member` the JSON pointer at which it stands.
    pub fn foreign_reference(finding: &str, member: Option<String>) -> LoginResult {
        LoginResult {
            member,
            ..LoginResult::skipped(
                Cause::SecretUnavailable,
                format!("Not tested: a value is another program's reference. {finding}"),
                vec![
                    "Write the value as ${env:NAME} or ${keyring:NAME}; the editor has a quick fix \
                     for it."
                        .to_owned(),
                    "If it really is the password, keep it in an environment variable or the \
                     keyring, or switch the rule foreign-reference off in sforg-project.json."
                        .to_owned(),
                    "Test the login again.".to_owned(),
                ],
            )
        }
    }

    /// The workspace is not trusted, so no secret is resolved and nothing is sent.
    pub fn untrusted_workspace() -> LoginResult {
        LoginResult::skipped(
            Cause::UntrustedWorkspace,
            "Not tested: this workspace is not trusted.".to_owned(),
            vec![
                "Look through the org files: a login sends their credentials to the host that \
                 they name."
                    .to_owned(),
                "If you trust the authors, mark the workspace as trusted in the editor \
                 (VS Code: Workspaces: Manage Workspace Trust) and test again."
                    .to_owned(),
            ],
        )
    }

    /// The same user failed with the same credentials `failures` times in a row already.
    pub fn lockout_guard(failures: u32) -> LoginResult {
        LoginResult::skipped(
            Cause::LockoutGuard,
            format!(
                "Not tested: these credentials were refused {failures} times \
                 already, and another failure may lock the user out."
            ),
            vec![
                "Correct the user name, password or security token: changed credentials can be \
                 tested right away."
                    .to_owned(),
                "Setup > Login History in the org shows why Salesforce refused them. If the \
                 attempts are not there, they went to the wrong place: check the host and \
                 `sandbox`."
                    .to_owned(),
                "If you have fixed it in Salesforce, try the same credentials again: \
                 confirm the editor's question, or run `sforg login --force`."
                    .to_owned(),
            ],
        )
    }

    /// Others with the same credentials were under way for as long as this login may take.
    pub fn lockout_guard_busy() -> LoginResult {
        LoginResult::skipped(
            Cause::LockoutGuard,
            "Not tested: other logins with the same credentials are still running, and if \
             Salesforce refuses those, one more failure may lock the user out."
                .to_owned(),
            vec![
                "Wait until they have finished, then test again.".to_owned(),
                "If nothing is running any more, test again in a minute: an interrupted attempt \
                 counts no longer than that."
                    .to_owned(),
            ],
        )
    }

    /// The test was stopped before anything was sent.
    pub fn cancelled() -> LoginResult {
        LoginResult::skipped(
            Cause::Cancelled,
            "The login test was cancelled before anything was sent.".to_owned(),
            vec!["Test the login again when you are ready.".to_owned()],
        )
    }

    /// A result of status `Skipped` with nothing from Salesforce in it.
    pub fn skipped(cause: Cause, summary: String, instructions: Vec<String>) -> LoginResult {
        LoginResult {
            status: Status::Skipped,
            cause: Some(cause),
            summary,
            instructions,
            warnings: Vec::new(),
            member: None,
            salesforce: SalesforceAnswer::default(),
            identity: None,
            versions: Vec::new(),
            api_requests: None,
            sent: None,
            duration: Duration::ZERO,
        }
    }

    /// Whether the login worked.
    pub fn is_ok(&self) -> bool {
        self.status == Status::Ok
    }
}

fn as_milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}
