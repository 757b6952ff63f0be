//! How the tests talk to the simulator.

use std::time::Duration;

use quick_xml::escape::escape;
use reqwest::header::HeaderMap;
use serde_json::Value;
use sforg_simulator::{Handle, Options, Simulator};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Nothing here takes nearly as long; a test that hangs should end all the same.
pub const GUARD: Duration = Duration::from_secs(60);

pub fn start() -> Handle {
    start_with(Options::default())
}

pub fn start_with(options: Options) -> Handle {
    Simulator::start(options).expect("starts")
}

/// A client that neither follows redirects nor uses a proxy of the environment.
pub fn client() -> reqwest::Client {
    // Without certificates, which it does not need, it is made faster.
    builder().tls_certs_only([]).no_proxy().build().expect("a client")
}

pub fn builder() -> reqwest::ClientBuilder {
    // Fails when another test was first, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(GUARD)
}

/// An answer, its body read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// A member of a JSON object, as text.
    pub fn member(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_default().to_owned()
    }

    /// The text of the first XML element of that name, unescaped.
    pub fn element(&self, name: &str) -> String {
        let text = self.text();
        let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_default();
        let (inner, _) = rest.split_once(&format!("</{name}>")).unwrap_or_default();
        quick_xml::escape::unescape(inner).expect("escaped").into_owned()
    }

    pub fn exception_code(&self) -> String {
        self.element("sf:exceptionCode")
    }
}

pub async fn send(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.expect("an answer");
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().await.expect("a body").to_vec(),
    }
}

pub async fn get(url: &str) -> Answer {
    send(client().get(url)).await
}

pub async fn get_with_token(url: &str, token: &str) -> Answer {
    send(client().get(url).bearer_auth(token)).await
}

/// Asks for a token with exactly these parameters.
pub async fn token_with(handle: &Handle, parameters: &[(&str, &str)]) -> Answer {
    send(client().post(token_url(handle)).form(parameters)).await
}

/// Asks for a token as a client-credentials client does.
pub async fn token(handle: &Handle, client_id: &str, secret: &str) -> Answer {
    token_with(handle, &credentials(client_id, secret)).await
}

pub fn credentials<'a>(client_id: &'a str, secret: &'a str) -> [(&'static str, &'a str); 3] {
    [("grant_type", "client_credentials"), ("client_id", client_id), ("client_secret", secret)]
}

pub fn token_url(handle: &Handle) -> String {
    format!("{}/services/oauth2/token", handle.http_url)
}

/// The envelope that a SOAP client sends.
pub fn envelope(username: &str, password: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\
         <env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Body>\
         <n1:login xmlns:n1=\"urn:partner.soap.sforce.com\"><n1:username>{}</n1:username>\
         <n1:password>{}</n1:password></n1:login></env:Body></env:Envelope>",
        escape(username),
        escape(password)
    )
}

pub fn soap_request(url: &str, body: String) -> reqwest::RequestBuilder {
    client()
        .post(url)
        .header("Content-Type", "text/xml; charset=UTF-8")
        .header("SOAPAction", "login")
        .body(body)
}

/// Calls `login()` at the partner endpoint; `path` is what follows `/services/Soap/`.
pub async fn soap_at(handle: &Handle, path: &str, username: &str, password: &str) -> Answer {
    let url = format!("{}/services/Soap/{path}", handle.http_url);
    send(soap_request(&url, envelope(username, password))).await
}

pub async fn soap(handle: &Handle, username: &str, password: &str) -> Answer {
    soap_at(handle, "u/62.0", username, password).await
}

/// Sends bytes and reads until the simulator ends the connection.
pub async fn raw(url: &str, request: &str) -> std::io::Result<Vec<u8>> {
    let mut connection = open(url, request).await;
    let mut answer = Vec::new();
    tokio::time::timeout(GUARD, connection.read_to_end(&mut answer)).await.expect("an end")?;
    Ok(answer)
}

/// Sends bytes and gives the connection back.
pub async fn open(url: &str, request: &str) -> TcpStream {
    let address = url.trim_start_matches("http://");
    let mut connection = TcpStream::connect(address).await.expect("a connection");
    connection.write_all(request.as_bytes()).await.expect("sent");
    connection
}

/// A request for a token as text.
pub fn raw_token_request(client_id: &str) -> String {
    let body = format!("grant_type=client_credentials&client_id={client_id}&client_secret=x");
    format!(
        "POST /services/oauth2/token HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Polls until the condition holds.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let deadline = tokio::time::Instant::now() + GUARD;
    while !condition() {
        assert!(tokio::time::Instant::now() < deadline, "never came true: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
