//! Version numbers of Jitterbit's products.

use std::cmp::Ordering;
use std::fmt;

/// Most numbers in a version.
const MAX_PARTS: usize = 4;

/// The version of an agent or a Design Studio: one to four numbers with dots between them. Compares
/// part by part as numbers, so 12.10 is newer than 12.9 and 11.59 equals 11.59.0. Displays as it was
/// written.
#[derive(Debug, Clone)]
pub struct ProductVersion {
    written: String,
    parts: [u32; MAX_PARTS],
}

impl ProductVersion {
    /// Reads a version; `None` for anything but one to four decimal numbers with dots between.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = [0; MAX_PARTS];
        for (index, part) in text.split('.').enumerate() {
            let is_number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            if !is_number {
                return None;
            }
            *parts.get_mut(index)? = part.parse().ok()?;
        }
        Some(Self { written: text.to_owned(), parts })
    }

    /// The version of a release, written without needless zeros: `9.4.2`, `11.30`.
    pub(super) fn from_release([major, minor, patch]: [u32; 3]) -> Self {
        let written = match patch {
            0 => format!("{major}.{minor}"),
            _ => format!("{major}.{minor}.{patch}"),
        };
        Self { written, parts: [major, minor, patch, 0] }
    }

    /// The first three numbers. A fourth counts builds of one release.
    pub(super) fn release(&self) -> [u32; 3] {
        let [major, minor, patch, _build] = self.parts;
        [major, minor, patch]
    }

    /// The first number: 11 for 11.59.
    pub fn major(&self) -> u32 {
        self.parts[0]
    }

    /// The second number, 0 when it is not written: 59 for 11.59.
    pub fn minor(&self) -> u32 {
        self.parts[1]
    }
}

impl fmt::Display for ProductVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl PartialEq for ProductVersion {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Eq for ProductVersion {}

impl PartialOrd for ProductVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ProductVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts.cmp(&other.parts)
    }
}
