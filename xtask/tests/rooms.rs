//! The parts of the language server use each other in one direction: none sees the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which parts a part uses, each with a file that does.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The text without comments and without the tests at its end.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = text[..end].lines().map(|line| line.split("//").next().unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names behind a path: one, or those between braces.
fn names(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut depth, mut found, mut at_start) = (0, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if at_start && !c.is_whitespace() => {
                found.push(name(&list[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    found
}

/// The parts that a file at `module` (below `lsp`) names.
fn used(text: &str, module: &[&str]) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in text.match_indices("crate::lsp::") {
        used.extend(names(&text[at + "crate::lsp::".len()..]));
    }
    for (at, _) in text.match_indices("super::") {
        let is_first = !text[..at].ends_with("super::");
        let mut rest = &text[at..];
        let mut steps = 0;
        while let Some(behind) = rest.strip_prefix("super::") {
            (rest, steps) = (behind, steps + 1);
        }
        if is_first && steps == module.len() {
            used.extend(names(rest));
        }
    }
    used
}

fn uses() -> Uses {
    let lsp = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src/lsp");
    let mut files = Vec::new();
    rust_files(&lsp, &mut files);
    assert!(files.len() > 50, "{files:?}");
    let parts: BTreeSet<String> = fs::read_dir(&lsp)
        .expect("a folder")
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    let mut uses = Uses::new();
    for file in files {
        let below = file.strip_prefix(&lsp).expect("below").with_extension("");
        let shown = below.to_string_lossy().replace('\\', "/");
        let module: Vec<&str> = shown.split('/').collect();
        if *module.last().expect("a name") == "tests" {
            continue;
        }
        let text = code(&fs::read_to_string(&file).expect("a source file"));
        for part in used(&text, &module) {
            if part != module[0] && parts.contains(&part) {
                uses.entry(module[0].to_owned()).or_default().insert(part, shown.clone());
            }
        }
    }
    uses
}

/// A way from a part back to itself.
fn circle(uses: &Uses) -> Option<String> {
    fn back(uses: &Uses, path: &mut Vec<String>) -> bool {
        let at = path.last().expect("a start").clone();
        uses.get(&at).into_iter().flat_map(BTreeMap::keys).any(|next| {
            let is_back = *next == path[0];
            if !is_back && path.contains(next) {
                return false;
            }
            path.push(next.clone());
            is_back || back(uses, path) || path.pop().is_none()
        })
    }
    uses.keys().find_map(|part| {
        let mut path = vec![part.clone()];
        let step = |pair: &[String]| {
            format!("{} uses {} ({})", pair[0], pair[1], uses[&pair[0]][&pair[1]])
        };
        back(uses, &mut path).then(|| path.windows(2).map(step).collect::<Vec<_>>().join(", "))
    })
}

#[test]
fn the_parts_of_the_server_make_no_circle() {
    let uses = uses();
    assert!(uses["handlers"].contains_key("files"), "{uses:?}");
    assert_eq!(circle(&uses), None);
    // These know nothing of requests.
    for part in ["files", "diagnostics", "session", "convert", "transport"] {
        let upward: Vec<_> = ["handlers", "server", "refactor", "logins"]
            .into_iter()
            .filter(|above| uses.get(part).is_some_and(|uses| uses.contains_key(*above)))
            .collect();
        assert_eq!(upward, [""; 0], "{part}");
    }
}

#[test]
fn a_circle_is_found() {
    let uses = |pairs: &[(&str, &str)]| {
        let mut uses = Uses::new();
        for (from, to) in pairs {
            let to = ((*to).to_owned(), format!("{from}/x"));
            uses.entry((*from).to_owned()).or_default().extend([to]);
        }
        uses
    };
    assert_eq!(circle(&uses(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    assert_eq!(
        circle(&uses(&[("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")])).as_deref(),
        Some("a uses b (a/x), b uses c (b/x), c uses a (c/x)")
    );
    let text = "use crate::lsp::{a::{b, c}, d};\nuse super::super::e::f;\nuse super::g;";
    let expected: BTreeSet<String> = ["a", "d", "e"].map(str::to_owned).into();
    assert_eq!(used(text, &["room", "file"]), expected);
}
