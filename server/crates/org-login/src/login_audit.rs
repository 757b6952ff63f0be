//! Who logs in with the same user: the user's own rows of `LoginHistory`, counted.
//!
//! Since API version 37.0 every user may query its own rows (`docs/domain.md`, Where other programs keep the
//! same). They also tell the true reason of a refused OAuth login, which its answer does not.

use std::collections::BTreeMap;

use org_schema::ApiVersion;
use serde::Serialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::answer::json;
use crate::cause::Cause;
use crate::causes::{plain, recognise_label};
use crate::exchange::{Limits, Request, exchange};
use crate::follow_up::Trouble;
use crate::network::Network;
use crate::open_session::OpenSession;
use crate::scrub::Scrubber;
use crate::target::Flow;

/// So many of the last logins are looked at: an answer has at most 1 MiB.
const MOST: usize = 1000;

/// What the last logins of a user tell. Texts are Salesforce's own, without secrets, but foreign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginAudit {
    /// So many logins were looked at.
    pub logins: usize,
    /// Whether there are older ones.
    pub is_cut: bool,
    /// The day of the first of them, as `2026-11-24`.
    pub from: Option<String>,
    /// The day of the last.
    pub to: Option<String>,
    /// Who logged in: the one with the most logins first.
    pub uses: Vec<LoginUse>,
    /// What was refused, and why.
    pub refused: Vec<RefusedLogins>,
}

/// Logins that are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginUse {
    /// The application, as it calls itself or the app is called.
    pub application: Option<String>,
    /// How it logged in, such as `Remote Access 2.0` or `Other Apex API`.
    pub login_type: Option<String>,
    /// The API, such as `SOAP Partner`.
    pub api_type: Option<String>,
    /// The API version, such as `61.0`.
    pub api_version: Option<String>,
    /// The address where the login came from.
    pub source_ip: Option<String>,
    /// The host that it went to.
    pub login_url: Option<String>,
    /// How many logins.
    pub count: usize,
    /// The day of the last.
    pub last: Option<String>,
}

/// Refused logins with the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedLogins {
    /// Salesforce's words for it.
    pub status: String,
    /// What they mean, when sforg knows them.
    pub cause: Option<Cause>,
    /// The application.
    pub application: Option<String>,
    /// How many logins.
    pub count: usize,
    /// The day of the last.
    pub last: Option<String>,
}

impl OpenSession {
    /// Looks at the last logins of the user with this id, in one query.
    ///
    /// # Errors
    /// Why they cannot be told, in words to go on after a colon.
    pub async fn audit(
        &self,
        network: &Network,
        version: ApiVersion,
        user_id: &str,
        cancel: CancellationToken,
    ) -> Result<LoginAudit, String> {
        let is_id = matches!(user_id.len(), 15 | 18) && user_id.starts_with("005");
        if !is_id || !user_id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err("Salesforce did not say which user this is".to_owned());
        }
        let on_the_way = |reason| Trouble::on_the_way(&reason).why().to_owned();
        let limits = Limits::new(network.policy().total_timeout, cancel);
        let route = network.route_to(&self.destination).await.map_err(on_the_way)?;
        let query = format!(
            "SELECT+LoginTime,Status,Application,LoginType,ApiType,ApiVersion,SourceIp,LoginUrl+\
             FROM+LoginHistory+WHERE+UserId='{user_id}'+ORDER+BY+LoginTime+DESC+LIMIT+{}",
            MOST + 1
        );
        let path = format!("/services/data/v{version}/query?q={query}");
        let url = self.destination.url(&path).ok_or("its address cannot be written")?;
        let request = Request::get(url, Some(self.token())).accepting("application/json");
        let answer = exchange(&route.client, request, route.proxy.as_deref(), &limits)
            .await
            .map_err(on_the_way)?;
        let scrubber = self.scrubber();
        let body = (answer.status == 200).then(|| json(&answer.body)).flatten();
        let Some(Value::Array(records)) = body.as_ref().and_then(|body| body.get("records")) else {
            return Err(Trouble::of(&answer, Flow::OAuth, &scrubber).why().to_owned());
        };
        Ok(audit(records, &scrubber))
    }
}

