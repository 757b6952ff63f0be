//! What keeps a tool from reaching Salesforce at all, in the words of the libraries for networks: it
//! counts beside the name of one of Salesforce's login or API hosts.

use super::reading::Reading;
use super::surroundings::Surroundings;
use super::{Found, Refusal};
use crate::causes::Reason;
use crate::target::Flow;

/// A host farther away is another matter.
const NEAR: usize = 400;
/// So many places of each phrase are looked at.
const MOST: usize = 100;

/// Phrases in small letters: of curl, OpenSSL, Java, .NET, Node.js, Python, Go, Ruby and browsers.
const PHRASES: &[(Kind, &[&str])] = &[
    (
        Kind::HostNotFound,
        &[
            "enotfound",
            "eai_again",
            "could not resolve host",
            "couldn't resolve host",
            "name or service not known",
            "unknownhostexception",
            "temporary failure in name resolution",
            "no such host",
            "nodename nor servname provided",
            "getaddrinfo failed",
            "err_name_not_resolved",
            "remote name could not be resolved",
        ],
    ),
    (Kind::ConnectionRefused, &["econnrefused", "connection refused"]),
    (
        Kind::TimedOut,
        &[
            "etimedout",
            "connect timed out",
            "connection timed out",
            "connecttimeout",
            "i/o timeout",
        ],
    ),
    (
        Kind::UnknownIssuer,
        &[
            "pkix path building failed",
            "unable to find valid certification path",
            "unable to get local issuer certificate",
            "unable_to_get_issuer_cert_locally",
            "self signed certificate",
            "self-signed certificate",
            "self_signed_cert_in_chain",
            "certificate signed by unknown authority",
            "certificate verify failed",
            "certificate_verify_failed",
            "unable to verify the first certificate",
            "remote certificate is invalid",
            "certificate not trusted",
        ],
    ),
    (
        Kind::CertificateExpired,
        &["certificate has expired", "certificateexpiredexception", "cert_has_expired"],
    ),
    (
        Kind::OtherHostsCertificate,
        &[
            "err_tls_cert_altname_invalid",
            "does not match certificate's altnames",
            "no subject alternative",
            "doesn't match either of",
            "certificate is not valid for",
        ],
    ),
    (Kind::ProxyAuthentication, &["proxy authentication required", "407 proxy"]),
    (
        Kind::ProxyRefused,
        &[
            "tunneling socket could not be established",
            "unable to tunnel through proxy",
            "unable to connect to proxy",
        ],
    ),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    HostNotFound,
    ConnectionRefused,
    TimedOut,
    UnknownIssuer,
    CertificateExpired,
    OtherHostsCertificate,
    ProxyAuthentication,
    ProxyRefused,
}

impl Kind {
    fn reason(self) -> Reason {
        match self {
            Kind::HostNotFound => Reason::HostNotFound,
            Kind::ConnectionRefused => Reason::ConnectionRefused,
            Kind::TimedOut => Reason::TimedOut { connected: false },
            Kind::UnknownIssuer => Reason::CertificateFromUnknownIssuer,
            Kind::CertificateExpired => Reason::CertificateExpired,
            Kind::OtherHostsCertificate => Reason::CertificateOfAnotherHost,
            Kind::ProxyAuthentication => Reason::ProxyAuthentication { proxy: None },
            Kind::ProxyRefused => Reason::ProxyRefused { proxy: None },
        }
    }
}

/// The first place of each kind.
pub(super) fn find(reading: &Reading, around: &Surroundings) -> Vec<Found> {
    let first = |(kind, phrases): &(Kind, &[&str])| {
        let places = phrases.iter().filter_map(|phrase| {
            let mut places = reading.lower.match_indices(phrase).take(MOST);
            places
                .find(|(at, _)| around.host(*at, NEAR).is_some())
                .map(|(at, _)| at..at + phrase.len())
        });
        Some((*kind, places.min_by_key(|place| place.start)?))
    };
    let found: Vec<_> = PHRASES.iter().filter_map(first).collect();
    // Why a proxy refuses says more than that it does.
    let is_known = found.iter().any(|(kind, _)| matches!(kind, Kind::ProxyAuthentication));
    found
        .into_iter()
        .filter(|(kind, _)| !(is_known && matches!(kind, Kind::ProxyRefused)))
        .map(|(kind, place)| Found {
            refusal: Refusal::Known(kind.reason()),
            flow: Flow::OAuth,
            code: None,
            message: None,
            place,
        })
        .collect()
}
