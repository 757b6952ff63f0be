//! What the versions of Jitterbit's agent and Design Studio can do with Salesforce.
//!
//! Jitterbit documents a table of agents up to Salesforce API 61.0 and says that the version also
//! depends on Design Studio, for which it prints no table. The rows beyond come from release notes
//! ([`Basis::Reported`]) or follow from the least versions for OAuth 2.0 ([`Basis::Inferred`]).

mod product_version;
mod table;

pub use product_version::ProductVersion;
pub use table::Basis;

use crate::{ApiVersion, versions};
use table::{agent_row, design_studio_row};

/// The newest API version that Jitterbit documents for any agent.
pub const LAST_DOCUMENTED: ApiVersion = ApiVersion::new(61);
/// Least agent of the 11.x line that can use OAuth 2.0 client credentials.
pub const LEAST_OAUTH_AGENT_11: &str = "11.59";
/// Least agent of the 12.x line that can use OAuth 2.0 client credentials.
pub const LEAST_OAUTH_AGENT_12: &str = "12.3";
/// Least Design Studio that can use OAuth 2.0 client credentials.
pub const LEAST_OAUTH_DESIGN_STUDIO: &str = "11.59";

/// The newest API version that is known to be available, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Available {
    /// The version.
    pub api: ApiVersion,
    /// What the row that gave it rests on.
    pub basis: Basis,
    /// The product whose row it is.
    pub product: Product,
}

/// The newest API version that a project can use on an agent and a Design Studio.
///
/// Each product gives its best row; the smaller one counts when both give one, and between equal
/// ones the better founded. `None` when neither is given or known: then the newest version that
/// this build knows counts. Some answers for an agent alone:
///
/// | agent | API | basis | why |
/// |---|---|---|---|
/// | 11.20 | 59.0 | documented | row 11.18 to 11.22 |
/// | 11.45 | 61.0 | documented | row "11.30 or later"; 62.0 to 64.0 are documented for no agent |
/// | 11.59 | 65.0 | inferred | 65.0 needs OAuth 2.0, and this is the least agent that has it |
/// | 12.0 to 12.2 | 61.0 | documented | later than 11.30, but without OAuth 2.0 |
/// | 12.3 to 12.6 | 65.0 | inferred | as 11.59 |
/// | 12.7, 12.9, 12.10 | 66.0 | reported | release notes of 12.7; no row for 67.0 or 68.0 |
///
/// Design Studio carried the agents' numbers up to 11.59, so a lower one is taken for as old as the
/// agent of its number, which is an inference; 11.41 is reported to have run 63.0; 11.59 gives 65.0
/// (inferred, OAuth 2.0 again) and 11.63 gives 66.0 (reported together with agent 12.7).
pub fn available(
    agent: Option<&ProductVersion>,
    design_studio: Option<&ProductVersion>,
) -> Option<Available> {
    let of = |product, api, basis| Available { api, basis, product };
    let by_agent = agent.and_then(agent_row).map(|row| of(Product::Agent, row.api, row.basis));
    let by_design_studio = design_studio
        .and_then(design_studio_row)
        .map(|(api, basis)| of(Product::DesignStudio, api, basis));
    by_agent.into_iter().chain(by_design_studio).min_by_key(|a| (a.api, a.basis))
}

/// Which of the two products an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// The private or cloud agent.
    Agent,
    /// Design Studio.
    DesignStudio,
}

/// A product for which an API version is too new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shortfall {
    /// Which product.
    pub product: Product,
    /// The newest API version that is known for it.
    pub newest: ApiVersion,
    /// How well it is known that a newer one does not work.
    pub basis: Basis,
}

/// Whether an API version is newer than what an agent or a Design Studio is known for, and how
/// certain that is.
///
/// Not the same question as [`available`]: its basis tells how certain it is that a version works,
/// this one how certain that a newer one does not. The row "11.30 or later" documents 61.0 without
/// documenting an end, so 64.0 on agent 11.45 is only inferred not to work, while 61.0 on agent
/// 11.20 contradicts the documented row 11.18 to 11.22.
///
/// When both products fall short, what is documented counts first, then the smaller version.
pub fn shortfall(
    api: ApiVersion,
    agent: Option<&ProductVersion>,
    design_studio: Option<&ProductVersion>,
) -> Option<Shortfall> {
    let by_agent = agent.and_then(agent_row).map(|row| (Product::Agent, row.api, row.limit));
    let by_design_studio = design_studio
        .and_then(table::design_studio_limit)
        .map(|(api, limit)| (Product::DesignStudio, api, limit));
    by_agent
        .into_iter()
        .chain(by_design_studio)
        .filter(|(_, newest, _)| api > *newest)
        .map(|(product, newest, basis)| Shortfall { product, newest, basis })
        .min_by_key(|one| (one.basis != Basis::Documented, one.newest, one.basis))
}

/// The least agent later than `agent` whose row gives at least `api`, and how that is known: what to
/// upgrade to. `None` where no row does.
pub fn next_agent_for(api: ApiVersion, agent: &ProductVersion) -> Option<(ProductVersion, Basis)> {
    let mut rows = table::AGENTS.iter();
    let row = rows.find(|row| row.api >= api && row.from > agent.release())?;
    Some((ProductVersion::from_release(row.from), row.basis))
}

/// Whether this build knows of an agent of that version: the connectors' first one 9.4.2, and
/// every later one of the lines 9.x, 10.x up to 10.87, 11.x up to 11.59 and 12.x up to 12.10. A third
/// and fourth number is a patch and always fine.
pub fn known_agent(agent: &ProductVersion) -> bool {
    table::is_known(agent, &table::LAST_AGENTS)
}

/// Whether this build knows of a Design Studio of that version: 9.4.2 and later of the line 9.x,
/// 10.x up to 10.87, and 11.x up to 11.69. Sources name 11.63; the line goes on in steps of one, so the rest of
/// the 11.6x line is taken as known rather than called a mistake. There is no 12.x.
pub fn known_design_studio(design_studio: &ProductVersion) -> bool {
    table::is_known(design_studio, &table::LAST_DESIGN_STUDIOS)
}

/// The newest API version that an agent is known to support.
pub fn newest_supported() -> ApiVersion {
    let agent = ProductVersion::parse(newest_known_agent());
    available(agent.as_ref(), None).map_or(versions::NEWEST, |available| available.api)
}

/// Newest agent that this build knows, planned for September 2026: an example to offer.
pub const fn newest_known_agent() -> &'static str {
    "12.10"
}

/// Newest Design Studio that a source names: an example to offer.
pub const fn newest_known_design_studio() -> &'static str {
    "11.63"
}

/// Whether an agent is too old for OAuth 2.0 client credentials: it needs 11.59 on 11.x or 12.3 on
/// 12.x, so 12.0 to 12.2 are too old as well. Source:
/// <https://docs.jitterbit.com/design-studio/wizards/salesforce/prerequisites/>.
pub fn oauth_needs_newer_agent(agent: &ProductVersion) -> bool {
    agent.release() < [11, 59, 0] || (agent.major() == 12 && agent.minor() < 3)
}

/// Whether a Design Studio is too old for OAuth 2.0 client credentials: it needs 11.59. Same source
/// as [`oauth_needs_newer_agent`].
pub fn oauth_needs_newer_design_studio(design_studio: &ProductVersion) -> bool {
    design_studio.release() < [11, 59, 0]
}

#[cfg(test)]
mod tests;
