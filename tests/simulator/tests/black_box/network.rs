//! TLS, IPv6, the proxy, and the end of it all.

use sforg_simulator::{
    Handle, Options, PRODUCTION, ProxyOptions, Simulator, UAT, WrongCertificate,
};

use crate::client::*;

fn trusting(simulator: &Handle) -> reqwest::ClientBuilder {
    let pem = std::fs::read(&simulator.ca_pem_path).expect("the CA file");
    let ca = reqwest::Certificate::from_pem(&pem).expect("a certificate");
    builder().tls_certs_only([ca])
}

#[tokio::test]
async fn https_with_the_authority_of_the_file() {
    let simulator = start();
    let client = trusting(&simulator).no_proxy().build().expect("a client");
    let port = simulator.https_url.rsplit_once(':').expect("a port").1;
    for host in ["127.0.0.1", "localhost"] {
        let origin = format!("https://{host}:{port}");
        let url = format!("{origin}/services/oauth2/token");
        let form = credentials(UAT.client_id, UAT.client_secret);
        let answer = send(client.post(url).form(&form)).await;
        assert_eq!(answer.member("instance_url"), origin, "the name that was used");
    }
    assert_eq!(simulator.stats().failed_handshakes, 0);
    let pem = std::fs::read_to_string(&simulator.ca_pem_path).expect("the CA file");
    assert!(!pem.contains("PRIVATE"));
    assert_eq!(pem, simulator.ca_pem);
}

#[tokio::test]
async fn misbehaviour_over_tls() {
    let simulator = start();
    let client = trusting(&simulator).no_proxy().build().expect("a client");
    let url = format!("{}/services/oauth2/token", simulator.https_url);
    for name in ["cut", "half-closed", "close", "reset", "garbage"] {
        let name = format!("behave:{name}");
        let request = client.post(&url).form(&credentials(&name, "x"));
        let failed = match request.send().await {
            Ok(response) => response.bytes().await.is_err(),
            Err(_) => true,
        };
        assert!(failed, "{name}");
    }
    let answer = send(client.post(&url).form(&credentials("behave:drip-1ms", "x"))).await;
    assert_eq!(answer.member("token_type"), "Bearer");
}

#[tokio::test]
async fn wrong_certificates_are_wrong() {
    let kinds = [
        (WrongCertificate::SelfSigned, "UnknownIssuer"),
        (WrongCertificate::Expired, "Expired"),
        (WrongCertificate::NotYetValid, "NotValidYet"),
        (WrongCertificate::OtherName, "NotValidForName"),
        (WrongCertificate::UnknownAuthority, "BadSignature or UnknownIssuer"),
    ];
    for (kind, reason) in kinds {
        let options = Options { wrong_certificate: Some(kind), ..Options::default() };
        let simulator = start_with(options);
        let client = trusting(&simulator).no_proxy().build().expect("a client");
        let error = client.get(&simulator.https_url).send().await.expect_err("refused");
        let chain = format!("{error:?}");
        assert!(reason.split(" or ").any(|reason| chain.contains(reason)), "{kind:?}: {chain}");
        until("the refusal is seen", || simulator.stats().failed_handshakes == 1).await;
        assert_eq!(simulator.stats().requests, 0, "{kind:?}");
    }
}

#[tokio::test]
async fn ipv6_answers_at_the_same_port() {
    let simulator = start();
    if !simulator.has_ipv6() {
        return;
    }
    let url = simulator.http_url.replace("127.0.0.1", "[::1]");
    let form = credentials(UAT.client_id, UAT.client_secret);
    let answer = send(client().post(format!("{url}/services/oauth2/token")).form(&form)).await;
    assert_eq!(answer.member("instance_url"), url);
}

