//! SOAP `login()`.

mod envelope;
mod login;
mod request;

pub(crate) use envelope::{Flavour, fault};
pub(crate) use login::answer;
