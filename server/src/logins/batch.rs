//! Several logins in one run: bounded, the same ones once, each result as it comes.
//!
//! What is *the same login*: all of `auth` and `serverHost` as written, the same `.env` file behind
//! its references, `sandbox` and the effective API version. Their result is one, with the same
//! warnings and the same member, so it is made once and counts for each.
//!
//! What are *the same credentials*: the same but for `sandbox` and the API version. Such logins
//! differ (in the address of SOAP `login()`, in what a success warns about), so each is made, one
//! after the other. But when Salesforce refuses the credentials of one, it would refuse those of the
//! others too, and each refusal counts toward the user's lock-out: they get that result, and nothing
//! more is sent.
//!
//! Logins of *one user at one host* are never under way together, however their secrets are written:
//! so the lock-out guard knows of each refusal before the next attempt.

mod queue;

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use org_ide::names_listed;
use org_login::{
    Cause, LoginResult, LoginTarget, Network, ProcessSecrets, Status, TargetAuth, destination,
    test_login, test_login_anyway,
};
use org_schema::secret_ref::{self, SecretValue};
use org_schema::{ApiVersion, Date};
use org_text::Foreign;
use tokio_util::sync::CancellationToken;

use queue::{Lane, Queue};

/// One login that is wanted.
pub struct Job {
    /// What to log in to, or the result that it has without anything being sent.
    pub target: Result<LoginTarget, Box<LoginResult>>,
    /// The `.env` file that counts for the org.
    pub env_file: Option<PathBuf>,
}

/// What holds for all logins of a run.
pub struct Conditions<'a> {
    /// The way out.
    pub network: &'a Network,
    /// Decides which warnings about coming changes are given.
    pub today: Date,
    /// Whether credentials are sent although the lock-out guard would not.
    pub anyway: bool,
    /// Asked right before each login: the result that it has instead, such as after the workspace
    /// lost the user's trust.
    pub instead: &'a (dyn Fn() -> Option<LoginResult> + Send + Sync),
    /// Ends the run: what is under way ends at once, and what waits ends when its turn comes, which
    /// is then at once too, without anything being resolved or sent.
    pub cancel: CancellationToken,
}

/// A result.
pub struct Finished {
    /// The place of its job among all.
    pub index: usize,
    /// How it went.
    pub result: LoginResult,
    /// So many jobs have a result now.
    pub done: usize,
}

/// A run under way. It goes on while [`LoginRun::next`] is awaited.
pub struct LoginRun<'a> {
    conditions: Conditions<'a>,
    queue: Queue<Login>,
    running: FuturesUnordered<UnderWay<'a>>,
    ready: VecDeque<(usize, LoginResult)>,
    done: usize,
}

/// A lane whose first login is made, with its result in the end.
type UnderWay<'a> = Pin<Box<dyn Future<Output = (Lane<Login>, LoginResult)> + Send + 'a>>;

/// The same login of one or more jobs.
struct Login {
    target: LoginTarget,
    env_file: Option<PathBuf>,
    jobs: Vec<usize>,
}

impl Login {
    /// As written, with the `.env` file where it counts.
    fn credentials(&self) -> (&TargetAuth, Option<&PathBuf>) {
        (&self.target.auth, self.env_file.as_ref())
    }
}

/// What makes two logins the same.
type Same = (TargetAuth, Option<PathBuf>, bool, Option<ApiVersion>, bool);

impl<'a> LoginRun<'a> {
    /// A run that has sent nothing yet.
    pub fn new(jobs: impl IntoIterator<Item = Job>, conditions: Conditions<'a>) -> Self {
        let mut ready = VecDeque::new();
        let mut same: HashMap<Same, usize> = HashMap::new();
        let mut logins: Vec<(String, String, Login)> = Vec::new();
        for (index, Job { target, env_file }) in jobs.into_iter().enumerate() {
            let allowed = &conditions.network.policy().allowed;
            let found = target.and_then(|target| {
                let origin = destination(&target, allowed)?.origin;
                Ok((target, origin))
            });
            let (target, origin) = match found {
                Ok(found) => found,
                Err(refused) => {
                    ready.push_back((index, *refused));
                    continue;
                }
            };
            // Only a reference to the environment makes a difference between `.env` files.
            let env_file = env_file.filter(|_| refers_to_environment(&target.auth));
            let key = (
                target.auth.clone(),
                env_file.clone(),
                target.sandbox,
                target.api_version,
                target.api_version_written,
            );
            let place = *same.entry(key).or_insert_with(|| {
                let user = user(&target.auth);
                logins.push((origin, user, Login { target, env_file, jobs: Vec::new() }));
                logins.len() - 1
            });
            logins[place].2.jobs.push(index);
        }
        Self {
            conditions,
            queue: Queue::new(logins),
            running: FuturesUnordered::new(),
            ready,
            done: 0,
        }
    }

