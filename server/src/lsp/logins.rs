//! Logins that people test in the editor.

pub mod audit;
pub mod changes;
mod confirm;
mod correct_sandbox;
mod go_to;
pub mod inputs;
pub mod many;
pub mod one;
pub mod orgs;
pub mod page;
pub mod told;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use dashmap::DashMap;
use org_login::{Bindings, Network};
use tokio::sync::mpsc;

use super::client::Client;
use super::commands::Command;
use super::diagnostics::Diagnostics;
use super::files::Files;
use crate::logins::bindings::BindingStore;
use crate::logins::lockout::LockoutStore;
use crate::settings::UserSettings;
use one::LoginTest;

/// What tests of logins need.
pub struct Logins {
    /// Who is asked and told.
    pub client: Client,
    /// What logins are of.
    pub files: Arc<Files>,
    /// Who looks at a file again when its login was tested.
    pub diagnostics: Arc<Diagnostics>,
    /// What the user set.
    pub user: Arc<UserSettings>,
    network: Network,
    /// What people have confirmed about where secrets may go.
    pub bindings: Arc<BindingStore>,
    /// Files whose login is being tested.
    pub under_test: DashMap<String, LoginTest>,
    /// How far *Test All Logins* is, while it runs.
    pub run: Mutex<Option<String>>,
    /// Somebody refreshes lenses while logins are tested.
    counts_seconds: AtomicBool,
    follow_ups: mpsc::UnboundedSender<Command>,
}

/// Commands that follow from a button of a message: whoever carries out commands does so.
pub type FollowUps = mpsc::UnboundedReceiver<Command>;

impl Logins {
    /// No login is under test.
    pub fn new(
        client: Client,
        diagnostics: Arc<Diagnostics>,
        user: Arc<UserSettings>,
    ) -> (Self, FollowUps) {
        let bindings = Arc::new(BindingStore::new(user.allowed_secrets.clone()));
        let network = Network::new(user.login_policy())
            .with_lockout_guard(Arc::new(LockoutStore::new()))
            .with_bindings(Arc::clone(&bindings) as Arc<dyn Bindings>);
        let files = Arc::clone(&diagnostics.files);
        let (under_test, run, counts_seconds) = Default::default();
        let (follow_ups, to_follow) = mpsc::unbounded_channel();
        let logins = Self {
            client,
            files,
            diagnostics,
            user,
            network,
            bindings,
            under_test,
            run,
            counts_seconds,
            follow_ups,
        };
        (logins, to_follow)
    }

    /// The way to Salesforce.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Has a command carried out, as if the client had sent it.
    pub fn follow_up(&self, command: Command) {
        // Nobody carries out commands when the server ends.
        let _ = self.follow_ups.send(command);
    }

    /// Whether the user trusts the workspace: else nothing is sent and no secret is resolved.
    pub fn is_trusted(&self) -> bool {
        self.client.session.settings.is_trusted()
    }
}
