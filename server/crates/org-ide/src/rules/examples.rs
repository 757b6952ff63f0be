//! Org files that several rules show in their examples.

/// It logs in at its My Domain.
pub(super) const OAUTH_ORG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com" }
}
"#;
/// It logs in with a user name, and refers to its password.
pub(super) const BASIC_ORG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "basic", "username": "integration@acme.example", "password": "${env:ACME_PASSWORD}" }
}
"#;
/// It says which host it logs in at.
pub(super) const ORG_WITH_SERVER_HOST: &str = r#"{
  "name": "Acme",
  "serverHost": "acme.my.salesforce.com",
  "auth": { "type": "basic" }
}
"#;
/// It is an org of Design Studio.
pub(super) const LINKED_ORG: &str = r#"{
  "name": "Acme",
  "designStudioOrg": "b4bf46f3-15ac-4c20-a9f2-9af06b286191",
  "auth": { "type": "basic" }
}
"#;
/// It refers to its secret.
pub(super) const ORG_WITH_REFERENCE: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "clientSecret": "${env:ACME_CLIENT_SECRET}" }
}
"#;
