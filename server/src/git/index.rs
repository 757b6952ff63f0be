//! Which files git tracks: its index, versions 2 to 4
//! (git's Documentation/gitformat-index).

/// What an index says about a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Whether the file is in it, in whatever stage of a merge; or whether all of a folder is in it
    /// by one entry, in which the file may be.
    pub(super) is_tracked: bool,
    /// The other index, by its checksum, that this one only has the differences from.
    pub(super) shared: Option<String>,
}

/// Bytes of a checksum: SHA-1's, or SHA-256's in the repositories that use it.
const CHECKSUMS: [usize; 2] = [20, 32];

/// Looks for a path, parts separated by `/`. Letter case does not count: on some systems it is one
/// file. `None` when this is no index that is known, and so nothing can be told.
pub(super) fn look_up(bytes: &[u8], path: &[u8]) -> Option<Found> {
    // Which checksum it is stands in the repository's configuration. With the wrong one nothing
    // fits together.
    CHECKSUMS.into_iter().find_map(|checksum| Reader::new(bytes, checksum)?.look_up(path))
}

struct Reader<'a> {
    /// What is not read yet.
    rest: &'a [u8],
    version: u32,
    entries: u32,
    checksum: usize,
}

/// Created and changed, device, inode, mode, owner, size: before an entry's object name.
const STAT: usize = 40;

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], checksum: usize) -> Option<Self> {
        let end = bytes.len().checked_sub(checksum)?;
        let mut reader = Reader { rest: bytes.get(..end)?, version: 0, entries: 0, checksum };
        if reader.take(4)? != b"DIRC" {
            return None;
        }
        reader.version = reader.number()?;
        reader.entries = reader.number()?;
        (2..=4).contains(&reader.version).then_some(reader)
    }

    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }

    /// 32 bits, the most significant first.
    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    fn look_up(mut self, path: &[u8]) -> Option<Found> {
        let mut found = Found::default();
        let mut name: Vec<u8> = Vec::new();
        let mut before = (Vec::new(), 0);
        for _ in 0..self.entries {
            let stage = self.entry(&mut name)?;
            // They are sorted. Those that replace entries of a shared index have no name.
            if !name.is_empty() {
                let this = (name.clone(), stage);
                if this <= before {
                    return None;
                }
                before = this;
            }
            found.is_tracked |= covers(&name, path);
        }
        while !self.rest.is_empty() {
            let kind = self.take(4)?;
            let size = usize::try_from(self.number()?).ok()?;
            let content = self.take(size)?;
            if kind == b"link" {
                let id = content.get(..self.checksum)?;
                let is_there = id.iter().any(|byte| *byte != 0);
                let hex = id.iter().map(|byte| format!("{byte:02x}")).collect();
                found.shared = is_there.then_some(hex);
            }
        }
        Some(found)
    }

    /// Reads one entry; its name comes in the place of the one before. Returns the merge stage.
    fn entry(&mut self, name: &mut Vec<u8>) -> Option<u16> {
        let whole = self.rest;
        self.take(STAT + self.checksum)?;
        let flags = u16::from_be_bytes(self.take(2)?.try_into().ok()?);
        if flags & 0x4000 != 0 {
            if self.version < 3 {
                return None;
            }
            self.take(2)?;
        }
        if self.version == 4 {
            let kept = name.len().checked_sub(self.varint()?)?;
            name.truncate(kept);
        } else {
            name.clear();
        }
        let end = self.rest.iter().position(|byte| *byte == 0)?;
        name.extend_from_slice(self.take(end)?);
        let written = usize::from(flags & 0xfff);
        if written < 0xfff && written != name.len() {
            return None;
        }
        if self.version == 4 {
            self.take(1)?;
        } else {
            // One NUL at least, and as many as make a multiple of 8.
            let length = whole.len() - self.rest.len();
            let padding = self.take(8 - length % 8)?;
            if padding.iter().any(|byte| *byte != 0) {
                return None;
            }
        }
        Some((flags >> 12) & 3)
    }

    /// A number in git's form for offsets: 7 bits a byte, one more for each byte that follows.
    fn varint(&mut self) -> Option<usize> {
        let mut byte = *self.take(1)?.first()?;
        let mut value = usize::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = *self.take(1)?.first()?;
            value =
                value.checked_add(1)?.checked_mul(128)?.checked_add(usize::from(byte & 0x7f))?;
        }
        Some(value)
    }
}

/// Whether an entry is the file, or a folder (as sparse indexes have them) that holds it.
fn covers(entry: &[u8], path: &[u8]) -> bool {
    if entry.ends_with(b"/") {
        return path.get(..entry.len()).is_some_and(|start| start.eq_ignore_ascii_case(entry));
    }
    entry.eq_ignore_ascii_case(path)
}
