//! A long day: 10,000 logins of all kinds, after which the server is as small as before.

use serde_json::{Value, json};
use sforg_simulator::{
    Handle, Options, Simulator, behaviour_client_id, behaviour_username, case_username,
};
use test_support::{Client, Setup, oauth_org, wait_until};

/// So many logins; `SFORG_SOAK_LOGINS` sets another number.
const LOGINS: usize = 10_000;
/// So many of them are under way at once.
const WAVE: usize = 50;
/// The memory after this part of them is compared with that in the end.
const WARM_UP: usize = 5;

/// Memory in bytes that the process holds.
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the server runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}

/// Files and connections that the process has open.
fn descriptors(id: u32) -> usize {
    std::fs::read_dir(format!("/proc/{id}/fd")).expect("the server runs").count()
}

/// The kind of a login by its number: each tenth of all is one of these.
const KINDS: [&str; 10] =
    ["ok", "ok", "soap", "wrong", "ok", "delay-20ms", "cut", "hang", "ok", "soap"];

/// The file of one login. No two have the same user, so that the lock-out guard lets all through.
fn org(simulator: &Handle, number: usize) -> String {
    let kind = KINDS[number % KINDS.len()];
    let is_secure = is_secure(number);
    let url = if is_secure { &simulator.https_url } else { &simulator.http_url };
    let user = match kind {
        "soap" => behaviour_username(&format!("ok-{number}")),
        "wrong" => case_username(&format!("soap-invalid-login-enterprise-{number}")),
        _ => {
            let client_id = behaviour_client_id(&format!("{kind}-{number}"));
            return oauth_org(&format!("{kind} {number}"), url, &client_id, "${env:S}");
        }
    };
    let host = url.split_once("://").map_or("", |(_, host)| host);
    json!({
        "name": format!("{kind} {number}"), "apiVersion": "61.0", "serverHost": host,
        "auth": { "type": "basic", "username": user, "password": "${env:S}" },
    })
    .to_string()
}

/// A tenth of the waves goes over TLS.
fn is_secure(number: usize) -> bool {
    number / WAVE % 10 == 9
}

/// An editor without questions, whose user allows the name of the secret.
fn cannot_ask(server: &mut Client) {
    let question = server.server_request("window/showMessageRequest");
    server.reply_error(&question, -32601, "unknown method");
}

/// Tests the logins of these numbers at once and counts those that worked.
fn wave(server: &mut Client, simulator: &Handle, numbers: std::ops::Range<usize>) -> usize {
    let attempts = || {
        let stats = simulator.stats();
        stats.oauth_logins.attempts + stats.soap_logins.attempts
    };
    let sent_before = attempts();
    for number in numbers.clone() {
        let uri = format!("untitled:{}", number % WAVE);
        server.open(&uri, 1, &org(simulator, number));
        server.test_login(&uri);
    }
    let all = numbers.len();
    let (mut begun, mut ended) = (0, 0);
    let mut hanging: Vec<Value> = Vec::new();
    (0..all).for_each(|_| cannot_ask(server));
    while begun < all {
        server.serve("window/workDoneProgress/create", Value::Null);
        begun += 1;
    }
    begun = 0;
    while begun < all {
        let params = server.notification("$/progress");
        match params["value"]["kind"].as_str() {
            Some("begin") => {
                begun += 1;
                if params["value"]["title"].as_str().is_some_and(|title| title.contains("hang")) {
                    hanging.push(params["token"].clone());
                }
            }
            _ => ended += 1,
        }
    }
    server.wait_until("all are sent", || attempts() == sent_before + all as u64);
    for token in hanging {
        server.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    }
    while ended < all {
        server.notification("$/progress");
        ended += 1;
    }
    let works = (0..all).filter(|_| server.shown_message().0 == 3).count();
    for number in numbers {
        server.close(&format!("untitled:{}", number % WAVE));
    }
    server.forget("textDocument/publishDiagnostics");
    works
}

/// A state folder whose lock-out guard remembers as many refusals as it ever does, so that its
/// memory does not grow while memory is measured.
fn full_of_refusals() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let refused: serde_json::Map<String, Value> = (0..1000)
        .map(|number| (format!("{number:064x}"), json!({ "times": 1, "last": number })))
        .collect();
    let kept = json!({ "key": "0123456789abcdef".repeat(4), "refused": refused });
    std::fs::write(folder.path().join("refused-logins.json"), kept.to_string()).expect("a file");
    folder
}

#[test]
#[ignore = "10,000 logins: cargo xtask test soak"]
fn ten_thousand_logins_leave_nothing_behind() {
    let logins: usize = std::env::var("SFORG_SOAK_LOGINS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(LOGINS)
        .next_multiple_of(WAVE * WARM_UP);
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let state = full_of_refusals();
    let mut server = Setup::new()
        .capability("window/workDoneProgress", true)
        .allow_login_host(&simulator.http_url)
        .allow_login_host(&simulator.https_url)
        .env("SFORG_CA_FILE", &simulator.ca_pem_path.to_string_lossy())
        // Each thread's own pool of freed memory is none of what is measured.
        .env("MALLOC_ARENA_MAX", "1")
        .env("SFORG_STATE_DIR", &state.path().to_string_lossy())
        .env("S", "not-a-real-secret-but-a-long-one")
        .argument("--allow-secret")
        .argument("S")
        .start();
    server.allow("textDocument/publishDiagnostics");
    // What the first login at a host builds is there before anything is measured.
    for (number, uri) in [(0, "untitled:first"), (9 * WAVE, "untitled:first-over-tls")] {
        server.open(uri, 1, &org(&simulator, number));
        server.test_login(uri);
        cannot_ask(&mut server);
        let (token, _) = server.progress_begins();
        server.progress_ends(&token);
        assert_eq!(server.shown_message().0, 3);
        server.close(uri);
    }
    let id = server.process_id();
    let nothing_open = || simulator.stats().open_connections == 0;
    wait_until("the first connections end", nothing_open);
    let open_before = descriptors(id);
    let begun = std::time::Instant::now();

    let mut works = 0;
    let mut warm = resident(id);
    for first in (0..logins).step_by(WAVE) {
        if first == logins / WARM_UP {
            warm = resident(id);
        }
        works += wave(&mut server, &simulator, first..first + WAVE);
    }
    let end = resident(id);
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    println!(
        "{logins} logins, {works} of them in, in {:.1} s; {:.1} MiB after the first {}, {:.1} MiB \
         in the end",
        begun.elapsed().as_secs_f64(),
        mib(warm),
        logins / WARM_UP,
        mib(end)
    );
    assert_eq!(works, logins / 10 * 7, "ok, soap and slow ones, and no others");
    let stats = simulator.stats();
    let attempts = stats.oauth_logins.attempts + stats.soap_logins.attempts;
    assert_eq!(attempts, logins as u64 + 2);
    // A leak of 1 kB for each login would be 8 MB, a quarter.
    assert!(end <= warm + warm / 8, "{:.1} MiB became {:.1} MiB", mib(warm), mib(end));
    wait_until("all connections end", nothing_open);
    wait_until("all files are closed", || descriptors(id) <= open_before);
}
