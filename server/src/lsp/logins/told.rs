//! What a person is told about the result of one login, and what the buttons of the message do.

use std::sync::Arc;

use lsp_types as lsp;
use org_login::{LoginResult, Remedy, Status, WarningCode};

use super::{correct_sandbox, go_to, page};
use crate::lsp::client::Message;
use crate::lsp::client::own::Page;
use crate::lsp::commands::{Command, Conversion, OneFile, OneSecret};
use crate::lsp::logins::Logins;

/// A button of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Button {
    /// What the cause suggests.
    Remedy(Remedy),
    /// Write what Salesforce says of `sandbox`.
    CorrectSandbox,
    /// All that is known of a success.
    Details,
}

impl Button {
    /// At most 14 characters: editors cut more off.
    fn title(self) -> &'static str {
        match self {
            Self::Remedy(Remedy::EnterSecret) => "Enter Secret…",
            Self::Remedy(Remedy::GoToError) => "Go to Error",
            Self::Remedy(Remedy::Convert) => "Convert…",
            Self::Remedy(Remedy::AllowHost) => "Open Setting",
            Self::Remedy(Remedy::TrustWorkspace) => "Manage Trust",
            Self::Remedy(Remedy::TestAgain) => "Test Again",
            Self::Remedy(Remedy::ShowSteps) => "Show Steps",
            Self::CorrectSandbox => "Correct File",
            Self::Details => "Show Details",
        }
    }
}

/// Tells the result of the login of `name`, whose file is `uri`.
pub async fn tell(logins: &Arc<Logins>, uri: &lsp::Url, name: &str, result: &LoginResult) {
    let own = logins.client.session.client.own;
    let is_good_news = result.is_ok() && pressing(result).is_none();
    if is_good_news && own.status {
        return logins.client.status(&format!("{name}: logged in")).await;
    }
    if is_good_news || !own.buttons {
        return logins.client.show(kind(result), whole(name, result)).await;
    }
    let buttons = buttons(result);
    let titles: Vec<&str> = buttons.iter().map(|button| button.title()).collect();
    let pressed = logins.client.offer(kind(result), headline(name, result), &titles).await;
    let pressed = pressed.and_then(|title| buttons.iter().find(|button| button.title() == title));
    if let Some(button) = pressed {
        press(logins, uri, *button, result).await;
    }
}

fn kind(result: &LoginResult) -> lsp::MessageType {
    match result.status {
        Status::Ok if pressing(result).is_none() => lsp::MessageType::INFO,
        Status::Ok | Status::Skipped => lsp::MessageType::WARNING,
        Status::Failed => lsp::MessageType::ERROR,
    }
}

fn pressing(result: &LoginResult) -> Option<WarningCode> {
    result.warnings.iter().map(|warning| warning.code).find(|code| code.is_pressing())
}

/// So many characters of a message are read at a glance.
const SHORT: usize = 80;

/// One sentence, the org's name first.
pub fn headline(name: &str, result: &LoginResult) -> String {
    if let Some(code) = pressing(result).filter(|_| result.is_ok()) {
        return format!("{name}: logged in, but {}.", code.but());
    }
    let text = match result.summary.strip_prefix("Not tested: ") {
        Some(why) => format!("{name}: not tested. {}", capitalized(why)),
        None => format!("{name}: {}", result.summary),
    };
    match result.cause {
        Some(cause) if text.chars().count() > SHORT => match result.status {
            Status::Skipped => format!("{name}: not tested. {}.", capitalized(cause.short())),
            Status::Ok | Status::Failed => format!("{name}: {}.", cause.short()),
        },
        _ => text,
    }
}

