//! Everything that outlives a request.

use std::collections::hash_map::RandomState;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, RwLock};
use std::time::SystemTime;

use dashmap::{DashMap, DashSet};
use lsp_types::Url;
use org_ide::{Context, Document, LastLogin};
use org_login::{Bindings, Network};
use org_project::{Links, Workspace};
use org_text::{Encoding, Text};
use tokio::sync::watch;

use super::configuration::Configuration;
use super::diagnostics::queue::DiagnosticsQueue;
use super::files::documents::Documents;
use super::files::folders::{Folder, uri_of_id};
use super::files::index::{Index, IndexWriter};
use super::files::snapshot::Snapshot;
use super::files::uris::path_of_id;
use super::logins::fingerprint::fingerprint;
use super::session::Session;
use crate::env_names::{EnvFiles, EnvNameIndex, env_file_of};
use crate::logins::bindings::BindingStore;
use crate::logins::lockout::LockoutStore;
use crate::lsp::client::running::Running;
#[cfg(debug_assertions)]
use crate::lsp::diagnostics::fault::Fault;
use crate::settings::{self, SettingError, UserSettings};

/// The last login test of one file.
#[derive(Clone, Debug)]
pub struct LoginRecord {
    /// What was tested; the record counts while this is still the same.
    pub fingerprint: u64,
    /// What came out.
    pub last: LastLogin,
    /// When.
    pub at: SystemTime,
    /// My Domain host that a successful login answered with.
    pub known_host: Option<String>,
}

/// The server's state. Every field is safe to use from any thread, and none is locked across an
/// await.
pub struct State {
    /// Open documents.
    pub documents: Documents,
    /// Which files have to be looked at again.
    pub queue: DiagnosticsQueue,
    /// Results of login tests, by file.
    pub logins: DashMap<String, LoginRecord>,
    /// Files whose login is being tested.
    pub testing: DashSet<String>,
    /// What people have confirmed about where secrets may go.
    pub bindings: Arc<BindingStore>,
    /// Files outside of the workspace that somebody needs in the index, with how many do.
    pub kept: DashMap<String, usize>,
    /// Projects of which all org files are known.
    pub indexed_projects: DashSet<String>,
    /// Projects are read one after the other.
    pub indexing: tokio::sync::Mutex<()>,
    /// Projects whose upgrade was asked about in this session.
    pub asked_projects: DashSet<String>,
    /// The names in `.env` files.
    pub env_files: EnvFiles,
    /// Work with a progress that can be cancelled.
    pub running: Running,
    /// The way out.
    pub network: Network,
    /// What the user set.
    pub settings: UserSettings,
    /// What the user set and cannot be used.
    pub setting_errors: Vec<SettingError>,
    /// Keys the fingerprints of login tests, so that they mean nothing outside of this process.
    pub fingerprints: RandomState,
    /// The client is asked for its settings once at a time.
    pub asking_configuration: tokio::sync::Mutex<()>,
    configuration: RwLock<Configuration>,
    told_setting_problems: Mutex<Vec<String>>,
    configuration_known: watch::Sender<bool>,
    index: Index,
    folders: RwLock<Vec<Folder>>,
    session: OnceLock<Session>,
    trusted: AtomicBool,
    /// What goes wrong on purpose; not part of release builds.
    #[cfg(debug_assertions)]
    pub fault: Fault,
}

