//! HTTP clients, built when they are first needed.

use crate::policy::Policy;

/// The way out: shared by all logins of a process.
#[derive(Debug)]
pub struct Network {
    policy: Policy,
}

impl Network {
    /// A network that obeys `policy`. Nothing is opened or read before the first login.
    pub fn new(policy: Policy) -> Network {
        Network { policy }
    }

    /// The policy that it obeys.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}
