use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

const PROJECT: &str = "<Project name='Initech payroll'/>";
const ORG: &str =
    "<Entity type='SalesforceConnector'><Header ID='c1' Name='jobs@initech.example.com'/></Entity>";

fn pack(members: &[(&str, &[u8])]) -> Vec<u8> {
    pack_with(members, SimpleFileOptions::default())
}

fn pack_with(members: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in members {
        writer.start_file(*path, options).expect("a member");
        writer.write_all(bytes).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

fn read_bytes(bytes: &[u8]) -> Result<Jitterpak, JitterpakError> {
    read(Cursor::new(bytes))
}

fn good() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("project.xml", PROJECT.as_bytes()),
        ("Data/SalesforceConnector/c1.xml", ORG.as_bytes()),
        ("files/big.bin", &[7; 1000]),
    ]
}

#[test]
fn the_project_is_at_the_top_or_in_a_folder() {
    let pak = read_bytes(&pack(&good())).expect("a Jitterpak");
    assert_eq!((pak.root.as_str(), pak.project.orgs.len()), ("", 1));
    let in_folder: Vec<_> = good()
        .into_iter()
        .map(|(path, bytes)| (format!("Initech payroll/{path}"), bytes))
        .collect();
    let in_folder: Vec<_> = in_folder.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    let pak = read_bytes(&pack(&in_folder)).expect("a Jitterpak");
    assert_eq!((pak.root.as_str(), pak.project.orgs.len()), ("Initech payroll/", 1));
    let windows: Vec<_> =
        in_folder.iter().map(|(path, bytes)| (path.replace('/', "\\"), *bytes)).collect();
    let windows: Vec<_> = windows.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    assert_eq!(read_bytes(&pack(&windows)).map(|pak| pak.project.orgs.len()).ok(), Some(1));
}

#[test]
fn what_is_no_jitterpak_is_refused_in_words() {
    let error = |bytes: &[u8]| read_bytes(bytes).expect_err("refused");
    assert_eq!(error(b""), JitterpakError::NotAnArchive);
    assert_eq!(error(b"<Project/>"), JitterpakError::NotAnArchive);
    let whole = pack(&good());
    assert_eq!(error(&whole[..whole.len() / 2]), JitterpakError::EndsEarly);
    assert_eq!(error(&pack(&[("a.txt", b"")])), JitterpakError::NoProject);
    assert_eq!(error(&pack(&[("project.xml", PROJECT.as_bytes())])), JitterpakError::NoProject);
    let maven = [("project.xml", &b"<beans/>"[..]), ("Data/x", b"")];
    assert_eq!(error(&pack(&maven)), JitterpakError::NoProject);
}

#[test]
fn two_projects_are_refused() {
    let two = [
        ("a/project.xml", PROJECT.as_bytes()),
        ("a/Data/x", b""),
        ("b/project.xml", b""),
        ("b/Data/x", b""),
    ];
    let expected = JitterpakError::SeveralProjects("a".to_owned(), "b".to_owned());
    assert_eq!(read_bytes(&pack(&two)).expect_err("refused"), expected);
}

#[test]
fn paths_that_lead_out_are_refused() {
    for path in ["../x", "Data/../../x", "/etc/passwd", "C:/x", "Data\\..\\x", "C:x"] {
        let mut members = good();
        members.push((path, b"x"));
        let error = read_bytes(&pack(&members)).expect_err(path);
        assert!(matches!(error, JitterpakError::UnsafePath(_)), "{path}: {error}");
    }
    let mut writer = ZipWriter::new(Cursor::new(pack(&good())));
    writer =
        ZipWriter::new_append(writer.finish().map(|_| Cursor::new(pack(&good()))).expect("one"))
            .expect("append");
    writer.add_symlink("Data/link", "/etc", SimpleFileOptions::default()).expect("a link");
    let bytes = writer.finish().expect("an archive").into_inner();
    assert!(matches!(read_bytes(&bytes), Err(JitterpakError::UnsafePath(_))));
}

#[test]
fn bombs_are_refused_and_what_does_not_matter_is_not_unpacked() {
    let zeros = vec![b' '; 4 * 1024 * 1024];
    let bomb = [("project.xml", PROJECT.as_bytes()), ("Data/Operation/o.xml", zeros.as_slice())];
    let error = read_bytes(&pack(&bomb)).expect_err("a bomb");
    assert_eq!(error, JitterpakError::TooLarge("Data/Operation/o.xml".to_owned()));
    let mut members = good();
    members.push(("files/zeros.bin", &zeros));
    assert!(read_bytes(&pack(&members)).is_ok());
}

#[test]
fn a_damaged_member_is_refused_when_it_matters() {
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let damaged = |inside: &[u8]| {
        let mut bytes = pack_with(&good(), stored);
        let at = bytes.windows(inside.len()).position(|it| it == inside).expect("there");
        bytes[at] ^= 1;
        read_bytes(&bytes)
    };
    let path = "Data/SalesforceConnector/c1.xml".to_owned();
    assert_eq!(damaged(ORG.as_bytes()).expect_err("damaged"), JitterpakError::Damaged(path));
    assert!(damaged(&[7; 1000]).is_ok());
}

#[test]
fn an_encrypted_member_is_told() {
    // The flag of the local header (byte 6) and of the central one (byte 8).
    let mut bytes = pack(&good());
    for (signature, flag) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|it| it == signature).expect("a header");
        bytes[at + flag] |= 1;
    }
    assert_eq!(
        read_bytes(&bytes).expect_err("refused"),
        JitterpakError::Encrypted("project.xml".to_owned())
    );
}

#[test]
fn too_many_members_are_not_listed() {
    let mut bytes = pack(&good());
    let end = bytes.len() - 22;
    bytes[end + 10..end + 12].copy_from_slice(&u16::MAX.to_le_bytes());
    assert_eq!(read_bytes(&bytes).expect_err("refused"), JitterpakError::TooManyMembers);
}
