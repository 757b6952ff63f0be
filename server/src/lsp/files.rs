//! The files of a session: what is open in the client, what is on the disk, what the index knows of
//! them, and how the last test of each login went.

pub mod disk;
pub mod documents;
pub mod identities;
pub mod last_logins;
pub mod login_record;
pub mod on_disk;
pub mod place;
pub mod snapshot;

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use lsp_types as lsp;
use org_ide::{Context, Document, Edit, FileKind, Related};
use org_project::{Links, Workspace, path_of_id};
use org_sources::xml;
use org_text::{Encoding, IndexedText};
use tokio::sync::Notify;

use super::convert::to_proto::{Converter, workspace_edit};
use super::session::Session;
use super::session::folders::{Folder, uri_of_id};
use crate::projects::{Given, IndexWriter, Projects};
use crate::settings::{self, UserSettings};
use documents::{Documents, OpenDocument};
use last_logins::LastLogins;
use login_record::LoginRecord;
use on_disk::DiskReader;
use snapshot::Snapshot;

/// What is known of files. No lock is held across an await.
#[derive(Debug)]
pub struct Files {
    /// Open documents.
    pub documents: Documents,
    /// All files, each in its project.
    pub projects: Projects,
    /// Results of login tests, by file.
    pub last_logins: LastLogins,
    /// Something that a list of orgs shows has changed.
    pub orgs_changed: Notify,
    /// The session that they belong to.
    pub session: Session,
    user: Arc<UserSettings>,
    folders: RwLock<Vec<Folder>>,
}

impl Files {
    /// No files, with the only way to write to their index.
    pub fn new(session: Session, user: Arc<UserSettings>) -> (Self, IndexWriter) {
        let (projects, writer) = Projects::new();
        let (documents, last_logins, folders) = Default::default();
        let orgs_changed = Notify::new();
        let files = Self { documents, projects, last_logins, orgs_changed, session, user, folders };
        (files, writer)
    }

    /// Unit of `Position.character`.
    pub fn encoding(&self) -> Encoding {
        self.session.encoding
    }

    /// The folders of the workspace.
    pub fn workspace_folders(&self) -> Vec<Folder> {
        self.folders.read().map(|folders| folders.clone()).unwrap_or_default()
    }

    /// The paths of the workspace's folders.
    pub fn folders(&self) -> Vec<PathBuf> {
        self.workspace_folders().into_iter().map(|folder| folder.path).collect()
    }

    /// Takes the folders of the workspace. The index learns of them later.
    pub fn set_folders(&self, folders: Vec<Folder>) {
        if let Ok(mut own) = self.folders.write() {
            *own = folders;
        }
    }

    /// The URI of a file: as the client spelled it when it is open, else as the client would.
    pub fn uri_of(&self, id: &str) -> Option<lsp::Url> {
        match self.documents.get(id) {
            Some(open) => Some(open.uri.clone()),
            None => uri_of_id(&self.workspace_folders(), id),
        }
    }

    /// Looks at the index.
    pub fn with_workspace<T>(&self, look: impl FnOnce(&Workspace) -> T) -> T {
        self.projects.read(look)
    }

    /// All org files of the index.
    pub fn org_files(&self) -> Vec<String> {
        self.with_workspace(|workspace| workspace.org_files().map(str::to_owned).collect())
    }

    /// All files of the index, those of Design Studio that have findings among them.
    pub fn indexed(&self) -> Vec<String> {
        self.with_workspace(|workspace| {
            let orgs = workspace.org_files().map(str::to_owned);
            let all = orgs.chain(workspace.project_files());
            all.chain(workspace.design_studio_files()).collect()
        })
    }

    /// The project file that governs a file (or is it), as far as the index knows. A file of Design Studio
    /// has none of ours.
    pub fn project_file_of(&self, id: &str) -> Option<String> {
        self.with_workspace(|workspace| {
            let project = workspace.project_of(id).filter(|project| !project.is_design_studio);
            project?.file.clone()
        })
    }

    /// Whether anything is said about a file: other programs have XML files that are called as those of
    /// Design Studio, and what it has deleted is not there for its users.
    pub fn is_judged(&self, id: &str, document: &Document) -> bool {
        if !document.kind().is_design_studio() {
            return true;
        }
        let is_deleted = document.entity().is_some_and(|entity| entity.header.is_deleted);
        !is_deleted && self.with_workspace(|workspace| workspace.design_studio_of(id).is_some())
    }

