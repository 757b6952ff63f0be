//! From what people have to org definition files: the plan of an import, without I/O.
//!
//! A reader of `org-sources` yields what a source holds; [`found`] brings that into one form,
//! [`plan`] decides which org files become of it, beside those that are there already, and
//! [`ToDo`] says what is left for a person. Nothing that is a login by itself (an access token, a
//! refresh token) is ever part of a plan, and no file that exists is changed.

mod definition;
mod existing;
pub mod found;
mod from_auth_url;
mod from_design_studio;
mod from_env_file;
mod from_sf_output;
mod from_studio_export;
mod names;
mod plan;
mod project;
mod todo;

pub use definition::{Definition, PlannedSecret};
pub use existing::{Existing, ExistingOrg, ExistingProject};
pub use found::Source;
pub use from_auth_url::from_auth_url;
pub use from_design_studio::{from_design_studio, may_hold_orgs};
pub use from_env_file::from_env_file;
pub use from_sf_output::from_sf_output;
pub use from_studio_export::from_studio_export;
pub use names::{MAX_ORG_NAME, file_name, free as free_name};
pub use plan::{Difference, LeftOut, NewFile, Plan, PlannedOrg, PlannedProject, Standing, plan};
pub use todo::{SecretGap, ToDo, what_is};
