//! `sforg convert --app`: external client apps as metadata to deploy.

use std::fs;

use test_support::{CommandLine, Ran, Workspace, basic_org, leak, oauth_org};

fn convert(workspace: &Workspace, more: &[&str]) -> Ran {
    let arguments = ["convert", "orgs", "--app", "apps", "--contact", "it@acme.example"];
    CommandLine::new(workspace, &arguments).args(more).run()
}

/// Two orgs of one name that need an app, and one that does not.
fn project() -> Workspace {
    let workspace = Workspace::new();
    let literal = basic_org("Acme UAT", &[]).replace("${env:ACME_PASSWORD}", "NOTREALpassword7");
    workspace.write("orgs/a.sforg.json", literal);
    let reference = basic_org("Acme UAT", &[]);
    let reference = reference.replace("integration@acme.example.com", "${env:ACME_USER}");
    workspace.write("orgs/b.sforg.json", reference);
    let oauth = oauth_org("Has one", "https://acme.my.salesforce.com", "3MVG9", "${env:X}");
    workspace.write("orgs/c.sforg.json", oauth);
    workspace
}

#[test]
fn each_org_on_basic_authentication_gets_an_app_and_stays_as_it_is() {
    let workspace = project();
    let before = workspace.read("orgs/a.sforg.json");
    let ran = convert(&workspace, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    for said in [
        "2 apps written to apps; no org file is changed",
        "without basic authentication: Has one",
        "sf project deploy start --source-dir",
        "Acme UAT: its user name is not written in the file",
    ] {
        assert!(ran.err.contains(said), "{said}: {ran:?}");
    }
    assert_eq!(workspace.read("orgs/a.sforg.json"), before);
    let policies = |app: &str| {
        workspace.read(&format!(
            "apps/{app}/extlClntAppOauthPolicies/{app}_oauthPlcy.ecaOauthPlcy-meta.xml"
        ))
    };
    let user =
        "<clientCredentialsFlowUser>integration@acme.example.com</clientCredentialsFlowUser>";
    assert!(policies("ACME_UAT_APP").contains(user));
    assert!(!policies("ACME_UAT_APP_2").contains("clientCredentialsFlowUser"));
    assert!(workspace.read("apps/.gitignore").contains("\nextlClntAppGlobalOauthSets/\n"));
    let project: serde_json::Value =
        serde_json::from_str(&workspace.read("apps/sfdx-project.json")).expect("JSON");
    assert_eq!(project["packageDirectories"][0]["path"], "ACME_UAT_APP");
    let readme = workspace.read("apps/README.md");
    assert!(
        readme.contains("| Acme UAT | `ACME_UAT_APP` | integration@acme.example.com |"),
        "{readme}"
    );
    assert!(readme.contains("could not be verified"), "{readme}");
    assert!(
        readme.contains("|\n\nEach has"),
        "what stands behind the table is no row of it: {readme}"
    );
    let mut files = 0;
    for app in ["ACME_UAT_APP", "ACME_UAT_APP_2"] {
        for folder in fs::read_dir(workspace.path("apps").join(app)).expect("folders").flatten() {
            for file in fs::read_dir(folder.path()).expect("files").flatten() {
                let text = fs::read_to_string(file.path()).expect("a text");
                assert_eq!(leak(&text, &["NOTREALpassword7", "ACME_PASSWORD"]), None, "{text}");
                files += 1;
            }
        }
    }
    assert_eq!(files, 8);
}

#[test]
fn a_second_run_overwrites_nothing_and_diff_writes_nothing() {
    let workspace = project();
    let shown = convert(&workspace, &["--diff"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.out.contains("+<ExternalClientApplication xmlns="), "{shown:?}");
    assert!(!workspace.path("apps").exists());
    assert_eq!(convert(&workspace, &[]).code, 0);
    let path = "apps/ACME_UAT_APP/externalClientApps/ACME_UAT_APP.eca-meta.xml";
    workspace.write(path, "mine");
    workspace.remove("apps/README.md");
    let again = convert(&workspace, &[]);
    assert_eq!(again.code, 2, "{again:?}");
    assert!(
        again.err.contains("no app is written: ") && again.err.contains("exists already"),
        "{again:?}"
    );
    assert_eq!(workspace.read(path), "mine");
    assert!(!workspace.path("apps/README.md").exists(), "nothing is left of the try");
}

#[test]
fn what_is_no_contact_or_has_no_org_is_told() {
    let workspace = project();
    let ran = CommandLine::new(&workspace, &["convert", "orgs", "--app", "apps"]).run();
    assert!(ran.code == 2 && ran.err.contains("--contact"), "{ran:?}");
    let arguments = ["convert", "orgs", "--app", "apps", "--contact", "nobody"];
    let ran = CommandLine::new(&workspace, &arguments).run();
    assert!(ran.code == 2 && ran.err.contains("not an email address"), "{ran:?}");
    let file = "orgs/c.sforg.json";
    let arguments = ["convert", file, "--app", "apps", "--contact", "it@acme.example"];
    let ran = CommandLine::new(&workspace, &arguments).run();
    assert!(ran.code == 2 && ran.err.contains("no org here uses basic authentication"), "{ran:?}");
    assert!(!workspace.path("apps").exists());
}
