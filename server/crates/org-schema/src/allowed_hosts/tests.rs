use super::*;

fn origin(scheme: Scheme, host: &str, port: u16) -> AllowedOrigin {
    AllowedOrigin { scheme, host: host.to_owned(), port }
}

#[test]
fn entries_that_are_right() {
    use Scheme::*;
    let table = [
        ("proxy.acme.example", https("proxy.acme.example", 443), "https://proxy.acme.example"),
        ("Proxy.ACME.example", https("proxy.acme.example", 443), "https://proxy.acme.example"),
        (
            "proxy.acme.example:8443",
            https("proxy.acme.example", 8443),
            "https://proxy.acme.example:8443",
        ),
        ("proxy.acme.example:443", https("proxy.acme.example", 443), "https://proxy.acme.example"),
        (
            "proxy.acme.example:00443",
            https("proxy.acme.example", 443),
            "https://proxy.acme.example",
        ),
        ("  proxy.acme.example\t", https("proxy.acme.example", 443), "https://proxy.acme.example"),
        ("proxy", https("proxy", 443), "https://proxy"),
        (
            "https://proxy.acme.example",
            https("proxy.acme.example", 443),
            "https://proxy.acme.example",
        ),
        (
            "HTTPS://Proxy.acme.example/",
            https("proxy.acme.example", 443),
            "https://proxy.acme.example",
        ),
        (
            "https://proxy.acme.example:8443/",
            https("proxy.acme.example", 8443),
            "https://proxy.acme.example:8443",
        ),
        ("https://10.0.0.7:8443", https("10.0.0.7", 8443), "https://10.0.0.7:8443"),
        (
            "acme.my.sfcrmapps.cn",
            https("acme.my.sfcrmapps.cn", 443),
            "https://acme.my.sfcrmapps.cn",
        ),
        (
            "xn--bcher-kva.example",
            https("xn--bcher-kva.example", 443),
            "https://xn--bcher-kva.example",
        ),
        ("localhost", https("localhost", 443), "https://localhost"),
        ("127.0.0.1:8080", https("127.0.0.1", 8080), "https://127.0.0.1:8080"),
        ("[::1]:8080", https("::1", 8080), "https://[::1]:8080"),
        ("[::1]", https("::1", 443), "https://[::1]"),
        ("::1", https("::1", 443), "https://[::1]"),
        ("[2001:db8::]", https("2001:db8::", 443), "https://[2001:db8::]"),
        ("[2001:DB8:0:0::1]:9", https("2001:db8::1", 9), "https://[2001:db8::1]:9"),
        ("http://127.0.0.1:8080", origin(Http, "127.0.0.1", 8080), "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", origin(Http, "127.0.0.1", 8080), "http://127.0.0.1:8080"),
        ("HTTP://LocalHost", origin(Http, "localhost", 80), "http://localhost"),
        ("http://localhost:443", origin(Http, "localhost", 443), "http://localhost:443"),
        ("http://127.8.9.10", origin(Http, "127.8.9.10", 80), "http://127.8.9.10"),
        ("http://[::1]:8080", origin(Http, "::1", 8080), "http://[::1]:8080"),
        ("http://[0:0:0:0:0:0:0:1]", origin(Http, "::1", 80), "http://[::1]"),
    ];
    for (entry, expected, display) in table {
        assert_eq!(parse_entry(entry), Ok(expected), "{entry}");
        assert_eq!(parse_entry(entry).map(|origin| origin.to_string()), Ok(display.to_owned()));
        assert_eq!(parse_entry(display), parse_entry(entry), "{display} reads back");
    }
}

fn https(host: &str, port: u16) -> AllowedOrigin {
    origin(Scheme::Https, host, port)
}

#[test]
fn entries_that_are_wrong() {
    use AllowedHostError::*;
    let table: &[(&str, AllowedHostError)] = &[
        ("", Empty),
        (" \t", Empty),
        ("ftp://proxy.example", Scheme),
        ("://proxy.example", Scheme),
        ("https ://proxy.example", Scheme),
        ("http://proxy.example", HttpNotLoopback),
        ("http://10.0.0.1:8080", HttpNotLoopback),
        ("http://128.0.0.1", HttpNotLoopback),
        ("http://0.0.0.0", HttpNotLoopback),
        ("http://[::2]", HttpNotLoopback),
        ("http://[::ffff:127.0.0.1]", HttpNotLoopback),
        ("http://localhost.evil.example", HttpNotLoopback),
        ("http://127.0.0.1.evil.example", HttpNotLoopback),
        ("http://acme.my.salesforce.com", HttpNotLoopback),
        ("user@proxy.example", UserInfo),
        ("https://user:secret@proxy.example", UserInfo),
        ("http://127.0.0.1@evil.example", UserInfo),
        ("https://proxy.example/path", Path),
        ("https://proxy.example//", Path),
        ("https://proxy.example?x", Path),
        ("https://proxy.example#x", Path),
        ("https://proxy.example\\x", Path),
        ("proxy.example/", Path),
        ("proxy.example/x", Path),
        ("*", Wildcard),
        ("*.example", Wildcard),
        ("https://*.example:8443", Wildcard),
        ("proxy.example:", Port),
        ("proxy.example:0", Port),
        ("proxy.example:65536", Port),
        ("proxy.example:http", Port),
        ("proxy.example:+80", Port),
        ("proxy.example:-1", Port),
        ("proxy.example: 80", Port),
        ("[::1]:", Port),
        ("[::1]:x", Port),
        ("https://", Host),
        ("https:///", Host),
        (":8080", Host),
        ("proxy.example.", Host),
        ("proxy.example.:8443", Host),
        (".example", Host),
        ("proxy..example", Host),
        ("proxy example", Host),
        ("pro_xy.example", Host),
        ("-proxy.example", Host),
        ("bücher.example", Host),
        ("127.1", Host),
        ("http://127.1", Host),
        ("2130706433", Host),
        ("http://0x7f000001", Host),
        ("1.2.3.999", Host),
        ("[::1", Host),
        ("[::1]8080", Host),
        ("[proxy.example]:80", Host),
        ("[fe80::1%eth0]", Host),
    ];
    for (entry, expected) in table {
        assert_eq!(parse_entry(entry), Err(*expected), "{entry:?}");
    }
}

