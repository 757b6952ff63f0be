//! Secrets, while they are entered. No message repeats one.

use org_schema::invisible;
use org_schema::secret_ref::literal_value;
use org_schema::value_shapes::{
    CLIENT_ID_PREFIX, CLIENT_SECRET_LENGTH, client_id_cannot_be_right,
    client_secret_cannot_be_right, is_masked, is_placeholder, security_token_cannot_be_right,
};

use super::Check;
use crate::answers::Answers;
use crate::steps::Step;

pub(super) fn check(step: Step, value: &str, answers: &Answers) -> Check {
    let secret = invisible::trim(value);
    if secret.is_empty() {
        return Check::new(None, "");
    }
    if secret.contains(char::is_control) {
        return Check::error("A secret has no line breaks or other control characters.");
    }
    if literal_value(secret).is_none_or(|written| written != secret) {
        return Check::error("This is a reference. Enter the secret itself.");
    }
    if is_masked(secret) || is_placeholder(secret) {
        return Check::error("This stands for a secret. Copy the secret itself.");
    }
    let odd = match step {
        Step::Secret => client_secret(secret, answers),
        Step::SecurityToken => security_token_cannot_be_right(secret).then(|| {
            Check::new(
                Some(super::Grade::Warning),
                "A security token has 24 or 25 letters and digits. Enter accepts it anyway.",
            )
        }),
        _ => None,
    };
    odd.unwrap_or_else(|| Check::new(None, ""))
}

fn client_secret(secret: &str, answers: &Answers) -> Option<Check> {
    let is_id = answers.get(Step::ClientId).is_some_and(|id| invisible::trim(id) == secret);
    if secret.starts_with(CLIENT_ID_PREFIX) || is_id || !client_id_cannot_be_right(secret) {
        return Some(Check::error("This is the client ID. Paste the Consumer Secret."));
    }
    if !client_secret_cannot_be_right(secret) {
        return None;
    }
    let length = secret.chars().count();
    let message = if length == CLIENT_SECRET_LENGTH {
        "A consumer secret has letters and digits alone. Enter accepts it anyway.".to_owned()
    } else {
        format!(
            "A consumer secret has {CLIENT_SECRET_LENGTH} characters; this has {length}. Enter accepts it anyway."
        )
    };
    Some(Check::new(Some(super::Grade::Warning), message))
}
