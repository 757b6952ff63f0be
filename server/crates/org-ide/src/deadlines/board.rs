//! The deadlines of many orgs, by date.

use std::collections::BTreeMap;

use org_schema::Date;

use super::{Deadline, Reason, When};

/// So many days are a year in "within a year".
const YEAR: i64 = 365;

/// What breaks when.
#[derive(Clone, Debug)]
pub struct Board<O> {
    /// The day from which it is seen.
    pub today: Date,
    /// What stops together for the same reason, soonest first. An org is in each group that concerns
    /// it.
    pub groups: Vec<Group<O>>,
    /// The orgs without a deadline.
    pub without_deadline: Vec<O>,
    /// The number of orgs in all.
    pub orgs: usize,
    /// The number of orgs for which something stops within a year, or has stopped.
    pub within_a_year: usize,
}

/// Orgs for which the same stops at the same time.
#[derive(Clone, Debug)]
pub struct Group<O> {
    /// From when on.
    pub when: When,
    /// Why.
    pub reason: Reason,
    /// The orgs, in the order in which they were given.
    pub entries: Vec<Entry<O>>,
}

/// One org of a group.
#[derive(Clone, Debug)]
pub struct Entry<O> {
    /// The org, as the caller knows it.
    pub org: O,
    /// What stops.
    pub deadline: Deadline,
}

impl<O: Clone> Board<O> {
    /// The board of these orgs, each with its deadlines.
    pub fn new(today: Date, orgs: impl IntoIterator<Item = (O, Vec<Deadline>)>) -> Self {
        let mut groups: BTreeMap<(When, Reason), Vec<Entry<O>>> = BTreeMap::new();
        let (mut without_deadline, mut all, mut within_a_year) = (Vec::new(), 0, 0);
        for (org, deadlines) in orgs {
            all += 1;
            let is_soon = |deadline: &Deadline| deadline.when.days_from(today) <= YEAR;
            within_a_year += usize::from(deadlines.iter().any(is_soon));
            if deadlines.is_empty() {
                without_deadline.push(org);
                continue;
            }
            for deadline in deadlines {
                let group = groups.entry((deadline.when, deadline.reason)).or_default();
                group.push(Entry { org: org.clone(), deadline });
            }
        }
        let groups = groups
            .into_iter()
            .map(|((when, reason), entries)| Group { when, reason, entries })
            .collect();
        Self { today, groups, without_deadline, orgs: all, within_a_year }
    }
}

#[cfg(test)]
mod tests {
    use org_schema::ApiVersion;
    use org_schema::members::AuthType;

    use super::*;
    use crate::deadlines::{LoginFacts, of_login};

    #[test]
    fn groups_by_date_and_reason() {
        let today = Date { year: 2026, month: 11, day: 24 };
        let org = |name, auth_type, version| {
            let version = Some(ApiVersion::new(version));
            let facts = LoginFacts { auth_type: Some(auth_type), version, ..LoginFacts::default() };
            (name, of_login(&facts, today))
        };
        let (basic, oauth) = (AuthType::Basic, AuthType::OAuth2ClientCredentials);
        let board = Board::new(
            today,
            [
                org("late", oauth, 38),
                org("both", basic, 38),
                org("fine", oauth, 66),
                org("soon", basic, 64),
                org("gone", oauth, 28),
            ],
        );
        let told: Vec<_> = board
            .groups
            .iter()
            .map(|group| {
                let orgs: Vec<_> = group.entries.iter().map(|entry| entry.org).collect();
                (group.when.days_from(today), group.reason, orgs)
            })
            .collect();
        assert_eq!(
            told,
            [
                (0, Reason::VersionRetired, vec!["gone"]),
                (189, Reason::SoapLoginEnds, vec!["both", "soon"]),
                (555, Reason::VersionRetires, vec!["late", "both"]),
            ]
        );
        assert_eq!((board.orgs, board.within_a_year), (5, 3));
        assert_eq!(board.without_deadline, ["fine"]);
    }
}
