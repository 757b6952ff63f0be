//! Plays a behaviour in place of the success that a request has earned.

use std::time::Duration;

use crate::answer::{Answer, Delivery, HTML, JSON, Reply, SOAP, XML};
use crate::behaviours::Behaviour;
use crate::echo::echoes;
use crate::raw::Step;
use crate::soap::{Flavour, fault};
use crate::world::Received;

/// In what a success differs from the usual one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variation {
    /// Scheme, host and port of the org, instead of the simulator's own.
    pub origin: Option<String>,
    /// Scopes of the session.
    pub scope: Option<&'static str>,
    /// What the following requests get: `case:ID` or `behave:NAME`.
    pub later: Option<String>,
    /// The version in the addresses of a SOAP answer, instead of the one asked for.
    pub version: Option<String>,
}

impl Variation {
    pub fn later(what: String) -> Self {
        Self { later: Some(what), ..Self::default() }
    }
}

/// The request that a behaviour answers.
pub(crate) struct Scene<'a> {
    pub request: &'a Received,
    /// Set when the answer is expected in SOAP.
    pub soap: Option<Flavour>,
    /// User and password, or client id and secret, for the answers that repeat them.
    pub credentials: Vec<String>,
    /// The answer that Salesforce would give.
    pub success: &'a dyn Fn(&Variation) -> Answer,
}

impl Scene<'_> {
    fn success(&self) -> Answer {
        (self.success)(&Variation::default())
    }

    fn content_type(&self) -> &'static str {
        if self.soap.is_some() { SOAP } else { JSON }
    }
}

/// An instance address that looks like Salesforce's and is not.
const FOREIGN_ORIGIN: &str = "https://acme.my.salesforce.com.evil.example";
/// Two mebibytes.
const OVERSIZE: usize = 2 * 1024 * 1024;

/// The reply to a request for a case or behaviour that there is none of.
pub(crate) fn unknown(what: &str) -> Answer {
    let shown: String = what.chars().take(100).collect();
    Answer::text(
        404,
        format!(
            "sforg-simulator: there is no {shown}. `sforg-simulator --list-cases` and \
             `--list-behaviours` print what there is.\n"
        ),
    )
    .note("there is no such case or behaviour")
}

/// Plays `behaviour`; its name is for the request log.
pub(crate) fn misbehave(behaviour: &Behaviour, name: &str, scene: &Scene<'_>) -> Reply {
    let mut reply = match answer_with(behaviour, scene) {
        Some(answer) => answer.into(),
        None => play_raw(behaviour, scene),
    };
    reply.answer.note = format!("{name} {}", reply.answer.note).trim_end().to_owned();
    reply
}

/// The behaviours that any HTTP server could show.
fn answer_with(behaviour: &Behaviour, scene: &Scene<'_>) -> Option<Answer> {
    let answer = match behaviour {
        Behaviour::Ok => scene.success(),
        Behaviour::Redirect(status) => {
            redirect(*status, &format!("{}/simulator/redirected", other_origin(scene.request)))
        }
        Behaviour::Oversized => padded(scene.success(), OVERSIZE),
        Behaviour::GarbageBody => Answer::new(200, scene.content_type(), garbage()),
        Behaviour::Empty => Answer::new(200, scene.content_type(), ""),
        Behaviour::NoContentType => Answer { headers: Vec::new(), ..scene.success() },
        Behaviour::WrongContentType => Answer::new(200, "text/html", scene.success().body),
        Behaviour::Echo => echo_error(scene),
        Behaviour::EchoHtml => {
            let body = format!(
                "<html><body><h1>502 Bad Gateway</h1><pre>{}</pre></body></html>",
                echoes(&scene.request.body, &scene.credentials)
            );
            Answer::new(502, HTML, body)
        }
        Behaviour::EchoRedirect => {
            let joined = scene.credentials.join("&");
            let encoded: String = url::form_urlencoded::byte_serialize(joined.as_bytes()).collect();
            redirect(
                301,
                &format!("{}/simulator/redirected?{encoded}", other_origin(scene.request)),
            )
        }
        Behaviour::Hostile => hostile(scene),
        Behaviour::ProxyPage => Answer::new(200, HTML, PROXY_PAGE),
        Behaviour::TooManyRequests(seconds) => {
            Answer::text(429, "Too Many Requests").header("Retry-After", seconds.to_string())
        }
        Behaviour::Status(status) => Answer::new(*status, "", ""),
        Behaviour::XmlBomb => Answer::new(200, xml_type(scene), xml_bomb()),
        Behaviour::XmlExternalEntity => Answer::new(200, xml_type(scene), EXTERNAL_ENTITY),
        Behaviour::DeepJson => {
            Answer::new(200, JSON, format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)))
        }
        Behaviour::ForeignInstanceUrl => (scene.success)(&Variation {
            origin: Some(FOREIGN_ORIGIN.to_owned()),
            ..Variation::default()
        }),
        Behaviour::ApiOnly => {
            (scene.success)(&Variation { scope: Some("api"), ..Variation::default() })
        }
        Behaviour::Later(inner) => (scene.success)(&Variation::later(format!("behave:{inner}"))),
        _ => return None,
    };
    Some(answer)
}

