//! The last login test of one file: what lenses, findings and lists show of it, and what is kept of it
//! when the process ends.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lsp_types as lsp;
use org_ide::{LastLogin, LoginOutcome};
use org_login::{Cause, LoginResult, Status, WarningCode};
use org_schema::hosts;

use crate::logins::batch::short;
use crate::logins::results::KeptResult;

/// The last login test of one file.
#[derive(Clone, Debug)]
pub struct LoginRecord {
    /// What was tested; the record counts while this is still the same.
    pub fingerprint: String,
    /// What came out, for findings, hovers and lenses.
    pub last: LastLogin,
    /// Why it did not work.
    pub cause: Option<Cause>,
    /// What it warned about.
    pub warnings: Vec<WarningCode>,
    /// When.
    pub at: SystemTime,
    /// My Domain host that a successful login answered with.
    pub known_host: Option<String>,
    /// All of it, while the process that tested it runs.
    pub result: Option<Arc<LoginResult>>,
}

impl LoginRecord {
    /// The record of a result that came just now.
    pub fn of(fingerprint: String, result: &LoginResult) -> Self {
        let identity = result.identity.as_ref();
        let instance = identity.and_then(|identity| identity.instance_url.as_deref());
        // A proxy may have put its own host there.
        let known_host = instance
            .and_then(|url| lsp::Url::parse(url).ok()?.host_str().map(str::to_owned))
            .filter(|host| hosts::accepts_client_credentials(host));
        let warnings: Vec<_> = result.warnings.iter().map(|warning| warning.code).collect();
        let last = LastLogin {
            outcome: outcome(result.status, &warnings),
            short: short(result),
            cause: result.cause.map(|cause| cause.as_str().to_owned()).unwrap_or_default(),
            summary: result.summary.clone(),
            instructions: result.instructions.clone(),
            member: result.member.clone(),
            sandbox: sandbox(&warnings),
        };
        Self {
            fingerprint,
            last,
            cause: result.cause,
            warnings,
            at: SystemTime::now(),
            known_host,
            result: Some(Arc::new(result.clone())),
        }
    }

    /// What is kept of it.
    pub fn kept(&self) -> KeptResult {
        let at = self.at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let status = match self.last.outcome {
            LoginOutcome::Ok | LoginOutcome::Doubtful => "ok",
            LoginOutcome::Failed => "failed",
            LoginOutcome::NotTested => "skipped",
        };
        KeptResult {
            fingerprint: self.fingerprint.clone(),
            status: status.to_owned(),
            cause: self.cause.map(|cause| cause.as_str().to_owned()),
            at: at.as_secs(),
            warnings: self.warnings.iter().map(|code| code.as_str().to_owned()).collect(),
            member: self.last.member.clone(),
        }
    }

    /// What an earlier process kept; `None` where this one does not understand it.
    pub fn of_kept(kept: &KeptResult) -> Option<Self> {
        let status = match kept.status.as_str() {
            "ok" => Status::Ok,
            "failed" => Status::Failed,
            "skipped" => Status::Skipped,
            _ => return None,
        };
        let cause = kept.cause.as_deref().and_then(Cause::of_name);
        if cause.is_none() != (status == Status::Ok) {
            return None;
        }
        let warnings: Vec<_> =
            kept.warnings.iter().filter_map(|name| WarningCode::of_name(name)).collect();
        let short = words(status, cause, &warnings);
        let instructions = match status {
            Status::Ok => Vec::new(),
            _ => vec!["Test the login again to see what to do.".to_owned()],
        };
        let last = LastLogin {
            outcome: outcome(status, &warnings),
            summary: format!("{short}."),
            short,
            cause: kept.cause.clone().unwrap_or_default(),
            instructions,
            member: kept.member.clone(),
            sandbox: sandbox(&warnings),
        };
        Some(Self {
            fingerprint: kept.fingerprint.clone(),
            last,
            cause,
            warnings,
            at: SystemTime::UNIX_EPOCH + Duration::from_secs(kept.at),
            known_host: None,
            result: None,
        })
    }

    /// At most 20 characters, for a list; nothing where all is well.
    pub fn list_words(&self) -> &'static str {
        let pressing = self.warnings.iter().find(|code| code.is_pressing());
        self.cause.map(Cause::short).or_else(|| pressing.map(|code| code.short())).unwrap_or("")
    }
}

fn words(status: Status, cause: Option<Cause>, warnings: &[WarningCode]) -> String {
    let pressing = warnings.iter().find(|code| code.is_pressing());
    match (cause, pressing) {
        (Some(cause), _) if status == Status::Skipped => format!("Not tested: {}", cause.short()),
        (Some(cause), _) => cause.title(),
        (None, Some(code)) => format!("Logged in, but {}", code.but()),
        (None, None) => "Logged in".to_owned(),
    }
}

fn outcome(status: Status, warnings: &[WarningCode]) -> LoginOutcome {
    match status {
        Status::Ok if warnings.iter().any(|code| code.is_pressing()) => LoginOutcome::Doubtful,
        Status::Ok => LoginOutcome::Ok,
        Status::Failed => LoginOutcome::Failed,
        Status::Skipped => LoginOutcome::NotTested,
    }
}

/// What Salesforce says of `sandbox` where the file says something else.
fn sandbox(warnings: &[WarningCode]) -> Option<bool> {
    warnings.iter().find_map(|code| match code {
        WarningCode::IsSandbox => Some(true),
        WarningCode::IsProduction => Some(false),
        _ => None,
    })
}

/// "just now", "5 min ago", "3 h ago", "2 days ago".
pub fn age(at: SystemTime) -> String {
    let minutes = at.elapsed().map_or(0, |elapsed| elapsed.as_secs() / 60);
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        1440..2880 => "1 day ago".to_owned(),
        _ => format!("{} days ago", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use org_login::Warning;

    use super::*;

    #[test]
    fn what_is_kept_says_the_same_without_salesforces_words() {
        let text = "Salesforce says: marked".to_owned();
        let result = LoginResult {
            cause: None,
            status: Status::Ok,
            summary: "Logged in as marked.".to_owned(),
            warnings: vec![Warning { code: WarningCode::IsProduction, text }],
            ..LoginResult::cancelled()
        };
        let record = LoginRecord::of("f".to_owned(), &result);
        let kept = record.kept();
        assert!(!format!("{kept:?}").contains("marked"), "{kept:?}");
        let again = LoginRecord::of_kept(&kept).expect("a record");
        assert_eq!(again.last.outcome, LoginOutcome::Doubtful);
        assert_eq!(again.last.sandbox, Some(false));
        assert_eq!(again.list_words(), "is production!");
        let wrong = LoginResult {
            cause: Some(Cause::WrongClientSecret),
            status: Status::Failed,
            ..LoginResult::cancelled()
        };
        let again = LoginRecord::of_kept(&LoginRecord::of("f".to_owned(), &wrong).kept());
        assert_eq!(again.expect("a record").last.short, "Wrong client secret");
    }

    #[test]
    fn what_another_version_kept_is_left_out() {
        for kept in [
            KeptResult { status: "odd".to_owned(), ..KeptResult::default() },
            KeptResult { status: "failed".to_owned(), ..KeptResult::default() },
            KeptResult {
                status: "ok".to_owned(),
                cause: Some("network".to_owned()),
                ..KeptResult::default()
            },
        ] {
            assert!(LoginRecord::of_kept(&kept).is_none(), "{kept:?}");
        }
    }
}
