//! A run in which no login gets through at all: said once, and stopped.

use org_login::{Cause, LoginResult};

use crate::settings;

/// So many results decide.
const FIRST: usize = 5;

/// What stands between this computer and every Salesforce host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    cause: Cause,
}

impl Outage {
    /// Whether the logins that were tried so far say that none gets through: the first five, and for no
    /// other reason than the network, certificates or a proxy.
    pub fn of<'a>(results: impl IntoIterator<Item = &'a LoginResult>) -> Option<Self> {
        let mut first = None;
        let mut tried = 0;
        for result in results {
            match result.cause {
                Some(cause @ (Cause::Network | Cause::Tls | Cause::Proxy)) => {
                    first = first.or(Some(cause));
                    tried += 1;
                }
                // Nothing was sent: it says nothing about the way.
                Some(Cause::Cancelled) => {}
                _ if result.status == org_login::Status::Skipped => {}
                _ => return None,
            }
        }
        first.filter(|_| tried >= FIRST).map(|cause| Self { cause })
    }

    /// What to say, in lines; those after the first are a part of the same message.
    pub fn lines(self, tried: usize, left: usize) -> [String; 3] {
        let what = match self.cause {
            Cause::Tls => "no encrypted connection to Salesforce can be made",
            Cause::Proxy => "the proxy lets nothing through to Salesforce",
            _ => "no Salesforce host can be reached",
        };
        let ask = match self.cause {
            Cause::Network => " Is this computer online?",
            _ => "",
        };
        let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .find(|name| settings::variable(name).is_some());
        let proxy = match proxy {
            None => "       A proxy? Set HTTPS_PROXY (not set now).".to_owned(),
            Some(name) => format!("       The proxy is the one that {name} names: check it."),
        };
        [
            format!("{what} ({tried} of {tried}).{ask}"),
            format!("       {tried} tried, {left} not tested. Go on anyway: --keep-going"),
            proxy,
        ]
    }
}

#[cfg(test)]
mod tests {
    use org_login::Status;

    use super::*;

    fn results(causes: &[Option<Cause>]) -> Vec<LoginResult> {
        let result = |cause: &Option<Cause>| LoginResult {
            cause: *cause,
            status: match cause {
                None => Status::Ok,
                Some(Cause::SecretUnavailable) => Status::Skipped,
                _ => Status::Failed,
            },
            ..LoginResult::cancelled()
        };
        causes.iter().map(result).collect()
    }

    #[test]
    fn five_without_a_way_are_enough_and_one_that_got_through_is_none() {
        let network = Some(Cause::Network);
        assert_eq!(Outage::of(&results(&[network; 4])), None);
        assert!(Outage::of(&results(&[network; 5])).is_some());
        let mixed = [network, Some(Cause::Tls), Some(Cause::Proxy), network, network];
        assert!(Outage::of(&results(&mixed)).is_some());
        for through in [None, Some(Cause::WrongClientSecret)] {
            let mut all = vec![network; 9];
            all.push(through);
            assert_eq!(Outage::of(&results(&all)), None);
        }
        let mut skipped = vec![Some(Cause::SecretUnavailable); 3];
        skipped.extend([network; 4]);
        assert_eq!(Outage::of(&results(&skipped)), None);
    }
}
