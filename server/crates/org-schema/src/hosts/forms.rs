//! The forms of host names as people should write them.

/// One form of host name that an org file can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostForm {
    /// The host, with each part that a person fills in between `<` and `>`.
    pub pattern: &'static str,
    /// What kind of org is behind it, in a few words.
    pub kind: &'static str,
    /// One or two sentences of Markdown.
    pub doc: &'static str,
    /// Whether `instanceUrl` may hold it (OAuth 2.0 client credentials).
    pub client_credentials: bool,
    /// Whether `serverHost` may hold it (SOAP `login()`).
    pub soap_login: bool,
    /// `true` for sandboxes, `false` for production, `None` where the form says neither.
    pub sandbox: Option<bool>,
}

/// The forms that a new file should have, the most usual first. Instance hosts are left out, because
/// Salesforce ends them.
pub static HOST_FORMS: &[HostForm] = &[
    HostForm {
        pattern: "<MyDomain>.my.salesforce.com",
        kind: "production",
        doc: "My Domain of a production org. Setup shows it under *Company Settings*, *My Domain*.",
        client_credentials: true,
        soap_login: true,
        sandbox: Some(false),
    },
    HostForm {
        pattern: "<MyDomain>--<SandboxName>.sandbox.my.salesforce.com",
        kind: "sandbox",
        doc: "My Domain of a sandbox: the production name, two hyphens, the name of the sandbox.",
        client_credentials: true,
        soap_login: true,
        sandbox: Some(true),
    },
    HostForm {
        pattern: "<Name>-dev-ed.develop.my.salesforce.com",
        kind: "Developer Edition",
        doc: "My Domain of a Developer Edition org.",
        client_credentials: true,
        soap_login: true,
        sandbox: None,
    },
    HostForm {
        pattern: "<Name>.scratch.my.salesforce.com",
        kind: "scratch org",
        doc: "My Domain of a scratch org.",
        client_credentials: true,
        soap_login: true,
        sandbox: None,
    },
    HostForm {
        pattern: "<Name>.trailblaze.my.salesforce.com",
        kind: "Trailhead playground",
        doc: "My Domain of a Trailhead playground.",
        client_credentials: true,
        soap_login: true,
        sandbox: None,
    },
    HostForm {
        pattern: "<Name>.demo.my.salesforce.com",
        kind: "demo org",
        doc: "My Domain of a demo org.",
        client_credentials: true,
        soap_login: true,
        sandbox: None,
    },
    HostForm {
        pattern: "<Name>.patch.my.salesforce.com",
        kind: "patch org",
        doc: "My Domain of a patch org.",
        client_credentials: true,
        soap_login: true,
        sandbox: None,
    },
    HostForm {
        pattern: "<MyDomain>.my.salesforce.mil",
        kind: "Government Cloud - Defense",
        doc: "My Domain in Government Cloud - Defense.",
        client_credentials: true,
        soap_login: true,
        sandbox: Some(false),
    },
    HostForm {
        pattern: super::PRODUCTION_LOGIN,
        kind: "production login",
        doc: "Login host of every production org. Basic authentication only: it refuses OAuth 2.0 client credentials.",
        client_credentials: false,
        soap_login: true,
        sandbox: Some(false),
    },
    HostForm {
        pattern: super::SANDBOX_LOGIN,
        kind: "sandbox login",
        doc: "Login host of every sandbox. Basic authentication only: it refuses OAuth 2.0 client credentials.",
        client_credentials: false,
        soap_login: true,
        sandbox: Some(true),
    },
];
