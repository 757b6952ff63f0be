//! What the process takes from the outside world: today's date, and what the user (never a file of
//! a workspace) decided about logins.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use org_files::{FileError, Links};
use org_login::Policy;
use org_schema::allowed_hosts::{self, AllowedHostError, AllowedHosts};
use org_schema::{ApiVersion, Date};
use serde::Deserialize;

use crate::logins::bindings::NamePattern;

/// Something that the user set and that cannot be used; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// An entry of the allowed login hosts. What is written there is not repeated, here as in all
    /// others: there may be a password in it.
    #[error("{place}, entry {number}: {reason}")]
    LoginHost {
        /// Where the entry is written.
        place: String,
        /// Which one of the place's it is, from 1.
        number: usize,
        /// Why it cannot be used.
        reason: AllowedHostError,
    },
    /// An API version.
    #[error("{place} is not an API version: write it like \"68.0\"")]
    Version {
        /// Where it is written.
        place: String,
    },
    /// `SFORG_TODAY`.
    #[error("SFORG_TODAY is not a date: write it as YYYY-MM-DD, or unset it")]
    Today,
    /// `SFORG_STATE_DIR`.
    #[error(
        "SFORG_STATE_DIR is a relative path, so nothing is kept: write an absolute one, or unset it"
    )]
    RelativeStateDir,
    /// A variable.
    #[error("{0} is not valid text: correct it, or unset it")]
    NotUnicode(&'static str),
    /// The configuration file holds something else than it takes.
    #[error("{path}, line {line}, column {column}: {reason}")]
    ConfigFile {
        /// The file.
        path: String,
        /// Where the mistake is, from 1.
        line: usize,
        /// Where the mistake is, from 1, in bytes.
        column: usize,
        /// What is wrong there.
        reason: &'static str,
    },
    /// The configuration file cannot be read.
    #[error("{path} cannot be read, so nothing in it counts: {error}")]
    UnreadableConfigFile {
        /// The file.
        path: String,
        /// Why.
        error: FileError,
    },
}

impl SettingError {
    /// Whether the work can go on without the setting: a configuration file in a home that cannot be
    /// entered (another user's, none at all) would only have allowed more.
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::UnreadableConfigFile { .. })
    }
}

/// A variable of the environment; one that is set to nothing counts as unset, as CI systems mean it.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// As [`variable`], of one whose value is a text.
fn text_variable(name: &'static str) -> Result<Option<String>, SettingError> {
    let text = variable(name).map(OsString::into_string).transpose();
    text.map_err(|_| SettingError::NotUnicode(name))
}

/// `SFORG_STATE_DIR`: where the state folder is instead of in the system's place.
///
/// # Errors
/// It is relative: it would be another folder in each working folder, and one of a repository's.
pub fn state_dir() -> Result<Option<PathBuf>, SettingError> {
    match variable("SFORG_STATE_DIR").map(PathBuf::from) {
        Some(folder) if !folder.is_absolute() => Err(SettingError::RelativeStateDir),
        folder => Ok(folder),
    }
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
    /// Names of secrets that may be sent without a question.
    pub allowed_secrets: Vec<NamePattern>,
    /// Certificates to trust besides the system's.
    pub extra_ca: Option<PathBuf>,
    /// The newest API version that can be used, whatever the tables say.
    pub newest_version: Option<ApiVersion>,
}

impl UserSettings {
    /// Reads them: the arguments (login hosts, and names of secrets), then `SFORG_ALLOW_LOGIN_HOSTS`,
    /// `SFORG_ALLOW_SECRETS` and `SFORG_CA_FILE`, then the configuration file. What can be used
    /// counts, also when something else cannot.
    pub fn load(login_hosts: &[String], secrets: &[String]) -> (Self, Vec<SettingError>) {
        let mut settings = Self::default();
        let mut errors = Vec::new();
        settings.allow("--allow-login-host", login_hosts, &mut errors);
        let mut note = |variable: Result<Option<String>, SettingError>| {
            variable.unwrap_or_else(|error| {
                errors.push(error);
                None
            })
        };
        let hosts = note(text_variable("SFORG_ALLOW_LOGIN_HOSTS"));
        let allowed_secrets = note(text_variable("SFORG_ALLOW_SECRETS"));
        let newest = note(text_variable("SFORG_NEWEST_API_VERSION"));
        let allowed_secrets = allowed_secrets.unwrap_or_default();
        let names = secrets.iter().map(String::as_str).chain(allowed_secrets.split(','));
        settings.allowed_secrets = names.filter_map(NamePattern::parse).collect();
        if let Some(hosts) = hosts {
            let hosts = hosts.split(',').filter(|entry| !entry.trim().is_empty());
            settings.allow("SFORG_ALLOW_LOGIN_HOSTS", hosts, &mut errors);
        }
        settings.extra_ca = variable("SFORG_CA_FILE").map(PathBuf::from);
        if let Some(newest) = newest {
            settings.newest("SFORG_NEWEST_API_VERSION", &newest, &mut errors);
        }
        errors.extend(today().err());
        errors.extend(state_dir().err());
        // A relative one would be a file of whatever repository sforg runs in.
        let folder = dirs::config_dir().filter(|folder| folder.is_absolute());
        if let Some(folder) = folder {
            settings.read_config(&folder.join("sforg/config.json"), &mut errors);
        }
        (settings, errors)
    }

