//! Refactorings, each in a file of its own. All are plain edits computed from spans.

mod complete_server_host;
mod convert_to_oauth;
mod fix_all;
mod move_secret;
mod upgrade_project;

pub use complete_server_host::complete_server_host;
pub use convert_to_oauth::{Conversion, convert_to_oauth, convert_to_oauth_besides, steps};
pub use fix_all::fix_all;
pub use move_secret::{WrittenSecret, written_secrets};
pub(crate) use move_secret::{keyring_account, secret_environment_name};
pub use upgrade_project::{OrgLabel, Upgrade, UpgradeRefused, upgrade_project, upgrade_targets};

/// Title of the conversion as editors show it.
pub const CONVERT_TITLE: &str = "Convert to OAuth 2.0 client credentials";
/// Title of the login test as editors show it.
pub const TEST_LOGIN_TITLE: &str = "Test Salesforce Login";
/// Title of the completion of `serverHost` as editors show it.
pub const COMPLETE_SERVER_HOST_TITLE: &str = "Complete server host";
/// Title of the conversion of all orgs of a project as editors show it.
pub const CONVERT_ALL_TITLE: &str = "Convert all basic orgs to OAuth 2.0 client credentials";
/// Title of moving a secret to the credential store as editors show it.
pub const MOVE_TO_KEYRING_TITLE: &str = "Move secret to keyring";
/// Title of moving a secret to an environment variable as editors show it.
pub const MOVE_TO_ENV_TITLE: &str = "Move secret to environment variable";
