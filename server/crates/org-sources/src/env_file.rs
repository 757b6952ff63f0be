//! The `SF_*`, `SFDC_*` and `SALESFORCE_*` names of a `.env` file, as the libraries and apps around
//! Salesforce have them (Restforce, simple-salesforce, jsforce examples, the Salesforce CLI): one login for
//! each beginning, and one more for each word that stands between (`SALESFORCE_UAT_USERNAME`), behind
//! (`SF_USERNAME_UAT`) or in front (`UAT_SF_USERNAME`). Small letters are as good as capitals.

use std::collections::HashMap;

use org_dotenv::{BrokenLine, EnvFile};
use org_syntax::Span;
use secrecy::SecretString;

use crate::LoginPart;

/// What the names begin with.
const BEGINNINGS: [&str; 3] = ["SF_", "SFDC_", "SALESFORCE_"];

/// The ends of the names, by what stands behind them.
#[rustfmt::skip]
static ENDS: [(LoginPart, &[&str]); 10] = [
    (LoginPart::Name, &["ALIAS", "ORG_ALIAS", "ORG_NAME"]),
    (LoginPart::Host, &[
        "HOST", "HOSTNAME", "SERVER_HOST", "INSTANCE_URL", "ORG_INSTANCE_URL", "INSTANCE", "LOGIN_URL",
        "LOGIN_HOST", "URL", "BASE_URL", "DOMAIN", "MY_DOMAIN", "ENDPOINT",
    ]),
    (LoginPart::Username, &["USERNAME", "USER_NAME", "USER", "LOGIN"]),
    (LoginPart::Password, &["PASSWORD", "PASS", "PWD"]),
    (LoginPart::SecurityToken, &["SECURITY_TOKEN", "SECURITYTOKEN", "TOKEN", "PASSWORD_TOKEN"]),
    (LoginPart::ClientId, &["CLIENT_ID", "CLIENTID", "CONSUMER_KEY", "CONSUMERKEY", "KEY"]),
    (LoginPart::ClientSecret, &[
        "CLIENT_SECRET", "CLIENTSECRET", "CONSUMER_SECRET", "CONSUMERSECRET", "SECRET",
    ]),
    (LoginPart::ApiVersion, &["API_VERSION", "ORG_API_VERSION", "VERSION"]),
    (LoginPart::Sandbox, &["SANDBOX", "IS_SANDBOX", "USE_SANDBOX"]),
    (LoginPart::Session, &[
        "ACCESS_TOKEN", "REFRESH_TOKEN", "SESSION_ID", "OAUTH_TOKEN", "AUTH_URL", "SFDX_AUTH_URL",
        "BEARER_TOKEN",
    ]),
];

/// One variable.
#[derive(Clone, Debug)]
pub struct EnvVariable {
    /// What it holds.
    pub key: LoginPart,
    /// Its whole name.
    pub name: String,
    /// Its value, which may be a secret whatever the key.
    pub value: SecretString,
    /// Where the value stands, with its quotes and a comment behind it.
    pub span: Span,
    /// The line's number, from 1.
    pub line: usize,
}

/// The variables of one login, in the order of the file.
#[derive(Clone, Debug)]
pub struct EnvLogin {
    /// `SF_`, `SFDC_` or `SALESFORCE_`.
    pub beginning: &'static str,
    /// The word that tells it from the others of the beginning, such as `UAT`; empty for the one
    /// without.
    pub word: String,
    /// The variables. Of several that hold the same the first counts.
    pub variables: Vec<EnvVariable>,
}

impl EnvLogin {
    /// The variable that holds something.
    pub fn get(&self, key: LoginPart) -> Option<&EnvVariable> {
        self.variables.iter().find(|variable| variable.key == key)
    }

    /// Whether it says who logs in, or through which app; what has neither may belong to anything.
    fn is_login(&self) -> bool {
        [LoginPart::Username, LoginPart::ClientId].iter().any(|key| self.get(*key).is_some())
            && [LoginPart::Host, LoginPart::Password, LoginPart::ClientSecret, LoginPart::Session]
                .iter()
                .any(|key| self.get(*key).is_some())
    }
}

/// What a `.env` file holds.
#[derive(Clone, Debug, Default)]
pub struct EnvLogins {
    /// The logins, in the order of their first variables.
    pub logins: Vec<EnvLogin>,
    /// Lines that are meant for one of these names and are not understood.
    pub broken: Vec<BrokenLine>,
}

/// Reads the text of a file.
pub fn read(text: &str) -> EnvLogins {
    let file = EnvFile::parse(text);
    let mut logins: Vec<EnvLogin> = Vec::new();
    let mut places: HashMap<(&str, String), usize> = HashMap::new();
    for line in file.assignments() {
        let Some((beginning, word, key)) = split(&line.name) else { continue };
        let variable = EnvVariable {
            key,
            name: line.name.clone(),
            value: line.value.clone(),
            span: Span::new(line.written.start as u32, line.written.end as u32),
            line: line.line,
        };
        let place = *places.entry((beginning, word.clone())).or_insert(logins.len());
        match logins.get_mut(place) {
            Some(login) => login.variables.push(variable),
            None => logins.push(EnvLogin { beginning, word, variables: vec![variable] }),
        }
    }
    logins.retain(EnvLogin::is_login);
    let is_ours = |line: &&BrokenLine| line.name.as_deref().and_then(split).is_some();
    EnvLogins { logins, broken: file.broken_lines().iter().filter(is_ours).cloned().collect() }
}

