//! Pure answers about Salesforce org definition files and their projects.
//!
//! `(project snapshot, document, offset) -> plain data`: no I/O, no clock, no protocol. Offsets
//! are byte offsets into the document's text; "today" and everything else that belongs to the
//! outside world comes in through [`Context`].
//!
//! | module | answers |
//! |---|---|
//! | [`rules`] | which findings does this file have, and what mends each |
//! | [`assists`] | which refactorings does it offer |
//! | [`deadlines`] | when does which org stop working, and why |
//! | [`completion`] | what can be written here |
//! | [`hover`] | what is this |
//! | [`design_studio`] | the same for the files that Design Studio keeps, and who uses an org there |
//! | [`lenses`] | what can be done with this org, what did the last login say |
//! | [`format`] | which white space belongs between the tokens |
//! | [`symbols`], [`org_search`] | what is in this file, which org has such a name |
//! | [`folding`], [`selection`], [`highlights`], [`links`], [`semantic_tokens`] | how does an editor show it |

pub mod actions;
pub mod assists;
pub mod completion;
mod context;
pub mod deadlines;
pub mod design_studio;
mod design_studio_link;
mod document;
mod effective;
mod finding;
pub mod folding;
pub mod format;
pub mod harmless;
pub mod highlights;
mod host_analysis;
pub mod hover;
pub mod inlay_hints;
pub mod lenses;
#[cfg(test)]
mod linear_tests;
pub mod links;
mod lower;
mod markdown;
mod member_edits;
pub mod names;
mod names_listed;
pub mod org_search;
pub mod pointer;
mod project_facts;
pub mod rules;
pub mod selection;
pub mod semantic_tokens;
mod server_host;
mod spelling;
mod steps;
pub mod symbols;
#[cfg(test)]
mod test_context;
mod unknown_auth;
mod words;

pub use context::{Context, EnvNames, LastLogin, LoginOutcome, NoEnvironment};
pub use design_studio_link::{DesignStudioLink, LinkedOrg, LinkedProject};
pub use document::{Document, FileKind, MAX_FILE_BYTES, UnreadableFile};
pub use effective::{EffectiveVersion, VersionOrigin};
pub use finding::{Edit, Finding, Fix, Group, Related, Severity, Tag};
pub use host_analysis::host_to_allow;
pub use lower::{AuthDef, Field, OrgDef, ProjectDef, StringValue, Value};
pub use markdown::Markdown;
pub use names_listed::names_listed;
pub use project_facts::{OrgFacts, ProjectFacts, ProjectVersion};
pub use spelling::nearest;
pub use steps::numbered_steps;
