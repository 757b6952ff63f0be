//! The details of one org's login, for a page of the client (`sforg/result`): the last result, or what is
//! to be done before there is one.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lsp_types as lsp;
use org_ide::assists::{self, AuthValue};
use org_ide::pointer::span_at;
use org_login::{LoginResult, SalesforceAnswer, destination};
use org_schema::address::Address;
use org_schema::setup_pages;
use org_syntax::Span;
use serde::Serialize;

use super::inputs::{Input, inputs};
use super::one::prepare;
use super::told::whole;
use crate::logins::target::login_target;
use crate::lsp::client::own::Page;
use crate::lsp::client::{Message, outgoing};
use crate::lsp::commands::{Command, OneFile, OneSecret};
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::files::login_record::{LoginRecord, age};
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::logins::Logins;
use crate::lsp::upgrade_offer::Offer;

/// What the page shows. Texts are plain, with `` ` `` around code.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultPage {
    uri: lsp::Url,
    name: String,
    /// "Acme UAT: login failed".
    title: String,
    /// `ok`, `warning`, `failed`, `notTested` or `untested`.
    outcome: &'static str,
    headline: String,
    /// When, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<u64>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    /// Setup of the org, where its My Domain is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    setup_url: Option<String>,
    facts: Vec<Fact>,
    steps: Vec<String>,
    /// Pages of Setup that the steps name, where the org's My Domain is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    setup_paths: Vec<SetupLink>,
    /// Values that a person can enter here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<Input>,
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    salesforce: Option<SalesforceAnswer>,
    /// The member that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<MemberLink>,
    actions: Vec<lsp::Command>,
    /// For so many seconds the login is being tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    testing: Option<u64>,
    /// Of a project file: what an upgrade makes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_text: Option<String>,
}

/// Words of the steps, and where they lead.
#[derive(Debug, Serialize)]
struct SetupLink {
    words: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct MemberLink {
    name: String,
    range: lsp::Range,
}

/// The page of the org in a file; `None` when the file cannot be read.
pub fn page(logins: &Arc<Logins>, uri: &lsp::Url) -> Option<ResultPage> {
    let id = id_of(uri);
    let snapshot = logins.files.snapshot(&id)?;
    if snapshot.document().project().is_some() {
        return upgrade_page(logins, &id, uri);
    }
    let name = prepare(logins, &id)?.name;
    let record = logins.files.valid_record(&id, &snapshot);
    let host = host(logins, &id, &snapshot);
    let setup = setup(logins, &id, &snapshot, host.as_deref());
    let is_tested = record.is_some() || logins.under_test.contains_key(&id);
    let inputs = if is_tested { Vec::new() } else { inputs(logins, &id, &snapshot) };
    let mut page = ResultPage {
        uri: uri.clone(),
        title: format!("{name}: not tested"),
        name,
        outcome: "untested",
        headline: "Not tested yet.".to_owned(),
        at: None,
        age: None,
        duration_ms: None,
        setup_url: setup.as_deref().map(setup_pages::start),
        host,
        facts: Vec::new(),
        steps: Vec::new(),
        setup_paths: Vec::new(),
        warnings: Vec::new(),
        salesforce: None,
        member: None,
        actions: actions(logins, &id, &snapshot, (record.is_some(), &inputs), uri),
        inputs,
        testing: logins.under_test.get(&id).map(|test| test.since.elapsed().as_secs()),
        new_text: None,
    };
    match record {
        Some(record) => page.fill_in(&record, &snapshot, logins),
        None if page.testing.is_some() => {
            page.title = format!("{}: testing", page.name);
            page.headline = "The login is being tested.".to_owned();
        }
        None => {
            let on_a_page = logins.client.session.client.own.pages;
            if let Some(steps) = steps_before_a_test(&snapshot, on_a_page) {
                page.headline = "Next: create the app in Salesforce.".to_owned();
                page.title = format!("{}: steps in Salesforce", page.name);
                page.steps = steps.into_iter().map(str::to_owned).collect();
                page.member = first_empty_member(&snapshot, logins);
            }
        }
    }
    if let Some(origin) = setup {
        page.link_steps(&origin);
    }
    Some(page.gated())
}

/// What an upgrade of a project would do; `None` when there is none.
fn upgrade_page(logins: &Arc<Logins>, id: &str, uri: &lsp::Url) -> Option<ResultPage> {
    let offer = Offer::of(&logins.files, id)?;
    let page = ResultPage {
        uri: uri.clone(),
        name: "Upgrade".to_owned(),
        title: "Upgrade the API version".to_owned(),
        outcome: "untested",
        headline: offer.headline(),
        at: None,
        age: None,
        duration_ms: None,
        host: None,
        setup_url: None,
        facts: Vec::new(),
        steps: offer.details(),
        setup_paths: Vec::new(),
        inputs: Vec::new(),
        warnings: Vec::new(),
        salesforce: None,
        member: None,
        actions: offer.commands(uri),
        testing: None,
        new_text: offer.new_text(&logins.files, id),
    };
    Some(page.gated())
}

impl ResultPage {
    fn fill_in(&mut self, record: &LoginRecord, snapshot: &Snapshot, logins: &Arc<Logins>) {
        use org_ide::LoginOutcome as Outcome;
        let (outcome, what) = match record.last.outcome {
            Outcome::Ok => ("ok", "logged in"),
            Outcome::Doubtful => ("warning", "logged in"),
            Outcome::Failed => ("failed", "login failed"),
            Outcome::NotTested => ("notTested", "not tested"),
        };
        self.outcome = outcome;
        self.title = format!("{}: {what}", self.name);
        self.headline = match record.last.outcome {
            // The rest of it stands below.
            Outcome::Ok | Outcome::Doubtful => format!("{}.", record.last.short),
            Outcome::Failed | Outcome::NotTested => record.last.summary.clone(),
        };
        let at = record.at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        self.at = milliseconds(at);
        self.age = Some(age(record.at));
        self.steps = record.last.instructions.clone();
        if let Some(pointer) = record.last.member.as_deref()
            && let Some(span) = span_at(snapshot.document(), Some(pointer))
        {
            let name = pointer.rsplit('/').next().unwrap_or(pointer).to_owned();
            self.member = Some(MemberLink { name, range: range(snapshot, logins, span) });
        }
        if let Some(result) = &record.result {
            self.duration_ms = milliseconds(result.duration);
            self.warnings = result.warnings.iter().map(ToString::to_string).collect();
            self.facts = facts(result);
            let said = &result.salesforce;
            let says = said.code.is_some() || said.message.is_some();
            self.salesforce = says.then(|| said.clone());
        } else {
            self.warnings = record
                .warnings
                .iter()
                .map(|code| format!("The login worked, but {}.", code.but()))
                .collect();
        }
    }