    /// The next result, in the order in which they come; `None` when all jobs have theirs. Nothing
    /// is lost when the wait is given up and begun anew.
    pub async fn next(&mut self) -> Option<Finished> {
        loop {
            if let Some((index, result)) = self.ready.pop_front() {
                self.done += 1;
                return Some(Finished { index, result, done: self.done });
            }
            while let Some(lane) = self.queue.take() {
                self.begin(lane);
            }
            match self.running.next().await {
                Some((lane, result)) => self.end(lane, result),
                None if self.ready.is_empty() => return None,
                None => {}
            }
        }
    }

    /// Begins the lane's first login.
    fn begin(&mut self, lane: Lane<Login>) {
        let Conditions { network, today, anyway, instead, ref cancel } = self.conditions;
        let cancel = cancel.clone();
        self.running.push(Box::pin(async move {
            let result = match (lane.items.front(), instead()) {
                (_, Some(result)) => result,
                (None, None) => LoginResult::cancelled(),
                (Some(Login { target, env_file, .. }), None) => {
                    let secrets = Arc::new(ProcessSecrets::new(env_file.clone()));
                    if anyway {
                        test_login_anyway(target, secrets, network, today, cancel).await
                    } else {
                        test_login(target, secrets, network, today, cancel).await
                    }
                }
            };
            (lane, result)
        }));
    }

    /// Takes in the result of the lane's first login.
    fn end(&mut self, mut lane: Lane<Login>, result: LoginResult) {
        if let Some(login) = lane.items.pop_front() {
            if result.cause.is_some_and(is_refused_whatever_the_version) {
                lane.items.retain_mut(|other| {
                    let is_same = other.credentials() == login.credentials();
                    if is_same {
                        let jobs = std::mem::take(&mut other.jobs);
                        self.ready.extend(jobs.into_iter().map(|job| (job, result.clone())));
                    }
                    !is_same
                });
            }
            self.ready.extend(login.jobs.into_iter().map(|job| (job, result.clone())));
        }
        self.queue.give_back(lane);
    }
}

/// Whether the same credentials fail in the same way with another API version.
fn is_refused_whatever_the_version(cause: Cause) -> bool {
    cause.blames_credentials() || cause == Cause::UserLocked
}

fn refers_to_environment(auth: &TargetAuth) -> bool {
    let is_env = |written: &str| matches!(secret_ref::parse(written), SecretValue::Env(_));
    match auth {
        TargetAuth::Basic { password, security_token, .. } => {
            is_env(password) || security_token.as_deref().is_some_and(is_env)
        }
        TargetAuth::OAuth { client_secret, .. } => is_env(client_secret),
    }
}

/// Who logs in. Salesforce does not distinguish upper and lower case in user names.
fn user(auth: &TargetAuth) -> String {
    match auth {
        TargetAuth::Basic { username, .. } => username.trim().to_lowercase(),
        TargetAuth::OAuth { client_id, .. } => client_id.clone(),
    }
}

/// A result in a few words, as lenses and summaries have it.
pub fn short(result: &LoginResult) -> String {
    let user = result.identity.as_ref().and_then(|identity| identity.username.as_deref());
    match (result.cause, user) {
        (None, Some(user)) => format!("Logged in as {}", Foreign(user)),
        (None, None) => "Logged in".to_owned(),
        (Some(cause), _) => {
            let status = if result.status == Status::Skipped { "Skipped" } else { "Failed" };
            format!("{status}: {}", cause.as_str().replace('-', " "))
        }
    }
}

/// So many failures are named in a summary.
const NAMED: usize = 20;

/// One sentence about a whole run: names (orgs') with their results.
pub fn summary<'a>(results: impl IntoIterator<Item = (&'a str, &'a LoginResult)>) -> String {
    let (mut all, mut failed) = (0, Vec::new());
    for (name, result) in results {
        all += 1;
        if !result.is_ok() {
            failed.push((name, result));
        }
    }
    match (all, failed.len()) {
        (1, 0) => return "The one login works.".to_owned(),
        (_, 0) => return format!("All {all} logins work."),
        _ => {}
    }
    let works = all - failed.len();
    let failed = failed
        .iter()
        .map(|(name, result)| format!("{} ({})", Foreign(name), short(result).to_lowercase()));
    format!("{works} of {all} logins work. Not: {}.", names_listed(failed, NAMED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_what_does_not_work_but_not_without_end() {
        let broken = LoginResult::invalid_definition("There is a comma too many.", None);
        let works = LoginResult { cause: None, status: Status::Ok, ..broken.clone() };
        assert_eq!(summary([("A", &works)]), "The one login works.");
        assert_eq!(summary([("A", &works), ("B", &works)]), "All 2 logins work.");
        assert_eq!(
            summary([("A", &works), ("B", &broken)]),
            "1 of 2 logins work. Not: B (skipped: invalid definition)."
        );
        let many = summary(vec![("X", &broken); 30]);
        assert!(many.starts_with("0 of 30 logins work. Not: X (skipped"), "{many}");
        assert!(many.ends_with("), 10 more."), "{many}");
    }
}
