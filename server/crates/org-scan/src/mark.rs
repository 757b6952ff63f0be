//! What a place in a repository says about a login there: it may never run.

/// Why a login is no more than information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It stands in a test, or in what tests work with.
    Test,
    /// It stands in a comment.
    Comment,
    /// It stands in documentation, or in an example.
    Documentation,
}

const TEST_FOLDERS: [&str; 14] = [
    "test",
    "tests",
    "__tests__",
    "spec",
    "specs",
    "testdata",
    "fixtures",
    "__fixtures__",
    "mocks",
    "__mocks__",
    "e2e",
    "testing",
    "munit",
    "cassettes",
];
const DOCUMENTATION_FOLDERS: [&str; 9] = [
    "doc",
    "docs",
    "documentation",
    "example",
    "examples",
    "sample",
    "samples",
    "demo",
    "tutorial",
];
const DOCUMENTATION_ENDS: [&str; 4] = ["md", "markdown", "rst", "adoc"];
/// Beside the real file, for whoever makes one: `.env.example`.
const TEMPLATES: [&str; 5] = ["example", "sample", "template", "dist", "tpl"];

impl Mark {
    /// The mark in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Comment => "comment",
            Self::Documentation => "documentation",
        }
    }

    /// What a path below the folder that is scanned says, `/` between its parts.
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.to_ascii_lowercase();
        let mut parts: Vec<&str> = path.split('/').collect();
        let name = parts.pop().unwrap_or_default();
        let is_among = |folders: &[&str]| parts.iter().any(|part| folders.contains(part));
        let is_of_tests = |part: &&str| {
            // `integration-tests`, `src/integrationTest`, `load_tests`
            TEST_FOLDERS.contains(part)
                || ["test", "tests"].iter().any(|it| {
                    part.strip_suffix(it).is_some_and(|before| {
                        before.ends_with(['-', '_', '.']) || before == "integration"
                    })
                })
        };
        if parts.iter().any(is_of_tests) || is_test(name) {
            return Some(Self::Test);
        }
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_template = TEMPLATES.contains(&end)
            || TEMPLATES.iter().any(|it| stem.ends_with(&format!(".{it}")));
        let is_documentation = DOCUMENTATION_ENDS.contains(&end)
            || stem.starts_with("readme")
            || is_template
            || is_among(&DOCUMENTATION_FOLDERS);
        is_documentation.then_some(Self::Documentation)
    }
}

/// By the habits of the test runners: `test_a.py`, `a_test.go`, `a.spec.ts`, `ATest.java`.
fn is_test(name: &str) -> bool {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_class = matches!(end, "java" | "cs" | "php");
    stem.starts_with("test_")
        || ["_test", "_tests", "_spec", ".test", ".tests", ".spec"]
            .iter()
            .any(|it| stem.ends_with(it))
        || (is_class
            && (stem.ends_with("test") || stem.ends_with("tests") || stem.ends_with("testcase")))
        || name == "conftest.py"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_tests_and_documentation() {
        for (path, mark) in [
            ("src/main.py", None),
            ("src/latest/contest.py", None),
            ("src/test/java/A.java", Some(Mark::Test)),
            ("a_test.go", Some(Mark::Test)),
            ("src/LoginTest.java", Some(Mark::Test)),
            ("src/login.spec.ts", Some(Mark::Test)),
            ("tests/conftest.py", Some(Mark::Test)),
            ("integration-tests/all.hpl", Some(Mark::Test)),
            ("src/integrationTest/java/A.java", Some(Mark::Test)),
            ("contest/latest/A.java", None),
            ("README.md", Some(Mark::Documentation)),
            ("docs/login.py", Some(Mark::Documentation)),
            ("examples/a.js", Some(Mark::Documentation)),
            (".env.example", Some(Mark::Documentation)),
            (".env", None),
            ("", None),
        ] {
            assert_eq!(Mark::of_path(path), mark, "{path}");
        }
    }
}