    fn read_config(&mut self, path: &Path, errors: &mut Vec<SettingError>) {
        let shown = path.display().to_string();
        let text = match org_files::read_text(path, Links::Follow, org_files::MIB) {
            Ok(text) => text,
            Err(error) if error.is_not_found() => return,
            Err(error) => {
                errors.push(SettingError::UnreadableConfigFile { path: shown, error });
                return;
            }
        };
        match serde_json::from_str::<ConfigFile>(&text) {
            Ok(config) => {
                self.allow(&shown, &config.allowed_login_hosts, errors);
                let beside = path.parent().unwrap_or(Path::new(""));
                let ca_file = config.ca_file.map(|file| beside.join(file));
                self.extra_ca = self.extra_ca.take().or(ca_file);
                if let Some(entry) = config.newest_api_version {
                    let place = format!("{shown}, \"newestApiVersion\",");
                    self.newest(&place, &entry, errors);
                }
            }
            // Its own words repeat what is written.
            Err(error) => errors.push(SettingError::ConfigFile {
                path: shown,
                line: error.line(),
                column: error.column(),
                reason: if error.is_data() {
                    "this is not what the file takes: \"allowedLoginHosts\" (a list of strings), \"caFile\" and \"newestApiVersion\" (strings)"
                } else {
                    "this is not JSON"
                },
            }),
        }
    }

    /// What was set first counts.
    fn newest(&mut self, place: &str, entry: &str, errors: &mut Vec<SettingError>) {
        match ApiVersion::parse(entry) {
            Some(version) => self.newest_version = self.newest_version.or(Some(version)),
            None => errors.push(SettingError::Version { place: place.to_owned() }),
        }
    }

    fn allow<T: AsRef<str>>(
        &mut self,
        place: &str,
        entries: impl IntoIterator<Item = T>,
        errors: &mut Vec<SettingError>,
    ) {
        for (index, entry) in entries.into_iter().enumerate() {
            match allowed_hosts::parse_entry(entry.as_ref()) {
                Ok(origin) => self.allowed.push(origin),
                Err(reason) => {
                    let (place, number) = (place.to_owned(), index + 1);
                    errors.push(SettingError::LoginHost { place, number, reason });
                }
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
    match text_variable("SFORG_TODAY")? {
        Some(text) => Date::parse(&text).ok_or(SettingError::Today),
        None => Ok(system_date()),
    }
}

/// Today in UTC by the system's clock.
pub fn system_date() -> Date {
    let now = time::OffsetDateTime::now_utc();
    let year = u16::try_from(now.year()).unwrap_or(u16::MAX);
    Date { year, month: u8::from(now.month()), day: now.day() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> (UserSettings, Vec<SettingError>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.json");
        std::fs::write(&path, text).expect("a file");
        let (mut settings, mut errors) = (UserSettings::default(), Vec::new());
        settings.read_config(&path, &mut errors);
        let below = settings.extra_ca.as_ref().map(|ca| ca.strip_prefix(folder.path()));
        if let Some(Ok(below)) = below {
            settings.extra_ca = Some(Path::new("BESIDE").join(below));
        }
        (settings, errors)
    }

    /// Whatever is written, in whichever place: a password may have been pasted there.
    #[test]
    fn a_wrong_setting_is_not_repeated() {
        for entry in [
            "bob:NOTREALpw@evil.example",
            "https://bob:NOTREALpw@evil.example",
            "NOTREALpw@x:1/y",
            "NOTREALpw!",
            "NOTREALpw:pw",
            "NOTREALpw://a",
            "https://a/NOTREALpw",
            "*.NOTREALpw",
            "http://NOTREALpw.example",
        ] {
            let mut settings = UserSettings::default();
            let mut errors = Vec::new();
            settings.allow("--allow-login-host", ["proxy.example", entry], &mut errors);
            let [error] = errors.as_slice() else {
                panic!("{entry} is refused once: {errors:?}");
            };
            let shown = format!("{error} {error:?}");
            assert!(!shown.to_lowercase().contains("notreal"), "{shown}");
            assert!(shown.contains("--allow-login-host, entry 2"), "{shown}");
            assert_eq!(settings.allowed.iter().count(), 1);
        }
        for text in [
            r#"{"allowedLoginHosts": "NOTREALpw"}"#,
            r#"{"allowedLoginHosts": ["NOTREALpw!"]}"#,
            r#"{"NOTREALpw": 1}"#,
            r#"{"password": "NOTREALpw"}"#,
            r#"{"caFile": {"NOTREALpw": "NOTREALpw"}}"#,
            r#"{"newestApiVersion": "NOTREALpw"}"#,
            r#"{"newestApiVersion": "68.0" NOTREALpw}"#,
            r#""NOTREALpw""#,
        ] {
            let (_, errors) = config(text);
            assert_eq!(errors.len(), 1, "{text}");
            let shown = format!("{} {:?}", errors[0], errors[0]);
            assert!(!shown.contains("NOTREAL"), "{text}: {shown}");
            assert!(shown.contains("config.json") && !errors[0].is_warning(), "{shown}");
        }
    }

    #[test]
    fn a_certificate_file_lies_beside_the_configuration() {
        let ca = |text: &str| config(text).0.extra_ca.map(|path| path.display().to_string());
        assert_eq!(ca(r#"{"caFile": "ca.pem"}"#).as_deref(), Some("BESIDE/ca.pem"));
        assert_eq!(ca(r#"{"caFile": "/etc/ca.pem"}"#).as_deref(), Some("/etc/ca.pem"));
        assert_eq!(ca("{}"), None);
    }

    #[test]
    fn what_cannot_be_read_is_a_warning_and_what_is_missing_is_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let errors_of = |path: &Path| {
            let mut errors = Vec::new();
            UserSettings::default().read_config(path, &mut errors);
            errors
        };
        assert!(errors_of(&folder.path().join("sforg/config.json")).is_empty());
        let errors = errors_of(folder.path());
        assert!(matches!(errors.as_slice(), [error] if error.is_warning()), "{errors:?}");
    }
}
