//! What a project of Design Studio shows to the rules.

use org_schema::jitterbit::ProductVersion;
use org_sources::design_studio::{Project, ProjectFile};
use org_syntax::Span;

use super::{OrgFacts, ProjectFacts};
use crate::document::{Document, FileKind};

impl ProjectFacts {
    /// A Design Studio project as it was read. `root` is what its paths are below: a folder, or `orders.jpk!`.
    /// No rule is off and none has another severity.
    pub fn of_design_studio(root: &str, project: &Project) -> Self {
        let id_of = |below: &str| {
            if root.is_empty() { below.to_owned() } else { format!("{root}/{below}") }
        };
        let mut facts = Self {
            file: Some(id_of(ProjectFile::PROJECT_XML)),
            is_design_studio: true,
            org_files: project.org_files.clone(),
            design_studio: version(project),
            ..Self::default()
        };
        for org in &project.orgs {
            let document = Document::new(FileKind::DesignStudioOrg, org.text.as_str());
            let mut of_org = OrgFacts::of(&document);
            if let Some(guid) = org.entity.guid() {
                of_org.used_by = project.usage.of_org(guid).to_vec();
            }
            facts.set_org(id_of(&org.path), of_org);
        }
        facts
    }
}

/// Its version, at the place where the project is named: the file that says it is not among those that
/// have findings.
fn version(project: &Project) -> Option<(ProductVersion, Span)> {
    let version = ProductVersion::parse(project.version.as_deref()?)?;
    let place = project.xml.name.as_ref().map(|name| name.span).or(project.xml.root);
    Some((version, place.unwrap_or_default()))
}
