//! The methods that this server has besides LSP's.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{assists, numbered_steps};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::SforgServer;
use crate::lsp::commands::NewOrg;
use crate::lsp::diagnostics::events::FileEvents;
use crate::lsp::handlers::new_org::NewOrgs;
use crate::lsp::handlers::{import, new_org, scan, why};
use crate::lsp::logins::orgs::{self, OrgRow, OrgsParams, Project};
use crate::lsp::logins::page::{self, ResultPage};
use crate::lsp::logins::{Logins, changes};
use crate::lsp::refactor::enter_values::{self, EnterParams, Entered};

/// `sforg/trustChanged`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrustChanged {
    workspace_trusted: bool,
}

/// `sforg/scan`: all of the workspace.
#[derive(Debug, Deserialize)]
pub struct ScanParams {}

/// `sforg/setupSteps`: of no org in particular.
#[derive(Debug, Deserialize)]
pub struct SetupStepsParams {}

/// What the client gets.
#[derive(Debug, Serialize)]
pub struct SetupSteps {
    /// A headline, and below it numbered steps, as in messages.
    message: String,
}

/// `sforg/why`.
#[derive(Debug, Deserialize)]
pub struct WhyParams {
    text: String,
}

impl SforgServer {
    /// The user trusts the workspace now, or no longer.
    pub async fn trust_changed(&self, params: TrustChanged) {
        if self.logins.is_trusted() == params.workspace_trusted {
            return;
        }
        self.session.settings.set_trusted(params.workspace_trusted);
        self.files.orgs_changed.notify_one();
        changes::refresh_lenses(&self.logins);
    }

    /// All orgs with their state.
    pub async fn orgs(&self, params: Option<OrgsParams>) -> Result<Vec<OrgRow>> {
        Ok(orgs::answer(Arc::clone(&self.logins), params.unwrap_or_default()).await)
    }

    /// What a project says of itself, also without orgs.
    pub async fn project(&self, params: lsp::TextDocumentIdentifier) -> Result<Option<Project>> {
        Ok(orgs::answer_project(Arc::clone(&self.logins), params.uri).await)
    }

    /// The details of one org's login.
    pub async fn result(&self, params: lsp::TextDocumentIdentifier) -> Result<Option<ResultPage>> {
        Ok(page::answer(Arc::clone(&self.logins), params.uri).await)
    }

    /// What a person has entered on the page of an org.
    ///
    /// # Errors
    /// The work could not be done.
    pub async fn enter_values(&self, params: EnterParams) -> Result<Entered> {
        // It asks the client, whose next message may be what takes this request back.
        let logins = Arc::clone(&self.logins);
        let work = tokio::spawn(async move { enter_values::handle(&logins, params).await });
        work.await.map_err(|error| refused(error.to_string()))
    }

    /// Org files from what a person names, in two steps.
    ///
    /// # Errors
    /// Nothing can be imported; the message says what to do.
    pub async fn import(&self, params: import::ImportParams) -> Result<import::Import> {
        if !self.session.settings.is_trusted() {
            return Err(refused(
                "Trust this workspace first: an import writes files to it.".to_owned(),
            ));
        }
        let folders = self.files.folders();
        // The disk and the keyring may wait.
        let work = tokio::task::spawn_blocking(move || import::handle(&params, &folders));
        let done = work.await.map_err(|error| refused(error.to_string()))?.map_err(refused)?;
        if let import::Import::Written(written) = &done {
            let mut events = FileEvents::default();
            written.files().iter().for_each(|file| events.created(file));
            events.tell(&self.diagnostics);
        }
        Ok(done)
    }

    /// A step of *New Salesforce Org*.
    ///
    /// # Errors
    /// There is no place for an org file; the message says what to do.
    pub async fn new_org(&self, params: new_org::QuestionParams) -> Result<new_org::Asked> {
        self.with_new_orgs(move |kept, logins| {
            new_org::ask(kept, &logins.files, &logins.user, &params)
        })
        .await
    }

