//! Session ids and access tokens.
//!
//! A token tells all that it stands for, so nothing is kept for it however many are handed out. Only those
//! that were ended are remembered.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::accounts::{Account, CASE_ORG};
use crate::cases::cases;
use crate::chosen::Chosen;

/// Who is behind a token.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub account: Account,
    /// Scopes of the app, separated by blanks; `full` after a SOAP login.
    pub scope: String,
    /// What the requests with this token are to be answered with, instead of the truth.
    pub later: Option<Chosen>,
}

/// Hands out tokens and knows its own.
#[derive(Debug)]
pub(crate) struct Sessions {
    /// Tokens of an earlier simulator are expired.
    run: String,
    serial: AtomicU64,
    ended: Mutex<HashSet<String>>,
}

/// Characters after the `!`, as in real session ids.
const LENGTH_AFTER_MARK: usize = 96;

impl Sessions {
    pub fn new() -> Self {
        let run = format!("{:08x}", RandomState::new().build_hasher().finish() & 0xffff_ffff);
        Self { run, serial: AtomicU64::new(1), ended: Mutex::default() }
    }

    /// A new token. `later` is `case:ID` or `behave:NAME`.
    pub fn issue(&self, account: &Account, scope: &str, later: Option<&str>) -> String {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let scope = scope.replace(' ', "_");
        let later = later.unwrap_or("none").replace([':', '-'], "_");
        let mut secret =
            format!("AQ.NOTREAL.{}.{scope}.{}.{serial:07}.{later}.", account.key, self.run);
        while secret.len() < LENGTH_AFTER_MARK {
            secret.push('0');
        }
        format!("{}!{secret}", account.organization_id_15())
    }

    /// Ends a session; false when it was none.
    pub fn end(&self, token: &str) -> bool {
        let is_session = self.find(token).is_some();
        if is_session {
            self.ended().insert(token.to_owned());
        }
        is_session
    }

    /// A panic elsewhere leaves whole tokens.
    fn ended(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose token it is; `None` when it is not one of ours, or was ended.
    pub fn find(&self, token: &str) -> Option<Session> {
        if self.ended().contains(token) {
            return None;
        }
        if cases().iter().any(|case| case.token() == Some(token)) {
            return Some(Session { account: CASE_ORG, scope: "full".to_owned(), later: None });
        }
        let (organization_id, secret) = token.split_once('!')?;
        let parts: Vec<&str> = secret.split('.').collect();
        let ["AQ", "NOTREAL", key, scope, run, _serial, later, _padding] = parts[..] else {
            return None;
        };
        let account = Account::by_key(key)?;
        if run != self.run || organization_id != account.organization_id_15() {
            return None;
        }
        let later = later.split_once('_').and_then(|(kind, name)| match kind {
            "case" => Some(Chosen::case(name)),
            "behave" => Some(Chosen::behaviour(name)),
            _ => None,
        });
        Some(Session { account, scope: scope.replace('_', " "), later })
    }
}

impl Session {
    /// Whether the identity service answers this session.
    pub fn may_read_identity(&self) -> bool {
        self.scope.split(' ').any(|scope| matches!(scope, "id" | "profile" | "full"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{PRODUCTION, UAT};

    #[test]
    fn a_token_leads_back_to_its_login() {
        let sessions = Sessions::new();
        let token = sessions.issue(&UAT, "api id", Some("case:rest-410-gone"));
        assert_eq!(&token[..16], "00DNR0000000002!");
        let session = sessions.find(&token).expect("own token");
        assert_eq!(session.account, UAT);
        assert_eq!(session.scope, "api id");
        assert!(matches!(session.later, Some(Chosen::Case(case)) if case.id == "rest-410-gone"));
    }

    #[test]
    fn an_ended_session_is_none() {
        let sessions = Sessions::new();
        let [token, other] = [0, 1].map(|_| sessions.issue(&UAT, "api id", None));
        assert!(sessions.end(&token) && sessions.find(&token).is_none());
        assert!(!sessions.end(&token) && sessions.find(&other).is_some());
    }

    #[test]
    fn tokens_differ_and_have_the_shape_of_real_ones() {
        let sessions = Sessions::new();
        let token = sessions.issue(&PRODUCTION, "api", None);
        assert_ne!(token, sessions.issue(&PRODUCTION, "api", None));
        let (_, secret) = token.split_once('!').expect("mark");
        assert_eq!(secret.len(), 96);
        assert!(secret.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.'));
    }

    #[test]
    fn foreign_tokens_are_refused() {
        let sessions = Sessions::new();
        let other_run = Sessions { run: "0".to_owned(), ..Sessions::new() };
        let wrong_org = sessions.issue(&UAT, "api", None).replace("00DNR0000000002", "00DNR");
        for token in ["", "!", "NOT", &other_run.issue(&UAT, "api", None), &wrong_org] {
            assert!(sessions.find(token).is_none(), "{token}");
        }
        assert!(sessions.find("REDACTED_SESSION_ID").is_some());
    }
}
