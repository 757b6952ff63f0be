//! What the simulator says about itself: to people, and as JSON to programs.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::accounts::{ACCOUNTS, Account, DEV, PRODUCTION, UAT};
use crate::behaviours::BEHAVIOURS;
use crate::cases::cases;
use crate::start::Handle;
use crate::world::World;

/// Widest line of running text.
const WIDTH: usize = 96;

/// The page for a terminal, headings in bold.
pub fn start_page(handle: &Handle) -> String {
    page(&handle.world, |heading| format!("\u{1b}[1m{heading}\u{1b}[0m"))
}

/// The page without any styling, as the address `/` shows it.
pub(crate) fn page_of(world: &World) -> String {
    page(world, str::to_owned)
}

fn page(world: &World, heading: impl Fn(&str) -> String) -> String {
    let addresses = &world.addresses;
    let http = addresses.http;
    let newest_with_login = world.options.newest_api.min(64);
    let mut lines = vec![
        format!("{} {}", heading("sforg-simulator"), env!("CARGO_PKG_VERSION")),
        "A Salesforce that runs on this computer, for trying sforg without an org.".to_owned(),
        String::new(),
        heading("Addresses"),
        format!("  http   http://{http}"),
        format!("  https  https://{}", addresses.https),
        format!("         CA certificate: {}", addresses.ca_pem_path.display()),
    ];
    if let Some(proxy) = addresses.proxy {
        lines.push(format!("  proxy  http://{proxy}   leads every Salesforce host to this one"));
    }
    lines.extend([
        String::new(),
        heading("Let sforg log in here"),
        format!("  sforg login --allow-login-host http://{http} FOLDER"),
        format!("  sforg lsp --allow-login-host http://{http}"),
        String::new(),
        heading("OAuth 2.0 client credentials"),
        format!("  instanceUrl      http://{http}"),
    ]);
    for account in [PRODUCTION, UAT, DEV] {
        lines.extend([
            String::new(),
            format!("  {}", title(&account)),
            format!("    clientId       {}", account.client_id),
            format!("    clientSecret   {}", account.client_secret),
        ]);
    }
    lines.extend([
        String::new(),
        format!("{} (API 31.0 to {newest_with_login}.0)", heading("Basic authentication")),
        format!("  serverHost       {http}"),
    ]);
    for account in [UAT, DEV] {
        let optional = if account.token_required { "" } else { "  (may be left out)" };
        lines.extend([
            String::new(),
            format!("  {}", title(&account)),
            format!("    username       {}", account.username),
            format!("    password       {}", account.password),
            format!("    securityToken  {}{optional}", account.security_token),
        ]);
    }
    lines.extend([
        String::new(),
        format!(
            "{} by user name or client id, with any password or secret",
            heading("Any other answer")
        ),
        "    username       case+soap-login-disabled-new-org@example.com".to_owned(),
        "    username       behave+delay-5s@example.com".to_owned(),
        "    clientId       case:oauth-no-run-as-user".to_owned(),
        "    clientId       behave:proxy-page".to_owned(),
        String::new(),
        format!("  sforg-simulator --list-cases        all {} recorded answers", cases().len()),
        format!("  sforg-simulator --list-behaviours   {} ways to misbehave", BEHAVIOURS.len()),
        format!("  http://{http}/simulator/stats   what has arrived so far"),
        String::new(),
    ]);
    lines.join("\n")
}

fn title(account: &Account) -> String {
    let kind = if account.sandbox { "   sandbox" } else { "" };
    format!("{}{kind}", account.organization_name)
}

/// Everything that a program needs to know, in one JSON object.
pub fn describe(handle: &Handle) -> Value {
    let addresses = &handle.world.addresses;
    let ipv6 = |scheme: &str, port: u16| {
        addresses.ipv6.then(|| Value::from(format!("{scheme}://[::1]:{port}")))
    };
    json!({
        "name": "sforg-simulator",
        "version": env!("CARGO_PKG_VERSION"),
        "pid": std::process::id(),
        "httpUrl": handle.http_url,
        "httpsUrl": handle.https_url,
        "httpUrlIpv6": ipv6("http", addresses.http.port()),
        "httpsUrlIpv6": ipv6("https", addresses.https.port()),
        "proxyUrl": handle.proxy_url,
        "caFile": handle.ca_pem_path,
        "allowLoginHosts": [handle.http_url, handle.https_url],
        "instanceUrl": handle.http_url,
        "serverHost": addresses.http.to_string(),
        "statsUrl": format!("{}/simulator/stats", handle.http_url),
        "accounts": ACCOUNTS.iter().map(account).collect::<Value>(),
        "cases": cases().iter().map(|case| case.id.as_str()).collect::<Value>(),
        "behaviours": BEHAVIOURS.iter().map(|behaviour| behaviour.name).collect::<Value>(),
    })
}

fn account(account: &Account) -> Value {
    json!({
        "organizationName": account.organization_name,
        "sandbox": account.sandbox,
        "organizationId": account.organization_id,
        "userId": account.user_id,
        "username": account.username,
        "password": account.password,
        "securityToken": account.security_token,
        "securityTokenRequired": account.token_required,
        "clientId": account.client_id,
        "clientSecret": account.client_secret,
        "myDomain": account.my_domain,
    })
}

/// The list of recorded answers.
pub fn cases_page() -> String {
    let mut page = "Recorded answers. ID stands for one of the names below.\n\
        \x20 SOAP login()     user name   case+ID@example.com\n\
        \x20 OAuth            client id   case:ID\n\
        \x20 other requests   ?case=ID    or log in as above: that succeeds, and the request that\n\
        \x20                              the answer belongs to gets it\n\
        A client id may look like a consumer key: 3MVG9CASE.ID with dots for hyphens and anything\n\
        after another dot.\n"
        .to_owned();
    for case in cases() {
        let status = match case.http_status {
            0 => "no answer, the connection is reset".to_owned(),
            status => status.to_string(),
        };
        // Writing to a string does not fail.
        let _ = write!(page, "\n{}   {} {status}\n", case.id, case.flow);
        page.push_str(&wrapped(&case.meaning));
    }
    page
}

/// The list of behaviours.
pub fn behaviours_page() -> String {
    let mut page = "Ways to misbehave. NAME stands for one of the names below.\n\
        \x20 SOAP login()     user name   behave+NAME@example.com\n\
        \x20 OAuth            client id   behave:NAME\n\
        \x20 other requests   ?behave=NAME\n\
        A client id may look like a consumer key: 3MVG9BEHAVE.NAME with dots for hyphens and\n\
        anything after another dot. A number after a name makes another user: behave+ok-17@….\n\n"
        .to_owned();
    let widest = BEHAVIOURS.iter().map(|behaviour| behaviour.name.len()).max().unwrap_or_default();
    for behaviour in BEHAVIOURS {
        let _ = writeln!(page, "  {:<widest$}  {}", behaviour.name, behaviour.meaning);
    }
    page
}

/// Running text in lines of at most [`WIDTH`] characters, indented by two.
fn wrapped(text: &str) -> String {
    let mut page = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length > WIDTH {
            let _ = writeln!(page, " {line}");
            line.clear();
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(page, " {line}");
    page
}
