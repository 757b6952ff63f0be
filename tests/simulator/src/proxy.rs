//! The HTTP proxy: who may pass, and where to.

use std::net::SocketAddr;

use hyper::{Method, Request};

use crate::answer::{Answer, HTML, Reply};
use crate::raw::Step;
use crate::token::basic_credentials;
use crate::world::World;

/// What becomes of a request at the proxy's port.
pub(crate) enum Gate {
    /// It ends here, or goes on as a tunnel.
    Answer(Reply),
    /// It asks for an `http` address, which is the simulator's.
    Forward,
}

/// Decides about a request from its head.
pub(crate) fn gate<B>(world: &World, request: &Request<B>) -> Gate {
    let Some(options) = &world.options.proxy else {
        return Gate::Forward;
    };
    let refused = |answer: Answer| {
        world.counters.update(|stats| stats.proxy.refused += 1);
        Gate::Answer(answer.into())
    };
    let sent = request
        .headers()
        .get("proxy-authorization")
        .and_then(|value| value.to_str().ok())
        .and_then(basic_credentials);
    if options.credentials.is_some() && sent != options.credentials {
        return refused(
            Answer::new(407, HTML, page("Proxy Authentication Required"))
                .header("Proxy-Authenticate", "Basic realm=\"Example proxy\"")
                .note("the proxy wants credentials"),
        );
    }
    if let Some(status) = options.refuse {
        return refused(
            Answer::new(status, HTML, page("Blocked by policy")).note("the proxy refuses"),
        );
    }
    if request.method() != Method::CONNECT {
        if request.uri().authority().is_none() {
            return refused(
                Answer::new(400, HTML, page("This is a proxy")).note("no request for a proxy"),
            );
        }
        world.counters.update(|stats| stats.proxy.forwarded += 1);
        return Gate::Forward;
    }
    let Some(authority) = request.uri().authority() else {
        return refused(Answer::new(400, HTML, page("CONNECT needs HOST:PORT")));
    };
    world.counters.update(|stats| stats.proxy.tunnels += 1);
    let target = target(authority.host(), authority.port_u16(), world.addresses.https);
    Gate::Answer(Reply::raw(
        "tunnel",
        vec![
            Step::Write(b"HTTP/1.1 200 Connection established\r\n\r\n".to_vec()),
            Step::Tunnel(target),
        ],
    ))
}

/// Loopback addresses are connected to as asked, port 443 aside; everything else is Salesforce,
/// which is the simulator. So the proxy never reaches out of this computer.
fn target(host: &str, port: Option<u16>, https: SocketAddr) -> SocketAddr {
    let address = match host.trim_matches(['[', ']']) {
        "localhost" => Some(https.ip()),
        literal => literal.parse().ok(),
    };
    match (address, port) {
        (Some(address), Some(port)) if address.is_loopback() && port != 443 => {
            SocketAddr::new(address, port)
        }
        _ => https,
    }
}

fn page(text: &str) -> String {
    format!("<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_loopback_is_reached() {
        let https: SocketAddr = ([127, 0, 0, 1], 8443).into();
        let local: SocketAddr = ([127, 0, 0, 1], 5000).into();
        assert_eq!(target("127.0.0.1", Some(5000), https), local);
        assert_eq!(target("localhost", Some(5000), https), local);
        assert_eq!(target("[::1]", Some(5000), https).to_string(), "[::1]:5000");
        for host in ["acme.my.salesforce.com", "192.0.2.1", "localhost.example", "10.0.0.1"] {
            assert_eq!(target(host, Some(5000), https), https, "{host}");
        }
    }
}
