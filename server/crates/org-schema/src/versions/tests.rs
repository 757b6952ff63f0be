use super::*;

fn version(number: u16) -> ApiVersion {
    ApiVersion::new(number)
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text} is a date"))
}

#[test]
fn table_is_ascending_and_without_a_gap() {
    let numbers: Vec<u16> = VERSIONS.iter().map(|row| row.version.number()).collect();
    assert_eq!(numbers, (20..=68).collect::<Vec<u16>>());
    assert_eq!(VERSIONS.last().map(|row| row.version), Some(NEWEST));
}

#[test]
fn names_follow_the_sequence_of_releases() {
    let seasons = ["Winter", "Spring", "Summer"];
    for (index, row) in VERSIONS.iter().enumerate() {
        let expected = format!("{} '{}", seasons[index % 3], 11 + index / 3);
        assert_eq!(row.release, expected, "{}", row.version);
    }
}

#[test]
fn names_of_well_known_versions() {
    let known = [
        (20, Some("Winter '11")),
        (30, Some("Spring '14")),
        (41, Some("Winter '18")),
        (51, Some("Spring '21")),
        (61, Some("Summer '24")),
        (64, Some("Summer '25")),
        (65, Some("Winter '26")),
        (68, Some("Winter '27")),
        (0, None),
        (7, None),
        (19, None),
        (69, None),
        (999, None),
    ];
    for (number, name) in known {
        assert_eq!(release_name(version(number)), name, "{number}");
        assert_eq!(info(version(number)).map(|row| row.version.number()), name.map(|_| number));
    }
}

#[test]
fn support_by_version_and_day() {
    use Support::*;
    let (today, summer_27, last_day, summer_28) =
        (day("2026-11-20"), day("2027-06-01"), day("2028-05-31"), day("2028-06-01"));
    // version, in November 2026, from Summer '27, the day before Summer '28, from Summer '28
    let table = [
        (0, [Unknown; 4]),
        (6, [Unknown; 4]),
        (7, [Retired; 4]),
        (20, [Retired; 4]),
        (30, [Retired; 4]),
        (31, [Retiring, Retiring, Retiring, Retired]),
        (40, [Retiring, Retiring, Retiring, Retired]),
        (41, [Supported; 4]),
        (64, [Supported; 4]),
        (65, [Supported; 4]),
        (68, [Supported; 4]),
        (69, [Unknown; 4]),
        (999, [Unknown; 4]),
    ];
    for (number, expected) in table {
        let found = [today, summer_27, last_day, summer_28].map(|d| support(version(number), d));
        assert_eq!(found, expected, "{number}");
    }
}

#[test]
fn soap_login_by_version() {
    use SoapLogin::*;
    let table = [
        (7, Gone),
        (30, Gone),
        (31, UntilSummer27),
        (64, UntilSummer27),
        (65, NotAvailable),
        (68, NotAvailable),
        (70, NotAvailable),
    ];
    for (number, expected) in table {
        assert_eq!(soap_login(version(number)), expected, "{number}");
    }
}
