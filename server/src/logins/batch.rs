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
use std::time::Instant;

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
    /// The first job of each login that is under way, and since when.
    begun: Vec<(usize, Instant)>,
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
            begun: Vec::new(),
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

    /// The first job of the login that is under way for the longest time, and since when.
    pub fn oldest(&self) -> Option<(usize, Instant)> {
        self.begun.iter().copied().min_by_key(|(_, since)| *since)
    }

    /// Begins the lane's first login.
    fn begin(&mut self, lane: Lane<Login>) {
        let job = lane.items.front().and_then(|login| login.jobs.first());
        self.begun.extend(job.map(|job| (*job, Instant::now())));
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
            self.begun.retain(|(job, _)| Some(job) != login.jobs.first());
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
    let pressing = result.warnings.iter().find(|warning| warning.code.is_pressing());
    match (result.cause, pressing, user) {
        (Some(cause), ..) if result.status == Status::Skipped => {
            format!("Not tested: {}", cause.short())
        }
        (Some(cause), ..) => cause.title(),
        (None, Some(warning), _) => format!("Logged in, but {}", warning.code.but()),
        (None, None, Some(user)) => format!("Logged in as {}", Foreign(user)),
        (None, None, None) => "Logged in".to_owned(),
    }
}

/// So many failures are named in a summary.
const NAMED: usize = 20;

/// How many logins of a run went how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Logged in.
    pub ok: usize,
    /// Something was sent, and no session came back.
    pub failed: usize,
    /// Nothing was sent.
    pub not_tested: usize,
    /// The run was stopped before all were tested.
    pub is_stopped: bool,
}

impl Counts {
    /// Counts results.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a LoginResult>) -> Self {
        results.into_iter().fold(Self::default(), |mut counts, result| {
            match result.status {
                Status::Ok => counts.ok += 1,
                // Whoever stops a run learns nothing about what was under way.
                Status::Failed if result.cause != Some(Cause::Cancelled) => counts.failed += 1,
                Status::Failed | Status::Skipped => counts.not_tested += 1,
            }
            counts.is_stopped |= result.cause == Some(Cause::Cancelled);
            counts
        })
    }

    /// Whether all are logged in.
    pub fn all_in(self) -> bool {
        self.failed == 0 && self.not_tested == 0
    }

    /// All logins of the run.
    pub fn all(self) -> usize {
        self.ok + self.failed + self.not_tested
    }

    /// The counts as a report ends: each of them that is not 0.
    pub fn report(self) -> String {
        if self.is_stopped || self.all_in() {
            return self.sentence();
        }
        let counts =
            [(self.ok, "logged in"), (self.failed, "failed"), (self.not_tested, "not tested")];
        let told = counts.iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, what)| format!("{count} {what}")).collect();
        format!("{}.", told.join(", "))
    }

    /// The counts in one short sentence.
    pub fn sentence(self) -> String {
        let Self { ok, failed, not_tested, is_stopped } = self;
        let all = self.all();
        let logins = if all == 1 { "login" } else { "logins" };
        match (failed, not_tested) {
            _ if is_stopped => {
                format!("Stopped. {ok} logged in, {failed} failed, {not_tested} not tested.")
            }
            (0, 0) if all == 1 => "Logged in.".to_owned(),
            (0, 0) => format!("All {all} logins work."),
            (0, _) => format!("{not_tested} of {all} {logins} not tested."),
            (_, 0) => format!("{failed} of {all} {logins} failed."),
            _ => format!("{failed} of {all} {logins} failed, {not_tested} not tested."),
        }
    }
}

/// The counts of a run, and which orgs (by name) are not in, for where no list of them is at hand.
pub fn summary<'a>(results: impl IntoIterator<Item = (&'a str, &'a LoginResult)>) -> String {
    let results: Vec<_> = results.into_iter().collect();
    let counts = Counts::of(results.iter().map(|(_, result)| *result));
    let sentence = counts.sentence();
    let is_told = |result: &LoginResult| !result.is_ok() && result.cause != Some(Cause::Cancelled);
    let not_in: Vec<String> = results
        .iter()
        .filter(|(_, result)| is_told(result))
        .filter_map(|(name, result)| Some(format!("{} ({})", Foreign(name), result.cause?.short())))
        .collect();
    if not_in.is_empty() {
        return sentence;
    }
    format!("{}: {}.", sentence.trim_end_matches('.'), names_listed(not_in.into_iter(), NAMED))
}

#[cfg(test)]
mod tests {
    use org_login::{Warning, WarningCode};

    use super::*;

    #[test]
    fn the_summary_counts_apart_what_failed_and_what_was_not_tested() {
        let broken = LoginResult::invalid_definition("There is a comma too many.", None);
        let works = LoginResult { cause: None, status: Status::Ok, ..broken.clone() };
        let wrong = LoginResult {
            cause: Some(Cause::WrongClientSecret),
            status: Status::Failed,
            ..broken.clone()
        };
        assert_eq!(summary([("A", &works)]), "Logged in.");
        assert_eq!(summary([("A", &works), ("B", &works)]), "All 2 logins work.");
        assert_eq!(
            summary([("A", &works), ("B", &broken)]),
            "1 of 2 logins not tested: B (file has errors)."
        );
        assert_eq!(
            summary([("A", &works), ("B", &broken), ("C", &wrong)]),
            "1 of 3 logins failed, 1 not tested: B (file has errors), C (wrong client secret)."
        );
        let cancelled = LoginResult::cancelled();
        assert_eq!(
            summary([("A", &works), ("B", &wrong), ("C", &cancelled)]),
            "Stopped. 1 logged in, 1 failed, 1 not tested: B (wrong client secret)."
        );
        let many = summary(vec![("X", &broken); 30]);
        assert!(many.starts_with("30 of 30 logins not tested: X (file has errors)"), "{many}");
        assert!(many.ends_with("), 10 more."), "{many}");
    }

    #[test]
    fn what_contradicts_the_file_comes_before_who_logged_in() {
        let mut result =
            LoginResult { cause: None, status: Status::Ok, ..LoginResult::cancelled() };
        let text = "Salesforce says that this org is not a sandbox.".to_owned();
        result.warnings.push(Warning { code: WarningCode::IsProduction, text });
        assert_eq!(
            short(&result),
            "Logged in, but this is a production org and the file says sandbox"
        );
        assert_eq!(short(&LoginResult::untrusted_workspace()), "Not tested: not trusted");
    }
}
