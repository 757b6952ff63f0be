//! Salesforce API versions: their release names, how long each is served, and how long the SOAP
//! `login()` call works in it.
//!
//! Retirement: <https://developer.salesforce.com/docs/platform/api/guide/api-eol-soap.html> and
//! Salesforce Knowledge 000354473, 005321531. `login()`: Salesforce Knowledge 005132110.

mod table;

pub use table::VERSIONS;

use crate::{ApiVersion, Date};

/// The newest version that this build knows: Winter '27, October 2026.
pub const NEWEST: ApiVersion = ApiVersion::new(68);
/// The least version that Salesforce's retirement tables name; a number below it is a mistake in
/// typing, not a retired version.
pub const LEAST_EVER: ApiVersion = ApiVersion::new(7);
/// The last version that is gone: 7.0 to 20.0 since Summer '22, 21.0 to 30.0 since Summer '25.
pub const LAST_RETIRED: ApiVersion = ApiVersion::new(30);
/// The last version that goes next: 31.0 to 40.0 are unsupported from Summer '27 and retired with
/// Summer '28.
pub const LAST_RETIRING: ApiVersion = ApiVersion::new(40);
/// The last version that ever had SOAP `login()`.
pub const LAST_SOAP_LOGIN: ApiVersion = ApiVersion::new(64);

/// Summer '27. Salesforce names the release and no day; its Summer releases come in June
/// (Salesforce Knowledge 005224913), so the first of June stands for it.
pub const SUMMER_27: Date = Date { year: 2027, month: 6, day: 1 };
/// Spring '27, from which on Salesforce ends API traffic to instance hosts in phases. Its Spring releases come
/// in February, so the first of February stands for it.
pub const SPRING_27: Date = Date { year: 2027, month: 2, day: 1 };
/// The day on which Salesforce ends the OAuth 2.0 username-password flow of connected apps (release notes of
/// Winter '27; external client apps never had it).
pub const PASSWORD_FLOW_ENDS: Date = Date { year: 2027, month: 2, day: 20 };
/// Summer '28, by the same rule as [`SUMMER_27`].
pub const SUMMER_28: Date = Date { year: 2028, month: 6, day: 1 };

/// One API version and the release that brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionInfo {
    /// The version.
    pub version: ApiVersion,
    /// Name of the Salesforce release, written with a plain apostrophe: `Winter '27`.
    pub release: &'static str,
}

/// How Salesforce treats a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Support {
    /// Below 7.0, or above the newest version that this build knows.
    Unknown,
    /// Requests fail: REST answers `410 GONE`, SOAP `UNSUPPORTED_API_VERSION`.
    Retired,
    /// Answered until Summer '28; without support from Summer '27 on.
    Retiring,
    /// Served, with no end announced.
    Supported,
}

/// What becomes of SOAP `login()`, and so of basic authentication, in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SoapLogin {
    /// Went away together with the version (30.0 and below).
    Gone,
    /// Works until Summer '27 in orgs that allow it (31.0 to 64.0).
    UntilSummer27,
    /// The version never had it (65.0 and above).
    NotAvailable,
}

/// The row of a version; `None` below 20.0 and above [`NEWEST`].
pub fn info(version: ApiVersion) -> Option<&'static VersionInfo> {
    let first = VERSIONS.first()?.version.number();
    let index = version.number().checked_sub(first)?;
    VERSIONS.get(usize::from(index))
}

/// The name of the release that brought a version, such as `Winter '27`.
pub fn release_name(version: ApiVersion) -> Option<&'static str> {
    info(version).map(|row| row.release)
}

/// How Salesforce treats a version on a day.
pub fn support(version: ApiVersion, today: Date) -> Support {
    if version < LEAST_EVER || version > NEWEST {
        Support::Unknown
    } else if version <= LAST_RETIRED || (version <= LAST_RETIRING && today >= SUMMER_28) {
        Support::Retired
    } else if version <= LAST_RETIRING {
        Support::Retiring
    } else {
        Support::Supported
    }
}

/// What becomes of SOAP `login()` in a version, whatever the day.
pub fn soap_login(version: ApiVersion) -> SoapLogin {
    if version <= LAST_RETIRED {
        SoapLogin::Gone
    } else if version <= LAST_SOAP_LOGIN {
        SoapLogin::UntilSummer27
    } else {
        SoapLogin::NotAvailable
    }
}

#[cfg(test)]
mod tests;
