//! Projects of thousands of org files with seeded faults.
//!
//! ```
//! use scale_tests::{Options, Project};
//!
//! let project = Project::generate(Options { orgs: 200, faults_percent: 5, seed: 1 });
//! assert_eq!(project.manifest.orgs, 200);
//! assert_eq!(project.manifest.faults, 10);
//! assert!(project.files.contains_key("platform/sforg-project.json"));
//! ```
//!
//! The generator knows for each fault which rules must speak and where; the tests hold `sforg check`
//! and the server to exactly that. The binary `generate-project` writes such a project to a folder.

mod check;
mod compare;
mod decoys;
mod draft;
mod findings;
mod generate;
mod grounds;
mod layout;
mod marks;
mod org;
mod random;
mod repository;
mod seeds;
mod session;
mod site;

pub use check::{Check, check, rules_of_the_binary};
pub use compare::{assert_same, difference};
pub use findings::{Finding, Place, Range, Reported};
pub use generate::{Manifest, Options, Project};
pub use random::Random;
pub use repository::{Written, write_repository};
pub use seeds::seeded_rules;
pub use session::{Session, Watching};
