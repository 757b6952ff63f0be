//! Answers on demand: what a user name or client id asks the simulator for.

use crate::behaviours::Behaviour;
use crate::cases::{Case, case};

/// What somebody asked for by the name they logged in with.
#[derive(Debug, Clone)]
pub(crate) enum Chosen {
    /// A recorded answer.
    Case(&'static Case),
    /// A behaviour with its name as it was written, whatever followed it left out.
    Behaviour(Behaviour, String),
    /// Neither: what was written, for the message.
    Unknown(String),
}

/// The length that client ids on demand are padded to, so that they look like consumer keys.
const CLIENT_ID_LENGTH: usize = 85;

/// The user name that asks for the recorded answer `id`.
pub fn case_username(id: &str) -> String {
    format!("case+{id}@example.com")
}

/// A client id in the shape of a consumer key that asks for the recorded answer `id`.
pub fn case_client_id(id: &str) -> String {
    padded_client_id("CASE", id)
}

/// The user name that asks for the behaviour `name`.
pub fn behaviour_username(name: &str) -> String {
    format!("behave+{name}@example.com")
}

/// A client id in the shape of a consumer key that asks for the behaviour `name`.
pub fn behaviour_client_id(name: &str) -> String {
    padded_client_id("BEHAVE", name)
}

fn padded_client_id(kind: &str, name: &str) -> String {
    let mut id = format!("3MVG9{kind}.{}", name.replace('-', "."));
    while id.len() < CLIENT_ID_LENGTH {
        id.push_str(".NOTREAL");
    }
    id
}

impl Chosen {
    /// `case+ID@…` and `behave+NAME@…`. What follows the name after a hyphen or dot makes
    /// another user who asks for the same.
    pub fn by_username(username: &str) -> Option<Self> {
        let local_part = username.split_once('@').map_or(username, |(local_part, _)| local_part);
        match local_part.split_once('+')? {
            ("case", id) => Some(Self::case(id)),
            ("behave", name) => Some(Self::behaviour(name)),
            _ => None,
        }
    }

    /// `case:ID`, `behave:NAME`, or a longer client id with `CASE` or `BEHAVE` in it, then a
    /// sign, then the name with any sign for its hyphens.
    pub fn by_client_id(client_id: &str) -> Option<Self> {
        if let Some(id) = client_id.strip_prefix("case:") {
            return Some(Self::case(id));
        }
        if let Some(name) = client_id.strip_prefix("behave:") {
            return Some(Self::behaviour(name));
        }
        let after = |word: &str| {
            let (_, rest) = client_id.split_once(word)?;
            rest.strip_prefix(|sign: char| !sign.is_ascii_alphanumeric())
        };
        after("CASE").map(Self::case).or_else(|| after("BEHAVE").map(Self::behaviour))
    }

    /// The `case` or `behave` parameter of an address.
    pub fn by_query(query: Option<&str>) -> Option<Self> {
        url::form_urlencoded::parse(query?.as_bytes()).find_map(|(name, value)| match &*name {
            "case" => Some(Self::case(&value)),
            "behave" => Some(Self::behaviour(&value)),
            _ => None,
        })
    }

    /// The recorded answer, from a name that may be followed by anything.
    pub fn case(text: &str) -> Self {
        prefixes(&normalised(text))
            .find_map(case)
            .map_or_else(|| Self::Unknown(format!("case {text}")), Self::Case)
    }

    /// The behaviour, from a name that may be followed by anything.
    pub fn behaviour(text: &str) -> Self {
        prefixes(&normalised(text))
            .find_map(|name| Some(Self::Behaviour(Behaviour::parse(name)?, name.to_owned())))
            .unwrap_or_else(|| Self::Unknown(format!("behaviour {text}")))
    }
}

fn normalised(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// The text, then the text without its last hyphenated word, and so on.
fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(text), |text| text.rsplit_once('-').map(|(shorter, _)| shorter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behaviours::BEHAVIOURS;
    use crate::cases::cases;

    #[test]
    fn every_case_is_reached_by_all_of_its_names() {
        for case in cases() {
            let by_client_id = [
                case_client_id(&case.id),
                format!("case:{}", case.id),
                format!("3MVG9.whatever.CASE_{}", case.id),
            ];
            let by_username =
                [case_username(&case.id), format!("case+{}-17@example.com.uat", case.id)];
            let chosen = by_client_id
                .iter()
                .map(|id| Chosen::by_client_id(id))
                .chain(by_username.iter().map(|name| Chosen::by_username(name)));
            for chosen in chosen {
                match chosen {
                    Some(Chosen::Case(found)) => assert_eq!(found.id, case.id),
                    other => panic!("{}: {other:?}", case.id),
                }
            }
        }
    }

    #[test]
    fn every_behaviour_is_reached_by_all_of_its_names() {
        for behaviour in BEHAVIOURS {
            let expected = Behaviour::parse(behaviour.name);
            let chosen = [
                Chosen::by_client_id(&behaviour_client_id(behaviour.name)),
                Chosen::by_client_id(&format!("behave:{}", behaviour.name)),
                Chosen::by_username(&behaviour_username(behaviour.name)),
                Chosen::by_username(&format!("behave+{}-org.17@example.com", behaviour.name)),
            ];
            for chosen in chosen {
                match chosen {
                    Some(Chosen::Behaviour(found, _)) => assert_eq!(Some(found), expected),
                    other => panic!("{}: {other:?}", behaviour.name),
                }
            }
        }
    }

    #[test]
    fn client_ids_on_demand_look_like_consumer_keys() {
        for case in cases() {
            let id = case_client_id(&case.id);
            assert!(id.starts_with("3MVG9") && id.len() >= 85, "{id}");
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'), "{id}");
        }
    }

    #[test]
    fn ordinary_names_ask_for_nothing() {
        for account in crate::ACCOUNTS {
            assert!(Chosen::by_username(account.username).is_none());
            assert!(Chosen::by_client_id(account.client_id).is_none());
        }
        assert!(matches!(Chosen::by_username("case+typo@example.com"), Some(Chosen::Unknown(_))));
    }
}
