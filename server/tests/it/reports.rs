//! Reports of the command line: for people, for programs, for the log of a build.

use std::fs::File;
use std::process::Stdio;

use test_support::{CommandLine, Workspace, basic_org};

fn broken() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("orgs/bad.sforg.json", "{\n  \"name\": \"Bad\",\n}\n");
    workspace
}

#[test]
fn each_annotation_begins_with_its_place_and_rule() {
    let workspace = broken();
    let ran = CommandLine::new(&workspace, &["check", "--format", "github", "."]).run();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.lines().count() >= 3, "{ran:?}");
    for line in ran.out.lines() {
        let (properties, message) = line[2..].split_once("::").expect("a command");
        let property = |name: &str| {
            let start = properties.find(&format!("{name}=")).expect("a property") + name.len() + 1;
            properties[start..].split(',').next().unwrap_or_default().to_owned()
        };
        let place = format!("orgs/bad.sforg.json:{}:", property("line"));
        assert!(message.starts_with(&place), "{line}");
        assert!(message.contains(&format!(": {}: ", property("title"))), "{line}");
    }
    assert!(!ran.out.contains("stop-commands") && !ran.err.contains("stop-commands"));
}

#[test]
fn on_github_actions_text_is_no_command() {
    let workspace = broken();
    let run = |arguments: &[&str]| {
        CommandLine::new(&workspace, arguments).env("GITHUB_ACTIONS", "true").run()
    };
    let mut tokens = Vec::new();
    for arguments in [&["check", "."][..], &["fix", "--diff", "."], &["login", "."], &["explain"]] {
        let ran = run(arguments);
        for text in [&ran.out, &ran.err].into_iter().filter(|text| !text.is_empty()) {
            let lines: Vec<&str> = text.lines().collect();
            let token = lines[0].strip_prefix("::stop-commands::").expect("commands stop");
            assert!(token.len() >= 16, "{token}");
            assert_eq!(lines.last(), Some(&format!("::{token}::").as_str()), "{text}");
            tokens.push(token.to_owned());
        }
    }
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 4, "each run has its own");
    for format in ["json", "sarif", "github"] {
        let ran = run(&["check", "--format", format, "."]);
        assert!(!format!("{}{}", ran.out, ran.err).contains("stop-commands"), "{ran:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_be_written_is_an_error_of_one_line() {
    let workspace = broken();
    workspace.write("basic.sforg.json", basic_org("Basic", &[]));
    for arguments in [
        &["check", "."][..],
        &["check", "--format", "json", "."],
        &["check", "--format", "sarif", "."],
        &["check", "--format", "github", "."],
        &["fix", "--diff", "orgs"],
        &["convert", "--diff", "basic.sforg.json"],
        &["login", "--format", "json", "orgs"],
        &["explain"],
        &["explain", "comment"],
        &["schema", "org"],
        &["--help"],
        &["--version"],
    ] {
        let full = File::options().write(true).open("/dev/full").expect("a full device");
        let command = CommandLine::new(&workspace, arguments);
        let ran = command.writes_to(full.into(), Stdio::piped()).run();
        assert_eq!(ran.code, 2, "{arguments:?} {ran:?}");
        let lines: Vec<&str> = ran.err.lines().collect();
        assert!(
            matches!(lines[..], [line] if line.starts_with("sforg: standard output cannot be written (No space left")),
            "{arguments:?} {ran:?}"
        );
        // It is open, but only for reading.
        let unwritable = File::open("/dev/null").expect("a device");
        let command = CommandLine::new(&workspace, arguments);
        let ran = command.writes_to(unwritable.into(), Stdio::piped()).run();
        assert_eq!(ran.code, 2, "{arguments:?} {ran:?}");
    }
}

/// `std` opens `/dev/null` in place of what is closed, and that takes everything.
#[test]
#[cfg(unix)]
fn a_closed_output_is_told_from_one_that_is_thrown_away() {
    let workspace = broken();
    let run = |redirection: &str| {
        let script = format!("exec \"$0\" check --format sarif . {redirection}");
        let mut command = std::process::Command::new("sh");
        command.arg("-c").arg(script).arg(test_support::binary());
        command.current_dir(workspace.root()).env("HOME", workspace.root());
        command.output().expect("a shell")
    };
    let closed = run(">&-");
    assert_eq!(closed.status.code(), Some(2));
    let told = String::from_utf8_lossy(&closed.stderr).into_owned();
    assert!(told.starts_with("sforg: standard output cannot be written (it is closed)"), "{told}");
    for thrown_away in [">/dev/null", "<>/dev/null >&0"] {
        assert_eq!(run(thrown_away).status.code(), Some(1), "{thrown_away}");
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_has_gone_away_is_no_error() {
    let workspace = broken();
    for arguments in [&["check", "."][..], &["check", "--format", "sarif", "."], &["explain"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let command = CommandLine::new(&workspace, arguments);
        let ran = command.writes_to(writer.into(), Stdio::piped()).run();
        assert_ne!(ran.code, 2, "{arguments:?} {ran:?}");
        assert!(!ran.err.contains("standard output"), "{arguments:?} {ran:?}");
    }
}

#[test]
fn a_mistyped_name_is_told_what_was_meant() {
    let workspace = Workspace::new();
    for (arguments, meant) in [
        (&["explain", "trailing-coma"][..], "trailing-comma"),
        (&["explain", "Basic_auth_removd"], "basic-auth-removed"),
        (&["check", "--format", "sarf"], "sarif"),
        (&["check", "--deny", "warnin"], "warning"),
        (&["schema", "projekt"], "project"),
        (&["chek"], "check"),
    ] {
        let ran = CommandLine::new(&workspace, arguments).run();
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(meant), "{ran:?}");
        assert!(ran.err.lines().count() < 10, "{ran:?}");
    }
    let ran = CommandLine::new(&workspace, &["explain", "zzzzzzzz"]).run();
    assert!(ran.err.contains("sforg explain") && !ran.err.contains("did you mean"), "{ran:?}");
}

/// A secret at every place of files that are broken in every way: no text, message or diff has it.
#[test]
fn no_report_has_what_could_be_a_secret() {
    let whole =
        basic_org("Acme", &[("serverHost", "\"acme.my.salesforce.com\""), ("sandbox", "true")]);
    // Fixed, so that a failure can be looked at; a different one for each round.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % (limit.max(1) as u64)).unwrap_or(0)
    };
    for round in 0..12 {
        let workspace = Workspace::new();
        let mut secrets = Vec::new();
        for file in 0..16 {
            let secret = format!("S3c{}r3T{round}x{file}Zq", below(1_000_000));
            let mut text = whole.clone();
            // Something is missing, or is there twice.
            for _ in 0..below(3) {
                let at = below(text.len());
                match below(3) {
                    0 => drop(text.remove(at)),
                    1 => text.insert(at, ['"', '{', '}', ',', ':', '[', '/'][below(7)]),
                    _ => text.truncate(at.max(1)),
                }
            }
            let at = place_of_a_secret(&text, below(text.len()));
            text.insert_str(at, &format!("\n{}", shape(&secret, below(6))));
            let mut bytes = text.into_bytes();
            if file == 15 {
                bytes.push(0xff);
            }
            workspace.write(&format!("{file}.sforg.json"), bytes);
            secrets.push(secret);
        }
        for arguments in [
            &["check", "."][..],
            &["check", "--format", "json", "."],
            &["check", "--format", "sarif", "."],
            &["check", "--format", "github", "."],
            &["fix", "--diff", "."],
            &["convert", "--diff", "."],
            &["login", "."],
        ] {
            let ran = CommandLine::new(&workspace, arguments).run();
            for (file, secret) in secrets.iter().enumerate() {
                let shown = [&ran.out, &ran.err].into_iter().flat_map(|text| text.lines());
                let leak: Vec<_> = shown.filter(|line| line.contains(secret.as_str())).collect();
                let text = String::from_utf8_lossy(
                    &std::fs::read(workspace.path(&format!("{file}.sforg.json"))).expect("a file"),
                )
                .into_owned();
                assert!(leak.is_empty(), "{arguments:?}: {leak:#?}\n{text}");
            }
        }
    }
}

/// As written, in a comment, a text, a member, a list.
fn shape(secret: &str, shape: usize) -> String {
    match shape {
        0 => secret.to_owned(),
        1 => format!(" // {secret}\n"),
        2 => format!("/* {secret} */"),
        3 => format!(",\n\"{secret}\": 1,\n"),
        4 => format!(",\n\"passwrod\": \"{secret}\",\n"),
        _ => format!(",\n\"list\": [\"{secret}\", {{\"name\": \"{secret}\"}}],\n"),
    }
}

/// Not inside of what everybody may read: a name, a host, a user, the name of a variable.
fn place_of_a_secret(text: &str, from: usize) -> usize {
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    let public = ["\"name\"", "\"serverHost\"", "\"username\"", "\"password\"", "\"apiVersion\""];
    let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..line_end(from)];
    if public.iter().any(|name| line.contains(name) || line.contains(&name[1..name.len() - 1])) {
        line_end(from)
    } else {
        from
    }
}