impl State {
    /// A state before `initialize`. Until the client says something else, nothing is trusted.
    /// With it comes the only way to write to its index.
    pub fn new(settings: UserSettings, setting_errors: Vec<SettingError>) -> (Self, IndexWriter) {
        let (index, writer) = Index::new();
        let bindings = Arc::new(BindingStore::new(settings.allowed_secrets.clone()));
        let state = Self {
            documents: Documents::default(),
            queue: DiagnosticsQueue::default(),
            logins: DashMap::new(),
            testing: DashSet::new(),
            kept: DashMap::new(),
            indexed_projects: DashSet::new(),
            indexing: tokio::sync::Mutex::new(()),
            asked_projects: DashSet::new(),
            env_files: EnvFiles::default(),
            running: Running::default(),
            network: Network::new(settings.login_policy())
                .with_lockout_guard(Arc::new(LockoutStore::new()))
                .with_bindings(Arc::clone(&bindings) as Arc<dyn Bindings>),
            bindings,
            settings,
            setting_errors,
            fingerprints: RandomState::new(),
            asking_configuration: tokio::sync::Mutex::new(()),
            configuration: RwLock::default(),
            told_setting_problems: Mutex::default(),
            configuration_known: watch::Sender::new(false),
            index,
            folders: RwLock::default(),
            session: OnceLock::new(),
            trusted: AtomicBool::new(false),
            #[cfg(debug_assertions)]
            fault: Fault::default(),
        };
        (state, writer)
    }

    /// Keeps what `initialize` agreed on.
    pub fn begin(&self, session: Session, trusted: bool) {
        self.set_trusted(trusted);
        self.set_folders(session.folders.clone());
        if self.session.set(session).is_err() {
            tracing::warn!("initialize came twice");
        }
    }

    /// What was agreed on; defaults before `initialize`.
    pub fn session(&self) -> &Session {
        static BEFORE: OnceLock<Session> = OnceLock::new();
        self.session.get().unwrap_or_else(|| BEFORE.get_or_init(Session::default))
    }

    /// Unit of `Position.character`.
    pub fn encoding(&self) -> Encoding {
        self.session().encoding
    }

    /// Whether the user trusts the workspace: else nothing is sent and no secret is resolved.
    pub fn is_trusted(&self) -> bool {
        self.trusted.load(Ordering::Acquire)
    }

    /// Takes the user's word about the workspace.
    pub fn set_trusted(&self, trusted: bool) {
        self.trusted.store(trusted, Ordering::Release);
    }

    /// What the client's settings say.
    pub fn configuration(&self) -> Configuration {
        self.configuration.read().map(|own| own.clone()).unwrap_or_default()
    }

    /// Takes the client's settings. All files are looked at again when that changes findings.
    pub fn set_configuration(&self, configuration: Configuration) {
        let Ok(mut own) = self.configuration.write() else { return };
        let before = std::mem::replace(&mut *own, configuration.clone());
        drop(own);
        if before.newest_api_version != configuration.newest_api_version {
            self.queue_files(self.documents.ids());
            self.queue_files(self.files());
        }
    }

    /// The problems of the client's settings that a person has not been told since they are there:
    /// clients tell settings again and again.
    pub fn new_setting_problems(&self, problems: Vec<String>) -> Vec<String> {
        let Ok(mut told) = self.told_setting_problems.lock() else { return problems };
        let new = problems.iter().filter(|problem| !told.contains(problem)).cloned().collect();
        *told = problems;
        new
    }

    /// The client has answered, or need not be asked.
    pub fn configuration_is_known(&self) {
        self.configuration_known.send_replace(true);
    }

    /// The client's settings, once they are known.
    pub async fn known_configuration(&self) -> Configuration {
        let mut known = self.configuration_known.subscribe();
        // The sender lives as long as the state.
        let _ = known.wait_for(|known| *known).await;
        self.configuration()
    }

    /// The folders of the workspace.
    pub fn workspace_folders(&self) -> Vec<Folder> {
        self.folders.read().map(|folders| folders.clone()).unwrap_or_default()
    }

