//! *New Salesforce Org*: the one list of steps that terminal, VS Code and Neovim show, without I/O.
//!
//! | module | answers |
//! |---|---|
//! | [`steps`] | which steps there are for some answers, and which is the first that is open |
//! | [`question`] | what a step asks: words, values to choose, the value that stands there |
//! | [`check`] | what is wrong with a value, or what becomes of it |
//! | [`result`] | the files that the answers become, and the org as it is tried before there are any |
//!
//! Whoever asks has [`Answers`] (texts, never a secret), [`Secrets`] and the [`Scene`]: what is there
//! already where the new files go.

mod answers;
pub mod check;
mod hosts;
pub mod question;
pub mod result;
mod scene;
pub mod steps;
#[cfg(test)]
mod test_scene;

pub use answers::{Answers, ENTERED, LATER, Place, Secrets};
pub use check::{Check, Grade, check};
pub use question::{Item, Kind, Question, TITLE, question};
pub use result::{Refused, plan, trial};
pub use scene::Scene;
pub use steps::Step;
