//! What the process takes from the outside world: today's date, and what the user (never a file of
//! a workspace) decided about logins.

use std::path::{Path, PathBuf};

use org_login::Policy;
use org_schema::allowed_hosts::{self, AllowedHostError, AllowedHosts};
use org_schema::{ApiVersion, Date};
use serde::Deserialize;

/// Something that the user set and that cannot be used; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// An entry of the allowed login hosts. The entry itself is left to the reason, which does not
    /// repeat user-info: there may be a password in it.
    #[error("{place}: {reason}")]
    LoginHost {
        /// Where the entry is written.
        place: String,
        /// Why it cannot be used.
        reason: AllowedHostError,
    },
    /// An API version.
    #[error("{place}: {entry:?} is no API version: write it like \"68.0\"")]
    Version {
        /// Where it is written.
        place: String,
        /// What is written.
        entry: String,
    },
    /// `SFORG_TODAY`.
    #[error("SFORG_TODAY is {0:?}: write a date as YYYY-MM-DD, or unset it")]
    Today(String),
    /// The configuration file.
    #[error("{path}: {reason}")]
    ConfigFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The user's configuration file, `sforg/config.json` in the user's configuration folder.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConfigFile {
    /// Login hosts besides Salesforce's.
    #[serde(default)]
    allowed_login_hosts: Vec<String>,
    /// A PEM file with certificates to trust besides the system's.
    ca_file: Option<PathBuf>,
    /// The newest API version that can be used, for people who know better than the tables.
    newest_api_version: Option<String>,
}

/// The user's decisions.
#[derive(Debug, Default)]
pub struct UserSettings {
    /// Login hosts besides Salesforce's.
    pub allowed: AllowedHosts,
    /// Certificates to trust besides the system's.
    pub extra_ca: Option<PathBuf>,
    /// The newest API version that can be used, whatever the tables say.
    pub newest_version: Option<ApiVersion>,
}

impl UserSettings {
    /// Reads them: the arguments, then `SFORG_ALLOW_LOGIN_HOSTS` and `SFORG_CA_FILE`, then the
    /// configuration file. What can be used counts, also when something else cannot.
    pub fn load(arguments: &[String]) -> (Self, Vec<SettingError>) {
        let mut settings = Self::default();
        let mut errors = Vec::new();
        for entry in arguments {
            settings.allow("--allow-login-host", entry, &mut errors);
        }
        if let Ok(list) = std::env::var("SFORG_ALLOW_LOGIN_HOSTS") {
            for entry in list.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                settings.allow("SFORG_ALLOW_LOGIN_HOSTS", entry, &mut errors);
            }
        }
        // CI systems set a variable to nothing where they mean to unset it.
        settings.extra_ca =
            std::env::var_os("SFORG_CA_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
        if let Ok(entry) = std::env::var("SFORG_NEWEST_API_VERSION") {
            settings.newest("SFORG_NEWEST_API_VERSION", entry, &mut errors);
        }
        if let Some(path) = dirs::config_dir().map(|folder| folder.join("sforg/config.json")) {
            settings.read_config(&path, &mut errors);
        }
        (settings, errors)
    }

    fn read_config(&mut self, path: &Path, errors: &mut Vec<SettingError>) {
        let shown = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => {
                let reason = format!("cannot be read ({error})");
                errors.push(SettingError::ConfigFile { path: shown, reason });
                return;
            }
        };
        match serde_json::from_str::<ConfigFile>(&text) {
            Ok(config) => {
                for entry in &config.allowed_login_hosts {
                    self.allow(&shown, entry, errors);
                }
                self.extra_ca = self.extra_ca.take().or(config.ca_file);
                if let Some(entry) = config.newest_api_version {
                    self.newest(&shown, entry, errors);
                }
            }
            Err(error) => {
                let reason = format!(
                    "{error}; it takes \"allowedLoginHosts\" (a list of strings), \"caFile\" and \"newestApiVersion\""
                );
                errors.push(SettingError::ConfigFile { path: shown, reason });
            }
        }
    }

    /// What was set first counts.
    fn newest(&mut self, place: &str, entry: String, errors: &mut Vec<SettingError>) {
        match ApiVersion::parse(&entry) {
            Some(version) => self.newest_version = self.newest_version.or(Some(version)),
            None => errors.push(SettingError::Version { place: place.to_owned(), entry }),
        }
    }

    fn allow(&mut self, place: &str, entry: &str, errors: &mut Vec<SettingError>) {
        match allowed_hosts::parse_entry(entry) {
            Ok(origin) => self.allowed.push(origin),
            Err(reason) => {
                errors.push(SettingError::LoginHost { place: place.to_owned(), reason });
            }
        }
    }

    /// The policy that logins obey.
    pub fn login_policy(&self) -> Policy {
        Policy {
            allowed: self.allowed.clone(),
            extra_ca: self.extra_ca.clone(),
            ..Policy::default()
        }
    }
}

/// Today in UTC, or what `SFORG_TODAY` says.
///
/// # Errors
/// `SFORG_TODAY` is not a date.
pub fn today() -> Result<Date, SettingError> {
    match std::env::var("SFORG_TODAY") {
        Ok(text) => Date::parse(&text).ok_or(SettingError::Today(text)),
        Err(_) => {
            let now = time::OffsetDateTime::now_utc();
            let year = u16::try_from(now.year()).unwrap_or(u16::MAX);
            Ok(Date { year, month: u8::from(now.month()), day: now.day() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_a_login_host_is_not_repeated() {
        for entry in
            ["bob:NOTREALpw@evil.example", "https://bob:NOTREALpw@evil.example", "NOTREALpw@x:1/y"]
        {
            let mut settings = UserSettings::default();
            let mut errors = Vec::new();
            settings.allow("--allow-login-host", entry, &mut errors);
            let [error] = errors.as_slice() else {
                panic!("{entry} is refused once: {errors:?}");
            };
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("NOTREALpw"), "{shown}");
            assert!(shown.contains("--allow-login-host"), "{shown}");
            assert!(settings.allowed.is_empty());
        }
    }
}
