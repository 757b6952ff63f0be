//! What commands take: each one object.

use std::fmt;

use lsp_types as lsp;
use org_schema::secret_ref::SecretStore;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::TABLE;

/// What the request `sforg/newOrg/finish` takes. Secrets are in it, so it shows nothing of itself.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct NewOrg(Map<String, Value>);

impl NewOrg {
    /// The params of the request.
    ///
    /// # Errors
    /// They are others; in words that do not repeat them.
    pub fn params<T: DeserializeOwned>(self) -> Result<T, String> {
        let takes = TABLE.iter().find(|row| row.id == "sforg.newOrg").map_or("", |row| row.takes);
        serde_json::from_value(Value::Object(self.0))
            .map_err(|_| format!("The command sforg.newOrg takes {takes}."))
    }
}

impl fmt::Debug for NewOrg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewOrg")
    }
}

/// An org or project file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneFile {
    /// Its URI.
    pub uri: lsp::Url,
}

/// The conversion of an org.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversion {
    /// The org file.
    pub uri: lsp::Url,
    /// Of a code action: the version of the document that its edit was made for. A client that leaves
    /// the edit out has that version still; for one that has applied it, the rest is left to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

impl Conversion {
    /// The conversion of a file as it is.
    pub fn of(uri: lsp::Url) -> Self {
        Self { uri, version: None }
    }
}

/// The conversions of many orgs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManyConversions {
    /// A file or the folder of the project.
    pub uri: lsp::Url,
    /// These orgs alone, of whatever projects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orgs: Option<Vec<lsp::Url>>,
}

impl ManyConversions {
    /// Of all basic orgs of a project.
    pub fn of_project(uri: lsp::Url) -> Self {
        Self { uri, orgs: None }
    }
}

/// The files of a project, or below a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Below {
    /// A folder or project file; all files that are known without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<lsp::Url>,
}

/// A secret of an org file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneSecret {
    /// The org file.
    pub uri: lsp::Url,
    /// The member; the first whose secret is missing or wrong without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneRule {
    /// Its name.
    pub rule: String,
}

/// The upgrade of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upgrade {
    /// A file or folder of the project.
    pub uri: lsp::Url,
    /// The API version; the highest one that breaks nothing without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// Written secrets that move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The org file.
    pub uri: lsp::Url,
    /// The member; all secrets of the file without it.
    pub member: Option<String>,
    /// Where they go.
    pub to: SecretStore,
}