fn with_proxy(proxy: ProxyOptions) -> Handle {
    start_with(Options {
        proxy: Some(proxy),
        https_names: vec![
            "*.my.salesforce.com".to_owned(),
            "*.sandbox.my.salesforce.com".to_owned(),
            "*.salesforce.com".to_owned(),
            "acme.lightning.force.com".to_owned(),
        ],
        ..Options::default()
    })
}

fn through(simulator: &Handle, user: Option<(&str, &str)>) -> reqwest::Client {
    let url = simulator.proxy_url.as_deref().expect("a proxy");
    let mut proxy = reqwest::Proxy::all(url).expect("an address");
    if let Some((name, password)) = user {
        proxy = proxy.basic_auth(name, password);
    }
    trusting(simulator).proxy(proxy).build().expect("a client")
}

#[tokio::test]
async fn through_the_proxy_salesforce_hosts_are_the_simulator() {
    let simulator = with_proxy(ProxyOptions::default());
    let client = through(&simulator, None);
    let token = async |host: &str, account: &sforg_simulator::Account| {
        let form = credentials(account.client_id, account.client_secret);
        send(client.post(format!("https://{host}/services/oauth2/token")).form(&form)).await
    };
    let answer = token("acme.my.salesforce.com", &PRODUCTION).await;
    assert_eq!(answer.member("instance_url"), "https://acme.my.salesforce.com");
    let answer = token("acme--uat.sandbox.my.salesforce.com", &UAT).await;
    assert_eq!(answer.member("instance_url"), "https://acme--uat.sandbox.my.salesforce.com");
    let answer = token("acme.my.salesforce.com", &UAT).await;
    assert_eq!(answer.member("error"), "invalid_client_id");
    for host in ["login.salesforce.com", "test.salesforce.com"] {
        let answer = token(host, &PRODUCTION).await;
        assert_eq!(answer.member("error_description"), "request not supported on this domain");
    }
    assert!(simulator.stats().proxy.tunnels >= 4);
}

#[tokio::test]
async fn soap_through_the_proxy_knows_the_login_hosts() {
    let simulator = with_proxy(ProxyOptions::default());
    let client = through(&simulator, None);
    let login = async |host: &str, account: &sforg_simulator::Account| {
        let password = format!("{}{}", account.password, account.security_token);
        let url = format!("https://{host}/services/Soap/u/62.0");
        let request = client.post(url).header("Content-Type", "text/xml");
        send(request.header("SOAPAction", "login").body(envelope(account.username, &password)))
            .await
    };
    let answer = login("login.salesforce.com", &PRODUCTION).await;
    assert!(answer.element("serverUrl").starts_with("https://acme.my.salesforce.com/"));
    let answer = login("test.salesforce.com", &UAT).await;
    let expected = "https://acme--uat.sandbox.my.salesforce.com/";
    assert!(answer.element("serverUrl").starts_with(expected));
    for (host, account) in [
        ("test.salesforce.com", &PRODUCTION),
        ("login.salesforce.com", &UAT),
        ("acme.my.salesforce.com", &UAT),
    ] {
        assert_eq!(login(host, account).await.exception_code(), "INVALID_LOGIN", "{host}");
    }
    assert_eq!(login("acme.lightning.force.com", &PRODUCTION).await.status, 405);
    let answer = login("www.salesforce.com", &PRODUCTION).await;
    assert_eq!((answer.status, answer.body.len()), (500, 0));
}

#[tokio::test]
async fn the_proxy_can_demand_credentials() {
    let credentials = Some(("proxy-user".to_owned(), "NotReal".to_owned()));
    let simulator = with_proxy(ProxyOptions { credentials, ..ProxyOptions::default() });
    let versions = "https://acme.my.salesforce.com/services/data";
    let right = through(&simulator, Some(("proxy-user", "NotReal")));
    assert_eq!(send(right.get(versions)).await.status, 200);
    for user in [None, Some(("proxy-user", "wrong"))] {
        let error = through(&simulator, user).get(versions).send().await.expect_err("407");
        assert!(format!("{error:?}").to_lowercase().contains("proxy"), "{error:?}");
    }
    assert_eq!(simulator.stats().requests, 1);
    assert_eq!(simulator.stats().proxy.refused, 2);
    let plain = through(&simulator, None).get(format!("{}/x", simulator.http_url));
    let answer = send(plain).await;
    assert_eq!(answer.status, 407);
    assert_eq!(answer.header("proxy-authenticate"), "Basic realm=\"Example proxy\"");
}

