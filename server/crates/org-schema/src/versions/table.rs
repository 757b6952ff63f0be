//! The rows of [`VERSIONS`].
//!
//! Names: Salesforce counts three releases a year, Winter, Spring and Summer, and the year in the
//! name goes up with Winter. The comments say where a group of names was read.

use super::VersionInfo;
use crate::ApiVersion;

/// Every version from 20.0 to the newest this build knows, ascending and without a gap.
#[rustfmt::skip]
pub static VERSIONS: &[VersionInfo] = &[
    // Named in an org's own answer to `GET /services/data`.
    row(20, "Winter '11"),
    row(21, "Spring '11"),
    row(22, "Summer '11"),
    row(23, "Winter '12"),
    // Named nowhere that we could read; they follow from the sequence between 23.0 and 30.0. A forum
    // answer gives "Summer 2013" for 28.0:
    // https://stage.forcetalks.com/salesforce-topic/what-is-api-versioning-in-salesforce/
    row(24, "Spring '12"),
    row(25, "Summer '12"),
    row(26, "Winter '13"),
    row(27, "Spring '13"),
    row(28, "Summer '13"),
    row(29, "Winter '14"),
    // Named in Salesforce's SOAP API guide.
    row(30, "Spring '14"),
    // Named in Salesforce's list of past guides. Where `/services/data` spells a name with U+2019, we
    // write the plain apostrophe:
    // https://developer.salesforce.com/docs/platform/salesforce-pages-developers-guide/guide/pdf-archive.html
    row(31, "Summer '14"),
    row(32, "Winter '15"),
    row(33, "Spring '15"),
    row(34, "Summer '15"),
    row(35, "Winter '16"),
    row(36, "Spring '16"),
    row(37, "Summer '16"),
    row(38, "Winter '17"),
    row(39, "Spring '17"),
    row(40, "Summer '17"),
    row(41, "Winter '18"),
    row(42, "Spring '18"),
    row(43, "Summer '18"),
    row(44, "Winter '19"),
    row(45, "Spring '19"),
    row(46, "Summer '19"),
    row(47, "Winter '20"),
    row(48, "Spring '20"),
    row(49, "Summer '20"),
    row(50, "Winter '21"),
    row(51, "Spring '21"),
    row(52, "Summer '21"),
    row(53, "Winter '22"),
    row(54, "Spring '22"),
    row(55, "Summer '22"),
    row(56, "Winter '23"),
    row(57, "Spring '23"),
    row(58, "Summer '23"),
    row(59, "Winter '24"),
    row(60, "Spring '24"),
    row(61, "Summer '24"),
    row(62, "Winter '25"),
    row(63, "Spring '25"),
    row(64, "Summer '25"),
    row(65, "Winter '26"),
    row(66, "Spring '26"),
    row(67, "Summer '26"),
    row(68, "Winter '27"),
];

const fn row(number: u16, release: &'static str) -> VersionInfo {
    VersionInfo { version: ApiVersion::new(number), release }
}
