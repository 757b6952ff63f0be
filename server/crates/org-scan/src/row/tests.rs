use org_ide::Severity;
use org_schema::Date;

use super::*;
use crate::read::{FoundLogin, format_of, read};

fn rows(path: &str, text: &str, today: &str) -> Vec<Row> {
    let context = Context::alone(path, Date::parse(today).expect("a date"));
    let format = format_of(path).expect("a format");
    let found = read(path, format, text.as_bytes().to_vec());
    let logins = found.into_iter().flat_map(|found| found.logins);
    let rows = logins.filter_map(|login| {
        let FoundLogin { document, tool, is_possible, mark, .. } = login;
        Row::of(&document, &context, Subject { tool, is_possible, mark })
    });
    rows.collect()
}

const ENV: &str = "SALESFORCE_HOST=na139.salesforce.com\nSALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=NOTREAL\nSALESFORCE_API_VERSION=38.0\n";

#[test]
fn the_same_rules_judge_it() {
    let rows = rows(".env", ENV, "2026-11-24");
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row.host.as_deref(), row.sandbox), (Some("na139.salesforce.com"), Some(false)));
    assert_eq!((row.flow, row.secret), (Flow::Basic, SecretState::Literal));
    assert_eq!(row.username.as_deref(), Some("u@acme.example"));
    let rules: Vec<_> = row.findings.iter().map(|found| found.rule.name).collect();
    assert_eq!(rules, ["basic-auth-retiring", "plaintext-secret", "api-version-retiring"]);
    let dates: Vec<_> = row.deadlines.iter().filter_map(|it| it.when.date()).collect();
    let told: Vec<String> = dates.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["2027-02-01", "2027-06-01", "2028-06-01"]);
}

#[test]
fn as_of_another_day_it_is_graver() {
    let worst = |path: &str, today: &str| {
        let rows = rows(path, ENV, today);
        rows.iter().flat_map(|row| &row.findings).map(|found| found.severity).max()
    };
    assert_eq!(worst(".env", "2026-11-24"), Some(Severity::Warning));
    assert_eq!(worst(".env", "2027-06-01"), Some(Severity::Error));
    assert_eq!(worst("tests/.env", "2027-06-01"), Some(Severity::Information));
    assert_eq!(worst(".env.example", "2027-06-01"), Some(Severity::Information));
}

#[test]
fn what_is_possible_is_a_warning_at_most() {
    let text = "from simple_salesforce import Salesforce\nSalesforce(username=u, password=p, security_token=t, version='66.0')\n";
    let rows = rows("a.py", text, "2028-07-01");
    let worst = rows.iter().flat_map(|row| &row.findings).map(|found| found.severity).max();
    assert_eq!(worst, Some(Severity::Warning));
    assert_eq!(rows.first().map(|row| row.deadlines.len()), Some(1));
}

#[test]
fn the_password_flow_has_its_own_day() {
    let text = "SALESFORCE_CLIENT_ID=3MVG9\nSALESFORCE_CLIENT_SECRET=${X}\nSALESFORCE_USERNAME=u\nSALESFORCE_PASSWORD=${Y}\n";
    let rows = rows(".env", text, "2026-11-24");
    let row = rows.first().expect("a row");
    let date = row.deadlines.first().and_then(|it| it.when.date()).map(|date| date.to_string());
    assert_eq!((row.flow, date.as_deref()), (Flow::UsernamePassword, Some("2027-02-20")));
    assert_eq!(row.secret, SecretState::Reference);
}