/// A name in its parts: beginning, the word that tells it from others, and what the variable holds.
fn split(name: &str) -> Option<(&'static str, String, LoginPart)> {
    let name = name.to_ascii_uppercase();
    let (front, beginning) = beginning_in(&name)?;
    let rest = &name[front + beginning.len()..];
    let at_end = |end: &str| {
        let word = rest.strip_suffix(end)?;
        if word.is_empty() { Some("") } else { word.strip_suffix('_') }
    };
    let at_start = |start: &str| rest.strip_prefix(start)?.strip_prefix('_');
    // The longest one: CLIENT_SECRET is no SECRET of "CLIENT".
    let all = || ENDS.iter().flat_map(|(part, ends)| ends.iter().map(move |end| (*end, *part)));
    let at_ends = all().filter_map(|(end, part)| Some((end.len(), at_end(end)?, part)));
    let best = at_ends.max_by_key(|(length, ..)| *length).or_else(|| {
        let at_starts = all().filter_map(|(end, part)| Some((end.len(), at_start(end)?, part)));
        at_starts.max_by_key(|(length, ..)| *length)
    });
    let (_, word, key) = best?;
    let words = [name[..front].trim_end_matches('_'), word];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Some((beginning, words.join("_"), key))
}

/// Where a name has one of the beginnings: at its start, or else as a word of its own.
fn beginning_in(name: &str) -> Option<(usize, &'static str)> {
    let at_start = BEGINNINGS.into_iter().find(|beginning| name.starts_with(beginning));
    let inside = || {
        let is_word = |at: usize| name.as_bytes().get(at.wrapping_sub(1)) == Some(&b'_');
        BEGINNINGS.into_iter().find_map(|beginning| {
            let (at, _) = name.match_indices(beginning).find(|(at, _)| is_word(*at))?;
            Some((at, beginning))
        })
    };
    at_start.map(|beginning| (0, beginning)).or_else(inside)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn shown(text: &str) -> String {
        let logins = read(text).logins.into_iter().map(|login| {
            let variables = login.variables.iter().map(|variable| {
                assert!(variable.span.text(text).contains(variable.value.expose_secret()));
                format!(" {:?}", variable.key)
            });
            format!("{}{}:{}", login.beginning, login.word, variables.collect::<String>())
        });
        logins.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_beginning_and_each_word_is_a_login() {
        let text = "SALESFORCE_HOST=test.salesforce.com\nSALESFORCE_USERNAME=u@acme.example\n\
                    SALESFORCE_PASSWORD='NOT REAL' # x\nSALESFORCE_SECURITY_TOKEN=T\n\
                    SALESFORCE_CLIENT_ID=3MVG9\nexport SALESFORCE_CLIENT_SECRET=\"S\"\n\
                    SALESFORCE_API_VERSION=60.0\nDATABASE_URL=postgres://x\n\
                    SF_UAT_USERNAME=a\nSF_UAT_PASSWORD=b\nSF_USERNAME_PROD=c\nSF_PASSWORD_PROD=d\n\
                    SFDC_USER=e\nSFDC_ACCESS_TOKEN=f\nSFDC_PASS=g";
        assert_eq!(
            shown(text),
            "SALESFORCE_: Host Username Password SecurityToken ClientId ClientSecret ApiVersion\n\
             SF_UAT: Username Password\nSF_PROD: Username Password\n\
             SFDC_: Username Session Password"
        );
    }

    #[test]
    fn words_in_front_and_small_letters_count() {
        let text = "UAT_SALESFORCE_USERNAME=a\nUAT_SALESFORCE_PASSWORD=b\nvite_sf_user=c\nvite_sf_pass=d\n\
                    TRANSF_USER=e\nTRANSF_PASSWORD=f";
        assert_eq!(shown(text), "SALESFORCE_UAT: Username Password\nSF_VITE: Username Password");
    }

    #[test]
    fn what_is_no_login_is_left_out() {
        for text in [
            "",
            "SF_LOG_LEVEL=debug\nSF_DISABLE_TELEMETRY=true\nSF_TARGET_ORG=acme",
            "SF_ACCESS_TOKEN=x\nSF_ORG_INSTANCE_URL=https://acme.my.salesforce.com",
            "SF_USERNAME=snowflake",
            "USERNAME=a\nPASSWORD=b",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }

    #[test]
    fn lines_that_are_not_understood_are_told_when_they_matter() {
        let read = read("SF_PASSWORD: x\nOTHER: y\nSF_USERNAME=u\nSF_HOST=h\n");
        let names: Vec<_> = read.broken.iter().map(|line| line.name.as_deref()).collect();
        assert_eq!((names, read.logins.len()), (vec![Some("SF_PASSWORD")], 1));
    }
}