    /// Finds the pages of Setup that the steps name.
    fn link_steps(&mut self, origin: &str) {
        let mut paths: Vec<_> =
            self.steps.iter().flat_map(|step| setup_pages::paths_in(step, origin)).collect();
        paths.sort();
        paths.dedup();
        self.setup_paths =
            paths.into_iter().map(|path| SetupLink { words: path.words, url: path.url }).collect();
    }

    /// Every text passes the gate: names and Salesforce's words are among them.
    fn gated(mut self) -> Self {
        let lines = [&mut self.name, &mut self.title, &mut self.headline].into_iter();
        let facts = self.facts.iter_mut().map(|fact| &mut fact.value);
        let lists = self.steps.iter_mut().chain(&mut self.warnings);
        for text in lines.chain(facts).chain(lists) {
            *text = outgoing::line(text);
        }
        if let Some(said) = &mut self.salesforce {
            for text in [&mut said.code, &mut said.message].into_iter().flatten() {
                *text = outgoing::line(text);
            }
        }
        self
    }
}

fn milliseconds(duration: Duration) -> Option<u64> {
    u64::try_from(duration.as_millis()).ok()
}

fn facts(result: &LoginResult) -> Vec<Fact> {
    let identity = result.identity.clone().unwrap_or_default();
    let kind = identity.sandbox.map(|is| if is { "Sandbox" } else { "Production" }.to_owned());
    let versions = result.versions.first().zip(result.versions.last());
    let versions = versions.map(|(first, last)| format!("{first} to {last}"));
    let requests = result.api_requests.map(|api| format!("{} of {}", api.remaining, api.max));
    [
        ("User", identity.username),
        ("Org", identity.org_name),
        ("Org ID", identity.org_id),
        ("Kind", kind),
        ("API versions", versions),
        ("API requests left today", requests),
        ("Sent", result.sent.clone()),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some(Fact { label, value: value? }))
    .collect()
}

/// The steps in Salesforce, while a value that they lead to is still empty. A page has boxes for the values.
fn steps_before_a_test(snapshot: &Snapshot, on_a_page: bool) -> Option<Vec<&'static str>> {
    let empty = assists::empty_auth_values(snapshot.document());
    let has_instance_url = !empty.contains(&AuthValue::InstanceUrl);
    empty.contains(&AuthValue::ClientId).then(|| match on_a_page {
        true => assists::steps_to_boxes(),
        false => assists::steps(has_instance_url),
    })
}

