//! The envelopes that Salesforce answers with.

use quick_xml::escape::partial_escape;

use crate::accounts::Account;
use crate::answer::{Answer, SOAP};

/// Which WSDL a request goes by. The namespaces and the prefix of a fault code follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// `/services/Soap/u/`
    Partner,
    /// `/services/Soap/c/`
    Enterprise,
}

impl Flavour {
    /// The namespace of requests and answers.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Partner => "urn:partner.soap.sforce.com",
            Self::Enterprise => "urn:enterprise.soap.sforce.com",
        }
    }

    fn fault_namespace(self) -> &'static str {
        match self {
            Self::Partner => "urn:fault.partner.soap.sforce.com",
            Self::Enterprise => "urn:fault.enterprise.soap.sforce.com",
        }
    }

    /// The enterprise endpoint writes its fault codes without a prefix (seen in recordings).
    fn fault_prefix(self) -> &'static str {
        match self {
            Self::Partner => "sf:",
            Self::Enterprise => "",
        }
    }

    /// The letter in the address.
    pub fn letter(self) -> char {
        match self {
            Self::Partner => 'u',
            Self::Enterprise => 'c',
        }
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const ENVELOPE: &str = "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"";
const INSTANCE: &str = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

/// A fault with an exception code. Failed logins are a `LoginFault`; what goes wrong before is
/// an `UnexpectedErrorFault`.
pub(crate) fn fault(flavour: Flavour, kind: &str, code: &str, message: &str) -> Answer {
    let message = partial_escape(message);
    let body = format!(
        "{DECLARATION}<soapenv:Envelope {ENVELOPE} xmlns:sf=\"{namespace}\" {INSTANCE}>\
         <soapenv:Body><soapenv:Fault><faultcode>{prefix}{code}</faultcode>\
         <faultstring>{code}: {message}</faultstring><detail>\
         <sf:{kind} xsi:type=\"sf:{kind}\"><sf:exceptionCode>{code}</sf:exceptionCode>\
         <sf:exceptionMessage>{message}</sf:exceptionMessage></sf:{kind}>\
         </detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>",
        namespace = flavour.fault_namespace(),
        prefix = flavour.fault_prefix(),
    );
    Answer::new(500, SOAP, body).note(code)
}

/// A fault without an exception code: the request itself could not be read.
pub(crate) fn client_fault(message: &str) -> Answer {
    let body = format!(
        "{DECLARATION}<soapenv:Envelope {ENVELOPE}><soapenv:Body><soapenv:Fault>\
         <faultcode>soapenv:Client</faultcode><faultstring>{}</faultstring>\
         </soapenv:Fault></soapenv:Body></soapenv:Envelope>",
        partial_escape(message),
    );
    Answer::new(500, SOAP, body).note("soapenv:Client")
}

/// What a successful login says.
pub(crate) struct LoginResult<'a> {
    pub flavour: Flavour,
    pub account: &'a Account,
    pub session_id: &'a str,
    /// Scheme, host and port of the addresses in the answer.
    pub origin: &'a str,
    /// The version in the addresses, such as `64.0`.
    pub version: &'a str,
}

/// A `loginResponse`. The members of `userInfo` come in the order of a recorded answer.
pub(crate) fn login_response(result: &LoginResult<'_>) -> Answer {
    let LoginResult { flavour, account, session_id, origin, version } = result;
    let organization_id = account.organization_id_15();
    // Only the enterprise endpoint appends the id of the session's server.
    let server_id = match flavour {
        Flavour::Partner => "",
        Flavour::Enterprise => "/0DFNR0000000001",
    };
    let letter = flavour.letter();
    let metadata_url = format!("{origin}/services/Soap/m/{version}/{organization_id}");
    let server_url =
        format!("{origin}/services/Soap/{letter}/{version}/{organization_id}{server_id}");
    let result = [
        ("metadataServerUrl", Some(metadata_url.as_str())),
        ("passwordExpired", Some("false")),
        ("sandbox", Some(if account.sandbox { "true" } else { "false" })),
        ("serverUrl", Some(server_url.as_str())),
        ("sessionId", Some(*session_id)),
        ("userId", Some(account.user_id)),
    ];
    let body = format!(
        "{DECLARATION}<soapenv:Envelope {ENVELOPE} xmlns=\"{}\" {INSTANCE}><soapenv:Body>\
         <loginResponse><result>{}<userInfo>{}</userInfo></result></loginResponse>\
         </soapenv:Body></soapenv:Envelope>",
        flavour.namespace(),
        elements(&result),
        elements(&user_info(account)),
    );
    Answer::new(200, SOAP, body).note(format!("{} is in", account.organization_name))
}

/// Elements with their texts; without one they are `xsi:nil`.
fn elements(members: &[(&str, Option<&str>)]) -> String {
    let element = |(name, value): &(&str, Option<&str>)| match value {
        Some(value) => format!("<{name}>{}</{name}>", partial_escape(*value)),
        None => format!("<{name} xsi:nil=\"true\"/>"),
    };
    members.iter().map(element).collect()
}

fn user_info(account: &Account) -> [(&'static str, Option<&'static str>); 24] {
    [
        ("accessibilityMode", Some("false")),
        ("chatterExternal", Some("false")),
        ("currencySymbol", Some("$")),
        ("orgAttachmentFileSizeLimit", Some("5242880")),
        ("orgDefaultCurrencyIsoCode", Some("USD")),
        ("orgDefaultCurrencyLocale", Some("en_US")),
        ("orgDisallowHtmlAttachments", Some("false")),
        ("orgHasPersonAccounts", Some("false")),
        ("organizationId", Some(account.organization_id)),
        ("organizationMultiCurrency", Some("false")),
        ("organizationName", Some(account.organization_name)),
        ("profileId", Some("00eNR0000000001YAA")),
        ("roleId", None),
        ("sessionSecondsValid", Some("7200")),
        ("userDefaultCurrencyIsoCode", None),
        ("userEmail", Some("integration@acme.example.com")),
        ("userFullName", Some("Integration User")),
        ("userId", Some(account.user_id)),
        ("userLanguage", Some("en_US")),
        ("userLocale", Some("en_US")),
        ("userName", Some(account.username)),
        ("userTimeZone", Some("America/Los_Angeles")),
        ("userType", Some("Standard")),
        ("userUiSkin", Some("Theme3")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::case;

    fn assert_is_recorded(answer: &Answer, id: &str) {
        let case = case(id).expect("a case");
        assert_eq!(String::from_utf8_lossy(&answer.body), case.body, "{id}");
        assert_eq!(answer.status, case.http_status);
        assert_eq!(answer.headers, [("Content-Type".to_owned(), case.content_type.clone())]);
    }

    #[test]
    fn faults_are_those_of_the_recordings() {
        let message = "Invalid username, password, security token; or user locked out.";
        let partner = fault(Flavour::Partner, "LoginFault", "INVALID_LOGIN", message);
        assert_is_recorded(&partner, "soap-invalid-login-partner-prefixed");
        let enterprise = fault(Flavour::Enterprise, "LoginFault", "INVALID_LOGIN", message);
        assert_is_recorded(&enterprise, "soap-invalid-login-enterprise");
        let message = "The entity name must immediately follow the '&' in the entity reference.";
        assert_is_recorded(&client_fault(message), "soap-client-fault");
    }
}
