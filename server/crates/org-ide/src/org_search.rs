//! Search for orgs by name, over all projects.

use std::cmp::Reverse;

use crate::project_facts::OrgFacts;

/// An org that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundOrg<'a> {
    /// The org's name.
    pub name: &'a str,
    /// Its file, by the name under which the index knows it.
    pub file: &'a str,
}

/// How well a name answers a query; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is the query.
    Whole,
    /// It begins with it.
    Beginning,
    /// A word of it does.
    Word,
    /// It has the query inside.
    Inside,
    /// It has the query's characters in their order, with others in between; so many.
    Scattered(usize),
}

/// The orgs whose names answer `query`, upper and lower case alike: those that have it inside, and
/// those that have its characters in their order. The best come first, at most `limit`; an empty
/// query finds all. `orgs` are files with what they show. Orgs without a name are not found.
pub fn search<'a>(
    query: &str,
    orgs: impl Iterator<Item = (&'a str, &'a OrgFacts)>,
    limit: usize,
) -> Vec<FoundOrg<'a>> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<_> = orgs
        .filter_map(|(file, facts)| {
            let (name, _) = facts.name.as_ref()?;
            Some((fit(&name.to_lowercase(), &query)?, FoundOrg { name, file }))
        })
        .collect();
    found.sort_by_key(|(fit, org)| (*fit, org.name, org.file));
    found.truncate(limit);
    found.into_iter().map(|(_, org)| org).collect()
}

/// Both in lower case.
fn fit(name: &str, query: &str) -> Option<Fit> {
    if name == query {
        return Some(Fit::Whole);
    }
    let begins_word = |(at, _): &(usize, &str)| {
        name[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
    };
    let best = name.match_indices(query).map(|found| (begins_word(&found), found.0));
    match best.max_by_key(|&(begins_word, at)| (begins_word, Reverse(at))) {
        Some((_, 0)) => Some(Fit::Beginning),
        Some((true, _)) => Some(Fit::Word),
        Some((false, _)) => Some(Fit::Inside),
        None => scattered(name, query),
    }
}

fn scattered(name: &str, query: &str) -> Option<Fit> {
    let mut characters = name.chars();
    let mut between = 0;
    for wanted in query.chars().filter(|character| !character.is_whitespace()) {
        between += characters.by_ref().position(|character| character == wanted)?;
    }
    Some(Fit::Scattered(between))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, FileKind};

    fn found(query: &str, names: &[&str]) -> Vec<String> {
        let orgs: Vec<(String, OrgFacts)> = names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let text = format!("{{\"name\": {}}}", org_syntax::quote(name));
                let facts = OrgFacts::of(&Document::new(FileKind::Org, text));
                (format!("{index}.sforg.json"), facts)
            })
            .collect();
        let orgs = orgs.iter().map(|(file, facts)| (file.as_str(), facts));
        search(query, orgs, 4).into_iter().map(|org| org.name.to_owned()).collect()
    }

    #[test]
    fn an_empty_query_finds_all_up_to_the_limit() {
        assert_eq!(found(" ", &["b", "a", "c"]), ["a", "b", "c"]);
        assert_eq!(found("", &["b", "a", "c", "e", "d"]), ["a", "b", "c", "d"]);
    }

    #[test]
    fn better_answers_come_first() {
        let names = ["Metacme", "New Acme", "Acme UAT", "acme", "A cup of me"];
        assert_eq!(found("ACME", &names), ["acme", "Acme UAT", "New Acme", "Metacme"]);
        assert_eq!(found("acupme", &names), ["A cup of me"]);
        assert_eq!(found("acme up", &["AcmeCup"]), ["AcmeCup"]);
        assert_eq!(found("xacme", &names), [""; 0]);
    }

    #[test]
    fn fewer_characters_in_between_are_better() {
        assert_eq!(
            found("apr", &["Acme Uat Pre", "Acme pr x", "A p r"]),
            ["A p r", "Acme pr x", "Acme Uat Pre"]
        );
    }

    #[test]
    fn case_is_alike_beyond_ascii() {
        assert_eq!(found("GRÖSSE", &["Größe", "grösse"]), ["grösse"]);
        assert_eq!(found("ähre", &["ÄHRE 1"]), ["ÄHRE 1"]);
    }

    #[test]
    fn orgs_without_a_name_are_not_found() {
        assert_eq!(found("", &[""]), [""; 0]);
    }
}
