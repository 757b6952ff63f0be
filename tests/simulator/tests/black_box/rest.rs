//! What follows a login: version list, identity, query, limits; and the counters.

use sforg_simulator::{ODD_SIGNS, Options, PRODUCTION, Stats, UAT};

use crate::client::*;

async fn session(simulator: &sforg_simulator::Handle) -> String {
    token(simulator, UAT.client_id, UAT.client_secret).await.member("access_token")
}

#[tokio::test]
async fn the_version_list_needs_no_session() {
    let simulator = start();
    let answer = get(&format!("{}/services/data", simulator.http_url)).await;
    assert_eq!(answer.header("content-type"), "application/json;charset=UTF-8");
    let list = answer.json();
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 38);
    assert_eq!(list[0]["version"], "31.0");
    assert_eq!(list[0]["label"], "Summer '14");
    assert_eq!(list[37]["url"], "/services/data/v68.0");
    assert_eq!(list[37]["label"], "Winter '27");
    let curly: Vec<_> = list.iter().filter(|v| v.to_string().contains('’')).collect();
    assert_eq!(curly.len(), 1);
}

#[tokio::test]
async fn a_browser_gets_the_version_list_as_xml() {
    let simulator = start();
    let url = format!("{}/services/data", simulator.http_url);
    let with = |accept: &str| send(client().get(&url).header("Accept", accept));
    let answer = with("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").await;
    assert_eq!(answer.header("content-type"), "application/xml;charset=UTF-8");
    assert!(answer.text().ends_with("<version>68.0</version></Version></Versions>"));
    for accept in ["*/*", "application/json", "application/json, application/xml"] {
        let answer = with(accept).await;
        assert_eq!(answer.header("content-type"), "application/json;charset=UTF-8", "{accept}");
    }
}

#[tokio::test]
async fn an_older_org_lists_fewer_versions() {
    let simulator = start_with(Options { newest_api: 66, ..Options::default() });
    let list = get(&format!("{}/services/data", simulator.http_url)).await.json();
    assert_eq!(list[35]["version"], "66.0");
    assert_eq!(list.as_array().map(Vec::len), Some(36));
}

#[tokio::test]
async fn userinfo_and_identity_say_who_logged_in() {
    let simulator = start();
    let token = session(&simulator).await;
    let userinfo = format!("{}/services/oauth2/userinfo", simulator.http_url);
    let answer = get_with_token(&userinfo, &token).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.member("preferred_username"), UAT.username);
    assert_eq!(answer.member("organization_id"), UAT.organization_id);
    assert_eq!(answer.json()["urls"]["custom_domain"], simulator.http_url);

    let id = |org: &str, user: &str| format!("{}/id/{org}/{user}", simulator.http_url);
    let own = id(UAT.organization_id, UAT.user_id);
    assert_eq!(get_with_token(&own, &token).await.member("username"), UAT.username);
    let short = id(&UAT.organization_id[..15], &UAT.user_id[..15]);
    assert_eq!(get_with_token(&short, &token).await.status, 200);
    let other_org = get_with_token(&id(PRODUCTION.organization_id, UAT.user_id), &token).await;
    assert_eq!((other_org.status, other_org.text()), (403, "Wrong_Org"));
    let other_user = get_with_token(&id(UAT.organization_id, "005"), &token).await;
    assert_eq!((other_user.status, other_user.text()), (404, "Bad_Id"));

    for url in [&userinfo, &own] {
        let answer = get(url).await;
        assert_eq!((answer.status, answer.text()), (403, "missing_oauth_token"));
        let answer = get_with_token(url, "00DNR0000000002!not-one-of-ours").await;
        assert_eq!((answer.status, answer.text()), (403, "Bad_OAuth_Token"));
    }
}

#[tokio::test]
async fn a_soap_session_opens_the_same_doors() {
    let simulator = start();
    let password = format!("{}{}", ODD_SIGNS.password, ODD_SIGNS.security_token);
    let answer = soap(&simulator, ODD_SIGNS.username, &password).await;
    let token = answer.element("sessionId");
    let userinfo = format!("{}/services/oauth2/userinfo", simulator.http_url);
    let answer = get_with_token(&userinfo, &token).await;
    assert_eq!(answer.member("preferred_username"), ODD_SIGNS.username);
}

