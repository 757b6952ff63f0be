//! *Explain a Salesforce Login Error*, for the terminal and the editor.

use std::fmt::Write as _;

use org_login::{Explained, SalesforceError, Why, why};
use org_schema::Date;
use org_text::{Foreign, neutral};
use serde::Serialize;

/// What is said about a text in which no login error stands that sforg knows.
const NOT_KNOWN: &str = "sforg does not recognize a login error in this.";
/// What can be done then.
const MORE: &str = "Include more of what the tool printed: the lines around the error, and \
                    Salesforce's own code and text, such as INVALID_LOGIN: … or \"error\": \
                    \"invalid_grant\" with its description.";
/// The same for an error of somebody else's.
const ANOTHERS: &str = "Every OAuth service uses codes such as invalid_grant: without its \
                        description, or the name of a Salesforce host or tool nearby, it may be \
                        another company's.";

/// The answer about a text, as JSON: `{cause, summary, instructions, salesforce: {code, message}}`,
/// `cause` null when it is no login error that sforg knows.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// A login error.
    Known(Why),
    /// None that is known.
    Unknown(Nothing),
}

/// The JSON of [`Answer::Unknown`].
#[derive(Debug, Serialize)]
pub struct Nothing {
    cause: Option<&'static str>,
    summary: &'static str,
    instructions: [&'static str; 2],
    salesforce: SalesforceError,
}

impl Answer {
    /// The answer about `text` as on the day `today`.
    pub fn about(text: &str, today: Date) -> Self {
        match why(text, today) {
            Some(why) => Self::Known(why),
            None => Self::Unknown(Nothing {
                cause: None,
                summary: NOT_KNOWN,
                instructions: [MORE, ANOTHERS],
                salesforce: SalesforceError::default(),
            }),
        }
    }

    /// The headline: the cause in few words, and the summary.
    pub fn headline(&self) -> String {
        match self {
            Self::Known(why) => neutral(&why.first.summary).into_owned(),
            Self::Unknown(nothing) => nothing.summary.to_owned(),
        }
    }

    /// The steps, in order.
    pub fn steps(&self) -> Vec<String> {
        match self {
            Self::Known(why) => {
                why.first.instructions.iter().map(|step| neutral(step).into_owned()).collect()
            }
            Self::Unknown(nothing) => nothing.instructions.map(ToOwned::to_owned).to_vec(),
        }
    }

    /// What stands before a step: its number. Hints are in no order.
    pub fn mark(&self, index: usize) -> String {
        match self {
            Self::Known(_) => format!("{}. ", index + 1),
            Self::Unknown(_) => "- ".to_owned(),
        }
    }

    /// What Salesforce said, on one line.
    pub fn said(&self) -> Option<String> {
        match self {
            Self::Known(why) => said(&why.first.salesforce),
            Self::Unknown(_) => None,
        }
    }

    /// A line for each further error.
    pub fn others(&self) -> Vec<String> {
        match self {
            Self::Known(why) => why.others.iter().map(other).collect(),
            Self::Unknown(_) => Vec::new(),
        }
    }

    /// The page: the headline, a line about what Salesforce said, numbered steps, further errors.
    pub fn page(&self) -> String {
        let mut page = format!("{}\n", self.headline());
        if let Some(said) = self.said() {
            let _ = writeln!(page, "Salesforce said: {said}");
        }
        for (index, step) in self.steps().iter().enumerate() {
            let _ = writeln!(page, "{}{step}", self.mark(index));
        }
        let others = self.others();
        if !others.is_empty() {
            page.push_str("Other errors in the same text:\n");
        }
        for line in others {
            let _ = writeln!(page, "{line}");
        }
        page
    }
}

fn other(found: &Explained) -> String {
    let said = said(&found.salesforce).map(|said| format!(" ({said})")).unwrap_or_default();
    format!("{}: {}{said}", found.cause.title(), neutral(&found.summary))
}

fn said(said: &SalesforceError) -> Option<String> {
    let words = [&said.code, &said.message].into_iter().flatten();
    let words: Vec<String> = words.map(|text| Foreign(text).to_string()).collect();
    (!words.is_empty()).then(|| words.join(": "))
}
