//! A Salesforce that runs on this computer.
//!
//! It answers SOAP `login()`, the OAuth 2.0 token endpoint, the version list, userinfo and
//! the few REST resources that a login test reads, as Salesforce does, odd answers included.
//! Chosen user names and client ids make it give any recorded answer ([`Case`]) or misbehave
//! ([`BEHAVIOURS`]). It listens on loopback only and shares no table with the product, so that
//! a mistake in one is not repeated in the other.
//!
//! ```no_run
//! # fn main() -> Result<(), sforg_simulator::StartError> {
//! use sforg_simulator::{Options, Simulator};
//!
//! let simulator = Simulator::start(Options::default())?;
//! println!("listening on {}", simulator.http_url);
//! assert_eq!(simulator.stats().requests, 0);
//! # Ok(())
//! # }
//! ```

mod accounts;
mod answer;
mod behaviours;
mod cases;
mod certificates;
mod chosen;
mod connection;
mod echo;
mod hosts;
mod identity;
mod login_history;
mod misbehave;
mod options;
mod page;
mod project;
mod proxy;
mod raw;
mod rest;
mod router;
mod session;
mod soap;
mod start;
mod stats;
mod token;
mod world;

pub use accounts::{ACCOUNTS, Account, DEV, MY_DOMAIN_ONLY, ODD_SIGNS, PRODUCTION, UAT};
pub use behaviours::{BEHAVIOURS, BehaviourName};
pub use cases::{Case, cases};
pub use chosen::{behaviour_client_id, behaviour_username, case_client_id, case_username};
pub use misbehave::HOSTILE;
pub use options::{Options, ProxyOptions, RequestLine, RequestLog, WrongCertificate};
pub use page::{behaviours_page, cases_page, describe, start_page};
pub use project::copy_project;
pub use start::{Handle, Simulator, StartError};
pub use stats::{LoginCounts, ProxyCounts, Stats};