#[tokio::test]
async fn without_the_id_scope_userinfo_is_empty() {
    let simulator = start();
    let token = token(&simulator, "behave:api-only", "x").await;
    assert_eq!(token.member("scope"), "api");
    let userinfo = format!("{}/services/oauth2/userinfo", simulator.http_url);
    let answer = get_with_token(&userinfo, &token.member("access_token")).await;
    assert_eq!((answer.status, answer.text()), (403, "{}"));
    let limits = format!("{}/services/data/v62.0/limits", simulator.http_url);
    assert_eq!(get_with_token(&limits, &token.member("access_token")).await.status, 200);
}

#[tokio::test]
async fn the_organization_can_be_queried() {
    let simulator = start();
    let token = session(&simulator).await;
    let url = format!("{}/services/data/v62.0/query", simulator.http_url);
    let query = async |q: &str| {
        let q: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
        get_with_token(&format!("{url}?q={q}"), &token).await
    };
    let answer = query("SELECT Id, Name, IsSandbox FROM Organization LIMIT 1").await;
    assert_eq!(answer.status, 200);
    let record = &answer.json()["records"][0];
    assert_eq!(record["Id"], UAT.organization_id);
    assert_eq!(record["Name"], UAT.organization_name);
    assert_eq!(record["IsSandbox"], true);
    assert!(record.get("InstanceName").is_none(), "only what was asked for");
    assert_eq!(answer.header("sforce-limit-info"), "api-usage=2/15000");

    let code = |answer: Answer| answer.json()[0]["errorCode"].as_str().map(str::to_owned);
    let code = |answer| code(answer).unwrap_or_default();
    assert_eq!(code(query("SELECT Id, Colour FROM Organization").await), "INVALID_FIELD");
    assert_eq!(code(query("SELECT Id FROM Account").await), "INVALID_TYPE");
    assert_eq!(code(query("DELETE").await), "MALFORMED_QUERY");
    assert_eq!(code(get_with_token(&url, &token).await), "MALFORMED_QUERY");
}

#[tokio::test]
async fn limits_tell_the_daily_requests() {
    let simulator = start();
    let url = format!("{}/services/data/v62.0/limits", simulator.http_url);
    let answer = get_with_token(&url, &session(&simulator).await).await;
    assert_eq!(answer.json()["DailyApiRequests"]["Max"], 15_000);
    assert_eq!(answer.json()["DailyApiRequests"]["Remaining"], 14_998);
}

#[tokio::test]
async fn resources_that_are_not_there() {
    let simulator = start();
    let token = session(&simulator).await;
    let cases = [
        ("services/data/v30.0/limits", 410, "GONE"),
        ("services/data/v20.0", 410, "GONE"),
        ("services/data/v69.0/limits", 404, "NOT_FOUND"),
        ("services/data/62.0/limits", 404, "NOT_FOUND"),
        ("services/data/v62.0/nothing", 404, "NOT_FOUND"),
    ];
    for (path, status, code) in cases {
        let answer = get_with_token(&format!("{}/{path}", simulator.http_url), &token).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.json()[0]["errorCode"], code, "{path}");
    }
    let limits = format!("{}/services/data/v62.0/limits", simulator.http_url);
    let answer = get(&limits).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()[0]["errorCode"], "INVALID_SESSION_ID");
    let other = start();
    let answer = get_with_token(&limits, &session(&other).await).await;
    assert_eq!(answer.status, 401, "a token of another run");
    let answer = send(client().post(&limits).bearer_auth(&token)).await;
    assert_eq!(answer.status, 405);
    assert_eq!(get(&format!("{}/nothing", simulator.http_url)).await.status, 404);
}

#[tokio::test]
async fn counters_can_be_read_and_reset() {
    let simulator = start();
    assert_eq!(simulator.stats(), Stats::default());
    get(&format!("{}/services/data", simulator.http_url)).await;
    token(&simulator, UAT.client_id, "wrong").await;
    let stats = get(&format!("{}/simulator/stats", simulator.http_url)).await.json();
    assert_eq!(stats["requests"], 2, "its own pages don't count");
    assert_eq!(stats["oauthLogins"]["attempts"], 1);
    assert_eq!(stats["oauthLogins"]["sessions"], 0);
    assert_eq!(stats["paths"]["GET /services/data"], 1);
    simulator.reset_stats();
    assert_eq!(simulator.stats().requests, 0);
    assert_eq!(simulator.stats().paths.len(), 0);
    until("all connections closed", || simulator.stats().open_connections == 0).await;
}

#[tokio::test]
async fn the_front_page_tells_what_to_type() {
    let simulator = start();
    let page = get(&simulator.http_url).await;
    assert!(page.text().contains(PRODUCTION.client_id));
    assert!(page.text().contains(UAT.password));
    assert!(!page.text().contains('\u{1b}'));
}
