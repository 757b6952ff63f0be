//! What happens in the tests.

use super::random::Random;

/// Files, by their paths below the folder. `w1/l` leads to `w1/p`.
pub const FILES: [&str; 15] = [
    "w1/a.sforg.json",
    "w1/b.sforg.json",
    "w1/p/d.sforg.json",
    "w1/l/d.sforg.json",
    "w1/sforg-project.json",
    "w1/p/sforg-project.json",
    "w1/node_modules/n.sforg.json",
    "w2/c.sforg.json",
    "out/x.sforg.json",
    "out/sforg-project.json",
    "w1/ds/project.xml",
    "w1/ds/Data/SalesforceConnector/g.xml",
    "w1/ds/Data/SalesforceConnector/h.xml",
    "w1/ds/Data/SalesforceQuery/q.xml",
    "w1/ds/Data/Operation/o.xml",
];
pub const TEXTS: [&str; 6] = [
    r#"{"name": "A", "auth": {"type": "basic", "username": "u@a.example", "password": "x"}}"#,
    r#"{"name": "A", "apiVersion": "61.0", "auth": {"type": "basic", "username": "v@a.example"}}"#,
    r#"  {"name": "B", "auth": {"type": "basic", "username": "u@a.example"}}"#,
    r#"{"name": "B""#,
    r#"{"name": "A", "auth": {"type": "basic", "password": "${env:SFORG_NOWHERE}"}}"#,
    r#"{"name": "A", "sandbox": true, "designStudioOrg": "g", "auth": {"type": "basic"}}"#,
];
pub const PROJECTS: [&str; 5] = [
    r#"{"apiVersion": "64.0"}"#,
    r#"{"apiVersion": "66.0", "rules": {"duplicate-connection": "warning"}}"#,
    "{",
    r#"{"apiVersion": "64.0", "designStudioProject": "ds"}"#,
    r#"{"apiVersion": "64.0", "designStudioProject": "w1/ds", "rules": {"basic-auth-removed": "off"}}"#,
];
/// Orgs of Design Studio: one that breaks, one that does not, one that is deleted, one that is cut off.
pub const DESIGN_STUDIO_ORGS: [&str; 4] = [
    "<Entity type='SalesforceConnector'><Header ID='g' Name='u@a.example'/><Properties>\
     <Item key='api_version' value='65.0'/><Item key='sandbox' value='0'/>\
     <Item enc='true' key='password' value='x'/></Properties></Entity>",
    "<Entity type='SalesforceConnector'><Header ID='h' Name='[user]'/><Properties>\
     <Item key='api_version' value='61.0'/><Item key='sandbox' value='1'/>\
     <Item enc='true' key='password' value='x'/></Properties></Entity>",
    "<Entity type='SalesforceConnector'><Header ID='g' Name='u@a.example' Deleted='true'/></Entity>",
    "<Entity type='SalesforceConnector'><Header ID='g' Name='u@a.example'/><Prop",
];
/// `project.xml`; the last one is another program's.
pub const DESIGN_STUDIO_PROJECTS: [&str; 4] = [
    "<Project name='Orders'/>",
    "<?xml version='1.0'?>\n\n<Project name='Payroll'>",
    "<Project",
    "<project name='ant'/>",
];
pub const WIZARD_RESULTS: [&str; 2] = [
    "<Entity type='SalesforceQuery'><Header ID='q'/><Properties><Item key='connector_id' value='g'/></Properties></Entity>",
    "<Entity type='SalesforceQuery'><Header ID='q'/><Properties><Item key='connector_id' value='h'/></Properties></Entity>",
];
pub const OPERATIONS: [&str; 2] = [
    "<Entity type='Operation'><Header ID='o' Name='O'/><Properties>\
     <Item key='salesforce_wizard_guid' value='q'/></Properties></Entity>",
    "<Entity type='Operation'><Header ID='o' Name='O' Deleted='true'/></Entity>",
];