    /// The paths of the workspace's folders.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.workspace_folders().into_iter().map(|folder| folder.path).collect()
    }

    /// The URI of a file: as the client spelled it when it is open, else as the client would.
    pub fn uri_of(&self, id: &str) -> Option<Url> {
        match self.documents.get(id) {
            Some(open) => Some(open.uri.clone()),
            None => uri_of_id(&self.workspace_folders(), id),
        }
    }

    /// Takes the folders of the workspace.
    pub fn set_folders(&self, folders: Vec<Folder>) {
        if let Ok(mut own) = self.folders.write() {
            *own = folders;
        }
        self.queue.folders_changed();
    }

    /// Results of logins go along with a file, or with all below a folder, that has another name.
    pub fn move_logins(&self, from: &str, to: &str) {
        let moved = |id: &String| {
            let below = id.strip_prefix(from)?;
            (below.is_empty() || below.starts_with('/'))
                .then(|| (id.clone(), format!("{to}{below}")))
        };
        let moves: Vec<_> = self.logins.iter().filter_map(|entry| moved(entry.key())).collect();
        for (old, new) in moves {
            if let Some((_, record)) = self.logins.remove(&old) {
                self.logins.insert(new, record);
            }
        }
    }

    /// A file has to be looked at again.
    pub fn queue_file(&self, id: String) {
        self.queue.add([id], &self.documents);
    }

    /// Files have to be looked at again.
    pub fn queue_files(&self, ids: impl IntoIterator<Item = String>) {
        self.queue.add(ids, &self.documents);
    }

    /// Looks at the index.
    pub fn with_workspace<T>(&self, ask: impl FnOnce(&Workspace) -> T) -> T {
        self.index.read(ask)
    }

    /// All org files of the index.
    pub fn org_files(&self) -> Vec<String> {
        self.with_workspace(|workspace| workspace.org_files().map(str::to_owned).collect())
    }

    /// All files of the index.
    pub fn files(&self) -> Vec<String> {
        self.with_workspace(|workspace| {
            let orgs = workspace.org_files().map(str::to_owned);
            orgs.chain(workspace.project_files()).collect()
        })
    }

    /// Asks something about a document in its context. The index is locked for reading meanwhile.
    pub fn analyze<T>(
        &self,
        id: &str,
        document: &Document,
        ask: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        let record = self.logins.get(id).map(|record| record.clone());
        let newest = self.configuration().newest_api_version;
        self.with_workspace(|workspace| {
            let project = workspace.project_of(id);
            let project_file = project.and_then(|project| path_of_id(project.file.as_deref()?));
            let names = EnvNameIndex::new(&self.env_files, self.env_file(id, project_file));
            let mut context = Context {
                file: id,
                today: settings::today().unwrap_or_else(|_| settings::system_date()),
                project,
                allowed: &self.settings.allowed,
                environment: &names,
                login: None,
                known_host: None,
                newest_version: newest.or(self.settings.newest_version),
            };
            if let Some(record) = &record {
                let now = fingerprint(&self.fingerprints, document, &context);
                if now == record.fingerprint {
                    context.login = Some(&record.last);
                    context.known_host = record.known_host.as_deref();
                }
            }
            ask(document, &context)
        })
    }

    fn env_file(&self, id: &str, project_file: Option<PathBuf>) -> Option<PathBuf> {
        env_file_of(&path_of_id(id)?, project_file.as_deref(), &self.folders())
    }

    /// The `.env` file that counts for a file.
    pub fn env_file_of(&self, id: &str) -> Option<PathBuf> {
        let project_file =
            self.with_workspace(|workspace| path_of_id(workspace.project_of(id)?.file.as_deref()?));
        self.env_file(id, project_file)
    }

    /// The file as it is: open in the client, else on the disk.
    pub fn snapshot(&self, id: &str) -> Option<Snapshot> {
        if let Some(open) = self.documents.get(id) {
            return Some(Snapshot::Open(open));
        }
        let path = path_of_id(id)?;
        let root = org_project::root_of(&path, &self.folders());
        match org_project::read(&path, Links::Within(&root)) {
            Ok(document) => {
                let document = document.without_bom();
                let text = Text::new(document.text());
                Some(Snapshot::OnDisk { uri: self.uri_of(id)?, document: Arc::new(document), text })
            }
            Err(error) => {
                if !error.is_not_found() {
                    tracing::warn!("{} cannot be read: {error}", path.display());
                }
                None
            }
        }
    }
}