/// The behaviours that take a hand on the connection.
fn play_raw(behaviour: &Behaviour, scene: &Scene<'_>) -> Reply {
    let half = |last: Vec<Step>| {
        let answer = scene.success();
        let mut bytes = answer.head_with_length();
        bytes.extend_from_slice(&answer.body[..answer.body.len() / 2]);
        let mut steps = vec![Step::Write(bytes)];
        steps.extend(last);
        steps
    };
    let steps = match behaviour {
        Behaviour::Delay(pause) => {
            return Reply { answer: scene.success(), delivery: Delivery::After(*pause) };
        }
        Behaviour::Hang => vec![Step::HoldUntilClientCloses],
        Behaviour::Stall => half(vec![Step::HoldUntilClientCloses]),
        Behaviour::Cut => half(Vec::new()),
        Behaviour::HalfClosed => half(vec![Step::FinishWriting, Step::HoldUntilClientCloses]),
        Behaviour::Close => Vec::new(),
        Behaviour::Drip(pause) => {
            let answer = scene.success();
            let mut bytes = answer.head_with_length();
            bytes.extend_from_slice(&answer.body);
            vec![Step::Drip(bytes, *pause)]
        }
        Behaviour::OversizedChunked => oversized_chunked(scene),
        Behaviour::Endless => endless(scene),
        Behaviour::Garbage => vec![Step::Write(garbage())],
        Behaviour::BadChunk => {
            let mut bytes = scene.success().head("Transfer-Encoding: chunked\r\n");
            bytes.extend_from_slice(b"zz\r\nnot a chunk\r\n0\r\n\r\n");
            vec![Step::Write(bytes)]
        }
        // `Reset`, and with it whatever `answer_with` has left over.
        _ => vec![Step::Reset],
    };
    Reply::raw("", steps)
}

/// The simulator under another host name, so that a client that follows is seen to do so.
fn other_origin(request: &Received) -> String {
    let origin = request.origin();
    match origin.split_once("localhost") {
        Some((scheme, rest)) => format!("{scheme}127.0.0.1{rest}"),
        None => {
            let scheme = if request.secure { "https" } else { "http" };
            let port = request
                .authority
                .rsplit_once(':')
                .map(|(_, port)| port)
                .filter(|port| port.parse::<u16>().is_ok());
            match port {
                Some(port) => format!("{scheme}://localhost:{port}"),
                None => format!("{scheme}://localhost"),
            }
        }
    }
}

fn redirect(status: u16, target: &str) -> Answer {
    Answer::new(status, HTML, "<html><body>This page has moved.</body></html>")
        .header("Location", target)
}

/// A valid answer, then white space, so that a reader without a limit would be content.
fn padded(mut answer: Answer, length: usize) -> Answer {
    answer.body.resize(answer.body.len() + length, b' ');
    answer
}

