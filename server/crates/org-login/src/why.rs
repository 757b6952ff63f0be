//! *Explain a Salesforce Login Error*: from the text that some other tool printed to the cause and
//! the steps that a failed test of ours would give.
//!
//! A text can be anything: a body in JSON or XML, a stack trace, a log in which every line begins with
//! a time and in which the body stands inside of another JSON's string. So it is not parsed. Its
//! encodings are taken off ([`reading`]); then come the codes that the table knows ([`codes`]), the
//! texts that Salesforce is known to write ([`texts`]) and what keeps a tool from reaching Salesforce
//! ([`network`]). Most OAuth codes are everybody's: they count only where the text around them is
//! Salesforce's ([`surroundings`]). What is left is no login error that sforg knows, and no guess.
//!
//! The work is linear in the length of the text, and the text is bounded ([`LONGEST_TEXT`]).

mod codes;
mod flows;
mod message;
mod network;
mod reading;
mod secrets;
mod surroundings;
mod texts;
mod words;

use std::ops::Range;

use org_schema::Date;
use org_schema::versions::SUMMER_27;
use serde::{Serialize, Serializer};

use crate::cause::Cause;
use crate::causes::Reason;
use crate::target::Flow;
use flows::OtherFlow;
use reading::Reading;
use surroundings::Surroundings;

/// The longest text that is looked at, in bytes; of a longer one the end is, where logs have what
/// happened last.
pub const LONGEST_TEXT: usize = 1 << 20;
/// So many errors of one text are explained.
const MOST_ERRORS: usize = 6;

/// What [`why`] found in a text: the first error, and the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The first login error in the text.
    pub first: Explained,
    /// Further ones that have another reason, in the order of the text.
    pub others: Vec<Explained>,
}

/// One login error, explained. As JSON: `{cause, summary, instructions, salesforce: {code, message}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The cause, one of those that a failed test has.
    pub cause: Cause,
    /// One sentence.
    pub summary: String,
    /// Ordered steps; never empty.
    pub instructions: Vec<String>,
    /// What Salesforce said.
    pub salesforce: SalesforceError,
    /// Where it says so, in bytes of the text that was given.
    #[serde(skip)]
    pub place: Range<usize>,
}

/// Salesforce's own words in a text, secrets masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SalesforceError {
    /// The code as it stands there.
    pub code: Option<String>,
    /// The text.
    pub message: Option<String>,
}

/// What is behind an error of another tool.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refusal {
    /// A reason of the table.
    Known(Reason),
    /// A reason of a flow that sforg itself does not use.
    OtherFlow(OtherFlow),
}

impl Refusal {
    fn cause(&self) -> Cause {
        match self {
            Refusal::Known(reason) => reason.cause(),
            Refusal::OtherFlow(flow) => flow.cause(),
        }
    }
}

/// An error in a text.
#[derive(Clone, Debug)]
struct Found {
    refusal: Refusal,
    flow: Flow,
    code: Option<String>,
    message: Option<String>,
    /// Bytes of the reading.
    place: Range<usize>,
}

/// Explains the Salesforce login errors in `text`, which any tool may have written; `None` when there
/// is none that sforg knows. `today` decides which ways out are still open.
pub fn why(text: &str, today: Date) -> Option<Why> {
    let login_retired = today >= SUMMER_27;
    let cut = end_of(text);
    let reading = Reading::new(&text[cut..]);
    let around = Surroundings::new(&reading);
    let mut found = codes::find(&reading, &around);
    let near_a_code = |place: &Range<usize>| {
        found.iter().any(|code| place.start.abs_diff(code.place.start) < NEAR)
    };
    let texts: Vec<Found> = texts::find(&reading, &around)
        .into_iter()
        .filter(|text| !near_a_code(&text.place))
        .collect();
    found.extend(texts);
    found.extend(network::find(&reading, &around));
    if found.is_empty() {
        found.extend(texts::login_history_label(&reading, &around));
    }
    found.sort_by_key(|found| found.place.start);
    let scrubber = secrets::scrubber(&reading);
    let mut explained = without_repetitions(found)
        .into_iter()
        .map(|found| {
            let words = words::explain(&found, &around, login_retired);
            let place = reading.place(&found.place);
            Explained {
                cause: found.refusal.cause(),
                summary: words.summary,
                instructions: words.instructions,
                salesforce: SalesforceError {
                    code: found.code,
                    message: found.message.map(|message| scrubber.clean(&message)),
                },
                place: place.start + cut..place.end + cut,
            }
        })
        .take(MOST_ERRORS);
    let first = explained.next()?;
    Some(Why { first, others: explained.collect() })
}

/// A code and a text that are less than so many bytes apart belong together.
const NEAR: usize = 600;

/// Where the part of `text` begins that is looked at.
fn end_of(text: &str) -> usize {
    let from = text.len().saturating_sub(LONGEST_TEXT);
    (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Each reason once. A code without its text says nothing where the same code has one, and a session
/// that is no longer valid is what made the tool log in.
fn without_repetitions(found: Vec<Found>) -> Vec<Found> {
    let same_code = |a: &Found, b: &Found| match (&a.code, &b.code) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    };
    let has_words =
        |one: &Found| found.iter().any(|other| other.message.is_some() && same_code(one, other));
    let mut kept: Vec<Found> = Vec::new();
    for one in &found {
        if one.message.is_none() && has_words(one) {
            continue;
        }
        if !kept.iter().any(|other| other.refusal == one.refusal) {
            kept.push(one.clone());
        }
    }
    let is_session = |found: &Found| {
        let of_session = [OtherFlow::SessionInvalid, OtherFlow::HeaderRefused];
        of_session.iter().any(|flow| found.refusal == Refusal::OtherFlow(*flow))
    };
    kept.sort_by_key(is_session);
    kept
}

/// `Why` as JSON is its first error; the others are there only when there are any.
impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            #[serde(flatten)]
            first: &'a Explained,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            others: &'a [Explained],
        }
        Shown { first: &self.first, others: &self.others }.serialize(serializer)
    }
}

#[cfg(test)]
mod tests;
