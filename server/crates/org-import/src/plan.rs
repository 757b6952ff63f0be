//! Which org files become of what was found.

mod define;

use std::collections::BTreeSet;

use org_ide::FileKind;

use crate::definition::Definition;
use crate::existing::{Existing, ExistingOrg, Mark, marks_of_found};
use crate::found::{FoundAuth, FoundOrg, FoundVersion, Source};
use crate::names;
pub use crate::project::PlannedProject;
use crate::todo::ToDo;
use define::{Definer, text_of};

/// What an import will do.
#[derive(Debug)]
pub struct Plan {
    /// The project file.
    pub project: PlannedProject,
    /// Every org of the sources, in their order.
    pub orgs: Vec<PlannedOrg>,
    /// What becomes no org file.
    pub left_out: Vec<LeftOut>,
}

/// A file that an import makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Which of the two formats it has.
    pub kind: FileKind,
    /// Its name in the folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Plan {
    /// The files to be made: the project file first.
    pub fn files(&self) -> Vec<NewFile> {
        let project = self.project.text().map(|text| NewFile {
            kind: FileKind::Project,
            name: FileKind::PROJECT_FILE_NAME.to_owned(),
            text,
        });
        let orgs = self.orgs.iter().filter_map(|org| match &org.standing {
            Standing::New { file_name, definition } => Some(NewFile {
                kind: FileKind::Org,
                name: file_name.clone(),
                text: definition.text(),
            }),
            Standing::There { .. } | Standing::Twice { .. } => None,
        });
        project.into_iter().chain(orgs).collect()
    }
}

/// Something of a source that becomes no org file.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The source, by its place among them.
    pub source: usize,
    /// What and why, in words. Foreign text may be in it.
    pub what: String,
}

/// One org of a source.
#[derive(Clone, Debug)]
pub struct PlannedOrg {
    /// The source, by its place among them.
    pub source: usize,
    /// The line where it begins in the source, from 1.
    pub line: Option<usize>,
    /// What the source calls it. Foreign text.
    pub called: String,
    /// What becomes of it.
    pub standing: Standing,
    /// What is left to do for it.
    pub todos: Vec<ToDo>,
}

/// What becomes of an org.
#[derive(Clone, Debug)]
pub enum Standing {
    /// A new file.
    New {
        /// Its name.
        file_name: String,
        /// What it will say.
        definition: Box<Definition>,
    },
    /// A file of the same org is there, and stays as it is.
    There {
        /// The file as people see it.
        file: String,
        /// What the source has otherwise.
        differences: Vec<Difference>,
    },
    /// It is the same org as an earlier one of the import.
    Twice {
        /// What the source calls that. Foreign text.
        other: String,
    },
}

/// A member of which the source has another value than the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The member.
    pub member: &'static str,
    /// What the file says.
    pub ours: String,
    /// What the source says.
    pub theirs: String,
}

impl PlannedOrg {
    /// What its file will say, when it gets one.
    pub fn definition(&self) -> Option<&Definition> {
        match &self.standing {
            Standing::New { definition, .. } => Some(definition),
            _ => None,
        }
    }

    /// As [`PlannedOrg::definition`], to put references into.
    pub fn definition_mut(&mut self) -> Option<&mut Definition> {
        match &mut self.standing {
            Standing::New { definition, .. } => Some(definition),
            _ => None,
        }
    }
}

/// Plans the import of sources into what is there already.
pub fn plan(sources: &[Source], existing: &Existing) -> Plan {
    let found = || {
        let numbered = sources.iter().enumerate();
        numbered.flat_map(|(number, source)| source.orgs.iter().map(move |org| (number, org)))
    };
    let mut seen = Seen::default();
    let standings: Vec<_> = found().map(|(_, org)| seen.place(org, existing)).collect();
    let new: Vec<&FoundOrg> = found()
        .zip(&standings)
        .filter(|(_, standing)| matches!(standing, Place::New))
        .map(|((_, org), _)| org)
        .collect();
    let project = PlannedProject::of(existing.project.as_ref(), &new, sources);
    let mut definer = Definer::new(existing, project.version());
    let orgs = found().zip(standings).map(|((source, org), place)| {
        let (standing, todos) = match place {
            Place::New => {
                let resolves = sources.get(source).is_some_and(|it| it.variables_resolve);
                let (definition, todos) = definer.define(org, resolves);
                let file_name = names::file_name(&definition.name, &definer.files);
                definer.files.insert(file_name.clone());
                (Standing::New { file_name, definition: Box::new(definition) }, todos)
            }
            Place::There(index) => there(org, existing, index),
            Place::Twice(other) => (Standing::Twice { other }, Vec::new()),
        };
        PlannedOrg { source, line: org.line, called: org.name.clone(), standing, todos }
    });
    let orgs = orgs.collect();
    let left_out = sources.iter().enumerate().flat_map(|(source, it)| {
        it.left_out.iter().map(move |what| LeftOut { source, what: what.clone() })
    });
    Plan { project, orgs, left_out: left_out.collect() }
}

