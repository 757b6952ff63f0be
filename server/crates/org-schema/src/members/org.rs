//! Members of an org definition file.

use super::{MemberSpec, ValueKind};
use crate::client_credentials::{api_scope, org_switch};

/// `$schema` is the same member in both kinds of file.
pub(super) const SCHEMA: MemberSpec = MemberSpec {
    name: "$schema",
    value: ValueKind::Uri,
    required: false,
    secret: false,
    reference: false,
    public: true,
    title: "JSON Schema",
    summary: "Address of the JSON Schema of this file.",
    doc: "Address of the JSON Schema of this file, for editors that do not run `sforg`. \
          `sforg schema` prints it.",
    placeholder: "./org.schema.json",
};

/// Members of the whole file.
pub(super) static ORG: &[MemberSpec] = &[
    SCHEMA,
    MemberSpec {
        name: "name",
        value: ValueKind::String,
        required: true,
        secret: false,
        reference: false,
        public: true,
        title: "Name",
        summary: "How people and operations refer to this org; unique in its project.",
        doc: "How people and operations refer to this org.\n\n\
              Must be unique in the project (case-sensitive). No `/` and no `:`.",
        placeholder: "Acme production",
    },
    MemberSpec {
        name: "description",
        value: ValueKind::String,
        required: false,
        secret: false,
        reference: false,
        public: false,
        title: "Description",
        summary: "What this org is for.",
        doc: "What this org is for, and whom to ask about it: free text that nothing depends on.",
        placeholder: "Sales Cloud of the Acme group",
    },
    MemberSpec {
        name: "sandbox",
        value: ValueKind::Boolean,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Sandbox",
        summary: "Whether this org is a Salesforce sandbox. Default: false.",
        doc: "Whether this org is a Salesforce sandbox. Default: `false`.\n\n\
              With basic authentication it decides the server host: `test.salesforce.com` for a \
              sandbox, `login.salesforce.com` for everything else. A Developer Edition, scratch \
              or Trailhead org is not a sandbox.",
        placeholder: "false",
    },
    MemberSpec {
        name: "serverHost",
        value: ValueKind::HostName,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Server host",
        summary: "Host that the login goes to. Usually left out.",
        doc: "Host that the login goes to, without `https://`.\n\n\
              Usually left out. The default is `login.salesforce.com`, or `test.salesforce.com` \
              for a sandbox; with OAuth 2.0 the host of the instance URL. Set it only to log in \
              with basic authentication through the org's My Domain, which some orgs require: \
              Setup, *My Domain*, *Prevent SOAP API login from* the general login host.",
        placeholder: "MY-DOMAIN.my.salesforce.com",
    },
    MemberSpec {
        name: "apiVersion",
        value: ValueKind::ApiVersion,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Salesforce API version",
        summary: "Salesforce API version of this org, where it differs from its project's.",
        doc: "Salesforce API version of this org, written as `\"61.0\"`. Default: the \
              project's.\n\n\
              Orgs of one project share operations, so write it only while an org has to stay \
              behind. Basic authentication works up to `64.0`.",
        placeholder: "64.0",
    },
    MemberSpec {
        name: "designStudioOrg",
        value: ValueKind::String,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Design Studio org",
        summary: "The GUID of this org in the project's Design Studio project.",
        doc: "The GUID of this org in the Design Studio project that the project file names as \
              `designStudioProject`: the name of its file in `Data/SalesforceConnector`. `sforg import` \
              writes it.",
        placeholder: "b4bf46f3-15ac-4c20-a9f2-9af06b286191",
    },
    MemberSpec {
        name: "auth",
        value: ValueKind::Object,
        required: true,
        secret: false,
        reference: false,
        public: false,
        title: "Authentication",
        summary: "How to log in; its type decides which members it has.",
        doc: "How to log in. `type` decides which members belong here:\n\n\
              - `oauth2-client-credentials`: `instanceUrl`, `clientId`, `clientSecret`\n\
              - `basic`: `username`, `password`, usually `securityToken`",
        placeholder: "",
    },
];

/// `type` is the same member in both kinds of `auth`.
const TYPE: MemberSpec = MemberSpec {
    name: "type",
    value: ValueKind::AuthType,
    required: true,
    secret: false,
    reference: false,
    public: true,
    title: "Authentication type",
    summary: "The way to log in: \"oauth2-client-credentials\" or \"basic\".",
    doc: "The way to log in.\n\n\
          - `oauth2-client-credentials`: client ID and client secret of a Salesforce app. Needed at \
          API 65.0 and later.\n\
          - `basic`: user name, password and security token. Works at API 31.0 to 64.0 until \
          Summer '27.\n\n\
          In the *New Salesforce Org* screen it is the checkbox *Select OAuth 2.0 Client \
          Credentials*.",
    placeholder: "oauth2-client-credentials",
};