fn capitalized(text: &str) -> String {
    // A variable's name stays as it is.
    let first_word = text.split(' ').next().unwrap_or("");
    if first_word.chars().any(|c| !c.is_lowercase()) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Everything in one message, for editors that have no page for it.
pub fn whole(name: &str, result: &LoginResult) -> Message {
    let mut message =
        Message::from(format!("{name}: {}", result.summary)).steps(&result.instructions);
    if let Some(sent) = &result.sent {
        message = message.line(format!("Sent {sent}."));
    }
    for warning in &result.warnings {
        message = message.line(format!("Warning: {warning}"));
    }
    message
}

fn buttons(result: &LoginResult) -> Vec<Button> {
    let Some(cause) = result.cause else {
        let is_sandbox =
            matches!(pressing(result), Some(WarningCode::IsProduction | WarningCode::IsSandbox));
        let correct = is_sandbox.then_some(Button::CorrectSandbox);
        return correct.into_iter().chain([Button::Details]).collect();
    };
    let remedy = cause.remedy();
    let steps = (remedy != Remedy::ShowSteps).then_some(Button::Remedy(Remedy::ShowSteps));
    [Button::Remedy(remedy)].into_iter().chain(steps).collect()
}

async fn press(logins: &Arc<Logins>, uri: &lsp::Url, button: Button, result: &LoginResult) {
    match button {
        Button::Remedy(Remedy::EnterSecret) => {
            let member = result.member.as_deref().and_then(|pointer| pointer.rsplit('/').next());
            let member = member.map(str::to_owned);
            logins.follow_up(Command::EnterSecret(OneSecret { uri: uri.clone(), member }));
        }
        Button::Remedy(Remedy::GoToError) => {
            go_to::go_to(logins, uri, result.member.as_deref()).await;
        }
        Button::Remedy(Remedy::Convert) => {
            logins.follow_up(Command::ConvertToOAuth(Conversion::of(uri.clone())));
        }
        Button::Remedy(Remedy::AllowHost) => {
            logins.client.show_page(Page::AllowedHosts, None).await
        }
        Button::Remedy(Remedy::TrustWorkspace) => logins.client.show_page(Page::Trust, None).await,
        Button::Remedy(Remedy::TestAgain) => {
            logins.follow_up(Command::TestLogin(OneFile { uri: uri.clone() }));
        }
        Button::Remedy(Remedy::ShowSteps) | Button::Details => {
            page::show(logins, uri).await;
        }
        Button::CorrectSandbox => correct_sandbox::run(logins, uri).await,
    }
}

#[cfg(test)]
mod tests {
    use org_login::Cause;

    use super::*;

    fn failed(cause: Cause, status: Status, summary: &str) -> LoginResult {
        let summary = summary.to_owned();
        LoginResult { cause: Some(cause), status, summary, ..LoginResult::cancelled() }
    }

    #[test]
    fn a_headline_has_the_name_first_and_is_short() {
        let secret = "Not tested: ACME_CLIENT_SECRET is not set.";
        let result = failed(Cause::SecretUnavailable, Status::Skipped, secret);
        assert_eq!(headline("Acme", &result), "Acme: not tested. ACME_CLIENT_SECRET is not set.");
        let long = failed(Cause::WrongHost, Status::Failed, &"x".repeat(90));
        assert_eq!(headline("Acme", &long), "Acme: wrong host.");
        let long = failed(Cause::InvalidDefinition, Status::Skipped, &"x".repeat(90));
        assert_eq!(headline("Acme", &long), "Acme: not tested. File has errors.");
        let untrusted = LoginResult::untrusted_workspace();
        assert_eq!(
            headline("Acme", &untrusted),
            "Acme: not tested. This workspace is not trusted."
        );
    }

    #[test]
    fn no_message_has_more_than_three_buttons_or_one_that_is_cut_off() {
        for cause in Cause::ALL {
            let buttons = buttons(&failed(cause, Status::Failed, "It failed."));
            assert!((1..=3).contains(&buttons.len()), "{cause}");
            for button in buttons {
                assert!(button.title().chars().count() <= 14, "{}", button.title());
            }
        }
    }
}
