//! Who is behind a session: userinfo and the id URL.

use serde_json::{Value, json};

use crate::accounts::Account;
use crate::answer::{Answer, HTML, JSON};
use crate::cases::recorded;
use crate::session::Session;
use crate::world::{Received, World};

/// `GET /services/oauth2/userinfo`.
pub(crate) fn userinfo(world: &World, request: &Received) -> Answer {
    match admitted(world, request) {
        Ok(session) => {
            let origin = request.instance_origin(session.account.my_domain);
            Answer::json(200, &userinfo_of(&session.account, &origin))
                .note(session.account.organization_name)
        }
        Err(answer) => answer,
    }
}

/// `GET /id/<organization id>/<user id>`; `ids` is what follows `/id/`.
pub(crate) fn identity(world: &World, request: &Received, ids: &str) -> Answer {
    let session = match admitted(world, request) {
        Ok(session) => session,
        Err(answer) => return answer,
    };
    let account = &session.account;
    // Both lengths of an id name the same thing.
    let same = |written: &str, id: &str| written == id || Some(written) == id.get(..15);
    match ids.split_once('/') {
        Some((organization, _)) if !same(organization, account.organization_id) => {
            word(403, "Wrong_Org")
        }
        Some((_, user)) if same(user, account.user_id) => {
            let origin = request.instance_origin(account.my_domain);
            Answer::json(200, &identity_of(account, &origin)).note(account.organization_name)
        }
        _ => word(404, "Bad_Id"),
    }
}

/// The identity service answers in single words, where the data API answers in JSON.
fn admitted(world: &World, request: &Received) -> Result<Session, Answer> {
    if request.bearer().is_none() {
        return Err(recorded("userinfo-403-missing-token").note("no token"));
    }
    match request.session(world) {
        None => Err(word(403, "Bad_OAuth_Token")),
        Some(session) if session.may_read_identity() => Ok(session),
        // An app with the api scope alone.
        Some(_) => Err(Answer::new(403, JSON, "{}").note("the app has no id scope")),
    }
}

fn word(status: u16, word: &str) -> Answer {
    Answer::new(status, HTML, word).note(word)
}

fn urls(account: &Account, origin: &str) -> Value {
    let organization = account.organization_id;
    let soap = |letter| format!("{origin}/services/Soap/{letter}/{{version}}/{organization}");
    let rest = |path| format!("{origin}/services/data/v{{version}}/{path}");
    json!({
        "enterprise": soap('c'),
        "metadata": soap('m'),
        "partner": soap('u'),
        "rest": rest(""),
        "sobjects": rest("sobjects/"),
        "search": rest("search/"),
        "query": rest("query/"),
        "tooling_soap": format!("{origin}/services/Soap/T/{{version}}/{organization}"),
        "tooling_rest": rest("tooling/"),
        "profile": format!("{origin}/{}", account.user_id),
        "custom_domain": origin,
    })
}

fn id_url(account: &Account) -> String {
    let host = account.identity_host();
    format!("https://{host}/id/{}/{}", account.organization_id, account.user_id)
}

fn userinfo_of(account: &Account, origin: &str) -> Value {
    json!({
        "sub": id_url(account),
        "user_id": account.user_id,
        "organization_id": account.organization_id,
        "preferred_username": account.username,
        "nickname": "integration1",
        "name": "Integration User",
        "email": "integration@acme.example.com",
        "email_verified": true,
        "given_name": "Integration",
        "family_name": "User",
        "zoneinfo": "America/Los_Angeles",
        "photos": photos(origin),
        "profile": format!("{origin}/{}", account.user_id),
        "picture": format!("{origin}/profilephoto/005/F"),
        "address": { "country": "US" },
        "is_salesforce_integration_user": false,
        "urls": urls(account, origin),
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -28_800_000,
        "updated_at": "2026-01-01T00:00:00Z",
    })
}

fn identity_of(account: &Account, origin: &str) -> Value {
    json!({
        "id": id_url(account),
        "asserted_user": true,
        "user_id": account.user_id,
        "organization_id": account.organization_id,
        "username": account.username,
        "nick_name": "integration1",
        "display_name": "Integration User",
        "email": "integration@acme.example.com",
        "email_verified": true,
        "first_name": "Integration",
        "last_name": "User",
        "timezone": "America/Los_Angeles",
        "photos": photos(origin),
        "addr_street": null,
        "addr_city": null,
        "addr_state": null,
        "addr_country": "US",
        "addr_zip": null,
        "mobile_phone": null,
        "mobile_phone_verified": false,
        "status": { "created_date": null, "body": null },
        "urls": urls(account, origin),
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
        "utcOffset": -28_800_000,
        "last_modified_date": "2026-01-01T00:00:00Z",
    })
}

fn photos(origin: &str) -> Value {
    json!({
        "picture": format!("{origin}/profilephoto/005/F"),
        "thumbnail": format!("{origin}/profilephoto/005/T"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::UAT;
    use crate::cases::case;

    /// Every member of the recorded answer is there, so that no client misses one here that it
    /// would find at Salesforce.
    #[test]
    fn the_recorded_members_are_all_there() {
        let answers = [
            ("userinfo-ok", userinfo_of(&UAT, "https://acme.example.com")),
            ("identity-ok", identity_of(&UAT, "https://acme.example.com")),
        ];
        for (id, ours) in answers {
            let case = case(id).expect("a case");
            let recorded: Value = serde_json::from_str(&case.body).expect("JSON");
            for (name, value) in recorded.as_object().expect("an object") {
                let our = ours.get(name).unwrap_or_else(|| panic!("{id} lacks {name}"));
                for inner in value.as_object().into_iter().flat_map(|object| object.keys()) {
                    assert!(our.get(inner).is_some(), "{id} lacks {name}.{inner}");
                }
            }
        }
    }
}
