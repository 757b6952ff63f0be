//! Logins that people test in the editor.

mod confirm;
pub mod many;
pub mod one;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use org_login::{Bindings, Network};

use super::client::Client;
use super::diagnostics::Diagnostics;
use super::files::Files;
use crate::logins::bindings::BindingStore;
use crate::logins::lockout::LockoutStore;
use crate::settings::UserSettings;

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
    under_test: Mutex<HashSet<String>>,
}

impl Logins {
    /// No login is under test.
    pub fn new(client: Client, diagnostics: Arc<Diagnostics>, user: Arc<UserSettings>) -> Self {
        let bindings = Arc::new(BindingStore::new(user.allowed_secrets.clone()));
        let network = Network::new(user.login_policy())
            .with_lockout_guard(Arc::new(LockoutStore::new()))
            .with_bindings(Arc::clone(&bindings) as Arc<dyn Bindings>);
        let files = Arc::clone(&diagnostics.files);
        Self { client, files, diagnostics, user, network, bindings, under_test: Mutex::default() }
    }

    /// Whether the user trusts the workspace: else nothing is sent and no secret is resolved.
    fn is_trusted(&self) -> bool {
        self.client.session.settings.is_trusted()
    }

    fn under_test(&self) -> MutexGuard<'_, HashSet<String>> {
        self.under_test.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
