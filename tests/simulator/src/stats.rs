//! Counters, so that a test can tell what was sent and what was not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// What happened since the start or since the last reset. Requests for the simulator's own
/// pages (`/`, `/simulator/stats`) are not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// Requests whose head has arrived.
    pub requests: u64,
    /// SOAP `login()` calls.
    pub soap_logins: LoginCounts,
    /// Requests for a token.
    pub oauth_logins: LoginCounts,
    /// Connections accepted on all ports.
    pub connections: u64,
    /// Connections open now. A reset leaves this one alone.
    pub open_connections: u64,
    /// TLS handshakes that failed, for instance because the client refused the certificate.
    pub failed_handshakes: u64,
    /// What the proxy did.
    pub proxy: ProxyCounts,
    /// Requests by method and path, such as `POST /services/oauth2/token`. After 500 different
    /// ones the rest is counted as `other`.
    pub paths: BTreeMap<String, u64>,
}

/// Logins of one flow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginCounts {
    /// Logins tried, whatever the answer.
    pub attempts: u64,
    /// Sessions handed out.
    pub sessions: u64,
}

/// What the proxy did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyCounts {
    /// Tunnels opened by CONNECT.
    pub tunnels: u64,
    /// Requests for an `http` address passed on.
    pub forwarded: u64,
    /// Requests refused for want of the right credentials (407) or on demand.
    pub refused: u64,
}

const MOST_PATHS: usize = 500;

/// The counters of a running simulator.
#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Stats>);

impl Counters {
    pub fn snapshot(&self) -> Stats {
        self.lock().clone()
    }

    pub fn reset(&self) {
        let mut stats = self.lock();
        let open_connections = stats.open_connections;
        *stats = Stats { open_connections, ..Stats::default() };
    }

    pub fn request(&self, method: &str, path: &str) {
        let mut stats = self.lock();
        stats.requests += 1;
        let mut key = format!("{method} {path}");
        if stats.paths.len() >= MOST_PATHS && !stats.paths.contains_key(&key) {
            key = "other".to_owned();
        }
        *stats.paths.entry(key).or_default() += 1;
    }

    pub fn update(&self, change: impl FnOnce(&mut Stats)) {
        change(&mut self.lock());
    }

    /// Counts a connection for as long as the guard lives.
    pub fn connection(self: &Arc<Self>) -> OpenConnection {
        self.update(|stats| {
            stats.connections += 1;
            stats.open_connections += 1;
        });
        OpenConnection(Arc::clone(self))
    }

    /// A panic elsewhere leaves plain numbers, which are as good as before.
    fn lock(&self) -> MutexGuard<'_, Stats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is counted as open.
#[derive(Debug)]
pub(crate) struct OpenConnection(Arc<Counters>);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.update(|stats| stats.open_connections = stats.open_connections.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_bounded() {
        let counters = Counters::default();
        for n in 0..MOST_PATHS + 7 {
            counters.request("GET", &format!("/{n}"));
        }
        counters.request("GET", "/0");
        let stats = counters.snapshot();
        assert_eq!(stats.paths.len(), MOST_PATHS + 1);
        assert_eq!(stats.paths.get("other"), Some(&7));
        assert_eq!(stats.paths.get("GET /0"), Some(&2));
    }

    #[test]
    fn open_connections_survive_a_reset() {
        let counters = Arc::new(Counters::default());
        let open = counters.connection();
        counters.reset();
        assert_eq!(counters.snapshot().open_connections, 1);
        assert_eq!(counters.snapshot().connections, 0);
        drop(open);
        assert_eq!(counters.snapshot().open_connections, 0);
    }
}
