//! The generator as a program.

use std::process::Command;

use scale_tests::{Manifest, Options, Project};

#[test]
fn the_generator_writes_what_it_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project = folder.path().join("project");
    let generate = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_generate-project"));
        let arguments = ["--orgs", "120", "--faults", "10", "--seed", "7"];
        command.arg(&project).args(arguments).output().expect("it starts")
    };
    let output = generate();
    assert!(output.status.success(), "{output:?}");
    let printed: Manifest = serde_json::from_slice(&output.stdout).expect("a manifest");
    let expected = Project::generate(Options { orgs: 120, faults_percent: 10, seed: 7 });
    assert_eq!(printed, expected.manifest);
    for (path, content) in &expected.files {
        assert_eq!(&std::fs::read(project.join(path)).expect("a file"), content, "{path}");
    }
    // It never writes among what is there.
    let again = generate();
    assert_eq!(again.status.code(), Some(2));
    let message = String::from_utf8_lossy(&again.stderr);
    assert!(message.contains("is not empty"), "{message}");
}
