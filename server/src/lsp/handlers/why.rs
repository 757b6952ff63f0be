//! `sforg/why`: `{text}` in, the answer of `sforg why --format json` and its page out.

use serde::Serialize;

use crate::settings::{system_date, today};
use crate::why::Answer;

/// What the client gets.
#[derive(Debug, Serialize)]
pub struct WhyAnswer {
    #[serde(flatten)]
    answer: Answer,
    /// The same for a person: a headline, and below it lines and numbered steps, as in messages.
    message: String,
}

/// Explains `text`, beside the other requests: a long one takes a moment.
pub async fn handle(text: String) -> WhyAnswer {
    let today = today().unwrap_or_else(|_| system_date());
    let answered = tokio::task::spawn_blocking(move || Answer::about(&text, today)).await;
    let answer = answered.unwrap_or_else(|_| Answer::about("", today));
    let message = answer.page();
    WhyAnswer { answer, message }
}
