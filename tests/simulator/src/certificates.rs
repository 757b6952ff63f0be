//! A certificate authority that lives as long as the simulator, and the certificate it presents.

use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use time::{Duration, OffsetDateTime};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::options::WrongCertificate;

/// What the https port needs. The authority's key is already gone.
pub(crate) struct Certificates {
    /// The authority's certificate, PEM.
    pub ca_pem: String,
    pub server: Arc<ServerConfig>,
}

const ALWAYS_VALID_FOR: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Makes an authority and a certificate.
///
/// # Errors
/// A sentence about a name that a certificate cannot hold.
pub(crate) fn make(
    names: &[String],
    wrong: Option<WrongCertificate>,
) -> Result<Certificates, String> {
    for name in names {
        check_name(name)?;
    }
    make_checked(names, wrong)
        .map_err(|error| format!("the certificate could not be made: {error}"))
}

/// A host name, a host name after `*.`, or an address.
fn check_name(name: &str) -> Result<(), String> {
    if name.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let host = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if host.split('.').all(label) {
        return Ok(());
    }
    Err(format!(
        "{name:?} is no host name. Write --https-name like acme.my.salesforce.com, \
         *.my.salesforce.com or 127.0.0.2, without scheme and port"
    ))
}

fn make_checked(
    names: &[String],
    wrong: Option<WrongCertificate>,
) -> Result<Certificates, Box<dyn std::error::Error>> {
    let now = OffsetDateTime::now_utc();
    let (authority, ca_pem) = authority("sforg simulator CA", now)?;
    let mut names: Vec<String> =
        ALWAYS_VALID_FOR.iter().map(ToString::to_string).chain(names.iter().cloned()).collect();
    let (mut from, mut until) = (now - Duration::days(1), now + Duration::days(30));
    match wrong {
        Some(WrongCertificate::Expired) => {
            (from, until) = (now - Duration::days(400), now - Duration::days(365));
        }
        Some(WrongCertificate::NotYetValid) => {
            (from, until) = (now + Duration::days(365), now + Duration::days(400));
        }
        Some(WrongCertificate::OtherName) => names = vec!["other.example".to_owned()],
        _ => {}
    }
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, "sforg simulator");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    (params.not_before, params.not_after) = (from, until);
    let certificate = match wrong {
        Some(WrongCertificate::SelfSigned) => params.self_signed(&key)?,
        Some(WrongCertificate::UnknownAuthority) => {
            let (stranger, _) = self::authority("sforg simulator, another CA", now)?;
            params.signed_by(&key, &stranger)?
        }
        _ => params.signed_by(&key, &authority)?,
    };
    let server = server_config(certificate.der().clone(), key)?;
    Ok(Certificates { ca_pem, server })
}

/// A new authority and its certificate as PEM.
fn authority(
    name: &str,
    now: OffsetDateTime,
) -> Result<(Issuer<'static, KeyPair>, String), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Wide enough for every certificate that is wrong in time only.
    params.not_before = now - Duration::days(500);
    params.not_after = now + Duration::days(500);
    let pem = params.self_signed(&key)?.pem();
    Ok((Issuer::new(params, key), pem))
}

fn server_config(
    certificate: CertificateDer<'static>,
    key: KeyPair,
) -> Result<Arc<ServerConfig>, Box<dyn std::error::Error>> {
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        for name in ["acme.my.salesforce.com", "*.my.salesforce.com", "127.0.0.2", "::1"] {
            assert_eq!(check_name(name), Ok(()));
        }
        for name in ["", "https://a.example", "a.example:443", "a..b", "*", "ümlaut.example"] {
            let error = check_name(name).expect_err(name);
            assert!(error.contains("--https-name"), "{error}");
        }
    }
}
