//! Invented answers: known messages in other words, cases, forms and statuses, as a new release, a
//! gateway or another language version of a page may bring them.

mod oauth;
mod service;
mod soap;

use super::*;

/// How an answer is written down.
#[derive(Clone, Copy)]
enum Form {
    /// `{"error", "error_description"}`
    Json,
    /// `[{"errorCode", "message"}]`
    Array,
    /// `error=…&error_description=…`
    Query,
    /// `<OAuth><error>…`
    Xml,
    /// A fault with an `exceptionCode`.
    Soap11,
    /// A fault with `faultcode` and `faultstring` alone.
    Bare,
    /// A fault with a `Subcode`.
    Soap12,
}
use Form::*;

fn written(form: Form, code: &str, text: &str) -> (Flow, &'static str, String) {
    let xml = crate::scrub::escaped_xml(text);
    match form {
        Json => (
            Flow::OAuth,
            "application/json;charset=UTF-8",
            serde_json::json!({ "error": code, "error_description": text }).to_string(),
        ),
        Array => (
            Flow::OAuth,
            "application/json",
            serde_json::json!([{ "errorCode": code, "message": text }]).to_string(),
        ),
        Query => (
            Flow::OAuth,
            "application/x-www-form-urlencoded",
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("error", code)
                .append_pair("error_description", text)
                .finish(),
        ),
        Xml => (
            Flow::OAuth,
            "application/xml",
            format!(
                "<OAuth><error>{code}</error><error_description>{xml}</error_description></OAuth>"
            ),
        ),
        Soap11 => (Flow::Soap, "text/xml; charset=UTF-8", fault(code, &xml)),
        Bare => (
            Flow::Soap,
            "text/xml",
            format!(
                "<S:Envelope xmlns:S='u'><S:Body><S:Fault><faultcode>S:Client</faultcode>\
                 <faultstring>{code}: {xml}</faultstring></S:Fault></S:Body></S:Envelope>"
            ),
        ),
        Soap12 => (
            Flow::Soap,
            "application/soap+xml; charset=utf-8",
            format!(
                "<e:Envelope xmlns:e='u'><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value>\
                 <e:Subcode><e:Value>sf:{code}</e:Value></e:Subcode></e:Code><e:Reason>\
                 <e:Text xml:lang='en-US'>{xml}</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>"
            ),
        ),
    }
}

/// Form, HTTP status, code, text, and the cause that a person would see in it.
type Answer = (Form, u16, &'static str, &'static str, &'static str);

fn answers() -> impl Iterator<Item = &'static Answer> {
    oauth::ANSWERS.iter().chain(soap::ANSWERS).chain(service::ANSWERS)
}

#[test]
fn a_rephrased_answer_keeps_its_cause() {
    assert!(answers().count() >= 80, "{} answers", answers().count());
    let mut wrong = Vec::new();
    for (form, status, code, text, expected) in answers() {
        let (flow, content_type, body) = written(*form, code, text);
        let found = cause(flow, *status, content_type, &body);
        if found != *expected {
            wrong.push(format!("{status} {code} \"{text}\": {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whatever the words, a status that is not the login's own never blames the credentials.
#[test]
fn no_answer_blames_credentials_under_a_foreign_status() {
    for (form, _, code, text, _) in answers() {
        let (flow, content_type, body) = written(*form, code, text);
        for status in [302, 407, 429, 502, 503, 504, 511] {
            let found = judge(flow, &answer(status, content_type, &body));
            let (reason, _) = found.expect_err("a refusal");
            assert!(!reason.cause().blames_credentials(), "{status} {code} {text}: {reason:?}");
        }
    }
}