    /// The open document that a request is about; `None` for one of which nothing is said.
    pub fn open(&self, id: &str) -> Option<Arc<OpenDocument>> {
        self.documents.get(id).filter(|open| self.is_judged(id, open.document()))
    }

    /// As [`Files::open`], for requests that change the file, or are about JSON: nothing of ours ever writes
    /// to a file of Design Studio.
    pub fn open_ours(&self, id: &str) -> Option<Arc<OpenDocument>> {
        self.documents.get(id).filter(|open| !open.kind.is_design_studio())
    }

    /// Works something out about a document in its context. The index is locked for reading
    /// meanwhile.
    pub fn analyze<T>(
        &self,
        id: &str,
        document: &Document,
        analysis: impl FnOnce(&Document, &Context<'_>) -> T,
    ) -> T {
        let record = self.last_logins.get(id);
        let newest = self.session.settings.configuration().newest_api_version;
        let given = Given {
            folders: &self.folders(),
            allowed: &self.user.allowed,
            newest_version: newest.or(self.user.newest_version),
            today: settings::today().unwrap_or_else(|_| settings::system_date()),
        };
        self.projects.analyze(id, document, given, |document, context| {
            match record.filter(|record| self.last_logins.counts(record, document, context)) {
                Some(record) => {
                    let (login, known_host) = (Some(&record.last), record.known_host.as_deref());
                    analysis(document, &Context { login, known_host, ..*context })
                }
                None => analysis(document, context),
            }
        })
    }

    /// The last login test of a file, while the file is what was tested.
    pub fn valid_record(&self, id: &str, snapshot: &Snapshot) -> Option<LoginRecord> {
        let record = self.last_logins.get(id)?;
        let counts = self.analyze(id, snapshot.document(), |document, context| {
            self.last_logins.counts(&record, document, context)
        });
        counts.then_some(record)
    }

    /// Edits of a file as it was at one moment, for the client to apply.
    pub fn workspace_edit(&self, snapshot: &Snapshot, edits: &[Edit]) -> lsp::WorkspaceEdit {
        let converter = Converter { text: snapshot.text(), encoding: self.encoding() };
        let document_changes = self.session.client.document_changes;
        let (uri, edits) = (snapshot.uri().clone(), converter.edits(edits));
        workspace_edit(uri, snapshot.version(), edits, document_changes)
    }

    /// The `.env` file that counts for a file, be it there or not.
    pub fn env_file_of(&self, id: &str) -> Option<PathBuf> {
        self.projects.env_file_of(id, &self.folders())
    }

    /// The file as it is: open in the client, else on the disk.
    pub fn snapshot(&self, id: &str) -> Option<Snapshot> {
        if let Some(open) = self.documents.get(id) {
            return Some(Snapshot::Open(open));
        }
        DiskReader::new(self).read(id)?.snapshot
    }

    /// The text of a file that is read as a part of a Design Studio project alone: an operation.
    fn text_of_design_studio(&self, id: &str) -> Option<IndexedText> {
        let path = path_of_id(id)?;
        let root = org_project::root_of(&path, &self.folders());
        let bytes = org_files::read(&path, Links::Within(&root), xml::MAX_BYTES as u64).ok()?;
        Some(IndexedText::new(org_sources::decode(bytes).ok()?))
    }

    /// The location of a place. The file is read where it is not open. No editor opens what is in a Jitterpak, so
    /// a place there has none.
    pub fn location(&self, place: &Related) -> Option<lsp::Location> {
        if org_project::in_archive(&place.file).is_some() {
            return None;
        }
        let part = org_project::design_studio_file(&place.file);
        if part.is_some_and(|(_, part)| FileKind::of_design_studio(part).is_none()) {
            let text = self.text_of_design_studio(&place.file)?;
            let converter = Converter { text: &text, encoding: self.encoding() };
            let range = converter.range(place.span);
            return Some(lsp::Location { uri: self.uri_of(&place.file)?, range });
        }
        let snapshot = self.snapshot(&place.file)?;
        let converter = Converter { text: snapshot.text(), encoding: self.encoding() };
        Some(lsp::Location { uri: snapshot.uri().clone(), range: converter.range(place.span) })
    }
}