/// Members of `auth` with user name and password.
pub(super) static BASIC_AUTH: &[MemberSpec] = &[
    TYPE,
    MemberSpec {
        name: "username",
        value: ValueKind::String,
        required: true,
        secret: false,
        reference: true,
        public: true,
        title: "User name",
        summary: "Name of the Salesforce user, in the form of an email address.",
        doc: "Name of the Salesforce user that operations run as. Looks like an email address but \
              need not be one. In a sandbox Salesforce appends the sandbox's name: \
              `integration@acme.example.uat`.\n\n\
              - **Multi-factor authentication**: the user must not be asked for a second factor. \
              Leave *Multi-Factor Authentication for API Logins* out of its profile and \
              permission sets.\n\
              - **Permissions**: *API Enabled*, and since Winter '27 *Use Any API Auth* for the \
              SOAP `login()` call.\n\
              - Use a separate integration user: people leave, and their passwords expire.\n\n\
              It may be a reference, `${env:NAME}` or `${keyring:NAME}`, where one file serves \
              several environments.",
        placeholder: "integration@acme.example",
    },
    MemberSpec {
        name: "password",
        value: ValueKind::Secret,
        required: true,
        secret: true,
        reference: true,
        public: false,
        title: "Password",
        summary: "Password of the user, without the security token. Use a reference.",
        doc: "Password of the user, without the security token: that is a separate member, and \
              the login joins the two.\n\n\
              Use a reference: `${env:NAME}` for an environment variable or a line of `.env`, \
              `${keyring:NAME}` for the keyring.\n\n\
              - **Multi-factor authentication**: a password alone does not get through where the \
              user has *Multi-Factor Authentication for API Logins*.\n\
              - **Expiry**: give the user *Password Never Expires*, or operations stop on the day \
              it expires. A new password makes a new security token.",
        placeholder: "",
    },
    MemberSpec {
        name: "securityToken",
        value: ValueKind::Secret,
        required: false,
        secret: true,
        reference: true,
        public: false,
        title: "Security token",
        summary: "Token that Salesforce sends by email; needed outside the org's trusted IP \
                  ranges.",
        doc: "Token that Salesforce sends to the user by email, 24 or 25 letters and digits. \
              Salesforce requires it from every address outside the org's trusted IP ranges \
              (Setup, *Network Access*).\n\n\
              A new one: log in as the user, *Settings*, *My Personal Information*, *Reset My \
              Security Token*. Every change of the password makes a new one too. It does not help \
              against *Login IP Ranges* of the profile, which block other addresses \
              altogether.\n\n\
              Use a reference: `${env:NAME}` or `${keyring:NAME}`.",
        placeholder: "",
    },
];

/// Members of `auth` with OAuth 2.0 client credentials.
pub(super) static OAUTH_AUTH: &[MemberSpec] = &[
    TYPE,
    MemberSpec {
        name: "instanceUrl",
        value: ValueKind::InstanceUrl,
        required: true,
        secret: false,
        reference: false,
        public: true,
        title: "Instance URL",
        summary: "https:// and the org's My Domain host, without a path.",
        doc: "`https://` and the org's My Domain host, without a path. Setup shows the host under \
              *Company Settings*, *My Domain*, as *Current My Domain URL*.\n\n\
              - production: `https://acme.my.salesforce.com`\n\
              - sandbox: `https://acme--uat.sandbox.my.salesforce.com`\n\n\
              Not what the browser shows (`….lightning.force.com`), and not `login.salesforce.com` \
              or `test.salesforce.com`, which refuse client credentials.",
        placeholder: "https://MY-DOMAIN.my.salesforce.com",
    },
    MemberSpec {
        name: "clientId",
        value: ValueKind::String,
        required: true,
        secret: false,
        reference: true,
        public: false,
        title: "Client ID",
        summary: "Consumer key of the Salesforce app; it begins with 3MVG9.",
        doc: concat!(
            "Consumer key of the Salesforce app: 85 characters or more, beginning with `3MVG9`.\
              \n\n\
              Where to find it: Setup, *External Client App Manager*, the app, *Settings*, *OAuth \
              Settings*, *Consumer Key and Secret*. In an older connected app: *App Manager*, \
              *View*, *Manage Consumer Details*.\n\n\
              The app needs the scope *",
            api_scope!(),
            "*, *Enable Client Credentials \
              Flow* under both *Settings* and *Policies*, and there a *Run As* user. The org must \
              allow the flow as a whole: *",
            org_switch!(),
            "*. A new app takes up to half an hour to reach all of Salesforce.\n\n\
             It may be a reference, `${env:NAME}` or `${keyring:NAME}`."
        ),
        placeholder: "3MVG9…",
    },
    MemberSpec {
        name: "clientSecret",
        value: ValueKind::Secret,
        required: true,
        secret: true,
        reference: true,
        public: false,
        title: "Client secret",
        summary: "Consumer secret of the Salesforce app. Use a reference.",
        doc: "Consumer secret of the Salesforce app. It is next to the consumer key: Setup, \
              *External Client App Manager*, the app, *Settings*, *OAuth Settings*, *Consumer Key \
              and Secret*.\n\n\
              Use a reference: `${env:NAME}` for an environment variable or a line of `.env`, \
              `${keyring:NAME}` for the keyring.",
        placeholder: "",
    },
];