fn audit(records: &[Value], scrubber: &Scrubber) -> LoginAudit {
    let mut uses: BTreeMap<[Option<String>; 6], (usize, Option<String>)> = BTreeMap::new();
    let mut refused: BTreeMap<(String, Option<String>), (usize, Option<String>)> = BTreeMap::new();
    let mut days: Vec<String> = Vec::new();
    let is_cut = records.len() > MOST;
    let records = &records[..records.len().min(MOST)];
    for record in records {
        let text = |name: &str| {
            let text = scrubber.clean(record.get(name)?.as_str()?);
            (!text.is_empty() && text != "N/A").then_some(text)
        };
        let day = text("LoginTime").and_then(|time| time.get(..10).map(str::to_owned));
        days.extend(day.clone());
        let count = |(count, last): &mut (usize, Option<String>)| {
            *count += 1;
            *last = last.take().max(day.clone());
        };
        match text("Status").filter(|status| !status.eq_ignore_ascii_case("success")) {
            Some(status) => count(refused.entry((status, text("Application"))).or_default()),
            None => {
                let names =
                    ["Application", "LoginType", "ApiType", "ApiVersion", "SourceIp", "LoginUrl"];
                count(uses.entry(names.map(text)).or_default());
            }
        }
    }
    let mut uses: Vec<LoginUse> = uses.into_iter().map(login_use).collect();
    uses.sort_by_key(|one| std::cmp::Reverse(one.count));
    let mut refused: Vec<RefusedLogins> = refused.into_iter().map(refused_logins).collect();
    refused.sort_by_key(|one| std::cmp::Reverse(one.count));
    let (from, to) = (days.iter().min().cloned(), days.iter().max().cloned());
    LoginAudit { logins: records.len(), is_cut, from, to, uses, refused }
}

fn login_use((names, (count, last)): ([Option<String>; 6], (usize, Option<String>))) -> LoginUse {
    let [application, login_type, api_type, api_version, source_ip, login_url] = names;
    LoginUse { application, login_type, api_type, api_version, source_ip, login_url, count, last }
}

fn refused_logins(
    ((status, application), (count, last)): ((String, Option<String>), (usize, Option<String>)),
) -> RefusedLogins {
    let cause = recognise_label(Flow::Soap, &plain(&status)).map(|reason| reason.cause());
    RefusedLogins { status, cause, application, count, last }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(day: u32, status: &str, application: &str) -> Value {
        json!({
            "attributes": { "type": "LoginHistory" }, "LoginTime": format!("2026-11-{day:02}T08:00:00.000+0000"),
            "Status": status, "Application": application, "LoginType": "Other Apex API",
            "ApiType": "SOAP Partner", "ApiVersion": "61.0", "SourceIp": "203.0.113.7",
            "LoginUrl": "login.salesforce.com",
        })
    }

    #[test]
    fn logins_that_are_alike_are_counted_and_refusals_have_their_reason() {
        let records = [
            record(2, "Success", "Design Studio"),
            record(24, "Success", "Design Studio"),
            record(3, "Success", "Data Loader"),
            record(4, "Failed: API security token required", "Data Loader"),
            record(5, "Something new", "N/A"),
        ];
        let audit = audit(&records, &Scrubber::default());
        assert_eq!((audit.logins, audit.is_cut), (5, false));
        assert_eq!(
            (audit.from.as_deref(), audit.to.as_deref()),
            (Some("2026-11-02"), Some("2026-11-24"))
        );
        let uses: Vec<_> = audit
            .uses
            .iter()
            .map(|one| (one.application.as_deref(), one.count, one.last.as_deref()))
            .collect();
        assert_eq!(
            uses,
            [
                (Some("Design Studio"), 2, Some("2026-11-24")),
                (Some("Data Loader"), 1, Some("2026-11-03"))
            ]
        );
        let refused: Vec<_> =
            audit.refused.iter().map(|one| (one.status.as_str(), one.cause)).collect();
        assert!(refused.contains(&(
            "Failed: API security token required",
            Some(Cause::SecurityTokenRequired)
        )));
        assert!(refused.contains(&("Something new", None)), "{refused:?}");
    }

    #[test]
    fn many_rows_and_rows_without_fields_are_taken() {
        let many = vec![record(1, "Success", "A"); MOST + 1];
        let cut = audit(&many, &Scrubber::default());
        assert_eq!((cut.logins, cut.is_cut, cut.uses[0].count), (MOST, true, MOST));
        let bare = audit(&[json!({}), json!({ "Status": 1 })], &Scrubber::default());
        assert_eq!((bare.logins, bare.uses.len(), bare.from), (2, 1, None));
        assert_eq!(audit(&[], &Scrubber::default()), LoginAudit::default());
    }
}
