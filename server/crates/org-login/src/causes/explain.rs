//! Wording: what happened, what to do about it in which order, and which member to change.
//!
//! The screens are those of Salesforce Setup. An instruction never asks for a new secret where the
//! flow may be off, and never blames credentials for what stands between here and Salesforce.

mod app;
mod before;
mod host;
mod org;
mod transport;
mod user;

use super::{Reason, Situation};
use crate::cause::Cause;

/// An explanation in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// One sentence.
    pub(crate) summary: String,
    /// Ordered steps; never empty.
    pub(crate) instructions: Vec<String>,
    /// JSON pointer into the org file, when a member of it is to be changed.
    pub(crate) member: Option<String>,
}

impl Explanation {
    fn new(summary: impl Into<String>) -> Explanation {
        Explanation { summary: summary.into(), instructions: Vec::new(), member: None }
    }

    fn step(mut self, step: impl Into<String>) -> Explanation {
        self.instructions.push(step.into());
        self
    }

    fn step_if(self, condition: bool, step: impl Into<String>) -> Explanation {
        if condition { self.step(step) } else { self }
    }

    fn at(mut self, member: &str) -> Explanation {
        self.member = Some(member.to_owned());
        self
    }
}

/// Explains `reason` for the org and attempt in `situation`.
pub(crate) fn explain(reason: &Reason, situation: &Situation) -> Explanation {
    let mut explanation = user::explain(reason, situation)
        .or_else(|| app::explain(reason, situation))
        .or_else(|| host::explain(reason, situation))
        .or_else(|| org::explain(reason, situation))
        .or_else(|| transport::explain(reason, situation))
        .or_else(|| before::explain(reason, situation))
        .unwrap_or_else(|| org::unknown(situation));
    if let Some(name) = situation.ignored_proxy
        && matches!(reason.cause(), Cause::Network | Cause::Tls | Cause::Proxy)
    {
        let step = format!(
            "{name} is set, but not to the address of a proxy, so it was ignored: write it as \
             http://host:port."
        );
        explanation.instructions.insert(0, step);
    }
    let hints = situation.hints.iter().map(|hint| (*hint).to_owned());
    if reason.cause().blames_credentials() {
        explanation.instructions.splice(0..0, hints);
    }
    explanation
}

/// The step that finds the right host.
const MY_DOMAIN: &str = "In the org, open Setup > My Domain and copy the Current My Domain URL: \
     `https://<name>.my.salesforce.com`, in a sandbox \
     `https://<name>--<sandbox>.sandbox.my.salesforce.com`.";

/// The action that replaces basic authentication, as the editor names it.
const CONVERT: &str = "Convert to OAuth 2.0 client credentials";

#[cfg(test)]
mod tests;
