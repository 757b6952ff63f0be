//! Files and folders that were made, changed or removed, as the client tells it.

use lsp_types::Url;

use super::Diagnostics;
use crate::lsp::convert::uris::{id_of, kind_of};
use crate::lsp::files::Files;

/// What one message of the client tells.
#[derive(Debug, Default)]
pub struct FileEvents {
    files: Vec<String>,
    /// What may be folders.
    created: Vec<String>,
    /// What may have been folders.
    gone: Vec<String>,
    /// Files of Design Studio, as their paths look.
    design_studio: Vec<String>,
    env_files: bool,
}

impl FileEvents {
    /// Something was made, or changed.
    pub fn created(&mut self, uri: &Url) {
        if !self.is_a_file_of_ours(uri) {
            self.created.push(id_of(uri));
        }
    }

    /// Something was deleted. Clients tell one event for a folder, not one for each of its files.
    pub fn gone(&mut self, uri: &Url) {
        self.is_a_file_of_ours(uri);
        self.gone.push(id_of(uri));
    }

    /// As [`FileEvents::created`], where LSP has a text for a URI. What is no URI is nothing of ours.
    pub fn created_text(&mut self, uri: &str) {
        if let Ok(uri) = Url::parse(uri) {
            self.created(&uri);
        }
    }

    /// As [`FileEvents::gone`], where LSP has a text for a URI.
    pub fn gone_text(&mut self, uri: &str) {
        if let Ok(uri) = Url::parse(uri) {
            self.gone(&uri);
        }
    }

    /// A person gave a file or folder another name. What is known of its logins goes along.
    pub fn renamed(&mut self, old: &str, new: &str, files: &Files) {
        let (Ok(old), Ok(new)) = (Url::parse(old), Url::parse(new)) else { return };
        self.gone(&old);
        self.created(&new);
        files.last_logins.rename(&id_of(&old), &id_of(&new));
    }

    fn is_a_file_of_ours(&mut self, uri: &Url) -> bool {
        let is_org_or_project = kind_of(uri, "").is_some();
        if is_org_or_project {
            self.files.push(id_of(uri));
        }
        let is_env = uri.path().ends_with("/.env");
        self.env_files |= is_env;
        let id = id_of(uri);
        let is_of_design_studio = org_project::design_studio_file(&id).is_some();
        if is_of_design_studio {
            self.design_studio.push(id);
        }
        is_org_or_project || is_env || is_of_design_studio
    }

    /// Queues what has to be looked at again.
    pub fn tell(self, diagnostics: &Diagnostics) {
        if self.files.is_empty()
            && self.created.is_empty()
            && self.gone.is_empty()
            && self.design_studio.is_empty()
            && !self.env_files
        {
            return;
        }
        diagnostics.queue.disk_changed();
        let paths = self.design_studio.iter().chain(&self.created).chain(&self.gone);
        paths.for_each(|id| diagnostics.design_studio_changed(id));
        diagnostics.queue_files(self.files);
        if !self.gone.is_empty() {
            diagnostics.queue.gone_paths(self.gone);
        }
        if !self.created.is_empty() {
            diagnostics.queue.new_paths(self.created);
        }
        if self.env_files {
            diagnostics.queue_files(diagnostics.files.org_files());
        }
    }
}
