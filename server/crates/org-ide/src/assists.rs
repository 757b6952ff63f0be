//! Refactorings, each in a file of its own. All are plain edits computed from spans.

mod auth_values;
mod complete_server_host;
mod convert_to_oauth;
mod external_client_app;
mod fix_all;
mod move_secret;
mod new_project;
mod secret_slots;
mod upgrade_project;

pub use auth_values::{AuthValue, empty_auth_values, write_auth_values};
pub use complete_server_host::complete_server_host;
pub use convert_to_oauth::{
    Conversion, SALESFORCE_STEPS, convert_to_oauth, convert_to_oauth_besides, first_empty_value,
    has_instance_url, steps, steps_to_boxes,
};
pub use external_client_app::{
    ExternalClientApp, FOLDER_WITH_SECRETS, MetadataFile, external_client_app,
};
pub use fix_all::{fix_all, safe_fix};
pub use move_secret::{WrittenSecret, keyring_account, secret_environment_name, written_secrets};
pub use new_project::new_project_version;
pub use secret_slots::{SecretHome, SecretSlot, secret_slots};
pub use upgrade_project::{OrgLabel, Upgrade, UpgradeRefused, upgrade_project, upgrade_targets};

/// What refactorings and other actions are called, in every editor and wherever something refers to them.
pub mod title {
    use org_schema::ApiVersion;
    use org_text::Foreign;

    /// The conversion of one org.
    pub const CONVERT: &str = "Convert to OAuth 2.0 client credentials";
    /// The conversion of all orgs of a project.
    pub const CONVERT_ALL: &str = "Convert all basic orgs to OAuth 2.0 client credentials";
    /// The login test.
    pub const TEST_LOGIN: &str = "Test Salesforce Login";
    /// An org of Design Studio becomes an org file.
    pub const IMPORT: &str = "Import into an org file";
    /// What to do about an org of Design Studio.
    pub const OAUTH_STEPS: &str = "Steps to OAuth 2.0 client credentials";
    /// The completion of `serverHost`.
    pub const COMPLETE_SERVER_HOST: &str = "Complete server host";
    /// Moving a secret to the keyring.
    pub const MOVE_TO_KEYRING: &str = "Move secret to keyring";
    /// Moving a secret to an environment variable.
    pub const MOVE_TO_ENV: &str = "Move secret to environment variable";
    /// A secret that a person enters.
    pub const ENTER_SECRET: &str = "Enter Secret…";
    /// What is left to do in Salesforce.
    pub const SHOW_STEPS: &str = "Show Steps in Salesforce";
    /// All fixes that change no login.
    pub const FIX_ALL: &str = "Apply all safe fixes";

    /// A project file where there is none.
    pub fn create_project(version: ApiVersion) -> String {
        format!("Create sforg-project.json with API {version}")
    }

    /// The way to the hosts that a user allows besides Salesforce's.
    pub fn allow_logins(host: &str) -> String {
        format!("Allow Logins at {}…", Foreign(host.trim_start_matches("http://")))
    }

    /// The upgrade of a project.
    pub fn upgrade(to: ApiVersion) -> String {
        format!("Upgrade project to API {to}")
    }
}
