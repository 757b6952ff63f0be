//! The error in an answer that is no success: a code and a text, in whatever form they
//! came.

use serde_json::Value;

use crate::answer::{Answer, BodyKind, json};
use crate::xml::{Document, Refused};

/// A code and the text that came with it, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServerError {
    /// `None` when there is a text alone.
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

impl ServerError {
    fn new(code: Option<&str>, message: Option<&str>) -> Option<ServerError> {
        let owned = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let (code, message) = (code.and_then(owned), message.and_then(owned));
        (code.is_some() || message.is_some()).then_some(ServerError { code, message })
    }
}

/// The error in an answer of either flow; `None` when there is none that can be read.
///
/// # Errors
/// When the body is XML that is refused.
pub(crate) fn server_error(answer: &Answer) -> Result<Option<ServerError>, Refused> {
    Ok(match answer.kind() {
        BodyKind::Json => in_json(&answer.body),
        BodyKind::Xml => in_xml(&Document::parse(&answer.body)?),
        BodyKind::Form => in_form(&answer.body),
        BodyKind::Html | BodyKind::Text => in_page(answer),
        BodyKind::Empty | BodyKind::Binary => None,
    })
}

/// `{"error", "error_description"}` of the token endpoint; `[{"errorCode", "message"}]` of the
/// REST API.
fn in_json(body: &str) -> Option<ServerError> {
    let value = json(body)?;
    let object = match &value {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let text = |names: [&str; 2]| names.iter().find_map(|name| object.get(name)?.as_str());
    ServerError::new(text(["error", "errorCode"]), text(["error_description", "message"]))
}

/// `error=…&error_description=…`
fn in_form(body: &str) -> Option<ServerError> {
    let value = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(body.trim().as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    ServerError::new(value("error").as_deref(), value("error_description").as_deref())
}

/// A SOAP fault in any of its shapes, or the XML form of the other two.
pub(crate) fn in_xml(document: &Document) -> Option<ServerError> {
    if let Some(code) = document.text_of("exceptionCode") {
        let message = document.text_of("exceptionMessage");
        return ServerError::new(Some(local(code)), message.or_else(|| fault_text(document)));
    }
    if document.find("Fault").is_some() {
        return from_fault(document);
    }
    let text = |names: [&str; 2]| names.iter().find_map(|name| document.text_of(name));
    ServerError::new(text(["error", "errorCode"]), text(["error_description", "message"]))
}

/// A fault without a detail: the code is in `faultcode`, in front of `faultstring`, or (SOAP 1.2) in
/// `Value`.
fn from_fault(document: &Document) -> Option<ServerError> {
    let text = fault_text(document);
    let code = document.text_of("faultcode").map(local).or_else(|| soap_12_code(document));
    let named = text.and_then(split_code);
    match (code, named) {
        (Some(code), Some((in_text, message))) if in_text == code || is_general(code) => {
            ServerError::new(Some(in_text), Some(message))
        }
        (None, Some((in_text, message))) => ServerError::new(Some(in_text), Some(message)),
        (code, _) => ServerError::new(code, text),
    }
}

/// The code of a SOAP 1.2 fault: the innermost `Subcode` is the most exact (SOAP 1.2 part 1, 5.4.1);
/// the outermost `Value` only says whose fault it is.
fn soap_12_code(document: &Document) -> Option<&str> {
    let mut code = document.child(document.find("Fault")?, "Code")?;
    while let Some(inner) = document.child(code, "Subcode") {
        code = inner;
    }
    document.child_text(code, "Value").map(local)
}

fn fault_text(document: &Document) -> Option<&str> {
    document.text_of("faultstring").or_else(|| {
        let reason = document.find("Reason")?;
        document.child_text(reason, "Text")
    })
}

/// `CODE: message`, as `faultstring` is written.
fn split_code(text: &str) -> Option<(&str, &str)> {
    let (code, message) = text.split_once(':')?;
    let is_code = code.len() > 2
        && code.contains('_')
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    is_code.then(|| (code, message.trim()))
}

/// The codes that SOAP itself defines: they only say whose fault it is.
fn is_general(code: &str) -> bool {
    ["Client", "Server", "Sender", "Receiver", "VersionMismatch", "MustUnderstand"].contains(&code)
}

/// `sf:INVALID_LOGIN` without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name).trim()
}

/// Some of Salesforce's pages name a code (`OAUTH_APPROVAL_ERROR_GENERIC`); a short plain text is
/// a message.
fn in_page(answer: &Answer) -> Option<ServerError> {
    let is_code_character = |c: char| c.is_ascii_uppercase() || c == '_';
    let code = answer
        .body
        .split(|c| !is_code_character(c))
        .find(|word| word.starts_with("OAUTH_") && word.len() > "OAUTH_".len());
    let short_text = answer.kind() == BodyKind::Text && answer.body.len() <= 500;
    ServerError::new(code, (short_text && code.is_none()).then_some(answer.body.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content_type: &str, body: &str) -> Option<(Option<String>, Option<String>)> {
        let answer = Answer {
            status: 500,
            content_type: content_type.to_owned(),
            location: None,
            retry_after: None,
            body: body.to_owned(),
        };
        let error = server_error(&answer).expect("XML that is read")?;
        Some((error.code, error.message))
    }

    fn pair(code: &str, message: &str) -> Option<(Option<String>, Option<String>)> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some((some(code), some(message)))
    }

    fn fault(inner: &str) -> String {
        format!("<e:Envelope xmlns:e='u'><e:Body><e:Fault>{inner}</e:Fault></e:Body></e:Envelope>")
    }

    #[test]
    fn all_shapes_of_a_fault() {
        let detail = "<sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode>\
                      <sf:exceptionMessage>Invalid.</sf:exceptionMessage>";
        let shapes = [
            format!("<faultcode>sf:INVALID_LOGIN</faultcode><detail><sf:LoginFault>{detail}</sf:LoginFault></detail>"),
            format!("<faultcode>INVALID_LOGIN</faultcode><detail><LoginFault>{}</LoginFault></detail>", detail.replace("sf:", "")),
            format!("<faultcode xmlns:ns1='x'>ns1:INVALID_LOGIN</faultcode><detail><sf:fault xsi:type='sf:LoginFault'>{detail}</sf:fault></detail>"),
            "<faultcode>sf:INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: Invalid.</faultstring>".to_owned(),
            "<faultcode>e:Server</faultcode><faultstring>INVALID_LOGIN: Invalid.</faultstring>".to_owned(),
            "<faultstring>INVALID_LOGIN: Invalid.</faultstring>".to_owned(),
            "<e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text>INVALID_LOGIN: Invalid.</e:Text></e:Reason>".to_owned(),
            "<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>sf:INVALID_LOGIN</e:Value></e:Subcode></e:Code><e:Reason><e:Text>Invalid.</e:Text></e:Reason>".to_owned(),
            "<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>sf:LoginFault</e:Value><e:Subcode><e:Value>sf:INVALID_LOGIN</e:Value></e:Subcode></e:Subcode></e:Code><e:Reason><e:Text>INVALID_LOGIN: Invalid.</e:Text></e:Reason>".to_owned(),
        ];
        for shape in shapes {
            assert_eq!(
                read("text/xml", &fault(&shape)),
                pair("INVALID_LOGIN", "Invalid."),
                "{shape}"
            );
        }
    }

    #[test]
    fn a_fault_that_names_nobody() {
        let client =
            fault("<faultcode>e:Client</faultcode><faultstring>The entity: no</faultstring>");
        assert_eq!(read("text/xml", &client), pair("Client", "The entity: no"));
    }

    #[test]
    fn the_detail_counts_before_the_faultcode() {
        let both = fault(
            "<faultcode>sf:OTHER_CODE</faultcode><faultstring>OTHER_CODE: a</faultstring><detail><x><exceptionCode>ORG_LOCKED</exceptionCode></x></detail>",
        );
        assert_eq!(read("text/xml", &both), pair("ORG_LOCKED", "OTHER_CODE: a"));
    }

    #[test]
    fn forms_of_an_oauth_error() {
        let expected = pair("invalid_grant", "authentication failure");
        let json = r#"{"error":"invalid_grant","error_description":"authentication failure"}"#;
        let form = "error=invalid_grant&error_description=authentication%20failure";
        let xml = "<OAuth><error>invalid_grant</error><error_description>authentication failure</error_description></OAuth>";
        assert_eq!(read("application/json", json), expected);
        assert_eq!(read("text/html", &format!("\u{feff} {json}")), expected);
        assert_eq!(read("application/x-www-form-urlencoded", form), expected);
        assert_eq!(read("text/plain", form), expected);
        assert_eq!(read("application/xml", xml), expected);
    }

    #[test]
    fn errors_of_the_rest_api() {
        let expected = pair("INVALID_SESSION_ID", "Session expired or invalid");
        let item = r#"{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}"#;
        assert_eq!(read("application/json", &format!("[{item}]")), expected);
        assert_eq!(read("application/json", item), expected);
    }

    #[test]
    fn pages_and_texts() {
        let approval = "OAuth Error\nOAUTH_APPROVAL_ERROR_GENERIC";
        assert_eq!(read("text/html", approval), pair("OAUTH_APPROVAL_ERROR_GENERIC", ""));
        assert_eq!(read("text/plain", "Too Many Requests"), pair("", "Too Many Requests"));
        assert_eq!(read("text/html", "<html>proxy page</html>"), None);
        assert_eq!(read("", ""), None);
        assert_eq!(read("application/json", "{}"), None);
        assert_eq!(read("application/json", "[]"), None);
        assert_eq!(read("application/json", "{broken"), None);
    }
}
