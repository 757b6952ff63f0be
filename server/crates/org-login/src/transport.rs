//! Why no answer came: from the chain of errors below a request to a reason.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use crate::causes::Reason;

/// The reason behind a failed request. `proxy` names the proxy that the request went through.
///
/// The chain runs from the HTTP client over its connector down to TLS, the proxy's tunnel, name
/// resolution or the socket. What stands deepest knows most, but a certificate or a tunnel that
/// was refused counts wherever it stands.
pub(crate) fn reason(error: reqwest::Error, proxy: Option<&str>) -> Reason {
    let timed_out = error.is_timeout();
    let connecting = error.is_connect();
    // The address is left out: the host is named elsewhere, and a redirect's could hold more.
    let error = error.without_url();
    let chain = Chain::of(&error);
    tracing::debug!(error = chain.texts.join(": "), "no answer");

    if let Some(error) = chain.tls {
        return tls(error);
    }
    if chain.says("proxy authorization required") {
        return Reason::ProxyAuthentication { proxy: proxy.map(ToOwned::to_owned) };
    }
    if chain.says("tunnel error: unsuccessful")
        || chain.says("tunnel error: unexpected end of file")
        || chain.says("proxy response headers too long")
        || chain.says("socks")
    {
        return Reason::ProxyRefused { proxy: proxy.map(ToOwned::to_owned) };
    }
    // Only what happens before the tunnel stands is the proxy's unreachability; what comes after
    // it went through. A wait that is too long can be either's.
    if let Some(proxy) = proxy
        && chain.says("tunnel error: failed to create underlying connection")
    {
        return Reason::ProxyUnreachable { proxy: proxy.to_owned() };
    }
    if let Some(proxy) = proxy
        && timed_out
        && connecting
    {
        return Reason::ProxySilent { proxy: proxy.to_owned() };
    }
    if chain.says("tls handshake eof") {
        let detail = "the other side ended the connection during the handshake".to_owned();
        return Reason::NoTls { detail };
    }
    if chain.says("dns error") || chain.says("failed to lookup address") {
        return Reason::HostNotFound;
    }
    if timed_out {
        return Reason::TimedOut { connected: !connecting };
    }
    match chain.io {
        Some(io::ErrorKind::ConnectionRefused) => return Reason::ConnectionRefused,
        Some(io::ErrorKind::TimedOut) => {
            return Reason::TimedOut { connected: !connecting };
        }
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof,
        ) => return Reason::ConnectionLost,
        _ => {}
    }
    if chain.says("before message completed")
        || chain.says("unexpected eof")
        || chain.says("end of file before message length reached")
        || chain.says("connection closed")
    {
        return Reason::ConnectionLost;
    }
    if chain.says("invalid chunk") {
        return Reason::NotALoginAnswer { what: "a broken HTTP answer".to_owned() };
    }
    if chain.says("invalid http") || chain.says("error parsing") || chain.says("invalid header") {
        return Reason::NotALoginAnswer { what: "something that is not HTTP".to_owned() };
    }
    let detail = chain.texts.last().cloned().unwrap_or_else(|| "no reason is known".to_owned());
    Reason::NetworkTrouble { detail }
}

/// An error and everything below it.
struct Chain<'a> {
    texts: Vec<String>,
    tls: Option<&'a rustls::Error>,
    io: Option<io::ErrorKind>,
}

impl<'a> Chain<'a> {
    fn of(error: &'a (dyn Error + 'static)) -> Chain<'a> {
        let mut chain = Chain { texts: Vec::new(), tls: None, io: None };
        let mut next: Option<&'a (dyn Error + 'static)> = Some(error);
        while let Some(error) = next {
            chain.texts.push(error.to_string());
            chain.tls = chain.tls.or_else(|| error.downcast_ref::<rustls::Error>());
            next = error.source();
            if let Some(io) = error.downcast_ref::<io::Error>() {
                chain.io = Some(io.kind());
                // An I/O error skips the error that it wraps when asked for its source.
                if let Some(inner) = io.get_ref() {
                    next = Some(inner);
                }
            }
        }
        chain
    }

    fn says(&self, text: &str) -> bool {
        self.texts.iter().any(|line| line.to_ascii_lowercase().contains(text))
    }
}

/// What was wrong with the other side's certificate, or its TLS.
fn tls(error: &rustls::Error) -> Reason {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            // A bad signature is that of an issuer of the same name with another key.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                Reason::CertificateFromUnknownIssuer
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Reason::CertificateExpired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Reason::CertificateOfAnotherHost
            }
            CertificateError::Revoked => {
                Reason::CertificateRefused { detail: "it is revoked".to_owned() }
            }
            other => Reason::CertificateRefused { detail: other.to_string() },
        },
        rustls::Error::InvalidMessage(_) => {
            Reason::NoTls { detail: "the other side does not speak TLS".to_owned() }
        }
        rustls::Error::PeerIncompatible(_) | rustls::Error::AlertReceived(_) => {
            Reason::NoTls { detail: format!("the two sides found no common ground ({error})") }
        }
        other => Reason::NoTls { detail: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_certificate() {
        let refused = |error| tls(&rustls::Error::InvalidCertificate(error));
        assert_eq!(refused(CertificateError::UnknownIssuer), Reason::CertificateFromUnknownIssuer);
        assert_eq!(refused(CertificateError::Expired), Reason::CertificateExpired);
        assert_eq!(refused(CertificateError::NotValidForName), Reason::CertificateOfAnotherHost);
        assert!(matches!(refused(CertificateError::Revoked), Reason::CertificateRefused { .. }));
        assert!(matches!(
            tls(&rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType)),
            Reason::NoTls { .. }
        ));
    }

    #[test]
    fn a_certificate_is_found_below_two_io_errors() {
        let tls = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let inner = io::Error::new(io::ErrorKind::InvalidData, tls);
        let outer = io::Error::other(inner);
        assert!(Chain::of(&outer).tls.is_some());
    }
}