    /// What is said about a value of a step.
    ///
    /// # Errors
    /// As [`SforgServer::new_org`].
    pub async fn check_new_org(&self, params: new_org::CheckParams) -> Result<new_org::Checked> {
        self.with_new_orgs(move |kept, logins| {
            new_org::look_at_value(kept, &logins.files, &logins.user, &params)
        })
        .await
    }

    /// The login of a new org, and its files.
    ///
    /// # Errors
    /// Nothing can be written; the message says what to do.
    pub async fn finish_new_org(&self, params: new_org::FinishParams) -> Result<new_org::Finish> {
        self.may_write()?;
        let (kept, logins) = (Arc::clone(&self.new_orgs), Arc::clone(&self.logins));
        new_org::finish(kept, logins, params).await.map_err(refused)
    }

    /// As [`SforgServer::finish_new_org`], for clients that know commands alone.
    ///
    /// # Errors
    /// As there, or the argument is another one.
    pub(super) async fn make_new_org(&self, new: NewOrg) -> Result<Value> {
        let params = new.params().map_err(Error::invalid_params)?;
        let finish = self.finish_new_org(params).await?;
        serde_json::to_value(finish).map_err(|error| refused(error.to_string()))
    }

    /// Nothing is written to a workspace that the user does not trust.
    fn may_write(&self) -> Result<()> {
        if self.session.settings.is_trusted() {
            return Ok(());
        }
        let message =
            "Trust this workspace first: a new org is a file in it, and its login is tested.";
        Err(refused(message.to_owned()))
    }

    /// Works on the steps of a new org where the disk and the keyring may wait.
    async fn with_new_orgs<T: Send + 'static>(
        &self,
        work: impl FnOnce(&NewOrgs, &Logins) -> std::result::Result<T, String> + Send + 'static,
    ) -> Result<T> {
        self.may_write()?;
        let (kept, logins) = (Arc::clone(&self.new_orgs), Arc::clone(&self.logins));
        let work = tokio::task::spawn_blocking(move || work(&kept, &logins));
        work.await.map_err(|error| refused(error.to_string()))?.map_err(refused)
    }

    /// *Scan Workspace for Salesforce Logins*: what breaks when, and the findings.
    ///
    /// # Errors
    /// The work could not be done.
    pub async fn scan(&self, _: ScanParams) -> Result<scan::Scan> {
        let files = self.files.clone();
        // The disk may wait.
        let work = tokio::task::spawn_blocking(move || scan::handle(&files));
        work.await.map_err(|error| refused(error.to_string()))
    }

    /// *Explain a Salesforce Login Error*: what another tool's text means.
    pub async fn why(&self, params: WhyParams) -> Result<why::WhyAnswer> {
        Ok(why::handle(params.text).await)
    }

    /// What an administrator does in Salesforce so that a program can log in.
    pub async fn setup_steps(&self, _: SetupStepsParams) -> Result<SetupSteps> {
        let headline = "An app in Salesforce that logs in without a password";
        let message = format!("{headline}{}", numbered_steps(&assists::steps(false)));
        Ok(SetupSteps { message })
    }

    /// The cancel button of a progress.
    pub async fn work_done_progress_cancel(&self, params: lsp::WorkDoneProgressCancelParams) {
        self.client.running.cancel(&params.token);
    }

    /// Tests that a panic does not end the server, and that its message, which may hold a piece of a
    /// file, is told nowhere; not part of release builds.
    #[cfg(debug_assertions)]
    #[allow(clippy::panic, reason = "this is what it is for")]
    pub async fn panic(&self, params: Value) -> Result<()> {
        panic!("asked for by sforg/panic: {params}");
    }

    /// Tests that a panic while diagnostics are computed loses nothing; not part of release builds.
    #[cfg(debug_assertions)]
    pub async fn panic_in_diagnostics(&self, params: Value) {
        let number = |name: &str| params[name].as_u64().and_then(|n| usize::try_from(n).ok());
        self.diagnostics.fault.arm(number("after").unwrap_or(0), number("times").unwrap_or(1));
    }
}

/// A request that is right and cannot be carried out (LSP's `RequestFailed`).
fn refused(message: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: message.into(), data: None }
}
