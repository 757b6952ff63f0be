//! A Salesforce API version.

use std::fmt;

/// A Salesforce API version such as `61.0`. Salesforce has never given out a minor number other
/// than 0, so only the number before the dot is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion(u16);

impl ApiVersion {
    /// The version `number.0`.
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number before the dot: 61 for `61.0`.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Reads the one spelling that Jitterbit and Salesforce write: digits without a leading zero,
    /// then `.0`. `None` for everything else (`61`, `v61.0`, `61.1`, ` 61.0`, `061.0`) and above
    /// `999.0`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_suffix(".0")?;
        let is_number = matches!(digits.len(), 1..=3) && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number || digits.starts_with('0') {
            return None;
        }
        digits.parse().ok().map(Self)
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.0", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_exactly_one_spelling() {
        for (text, number) in [("61.0", 61), ("7.0", 7), ("1.0", 1), ("999.0", 999)] {
            assert_eq!(ApiVersion::parse(text), Some(ApiVersion::new(number)), "{text}");
        }
        let wrong = [
            "", ".0", "0.0", "61", "61.", "61.1", "61.00", "061.0", "v61.0", " 61.0", "61.0 ",
            "+61.0", "-61.0", "6١.0", "1000.0", "65536.0", "61.0.0", "61,0", "6e1.0",
        ];
        for text in wrong {
            assert_eq!(ApiVersion::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for number in 1..=999 {
            let version = ApiVersion::new(number);
            assert_eq!(ApiVersion::parse(&version.to_string()), Some(version));
        }
    }

    #[test]
    fn compares_as_numbers() {
        assert!(ApiVersion::new(9) < ApiVersion::new(10));
        assert!(ApiVersion::new(100) > ApiVersion::new(68));
    }
}