fn oversized_chunked(scene: &Scene<'_>) -> Vec<Step> {
    let answer = padded(scene.success(), OVERSIZE);
    let mut bytes = answer.head("Transfer-Encoding: chunked\r\n");
    for chunk in answer.body.chunks(64 * 1024) {
        bytes.extend_from_slice(&http_chunk(chunk));
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    vec![Step::Write(bytes)]
}

fn endless(scene: &Scene<'_>) -> Vec<Step> {
    let answer = scene.success();
    let mut start = answer.head("Transfer-Encoding: chunked\r\n");
    start.extend_from_slice(&http_chunk(&answer.body));
    vec![Step::Write(start), Step::Endless(http_chunk(&[b' '; 16 * 1024]))]
}

fn http_chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// Bytes that are neither HTTP nor UTF-8, the same every time.
fn garbage() -> Vec<u8> {
    (0_u32..512).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect()
}

fn echo_error(scene: &Scene<'_>) -> Answer {
    let text = echoes(&scene.request.body, &scene.credentials);
    match scene.soap {
        Some(flavour) => fault(flavour, "LoginFault", "ECHO", &text),
        None => {
            Answer::json(400, &serde_json::json!({ "error": "echo", "error_description": text }))
        }
    }
    .note("repeats the credentials")
}

/// What an answer could do to whoever shows it: to a terminal, a log of GitHub Actions, an editor's message
/// and Markdown.
pub const HOSTILE: &str = "HOSTILE\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{9b}31m\r\n::add-mask::x\n\
    [label](command:workbench.action.quit)![image](https://evil.example/p.png)<img src=x>\
    `code` \u{202e}\u{200b}\u{2066}";

fn hostile(scene: &Scene<'_>) -> Answer {
    if scene.request.bearer().is_some() {
        let success = scene.success();
        let name = serde_json::Value::from(HOSTILE).to_string();
        let body = String::from_utf8_lossy(&success.body).replace("\"Acme production\"", &name);
        return Answer { body: body.into_bytes(), ..success };
    }
    match scene.soap {
        Some(flavour) => {
            // XML has no control characters.
            let text: String = HOSTILE.chars().filter(|c| !c.is_control()).collect();
            fault(flavour, "LoginFault", "HOSTILE", &text)
        }
        None => Answer::json(
            400,
            &serde_json::json!({ "error": HOSTILE, "error_description": HOSTILE }),
        ),
    }
}

fn xml_type(scene: &Scene<'_>) -> &'static str {
    if scene.soap.is_some() { SOAP } else { XML }
}

/// Ten entities, each ten times the one before: 10¹⁰ copies of `lol`.
fn xml_bomb() -> String {
    let mut text = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY e0 \"lol\">".to_owned();
    for n in 1..=10 {
        let inner = format!("&e{};", n - 1).repeat(10);
        text.push_str(&format!("<!ENTITY e{n} \"{inner}\">"));
    }
    text + "]><r>&e10;</r>"
}

const EXTERNAL_ENTITY: &str = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY file SYSTEM \
     \"file:///etc/hostname\">]><soapenv:Envelope \
     xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><soapenv:Fault>\
     <faultcode>sf:INVALID_LOGIN</faultcode><faultstring>&file;</faultstring></soapenv:Fault>\
     </soapenv:Body></soapenv:Envelope>";

const PROXY_PAGE: &str = "<!DOCTYPE html><html><head><title>Example Web Gateway</title></head>\
     <body><h1>Please sign in</h1><p>Your network asks you to accept its terms before you go on.\
     </p></body></html>";

/// A pause before an ordinary answer; other deliveries stay as they are.
pub(crate) fn delayed(reply: Reply, pause: Duration) -> Reply {
    match reply.delivery {
        Delivery::Normal if !pause.is_zero() => Reply { delivery: Delivery::After(pause), ..reply },
        _ => reply,
    }
}
