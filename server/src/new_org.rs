//! *New Salesforce Org*, as editor and terminal share it: what is there already, the login with answers
//! that are in memory alone, its result in words, and the files.

mod ending;
mod save;
mod surroundings;
mod trial;

pub use ending::{Ending, disagreement, disagrees, failed};
pub use save::{SaveError, Saved, save};
pub use surroundings::{Surroundings, Where};
pub use trial::{Trial, log_in};
