//! Files that nobody may look at: each would have findings.

/// Path and content.
pub(crate) static DECOYS: &[(&str, &str)] = &[
    // Ignore files are not honoured.
    (".gitignore", "*.sforg.json\nplatform/\n"),
    (".ignore", "*\n"),
    (".git/HEAD.sforg.json", "{"),
    ("node_modules/jitterbit/example.sforg.json", "{"),
    ("platform/node_modules/jitterbit/sforg-project.json", "{ \"apiVersion\": \"20.0\" }"),
    ("package.json", "{"),
    ("platform/notes.sforg.json.bak", "{"),
    ("platform/sforg.json", "{"),
    ("platform/.sforg.json", "{"),
    ("platform/SFORG-PROJECT.JSON.txt", "{"),
];
