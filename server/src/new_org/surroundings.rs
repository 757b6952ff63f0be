//! What is there already where a new org goes.

use std::path::{Path, PathBuf};

use org_new::{Place, Scene};

use crate::import::{DEFAULT_FOLDER, Target, TargetError};
use crate::memory;
use crate::settings::UserSettings;

/// Where a new org goes.
#[derive(Clone, Debug)]
pub struct Where {
    /// The folder of its file.
    pub folder: PathBuf,
    /// The folder as people see it.
    pub shown: String,
    /// The folder of the project file that is made where none governs the folder.
    pub home: PathBuf,
}

impl Where {
    /// Below the folder that a person is in: with the org files that are there, else in a folder of their own.
    pub fn below(root: &Path) -> Self {
        let own = root.join(DEFAULT_FOLDER);
        let is_org = |path: &PathBuf| org_project::kind_of(path) == Some(org_ide::FileKind::Org);
        let are_here = !org_files::is_folder(&own) && org_files::entries(root).iter().any(is_org);
        let (folder, shown) = if are_here { (root.to_owned(), ".") } else { (own, DEFAULT_FOLDER) };
        Self { folder, shown: shown.to_owned(), home: root.to_owned() }
    }
}

/// What is there: on the disk, and for the steps.
#[derive(Debug)]
pub struct Surroundings {
    /// The folder, the project and the `.env` file.
    pub target: Target,
    /// What the steps need of it.
    pub scene: Scene,
}

impl Surroundings {
    /// Looks at the disk and asks whether there is a keyring; both may wait.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub fn look(
        place: &Where,
        workspace: &[PathBuf],
        user: &UserSettings,
    ) -> Result<Self, TargetError> {
        let mut target =
            Target::look_around(&place.folder, &place.home, place.shown.clone(), workspace)?;
        let scene = Scene {
            folder: place.shown.clone(),
            existing: std::mem::take(&mut target.existing),
            allowed: user.allowed.clone(),
            newest_version: user.newest_version,
            has_keyring: has_keyring(),
            last_place: memory::new_org_place(target.project_folder())
                .and_then(|id| Place::of_id(&id)),
        };
        Ok(Self { target, scene })
    }
}

#[cfg(feature = "keyring")]
fn has_keyring() -> bool {
    crate::logins::keyring_entries::is_there()
}

#[cfg(not(feature = "keyring"))]
fn has_keyring() -> bool {
    false
}
