//! A calendar date.

use std::fmt;

/// A day of the Gregorian calendar. Fields are ordered so that an earlier day compares as less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the length of the month.
    pub day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`, digits only. `None` for any other spelling and for a day that the
    /// calendar does not have, such as 2027-02-29.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !is_shaped {
            return None;
        }
        let year = text.get(0..4)?.parse().ok()?;
        let month = text.get(5..7)?.parse().ok()?;
        let day = text.get(8..10)?.parse().ok()?;
        (1..=days_in_month(year, month)).contains(&day).then_some(Self { year, month, day })
    }

    /// The number of days from this day to another one; negative when that is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.days_since_march() - self.days_since_march()
    }

    /// The days since 1 March of the year 0 of the Gregorian calendar. A year that begins in March
    /// has its leap day at its end, so the days before each of its months are the same in every year.
    fn days_since_march(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leap_days + (month * 153 + 2) / 5 + i64::from(self.day)
    }

    /// "Jun 2027".
    pub fn month_and_year(self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = usize::from(self.month).checked_sub(1).and_then(|index| MONTHS.get(index));
        format!("{} {}", month.copied().unwrap_or("?"), self.year)
    }
}

impl Date {
    /// `1 Jun 2027`
    pub fn in_words(self) -> String {
        format!("{} {} {}", self.day, self.month_in_words(), self.year)
    }

    /// `Jun`
    pub fn month_in_words(self) -> &'static str {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        MONTHS.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or("")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// 0 for a month that does not exist, so that no day fits into it.
fn days_in_month(year: u16, month: u8) -> u8 {
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_of_the_calendar() {
        for text in ["2027-06-01", "2026-12-31", "2028-02-29", "2000-02-29", "0001-01-01"] {
            let date = Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"));
            assert_eq!(date.to_string(), text);
        }
        assert_eq!(Date::parse("2027-06-01"), Some(Date { year: 2027, month: 6, day: 1 }));
    }

    #[test]
    fn refuses_everything_else() {
        let wrong = [
            "",
            "2027",
            "2027-6-1",
            "27-06-01",
            "2027/06/01",
            "2027-06-01 ",
            " 2027-06-01",
            "2027-00-10",
            "2027-13-01",
            "2027-06-00",
            "2027-06-31",
            "2027-02-29",
            "2100-02-29",
            "+027-06-01",
            "2027-06-1x",
            "2027-06-01T00:00",
            "2027-0é-1",
        ];
        for text in wrong {
            assert_eq!(Date::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn counts_days() {
        let days = |from: &str, to: &str| {
            Date::parse(from).zip(Date::parse(to)).map(|(from, to)| from.days_until(to))
        };
        for (from, to, count) in [
            ("2026-11-24", "2027-06-01", 189),
            ("2027-06-01", "2026-11-24", -189),
            ("2028-02-28", "2028-03-01", 2),
            ("2100-02-28", "2100-03-01", 1),
            ("2000-01-01", "2400-01-01", 146_097),
            ("2027-12-31", "2028-01-01", 1),
            ("2027-06-01", "2027-06-01", 0),
        ] {
            assert_eq!(days(from, to), Some(count), "{from} {to}");
        }
    }

    #[test]
    fn orders_by_year_then_month_then_day() {
        let days = ["2026-12-31", "2027-01-02", "2027-02-01", "2027-02-03", "2028-01-01"];
        let dates: Vec<_> = days.iter().filter_map(|text| Date::parse(text)).collect();
        assert_eq!(dates.len(), days.len());
        assert!(dates.is_sorted_by(|a, b| a < b));
    }
}
