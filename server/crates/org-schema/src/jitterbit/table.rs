//! The rows: from which version of a product on which Salesforce API version is available.

use super::ProductVersion;
use crate::ApiVersion;

/// What a fact rests on, the best founded first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Jitterbit's documentation says it.
    Documented,
    /// Release notes say it, read through somebody else's summary.
    Reported,
    /// It follows from other facts and is said nowhere.
    Inferred,
}

/// Major, minor, patch.
pub(super) type Release = [u32; 3];

/// From `from` on, and up to the next row, a product uses Salesforce API `api`.
pub(super) struct Row {
    pub(super) from: Release,
    pub(super) api: ApiVersion,
    /// How well it is known that `api` is available.
    pub(super) basis: Basis,
    /// How well it is known that nothing newer is.
    pub(super) limit: Basis,
}

const fn row(from: Release, api: u16, basis: Basis, limit: Basis) -> Row {
    Row { from, api: ApiVersion::new(api), basis, limit }
}

/// A row of Jitterbit's table that names its last agent, so that it documents both what works and
/// what does not.
const fn documented(from: Release, api: u16) -> Row {
    row(from, api, Basis::Documented, Basis::Documented)
}

/// Agents in ascending order.
///
/// Sources: up to 11.30 "Prerequisites and supported API versions" of the ServiceMax connector,
/// which shares its code and its table with the Salesforce connector
/// (<https://docs.jitterbit.com/integration-studio/design/connectors/servicemax/>; 9.4.2 to 10.27 in
/// earlier copies of it at <https://successcentral.jitterbit.com/display/CS/ServiceMax>). Jitterbit
/// skips versions and says that an agent includes those that it skipped.
pub(super) static AGENTS: [Row; 24] = [
    documented([9, 4, 2], 41),
    documented([9, 8, 0], 44),
    documented([10, 3, 0], 45),
    documented([10, 11, 0], 47),
    documented([10, 17, 0], 48),
    documented([10, 23, 0], 49),
    documented([10, 28, 0], 50),
    documented([10, 42, 0], 51),
    documented([10, 44, 0], 52),
    documented([10, 55, 0], 54),
    documented([10, 69, 0], 57),
    documented([10, 73, 0], 58),
    documented([10, 80, 0], 59),
    documented([10, 85, 0], 60),
    documented([11, 0, 0], 54),
    documented([11, 7, 0], 57),
    documented([11, 11, 0], 58),
    documented([11, 18, 0], 59),
    documented([11, 23, 0], 60),
    // "11.30 or later": the page of its day documents no end, and 62.0 to 64.0 came while 11.3x to
    // 11.58 were current.
    row([11, 30, 0], 61, Basis::Documented, Basis::Inferred),
    // 65.0 needs OAuth 2.0, and 11.59 (12.3 on the next line) is the least agent that has it.
    row([11, 59, 0], 65, Basis::Inferred, Basis::Inferred),
    row([12, 0, 0], 61, Basis::Documented, Basis::Inferred),
    row([12, 3, 0], 65, Basis::Inferred, Basis::Inferred),
    // "Salesforce API version 66 (Spring '26) support" in the notes of the release with Design
    // Studio 11.63; nothing is said about 67.0 and 68.0.
    row([12, 7, 0], 66, Basis::Reported, Basis::Reported),
];

/// Design Studio in ascending order. Before the first row it carried the agents' numbers.
static DESIGN_STUDIOS: [Row; 3] = [
    // A project that 11.41 saved has an org at 63.0; which versions after it are the first with 64.0 is
    // said nowhere.
    row([11, 41, 0], 63, Basis::Reported, Basis::Inferred),
    row([11, 59, 0], 65, Basis::Inferred, Basis::Reported),
    row([11, 63, 0], 66, Basis::Reported, Basis::Reported),
];

/// The first release that the connectors run on.
const FIRST: Release = [9, 4, 2];

/// Last known minor number of each agent line; `None` where every one counts as known. Jitterbit's
/// table ends with 10.87 on 10.x; 11.59 is the final 11.x agent; 12.9 is of August 2026 and 12.10 was planned for September.
pub(super) static LAST_AGENTS: [(u32, Option<u32>); 4] =
    [(9, None), (10, Some(87)), (11, Some(59)), (12, Some(10))];

/// The same for Design Studio, which goes on as 11.6x beside agents 12.x.
pub(super) static LAST_DESIGN_STUDIOS: [(u32, Option<u32>); 3] =
    [(9, None), (10, Some(87)), (11, Some(69))];

/// Whether a version is at least [`FIRST`] and not above the last of its line.
pub(super) fn is_known(version: &ProductVersion, lines: &[(u32, Option<u32>)]) -> bool {
    version.release() >= FIRST
        && lines.iter().any(|(major, last)| {
            version.major() == *major && last.is_none_or(|last| version.minor() <= last)
        })
}

/// The row of an agent; `None` for one that this build does not know.
pub(super) fn agent_row(agent: &ProductVersion) -> Option<&'static Row> {
    last_row_up_to(&AGENTS, agent).filter(|_| is_known(agent, &LAST_AGENTS))
}

/// The row of a Design Studio from 11.59 on; `None` before, and for one that this build does not
/// know.
fn design_studio_own_row(design_studio: &ProductVersion) -> Option<&'static Row> {
    let row = last_row_up_to(&DESIGN_STUDIOS, design_studio);
    row.filter(|_| is_known(design_studio, &LAST_DESIGN_STUDIOS))
}

/// What a Design Studio can use: its own row, or by inference that of the agent of its number.
pub(super) fn design_studio_row(design_studio: &ProductVersion) -> Option<(ApiVersion, Basis)> {
    design_studio_by(design_studio, |own| own.basis)
}

/// The same version, with how well it is known that nothing newer can be used.
pub(super) fn design_studio_limit(design_studio: &ProductVersion) -> Option<(ApiVersion, Basis)> {
    design_studio_by(design_studio, |own| own.limit)
}

fn design_studio_by(
    design_studio: &ProductVersion,
    basis: impl Fn(&Row) -> Basis,
) -> Option<(ApiVersion, Basis)> {
    if !is_known(design_studio, &LAST_DESIGN_STUDIOS) {
        return None;
    }
    let own = design_studio_own_row(design_studio).map(|row| (row.api, basis(row)));
    own.or_else(|| agent_row(design_studio).map(|row| (row.api, Basis::Inferred)))
}

fn last_row_up_to(rows: &'static [Row], version: &ProductVersion) -> Option<&'static Row> {
    rows.iter().rev().find(|row| row.from <= version.release())
}
