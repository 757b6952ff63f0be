//! How much an archive says that it holds, before all of that is read.

use std::io::{Read, Seek, SeekFrom};

use super::{JitterpakError, MAX_ARCHIVE_BYTES, MAX_MEMBERS};

/// The record at the end of an archive begins like this; its number of members follows 10 bytes later.
const END_RECORD: &[u8] = b"PK\x05\x06";
/// How long that record is without its comment, and how long a comment may be.
const END_RECORD_BYTES: u64 = 22;
const MAX_COMMENT_BYTES: u64 = 65_535;

/// Refuses what is no archive, and one whose list of members would take too much memory.
pub(super) fn check(archive: &mut (impl Read + Seek)) -> Result<(), JitterpakError> {
    let cannot_read = |error: std::io::Error| JitterpakError::Io(error.kind());
    let length = archive.seek(SeekFrom::End(0)).map_err(cannot_read)?;
    if length > MAX_ARCHIVE_BYTES {
        return Err(JitterpakError::ArchiveTooLarge);
    }
    archive.rewind().map_err(cannot_read)?;
    let mut magic = Vec::new();
    archive.by_ref().take(4).read_to_end(&mut magic).map_err(cannot_read)?;
    let begins_as_archive = magic == b"PK\x03\x04";
    let tail = length.min(END_RECORD_BYTES + MAX_COMMENT_BYTES);
    archive.seek(SeekFrom::Start(length - tail)).map_err(cannot_read)?;
    let mut end = Vec::new();
    archive.by_ref().take(tail).read_to_end(&mut end).map_err(cannot_read)?;
    let records: Vec<usize> = end
        .windows(END_RECORD_BYTES as usize)
        .enumerate()
        .filter(|(_, window)| window.starts_with(END_RECORD))
        .map(|(_, window)| usize::from(u16::from_le_bytes([window[10], window[11]])))
        .collect();
    match records.iter().max() {
        None if begins_as_archive => Err(JitterpakError::EndsEarly),
        None => Err(JitterpakError::NotAnArchive),
        Some(count) if *count > MAX_MEMBERS => Err(JitterpakError::TooManyMembers),
        Some(_) => archive.rewind().map_err(cannot_read),
    }
}
