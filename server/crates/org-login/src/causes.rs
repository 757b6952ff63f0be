//! From what happened to an explanation.
//!
//! [`table`] recognises: flow, HTTP status, code and text become a [`Reason`]. [`reason`] gives
//! each reason its cause. [`explain`] words it for one org: a summary, ordered instructions, and
//! the member to change.

mod explain;
mod login_history;
mod phrases;
mod reason;
mod rows;
mod situation;
mod table;

pub(crate) use explain::{CONVERT, Explanation, LOGIN_HISTORY, MY_DOMAIN, explain};
pub(crate) use login_history::by_label as recognise_label;
pub(crate) use phrases::plain;
pub(crate) use reason::{Reason, Subject};
pub(crate) use situation::{Situation, default_host, soap_version};
#[cfg(test)]
pub(crate) use table::told_by_codes;
pub(crate) use table::{known_codes, recognise_code, recognise_page};

use crate::result::LoginResult;
use crate::target::LoginTarget;

/// A result for a login that was not sent because of `reason`.
pub(crate) fn skipped(reason: Reason, target: &LoginTarget) -> LoginResult {
    let cause = reason.cause();
    let Explanation { summary, instructions, member } = explain(&reason, &Situation::of(target));
    LoginResult { member, ..LoginResult::skipped(cause, summary, instructions) }
}
