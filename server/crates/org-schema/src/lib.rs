//! The tables behind the language of Salesforce org definition files.
//!
//! A member, an API version, a Jitterbit release or a form of host name is written down here once.
//! Completion, hover, validation, the login and the JSON Schema read the same rows. Nothing in this
//! crate reads a file, a clock, the environment or the network: where an answer depends on the
//! date, the date is a parameter.

#[macro_use]
mod table;

pub mod address;
pub mod allowed_hosts;
mod api_version;
pub mod client_credentials;
mod date;
pub mod design_studio;
pub mod foreign_ref;
mod host_name;
pub mod hosts;
pub mod invisible;
pub mod jitterbit;
pub mod json_schema;
pub mod members;
pub mod pasted;
pub mod secret_ref;
pub mod setup_pages;
pub mod value_shapes;
pub mod versions;

pub use api_version::ApiVersion;
pub use date::Date;