#[test]
fn messages_never_repeat_the_entry() {
    for entry in [
        "ftp://notreal.example",
        "notreal.example/x",
        "*.notreal",
        "notreal.example:x",
        "notreal.",
        "http://notreal.example",
        "https://jane:notreal@proxy.example",
        "notreal!",
    ] {
        let message = parse_entry(entry).expect_err(entry).to_string();
        assert!(!message.contains("notreal") && message.ends_with('.'), "{entry}: {message}");
    }
}

#[test]
fn lists_keep_what_is_right() {
    let (hosts, errors) = AllowedHosts::parse_list(" a.example, ,http://b.example ,,[::1]:8080,");
    let found: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["https://a.example", "https://[::1]:8080"]);
    assert_eq!(errors, [AllowedHostError::HttpNotLoopback]);
    assert_eq!(AllowedHosts::parse_list(""), (AllowedHosts::default(), vec![]));
    assert!(AllowedHosts::default().is_empty() && !hosts.is_empty());
}

fn allowed() -> AllowedHosts {
    let (hosts, errors) = AllowedHosts::parse_list(
        "proxy.example,proxy.example:8443,http://127.0.0.1:8080,http://localhost,[::1]:8080,\
         http://[::1]:9090,http://127.0.0.2:7000,https://127.0.0.2:7000,acme.my.sfcrmapps.cn",
    );
    assert_eq!(errors, []);
    hosts
}

#[test]
fn server_hosts_that_are_allowed() {
    let table = [
        ("proxy.example", Some("https://proxy.example")),
        ("PROXY.example", Some("https://proxy.example")),
        ("proxy.example:443", Some("https://proxy.example")),
        ("proxy.example:8443", Some("https://proxy.example:8443")),
        ("proxy.example:8444", None),
        ("proxy.example:80", None),
        ("127.0.0.1:8080", Some("http://127.0.0.1:8080")),
        ("127.0.0.1", None),
        ("127.0.0.1:80", None),
        ("localhost", Some("http://localhost")),
        ("localhost:80", Some("http://localhost")),
        ("localhost:443", None),
        ("[::1]:8080", Some("https://[::1]:8080")),
        ("[::1]:9090", Some("http://[::1]:9090")),
        ("::1", None),
        ("127.0.0.2:7000", Some("https://127.0.0.2:7000")),
        ("acme.my.sfcrmapps.cn", Some("https://acme.my.sfcrmapps.cn")),
        ("evil.acme.my.sfcrmapps.cn", None),
        ("xproxy.example", None),
        ("proxy.example.", None),
        ("proxy.example/", None),
        ("proxy.example/x", None),
        ("https://proxy.example", None),
        ("user@proxy.example", None),
        ("proxy.example@evil.example", None),
        (" proxy.example", None),
        ("proxy.example:", None),
        ("proxy.example:0443", Some("https://proxy.example")),
        ("", None),
    ];
    let allowed = allowed();
    for (server_host, expected) in table {
        let found = allowed.find_host_port(server_host).map(ToString::to_string);
        assert_eq!(found.as_deref(), expected, "{server_host}");
        assert_eq!(AllowedHosts::default().find_host_port(server_host), None);
    }
}

#[test]
fn instance_urls_that_are_allowed() {
    let table = [
        ("https://proxy.example", Some("https://proxy.example")),
        ("https://proxy.example/", Some("https://proxy.example")),
        ("HTTPS://Proxy.Example", Some("https://proxy.example")),
        ("https://proxy.example:443", Some("https://proxy.example")),
        ("https://proxy.example:8443/", Some("https://proxy.example:8443")),
        ("https://proxy.example:8444", None),
        ("http://proxy.example", None),
        ("http://proxy.example:443", None),
        ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
        ("http://127.0.0.1:8080/", Some("http://127.0.0.1:8080")),
        ("https://127.0.0.1:8080", None),
        ("http://127.0.0.1", None),
        ("http://LOCALHOST:80", Some("http://localhost")),
        ("http://[::1]:9090", Some("http://[::1]:9090")),
        ("http://[0:0::1]:9090", Some("http://[::1]:9090")),
        ("https://[::1]:8080", Some("https://[::1]:8080")),
        ("https://proxy.example//", None),
        ("https://proxy.example/path", None),
        ("https://proxy.example?x=1", None),
        ("https://proxy.example#x", None),
        ("https://user@proxy.example", None),
        ("https://proxy.example@evil.example", None),
        ("https://proxy.example\\@evil.example", None),
        ("https://proxy.example.", None),
        ("https://evil.example/https://proxy.example", None),
        (" https://proxy.example", None),
        ("https://proxy.example ", None),
        ("//proxy.example", None),
        ("proxy.example", None),
        ("https:proxy.example", None),
        ("https:///proxy.example", None),
        ("", None),
    ];
    let allowed = allowed();
    for (url, expected) in table {
        let found = allowed.find_origin(url).map(ToString::to_string);
        assert_eq!(found.as_deref(), expected, "{url}");
        assert_eq!(AllowedHosts::default().find_origin(url), None);
    }
}
