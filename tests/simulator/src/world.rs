//! What all requests share, and one request as the endpoints see it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::HeaderMap;

use crate::hosts::Door;
use crate::options::Options;
use crate::session::{Session, Sessions};
use crate::stats::Counters;

/// Where the simulator is found.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    pub http: SocketAddr,
    pub https: SocketAddr,
    pub proxy: Option<SocketAddr>,
    /// Ports are the same on both loopback addresses, where the computer has IPv6.
    pub ipv6: bool,
    pub ca_pem_path: PathBuf,
}

/// The state of a running simulator.
#[derive(Debug)]
pub(crate) struct World {
    pub options: Options,
    pub sessions: Sessions,
    pub counters: Arc<Counters>,
    pub addresses: Addresses,
    logins: Mutex<HashMap<String, u32>>,
}

impl World {
    pub fn new(options: Options, addresses: Addresses) -> Self {
        Self {
            options,
            sessions: Sessions::new(),
            counters: Arc::default(),
            addresses,
            logins: Mutex::default(),
        }
    }

    /// Counts a login of that user or client id; false when it was one too many.
    pub fn admit(&self, who: &str) -> bool {
        let Some(most) = self.options.max_logins else {
            return true;
        };
        let mut logins = self.logins.lock().unwrap_or_else(PoisonError::into_inner);
        let count = logins.entry(who.to_owned()).or_default();
        *count = count.saturating_add(1);
        *count <= most
    }
}

/// A request, its body read.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub method: String,
    pub path: String,
    pub query: Option<String>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub secure: bool,
    /// Host and port that the client asked for.
    pub authority: String,
}

impl Received {
    /// A header's value, empty when it is absent or no text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The address that the client reached us under: scheme, host and port.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.authority)
    }

    pub fn door(&self) -> Door {
        Door::of(&self.authority)
    }

    /// The origin under which an org goes on after a login: its My Domain when the request came
    /// through a door of Salesforce's, else ours.
    pub fn instance_origin(&self, my_domain: &str) -> String {
        match self.door() {
            Door::Any => self.origin(),
            _ => format!("https://{my_domain}"),
        }
    }

    /// The token of an `Authorization: Bearer` or `OAuth` header.
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization").split_once(' ')?;
        let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth");
        known.then(|| token.trim())
    }

    /// The session that the request's token stands for.
    pub fn session(&self, world: &World) -> Option<Session> {
        world.sessions.find(self.bearer()?)
    }
}
