//! What a person reads when the login of a new org is not simply right, and what they can choose.

use org_login::{Cause, LoginResult, Remedy, Status};
use org_new::{Answers, Step};
use serde::Serialize;

/// What a login came to, with the next things to do. All texts are harmless to show.
#[derive(Clone, Debug, Serialize)]
pub struct Ending {
    /// It in a few words.
    pub title: String,
    /// It in a sentence.
    pub message: String,
    /// What to choose from, the likeliest first.
    pub items: Vec<Choice>,
    /// What to do in Salesforce or here.
    pub steps: Vec<String>,
    /// The step whose answer is to blame.
    pub step: Option<Step>,
}

/// Something to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// `again`, `steps`, `test`, `anyway`, `save`, `production`, `sandbox` or `back`.
    pub id: &'static str,
    /// Its name.
    pub label: String,
    /// What it means.
    pub detail: String,
}

fn choice(id: &'static str, label: impl Into<String>) -> Choice {
    Choice { id, label: label.into(), detail: String::new() }
}

/// Whether Salesforce says something else about sandbox or production than the answers: what it says.
pub fn disagreement(result: &LoginResult, sandbox: bool) -> Option<bool> {
    let said = result.identity.as_ref()?.sandbox?;
    (result.is_ok() && said != sandbox).then_some(said)
}

/// Logged in, but to another kind of org.
pub fn disagrees(said_sandbox: bool) -> Ending {
    let (is, right, other) = if said_sandbox {
        ("a sandbox", ("sandbox", "Sandbox"), ("production", "Production"))
    } else {
        ("a production org", ("production", "Production"), ("sandbox", "Sandbox"))
    };
    Ending {
        title: format!("Logged in, but this is {is}"),
        message: format!("Salesforce says that this is {is}."),
        items: vec![
            choice(right.0, format!("Save as {}", right.1)),
            choice(other.0, format!("Save as {} Anyway", other.1)),
            choice("back", "Back"),
        ],
        steps: Vec::new(),
        step: Some(Step::Kind),
    }
}

/// Not logged in.
pub fn failed(result: &LoginResult, answers: &Answers) -> Ending {
    let cause = result.cause.unwrap_or(Cause::Cancelled);
    let head = if result.status == Status::Skipped { "Not tested" } else { "Login failed" };
    let step = result.member.as_deref().and_then(|member| Step::of_pointer(member, answers));
    let test = match cause {
        Cause::LockoutGuard => choice("anyway", "Try Anyway"),
        _ => choice("test", "Test Again"),
    };
    let again = step.and_then(|step| Some(choice("again", again(step)?)));
    let first = if cause.remedy() == Remedy::TestAgain { None } else { again.clone() };
    let mut items: Vec<Choice> = first.into_iter().collect();
    if cause.remedy() == Remedy::TestAgain {
        items.push(test.clone());
    }
    if !result.instructions.is_empty() {
        items.push(Choice {
            detail: counted(&result.instructions),
            ..choice("steps", "Show What to Do")
        });
    }
    // What may lock the user out is never the first.
    for more in [test, choice("save", "Save Anyway"), choice("back", "Back")] {
        if !items.contains(&more) {
            items.push(more);
        }
    }
    Ending {
        title: format!("{head}: {}", cause.short()),
        message: result.summary.clone(),
        items,
        steps: result.instructions.clone(),
        step,
    }
}

fn counted(steps: &[String]) -> String {
    let many = match steps.len() {
        1 => "1 step".to_owned(),
        some => format!("{some} steps"),
    };
    let is_in_setup = steps.iter().any(|step| step.contains("Setup"));
    if is_in_setup { format!("{many} in Salesforce Setup") } else { many }
}

/// The way back to a step.
fn again(step: Step) -> Option<&'static str> {
    Some(match step {
        Step::InstanceUrl | Step::MyDomain => "Enter the My Domain URL Again",
        Step::ClientId => "Enter the Client ID Again",
        Step::Secret => "Enter the Client Secret Again",
        Step::Username => "Enter the User Name Again",
        Step::Password => "Enter the Password Again",
        Step::SecurityToken => "Enter the Security Token Again",
        Step::ServerHost => "Choose the Host Again",
        Step::Kind => "Choose the Kind Again",
        Step::Auth => "Choose How It Logs In Again",
        Step::Name => "Enter the Name Again",
        Step::ApiVersion | Step::Where | Step::Finish => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ending: &Ending) -> Vec<&str> {
        ending.items.iter().map(|item| item.id).collect()
    }

    fn result(cause: Cause, member: Option<&str>, steps: usize) -> LoginResult {
        LoginResult {
            cause: Some(cause),
            status: Status::Failed,
            member: member.map(str::to_owned),
            instructions: vec!["Open Setup.".to_owned(); steps],
            ..LoginResult::cancelled()
        }
    }

    #[test]
    fn the_answer_to_blame_comes_first() {
        let answers = Answers::default();
        let wrong =
            failed(&result(Cause::WrongClientSecret, Some("/auth/clientSecret"), 3), &answers);
        assert_eq!(wrong.title, "Login failed: wrong client secret");
        assert_eq!(ids(&wrong), ["again", "steps", "test", "save", "back"]);
        assert_eq!(wrong.items[0].label, "Enter the Client Secret Again");
        assert_eq!(wrong.items[1].detail, "3 steps in Salesforce Setup");
        assert_eq!(wrong.step, Some(Step::Secret));
        let offline = failed(&result(Cause::Network, Some("/auth/instanceUrl"), 1), &answers);
        assert_eq!(ids(&offline), ["test", "steps", "save", "back"]);
    }

    #[test]
    fn what_may_lock_a_user_out_is_never_first() {
        let guarded = failed(&LoginResult::lockout_guard(2), &Answers::default());
        assert_eq!(ids(&guarded), ["steps", "anyway", "save", "back"]);
        assert!(guarded.title.starts_with("Not tested: "), "{}", guarded.title);
    }

    #[test]
    fn salesforce_may_disagree() {
        let production = disagrees(false);
        assert_eq!(production.title, "Logged in, but this is a production org");
        let labels: Vec<&str> = production.items.iter().map(|item| item.label.as_str()).collect();
        assert_eq!(labels, ["Save as Production", "Save as Sandbox Anyway", "Back"]);
    }
}
