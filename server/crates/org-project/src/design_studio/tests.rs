use std::fs::{create_dir_all, write};

use super::*;

const ORG: &str =
    "<Entity type='SalesforceConnector'><Header ID='c1' Name='jobs@initech.example.com'/></Entity>";

#[test]
fn a_folder_is_a_project_by_its_root_element_and_its_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let place = DesignStudioPlace::Folder(root.to_owned());
    let read = || place.read(Links::Within(root));
    write(root.join("project.xml"), "<Project name='Initech payroll'/>").expect("a file");
    assert!(matches!(read(), Err(DesignStudioError::NoProject)));
    create_dir_all(root.join("Data/SalesforceConnector")).expect("folders");
    write(root.join("Data/SalesforceConnector/c1.xml"), ORG).expect("a file");
    write(root.join("Data/SalesforceConnector/notes.txt"), "x").expect("a file");
    let found = read().expect("a project");
    assert_eq!(found.project.orgs.len(), 1);
    assert_eq!(found.root, crate::id_of_path(root));
    write(root.join("project.xml"), "<project name='ant'/>").expect("a file");
    assert!(matches!(read(), Err(DesignStudioError::NoProject)));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("p");
    create_dir_all(root.join("Data/SalesforceConnector")).expect("folders");
    write(root.join("project.xml"), "<Project name='P'/>").expect("a file");
    write(folder.path().join("out.xml"), ORG).expect("a file");
    let link = root.join("Data/SalesforceConnector/c1.xml");
    std::os::unix::fs::symlink("../../../out.xml", link).expect("a link");
    let found =
        DesignStudioPlace::Folder(root.clone()).read(Links::Within(&root)).expect("a project");
    assert!(found.project.orgs.is_empty());
    assert_eq!(found.problems.len(), 1);
    assert_eq!(found.project.org_files.unread().collect::<Vec<_>>(), ["c1"]);
}

#[test]
fn places_are_told_by_name() {
    let place = |path: &str| DesignStudioPlace::of_file(Path::new(path));
    assert_eq!(place("/w/p/project.xml"), Some(DesignStudioPlace::Folder("/w/p".into())));
    assert_eq!(place("/w/a.jpk"), Some(DesignStudioPlace::Jitterpak("/w/a.jpk".into())));
    assert_eq!(place("/w/A.JPK"), Some(DesignStudioPlace::Jitterpak("/w/A.JPK".into())));
    assert_eq!(place("/w/.jpk"), None);
    assert_eq!(place("/w/pom.xml"), None);
}

#[test]
fn a_path_tells_what_a_file_would_be() {
    use org_sources::design_studio::ProjectFile::{Environment, Operation, Org, ProjectXml};
    for (id, expected) in [
        ("/w/x/project.xml", Some(("/w/x", ProjectXml))),
        ("/w/x/environment.properties", Some(("/w/x", Environment))),
        ("/w/x/Data/SalesforceConnector/g.xml", Some(("/w/x", Org))),
        ("/w/o.jpk!/Data/Operation/g.xml", Some(("/w/o.jpk!", Operation))),
        ("/w/x/Data/Script/g.xml", None),
        ("/w/x/Data/SalesforceConnector", None),
        ("/w/x/a/Data/Operation/b/c.xml", None),
        ("project.xml", None),
        ("untitled:project.xml", None),
    ] {
        assert_eq!(super::design_studio_file(id), expected, "{id}");
    }
}