#[tokio::test]
async fn the_proxy_can_refuse_and_forward() {
    let refusing = with_proxy(ProxyOptions { refuse: Some(403), ..ProxyOptions::default() });
    let plain = through(&refusing, None).get(format!("{}/services/data", refusing.http_url));
    assert_eq!(send(plain).await.status, 403);
    assert_eq!(refusing.stats().requests, 0);

    let simulator = with_proxy(ProxyOptions::default());
    let url = format!("{}/services/data", simulator.http_url);
    assert_eq!(send(through(&simulator, None).get(url)).await.status, 200);
    assert_eq!(simulator.stats().proxy.forwarded, 1);
    let direct = get(simulator.proxy_url.as_deref().expect("a proxy")).await;
    assert_eq!(direct.status, 400, "no request for a proxy");
}

#[tokio::test]
async fn dropping_the_handle_ends_everything() {
    let simulator = start();
    let (url, ca) = (simulator.http_url.clone(), simulator.ca_pem_path.clone());
    let hanging = tokio::spawn({
        let request = client().post(token_url(&simulator)).form(&credentials("behave:hang", "x"));
        async move { request.send().await.is_err() }
    });
    until("it hangs", || simulator.stats().open_connections == 1).await;
    drop(simulator);
    assert!(hanging.await.expect("ended"), "the connection is gone");
    assert!(client().get(url).send().await.is_err(), "nobody listens");
    assert!(!ca.exists(), "the temporary CA file is gone");
}

#[tokio::test]
async fn what_is_wrong_with_the_options_is_told() {
    let simulator = start();
    let port = simulator.http_url.rsplit_once(':').expect("a port").1.parse().expect("a number");
    let message =
        |options: Options| Simulator::start(options).expect_err("does not start").to_string();
    let busy = message(Options { https_port: port, ..Options::default() });
    assert!(busy.contains(&port.to_string()) && busy.contains("--https-port"), "{busy}");
    assert!(busy.contains("in use by another program"), "{busy}");
    let folder = std::env::temp_dir();
    let unwritable = message(Options { ca_out: Some(folder), ..Options::default() });
    assert!(unwritable.contains("--ca-out"), "{unwritable}");
    let names = vec!["https://acme.example".to_owned()];
    let name = message(Options { https_names: names, ..Options::default() });
    assert!(name.contains("--https-name"), "{name}");
    let case = message(Options { versions_case: Some("x".to_owned()), ..Options::default() });
    assert!(case.contains("--list-cases"), "{case}");
    let old = message(Options { newest_api: 30, ..Options::default() });
    assert!(old.contains("--newest-api"), "{old}");
}

#[tokio::test]
async fn a_thousand_logins_leave_nothing_behind() {
    let simulator = start();
    let client = client();
    let mut running = tokio::task::JoinSet::new();
    for n in 0..1000 {
        let id = format!("behave:ok-{n}");
        let request = client.post(token_url(&simulator)).form(&credentials(&id, "x"));
        running.spawn(async move { send(request).await.status });
        if running.len() >= 20 {
            assert_eq!(running.join_next().await.expect("one").expect("ended"), 200);
        }
    }
    while let Some(status) = running.join_next().await {
        assert_eq!(status.expect("ended"), 200);
    }
    drop(client);
    assert_eq!(simulator.stats().oauth_logins.sessions, 1000);
    until("all connections closed", || simulator.stats().open_connections == 0).await;
}