enum Place {
    New,
    There(usize),
    Twice(String),
}

/// The orgs so far.
#[derive(Default)]
struct Seen {
    ids: Vec<(String, String)>,
    marks: std::collections::BTreeMap<Mark, String>,
}

impl Seen {
    fn place(&mut self, org: &FoundOrg, existing: &Existing) -> Place {
        let marks = marks_of_found(org, &names::org_name(&org.name, &BTreeSet::new()), text_of);
        let id = org.design_studio_org.as_deref();
        let is_it = |there: &ExistingOrg| there.is(id, &marks);
        // The same org in Design Studio counts before one that only looks the same.
        let same_id = |there: &ExistingOrg| there.design_studio_org.is_some() && is_it(there);
        let there = existing.orgs.iter().position(same_id);
        if let Some(there) = there.or_else(|| existing.orgs.iter().position(is_it)) {
            return Place::There(there);
        }
        let earlier = match id {
            Some(id) => {
                let same = self.ids.iter().find(|(other, _)| other.eq_ignore_ascii_case(id));
                same.map(|(_, name)| name.clone())
            }
            None => marks.iter().find_map(|mark| self.marks.get(mark).cloned()),
        };
        if let Some(other) = earlier {
            return Place::Twice(other);
        }
        self.ids.extend(id.map(|id| (id.to_owned(), org.name.clone())));
        self.marks.extend(marks.into_iter().map(|mark| (mark, org.name.clone())));
        Place::New
    }
}

/// A file of the org is there.
fn there(org: &FoundOrg, existing: &Existing, index: usize) -> (Standing, Vec<ToDo>) {
    let Some(file) = existing.orgs.get(index) else {
        return (Standing::Twice { other: String::new() }, Vec::new());
    };
    let mut todos = Vec::new();
    if let (Some(id), None) = (&org.design_studio_org, &file.design_studio_org) {
        todos.push(ToDo::Link { id: id.clone() });
    }
    let differences = differences(org, file, existing);
    (Standing::There { file: file.label.clone(), differences }, todos)
}

fn differences(org: &FoundOrg, file: &ExistingOrg, existing: &Existing) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut differ = |member, ours: Option<String>, theirs: Option<String>| {
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && ours != theirs
        {
            differences.push(Difference { member, ours, theirs });
        }
    };
    let is_basic = matches!(org.auth, FoundAuth::Basic { .. });
    let theirs = if is_basic { Some(org.server_host()) } else { org.host.my_domain() };
    // Whoever has gone over to the org's own host since has done what the source has to do yet.
    let goes_further =
        theirs.is_some_and(is_login_host) && !file.host.as_deref().is_some_and(is_login_host);
    if !goes_further {
        let member = if is_basic { "serverHost" } else { "instanceUrl" };
        differ(member, file.host.clone(), theirs.map(str::to_owned));
    }
    let says_sandbox = org.sandbox.is_some() || org.host.host().is_some();
    let theirs = says_sandbox.then(|| org.is_sandbox().to_string());
    differ("sandbox", file.sandbox.map(|it| it.to_string()), theirs);
    if let FoundVersion::Set(theirs) = org.version {
        let of_project = existing.project.as_ref().and_then(|project| project.api_version);
        let ours = file.own_version.or(of_project).map(|it| it.to_string());
        differ("apiVersion", ours, Some(theirs.to_string()));
    }
    differences
}

fn is_login_host(host: &str) -> bool {
    use org_schema::hosts::{PRODUCTION_LOGIN, SANDBOX_LOGIN};
    host == PRODUCTION_LOGIN || host == SANDBOX_LOGIN
}

#[cfg(test)]
mod tests;
