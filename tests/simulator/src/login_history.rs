//! `LoginHistory`: who logs in with a user.

use serde_json::{Value, json};

use crate::accounts::{Account, DEV, MY_DOMAIN_ONLY, ODD_SIGNS, UAT};
use crate::answer::Answer;

/// So many logins an org of the list below has that has many.
const MANY: usize = 3000;

/// Answers a query of it. Each org has another history: of one the user may not read it, of one it is empty, of
/// one no field is visible, of one it has thousands of rows with odd names.
pub(crate) fn query(account: &Account, limit: usize) -> Answer {
    let rows = match account {
        account if *account == DEV => {
            let message = "sObject type 'LoginHistory' is not supported.";
            let error = json!([{ "message": message, "errorCode": "INVALID_TYPE" }]);
            return Answer::json(400, &error).note("no right to LoginHistory");
        }
        account if *account == UAT => Vec::new(),
        account if *account == MY_DOMAIN_ONLY => vec![json!({ "attributes": attributes(0) })],
        account if *account == ODD_SIGNS => {
            let name = "Odd \u{1b}]0;t\u{7}\u{202e}[app](command:x)";
            (0..MANY).map(|at| row(at, name, "Success", "203.0.113.9")).collect()
        }
        _ => usual(),
    };
    let rows = &rows[..rows.len().min(limit)];
    Answer::json(200, &json!({ "totalSize": rows.len(), "done": true, "records": rows }))
        .note("the login history")
}

/// Newest first.
fn usual() -> Vec<Value> {
    let design_studio = |at| row(at, "Jitterbit Design Studio", "Success", "203.0.113.7");
    let loader = |at, status: &str| row(at, "Data Loader Bulk", status, "198.51.100.20");
    (0..40)
        .map(design_studio)
        .chain((40..43).map(|at| loader(at, "Failed: API security token required")))
        .chain((43..50).map(|at| loader(at, "Success")))
        .chain([row(50, "N/A", "Something that nobody knows", "192.0.2.1")])
        .collect()
}

fn attributes(at: usize) -> Value {
    let url = format!("/services/data/v61.0/sobjects/LoginHistory/0Ya{at:012}AAA");
    json!({ "type": "LoginHistory", "url": url })
}

fn row(at: usize, application: &str, status: &str, source_ip: &str) -> Value {
    let day = 28 - at % 28;
    json!({
        "attributes": attributes(at),
        "LoginTime": format!("2026-10-{day:02}T{:02}:15:00.000+0000", at % 24),
        "Status": status,
        "Application": application,
        "LoginType": "Other Apex API",
        "ApiType": "SOAP Partner",
        "ApiVersion": "61.0",
        "SourceIp": source_ip,
        "LoginUrl": "login.salesforce.com",
    })
}
