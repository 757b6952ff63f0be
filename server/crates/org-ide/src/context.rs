//! Everything that an answer depends on and that is not in the document.

use org_schema::allowed_hosts::AllowedHosts;
use org_schema::{ApiVersion, Date};

use crate::project_facts::ProjectFacts;

/// Which environment names exist. Values are never asked for.
pub trait EnvNames {
    /// Whether a login could resolve `${env:name}`.
    fn knows(&self, name: &str) -> bool;
    /// The names to offer in completion, sorted.
    fn names(&self) -> &[String];
    /// Why a name that is not known may be written in `.env` all the same: the file cannot be read,
    /// or has lines that are not understood. A clause that completes "NAME is not set, and …" and
    /// ends with what to do, without a full stop; `None` when nothing is wrong with the file.
    fn env_file_trouble(&self, _name: &str) -> Option<String> {
        None
    }
}

/// An environment that knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEnvironment;

impl EnvNames for NoEnvironment {
    fn knows(&self, _name: &str) -> bool {
        false
    }

    fn names(&self) -> &[String] {
        &[]
    }
}

/// How a login test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginOutcome {
    /// Logged in.
    Ok,
    /// Logged in, but not to what the file says, or operations will fail.
    Doubtful,
    /// Something was sent, and no session came back.
    Failed,
    /// Nothing was sent.
    NotTested,
}

impl LoginOutcome {
    /// A mark with a shape of its own, for where there are no icons.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Ok => "✓",
            Self::Doubtful => "!",
            Self::Failed => "✗",
            Self::NotTested => "–",
        }
    }

    /// Whether there was a session.
    pub const fn is_in(self) -> bool {
        matches!(self, Self::Ok | Self::Doubtful)
    }
}

/// What the last *Test Salesforce Login* of this very definition said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastLogin {
    /// How it went.
    pub outcome: LoginOutcome,
    /// A few words, for a code lens.
    pub short: String,
    /// Name of the cause; empty when it succeeded.
    pub cause: String,
    /// One sentence.
    pub summary: String,
    /// Ordered steps.
    pub instructions: Vec<String>,
    /// JSON pointer to the member that caused it.
    pub member: Option<String>,
    /// Whether Salesforce says that the org is a sandbox, where the file says something else.
    pub sandbox: Option<bool>,
}

/// The world around a document, as of one moment.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The document's own name in the index.
    pub file: &'a str,
    /// Today, for what depends on dates.
    pub today: Date,
    /// The project that governs the document; for a project file, the project that it makes.
    pub project: Option<&'a ProjectFacts>,
    /// Login hosts that the user allows besides Salesforce's.
    pub allowed: &'a AllowedHosts,
    /// Names of environment variables.
    pub environment: &'a dyn EnvNames,
    /// Result of the last login test, while it still holds.
    pub login: Option<&'a LastLogin>,
    /// My Domain host that the last successful login answered with.
    pub known_host: Option<&'a str>,
    /// The newest API version that the user says can be used, whatever the tables say.
    pub newest_version: Option<ApiVersion>,
}

impl<'a> Context<'a> {
    /// Nothing is known of the world but the document's name and the day.
    pub fn alone(file: &'a str, today: Date) -> Self {
        static NO_HOSTS: AllowedHosts = AllowedHosts::NONE;
        Self {
            file,
            today,
            project: None,
            allowed: &NO_HOSTS,
            environment: &NoEnvironment,
            login: None,
            known_host: None,
            newest_version: None,
        }
    }
}