/// The first of the values that are entered after the steps in Salesforce.
fn first_empty_member(snapshot: &Snapshot, logins: &Arc<Logins>) -> Option<MemberLink> {
    let span = assists::first_empty_value(snapshot.document())?;
    let auth = &snapshot.document().org()?.auth;
    let fields = [&auth.instance_url, &auth.client_id].into_iter().flatten();
    let is_it =
        |field: &&org_ide::Field| field.value_span.is_some_and(|value| value.contains(span.start));
    let name = fields.into_iter().find(is_it)?.name.clone();
    Some(MemberLink { name, range: range(snapshot, logins, span) })
}

fn range(snapshot: &Snapshot, logins: &Arc<Logins>, span: Span) -> lsp::Range {
    Converter { text: snapshot.text(), encoding: logins.files.encoding() }.range(span)
}

fn host(logins: &Arc<Logins>, id: &str, snapshot: &Snapshot) -> Option<String> {
    let target = logins.files.analyze(id, snapshot.document(), |document, context| {
        login_target(document, context, &shown(id)).ok()
    })?;
    Some(destination(&target, &logins.user.allowed).ok()?.authority().to_owned())
}

/// Where Setup of the org is: at the host of its login, or at the My Domain that is known of it.
fn setup(
    logins: &Arc<Logins>,
    id: &str,
    snapshot: &Snapshot,
    host: Option<&str>,
) -> Option<String> {
    let written = snapshot.document().org().and_then(|org| org.auth.instance_url.as_ref());
    let written = written.and_then(org_ide::Field::str).and_then(Address::plain_https_host);
    let known = logins
        .files
        .analyze(id, snapshot.document(), |_, context| context.known_host.map(str::to_owned));
    [host, written, known.as_deref()].into_iter().flatten().find_map(setup_pages::setup_origin)
}

fn actions(
    logins: &Arc<Logins>,
    id: &str,
    snapshot: &Snapshot,
    (was_tested, inputs): (bool, &[Input]),
    uri: &lsp::Url,
) -> Vec<lsp::Command> {
    let file = || OneFile { uri: uri.clone() };
    if logins.under_test.contains_key(id) {
        return vec![Command::CancelLogin(file()).to_lsp("Cancel")];
    }
    let slots = logins.files.analyze(id, snapshot.document(), assists::secret_slots);
    let wants_secret = logins.client.session.client.own.enter_secret
        && slots.iter().any(|slot| slot.is_wanted)
        && !inputs.iter().any(Input::is_secret);
    let secret = || OneSecret { uri: uri.clone(), member: None };
    let enter = wants_secret.then(|| Command::EnterSecret(secret()).to_lsp("Enter Secret…"));
    let title = if was_tested { "Test Again" } else { "Test Login" };
    let test = Command::TestLogin(file()).to_lsp(title);
    enter.into_iter().chain([test]).collect()
}

/// Answers `sforg/result` on a thread that may wait for the disk.
pub async fn answer(logins: Arc<Logins>, uri: lsp::Url) -> Option<ResultPage> {
    let made = tokio::task::spawn_blocking(move || page(&logins, &uri));
    made.await.unwrap_or_else(|error| {
        tracing::error!("the details of a login were not made: {error}");
        None
    })
}

/// Shows the page, or its contents in a message where the client has no pages.
pub async fn show(logins: &Arc<Logins>, uri: &lsp::Url) {
    if logins.client.session.client.own.pages {
        return logins.client.show_page(Page::Result, Some(uri.clone())).await;
    }
    let id = id_of(uri);
    let record =
        logins.files.snapshot(&id).and_then(|snapshot| logins.files.valid_record(&id, &snapshot));
    let result = record.and_then(|record| record.result);
    let Some(page) = page(logins, uri) else {
        let message = format!("{} cannot be read.", shown(&id));
        return logins.client.show(lsp::MessageType::WARNING, message).await;
    };
    let message = match result {
        Some(result) => whole(&page.name, &result),
        None => Message::from(format!("{}: {}", page.name, page.headline)).steps(&page.steps),
    };
    logins.client.show(lsp::MessageType::INFO, message).await;
}