/// What may be in a file.
pub fn texts_of(file: &str) -> &'static [&'static str] {
    match file {
        _ if file.ends_with("sforg-project.json") => &PROJECTS,
        _ if file.ends_with("project.xml") => &DESIGN_STUDIO_PROJECTS,
        _ if file.contains("/SalesforceConnector/") => &DESIGN_STUDIO_ORGS,
        _ if file.contains("/SalesforceQuery/") => &WIZARD_RESULTS,
        _ if file.contains("/Operation/") => &OPERATIONS,
        _ => &TEXTS,
    }
}

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Event {
    Write(&'static str, &'static str),
    Delete(&'static str),
    DeleteFolder(&'static str),
    Open(&'static str, &'static str),
    Change(&'static str, &'static str),
    Close(&'static str),
    Save(&'static str, &'static str),
    Rename(&'static str, &'static str),
    /// The workspace has these folders.
    Folders(&'static [&'static str]),
    /// The client tells what has happened on the disk.
    Tell,
    /// The client tells of something that has not changed.
    TellOf(&'static str),
    /// Somebody waits for all files below a folder.
    Want(&'static str),
    Walk,
    /// A Design Studio project is read.
    Read,
    Newest(bool),
    Environment(&'static str),
    /// The worker panics, this many places later.
    Panic(usize),
}
use Event::*;

/// Small scripts that are tried in every order.
pub const SCRIPTS: [&[Event]; 8] = [
    &[Write(FILES[0], TEXTS[0]), Write(FILES[1], TEXTS[0]), Want("w1"), Walk],
    &[Open(FILES[3], TEXTS[0]), Close(FILES[3]), Write(FILES[2], TEXTS[0]), Want("w1")],
    &[Open(FILES[4], PROJECTS[0]), Folders(&["w2"]), Walk, Panic(1)],
    &[Open(FILES[8], TEXTS[0]), Close(FILES[8]), Write(FILES[9], PROJECTS[0]), Tell],
    &[Write(FILES[0], TEXTS[2]), Write(FILES[7], TEXTS[0]), Tell, Panic(2)],
    &[Rename("w1/p", "w1/q"), Delete("w1/q/d.sforg.json"), Tell, Open(FILES[2], TEXTS[1])],
    &[Write(FILES[4], PROJECTS[3]), Write(FILES[0], TEXTS[5]), Tell, Read],
    &[Open(DRIFTING, DESIGN_STUDIO_ORGS[1]), Read, Delete(FILES[10]), Tell],
];

/// A part of a story.
#[derive(Debug)]
pub enum Step {
    Do(Event),
    /// The worker does so many rounds.
    Rounds(usize),
    /// Everything is told and done.
    Settle,
}
use Step::*;

const TWO_OF_A_NAME: &str = FILES[1];
const LINKED: &str = FILES[3];
const ABOVE: &str = FILES[4];
const BEHIND_THE_LINK: &str = FILES[5];
const DRIFTING: &str = FILES[11];
const OPERATION: &str = FILES[14];

/// What was lost once, or would be without one line; each begins at rest, with all files.
pub const STORIES: [&[Step]; 19] = [
    &[Do(Delete(FILES[0])), Do(Tell)],
    // One that shares a name gets another, and what that means for others is not lost in a panic.
    &[Do(Write(FILES[0], TEXTS[2])), Do(Tell), Do(Panic(3))],
    // Nor are the files of a folder that went, …
    &[Do(Write(FILES[0], TEXTS[1])), Do(DeleteFolder("w1/p")), Do(Tell), Do(Panic(3))],
    &[Do(Write(FILES[0], TEXTS[1])), Do(DeleteFolder("w1/p")), Do(Tell), Do(Panic(0))],
    &[Do(DeleteFolder("w1/p")), Do(Tell)],
    // … nor that the workspace has other folders.
    &[Do(Folders(&["w2"])), Do(Panic(0))],
    &[Do(Folders(&["w2"]))],
    // What is known by a link's path changes by its own, also when a round panics.
    &[Do(Open(LINKED, TEXTS[0])), Settle, Do(Write(BEHIND_THE_LINK, PROJECTS[1])), Do(Tell)],
    &[
        Do(Open(LINKED, TEXTS[0])),
        Settle,
        Do(Write(BEHIND_THE_LINK, PROJECTS[1])),
        Do(Tell),
        Do(Panic(0)),
    ],
    // A file that others lead to is away for a moment.
    &[
        Do(Rename(FILES[0], "w1/away")),
        Do(TellOf(TWO_OF_A_NAME)),
        Rounds(2),
        Do(Rename("w1/away", FILES[0])),
        Do(Tell),
    ],
    &[Do(Write(FILES[0], TEXTS[4])), Do(Tell), Settle, Do(Environment("SFORG_NOWHERE=1\n"))],
    &[Do(Write(ABOVE, PROJECTS[1])), Do(Tell), Settle, Do(Newest(true))],
    // What Design Studio has is another thing than the org file says, also before it is saved, …
    &[
        Do(Write(ABOVE, PROJECTS[3])),
        Do(Write(FILES[0], TEXTS[5])),
        Do(Tell),
        Settle,
        Do(Open(DRIFTING, DESIGN_STUDIO_ORGS[1])),
        Settle,
        Do(Change(DRIFTING, DESIGN_STUDIO_ORGS[2])),
        Settle,
        Do(Close(DRIFTING)),
    ],
    // … its rules are those of the project file around, …
    &[Do(Write(ABOVE, PROJECTS[4])), Do(Tell), Settle, Do(Write(ABOVE, PROJECTS[3])), Do(Tell)],
    // … who uses it changes, …
    &[Settle, Do(Write(OPERATION, OPERATIONS[1])), Do(Tell)],
    &[Settle, Do(Write(FILES[13], WIZARD_RESULTS[1])), Do(Tell), Do(Panic(1))],
    // … it goes, and comes back, …
    &[Do(Write(ABOVE, PROJECTS[3])), Do(Tell), Settle, Do(DeleteFolder("w1/ds")), Do(Tell)],
    &[Do(Rename("w1/ds", "w1/q")), Do(Tell), Settle, Do(Rename("w1/q", "w1/ds")), Do(Tell)],
    // … and is another program's.
    &[
        Do(Open(FILES[10], DESIGN_STUDIO_PROJECTS[1])),
        Settle,
        Do(Save(FILES[10], DESIGN_STUDIO_PROJECTS[3])),
        Do(Tell),
    ],
];

/// Any event, mostly about one of these files.
pub fn event(random: &mut Random, files: &[&'static str]) -> Event {
    let file = random.one_of(files);
    let text = random.one_of(texts_of(file));
    match random.below(27) {
        0..=2 => Write(file, text),
        3 => Delete(file),
        4..=6 => Open(file, text),
        7..=9 => Change(file, text),
        10 | 11 => Close(file),
        12 => Save(file, text),
        13 => Rename("w1/p", "w1/q"),
        14 => Rename("w1/q", "w1/p"),
        15 if random.one_in(3) => {
            Folders(random.one_of(&[&["w1", "w2"], &["w1"], &["w2"], &["w2", "w1"]]))
        }
        15 => match random.below(4) {
            0 => DeleteFolder("w1/p"),
            _ => Delete(file),
        },
        16 | 17 => Tell,
        18 => TellOf(random.one_of(&["w1", "w1/p", "w1/l", FILES[0], FILES[2]])),
        19 => Want(random.one_of(&["w1", "w1/p", "out"])),
        20 | 21 => Walk,
        22 => match random.below(6) {
            0 => Newest(random.one_in(2)),
            1..=3 => Panic(random.below(8)),
            _ => Environment(random.one_of(&["", "SFORG_NOWHERE=1\n", "OTHER=1234\n"])),
        },
        23 => Panic(random.below(8)),
        24 | 25 => Read,
        _ => match random.below(4) {
            0 => Rename("w1/ds", "w1/q"),
            1 => Rename("w1/q", "w1/ds"),
            2 => DeleteFolder("w1/ds/Data"),
            _ => TellOf(random.one_of(&["w1/ds", "w1/ds/Data", OPERATION])),
        },
    }
}
