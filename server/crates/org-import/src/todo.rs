//! What is left for a person to do, for each org.

use org_schema::ApiVersion;

/// One thing to do for an org.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToDo {
    /// A value has to be set where a reference points to.
    SetValue {
        /// The member that refers to it.
        member: &'static str,
        /// The environment variable, as a person sets it.
        name: String,
        /// Why it is not set.
        gap: SecretGap,
    },
    /// The org has no host to log in to, and a person has to write `instanceUrl`.
    EnterInstanceUrl,
    /// What the source has for the host is no host of Salesforce's. Foreign text.
    EnterHost(String),
    /// The org needs an app in Salesforce, with its client ID and secret.
    MakeApp,
    /// The app has to allow the client credentials flow.
    AllowFlow,
    /// `clientId` is empty.
    EnterClientId,
    /// What the source has for the API version is none. Foreign text.
    SetVersion(String),
    /// The org's API version is retired.
    Retired(ApiVersion),
    /// Basic authentication does not work at the org's API version.
    Convert(ApiVersion),
    /// Basic authentication ends with Summer '27.
    ConvertBefore,
    /// The file that is there is the same org, and not linked to Design Studio.
    Link {
        /// The org's GUID.
        id: String,
    },
}

org_schema::table! {
    /// Why a value is not set.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum SecretGap: (&'static str, &'static str) {
        /// Design Studio has encrypted it.
        Encrypted = ("encrypted", "is encrypted in Design Studio"),
        /// A mask stands in its place in the source.
        Masked = ("masked", "is masked in the source"),
        /// It is another program's variable.
        Variable = ("a variable", "is a variable in the source"),
        /// It is a part of a longer text with another program's variable in it.
        Composed = ("put together from variables", "is put together from variables in the source"),
        /// The source does not have it.
        Missing = ("not in the source", "is not in the source"),
        /// It stands in the source, and has not been stored.
        NotStored = ("in the source, not stored", "is in the source, and was not stored"),
    }
}

impl SecretGap {
    /// In a word or a few, as a note behind what it is about.
    pub const fn note(self) -> &'static str {
        self.row().0
    }

    /// In words that complete "It …".
    pub const fn words(self) -> &'static str {
        self.row().1
    }
}

impl ToDo {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SetValue { .. } => "set-value",
            Self::EnterInstanceUrl => "enter-instance-url",
            Self::EnterHost(_) => "enter-host",
            Self::MakeApp => "make-app",
            Self::AllowFlow => "allow-flow",
            Self::EnterClientId => "enter-client-id",
            Self::SetVersion(_) => "set-version",
            Self::Retired(_) => "upgrade",
            Self::Convert(_) | Self::ConvertBefore => "convert",
            Self::Link { .. } => "link",
        }
    }

    /// One sentence, for the org whose file it is about.
    pub fn sentence(&self) -> String {
        use org_text::Foreign;
        match self {
            Self::SetValue { member, name, gap } => {
                format!("Set {name}: the {} {}.", what_is(member), gap.words())
            }
            Self::EnterInstanceUrl => {
                "Write \"instanceUrl\": the org's My Domain (Setup > My Domain).".to_owned()
            }
            Self::EnterHost(written) => format!(
                "Write the host: the source has \"{}\", which is no host of Salesforce's.",
                Foreign(written)
            ),
            Self::MakeApp => {
                "Create an external client app, and write its key as \"clientId\".".to_owned()
            }
            Self::AllowFlow => {
                "Switch on the Client Credentials Flow of the app, with a Run As user.".to_owned()
            }
            Self::EnterClientId => "Write \"clientId\": the consumer key of the app.".to_owned(),
            Self::SetVersion(written) => format!(
                "Write \"apiVersion\": the source has \"{}\", which is no API version.",
                Foreign(written)
            ),
            Self::Retired(version) => {
                format!("Choose a newer API version: {version} is retired.")
            }
            Self::Convert(version) => format!(
                "Convert to OAuth 2.0: basic authentication does not work at API {version}."
            ),
            Self::ConvertBefore => {
                "Convert to OAuth 2.0: basic authentication ends with Summer '27.".to_owned()
            }
            Self::Link { id } => format!("Write \"designStudioOrg\": \"{}\".", Foreign(id)),
        }
    }
}

/// A member in words.
pub fn what_is(member: &str) -> &'static str {
    match member {
        "username" => "user name",
        "password" => "password",
        "securityToken" => "security token",
        "clientId" => "client ID",
        _ => "client secret",
    }
}
