//! Libraries that log in to Salesforce with a user name and a password, and how they are called. One
//! table: a library that is new is a line of it.

use crate::LoginPart;
use crate::logins::{Flow, Language};

/// What stands behind the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `name(…)`
    Call,
    /// `name(…)`, or `name …` up to the end of the line.
    RubyCall,
    /// `name do |it|`, and what is set on it up to `end`.
    RubyBlock,
    /// `name{…}`
    Literal,
    /// `name -u … -p …`
    Command,
}

/// How the login authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Always so.
    Always(Flow),
    /// SOAP `login()`; with a consumer secret among the arguments the username-password flow.
    Arguments,
}

/// One way to call one library.
pub(super) struct Library {
    /// Its name.
    pub tool: &'static str,
    /// The languages.
    pub languages: &'static [Language],
    /// Words one of which stands in a file that uses it: its import as a rule. In lower case.
    pub marker: &'static [&'static str],
    /// What is called: the last name, and those in front of it.
    pub callee: &'static [&'static str],
    /// What stands behind it.
    pub form: Form,
    /// What the arguments without a name are.
    pub positional: &'static [LoginPart],
    /// How it authenticates.
    pub by: By,
    /// Calls in front of it that hold the rest: host, version, client.
    pub setup: &'static [&'static str],
}

use LoginPart::{
    ApiVersion, ClientId, ClientSecret, Host, Other, Password, SecurityToken, Username,
};

const PYTHON: &[Language] = &[Language::Python];
const JAVASCRIPT: &[Language] = &[Language::JavaScript];
const JAVA: &[Language] = &[Language::Java];
const CSHARP: &[Language] = &[Language::CSharp];
const GO: &[Language] = &[Language::Go];
const RUBY: &[Language] = &[Language::Ruby];
const PHP: &[Language] = &[Language::Php];
const SHELL: &[Language] = &[Language::Shell];

const SOAP: By = By::Always(Flow::Basic);
const PASSWORD_FLOW: By = By::Always(Flow::UsernamePassword);

const fn called(
    tool: &'static str,
    languages: &'static [Language],
    marker: &'static [&'static str],
    callee: &'static [&'static str],
) -> Library {
    Library {
        tool,
        languages,
        marker,
        callee,
        form: Form::Call,
        positional: &[],
        by: By::Arguments,
        setup: &[],
    }
}

/// In front of a method: whatever object it is called on. A function of the same name is somebody's own.
pub(super) const ANY: &str = "";

const LOGIN: &[LoginPart] = &[Username, Password];
const LOGIN_WITH_TOKEN: &[LoginPart] = &[Username, Password, SecurityToken];
const CLIENT_FIRST: &[LoginPart] = &[ClientId, ClientSecret, Username, Password];

const SIMPLE_SALESFORCE: &[&str] = &["simple_salesforce"];
const SALESFORCE_API: &[&str] = &["salesforce_api"];
const SFORCE: &[&str] = &["sforce.partner", "sforce.enterprise", "sforce.base"];
const JSFORCE: &[&str] = &["jsforce", "node-salesforce"];
const WSC: &[&str] = &["com.sforce."];
const FORCE_DOT_NET: &[&str] = &["salesforce.common", "salesforce.force", "netcoreforce"];
const SOAP_PROXY: &[&str] = &["sforceservice", "sforce", "soapclient"];

/// All of them.
#[rustfmt::skip]
pub(super) static LIBRARIES: &[Library] = &[
    // Python
    Library { positional: LOGIN_WITH_TOKEN, ..called("simple-salesforce", PYTHON, SIMPLE_SALESFORCE, &["Salesforce"]) },
    Library { positional: LOGIN_WITH_TOKEN, ..called("simple-salesforce", PYTHON, SIMPLE_SALESFORCE, &["SalesforceLogin"]) },
    Library { by: SOAP, ..called("salesforce-bulk", PYTHON, &["salesforce_bulk"], &["SalesforceBulk"]) },
    Library { positional: LOGIN, by: SOAP, ..called("beatbox", PYTHON, &["beatbox"], &[ANY, "login"]) },
    Library { positional: LOGIN, by: SOAP, ..called("pyforce", PYTHON, &["pyforce"], &[ANY, "login"]) },
    Library { positional: LOGIN_WITH_TOKEN, by: SOAP, ..called("salesforce-python-toolkit", PYTHON, SFORCE, &[ANY, "login"]) },
    Library { positional: LOGIN_WITH_TOKEN, ..called("salesforce-api", PYTHON, SALESFORCE_API, &["Salesforce"]) },
    Library { by: SOAP, ..called("sfdclib", PYTHON, &["sfdclib"], &["SfdcSession"]) },
    Library { positional: CLIENT_FIRST, by: PASSWORD_FLOW, ..called("aiosfstream", PYTHON, &["aiosfstream"], &["SalesforceStreamingClient"]) },
    Library { positional: CLIENT_FIRST, by: PASSWORD_FLOW, ..called("aiosfstream", PYTHON, &["aiosfstream"], &["PasswordAuthenticator"]) },
    // JavaScript, TypeScript
    Library { positional: LOGIN, setup: &["Connection"], ..called("jsforce", JAVASCRIPT, JSFORCE, &[ANY, "login"]) },
    Library { positional: LOGIN, by: SOAP, setup: &["Connection"], ..called("jsforce", JAVASCRIPT, JSFORCE, &[ANY, "loginBySoap"]) },
    Library { positional: LOGIN, by: PASSWORD_FLOW, setup: &["Connection"], ..called("jsforce", JAVASCRIPT, JSFORCE, &[ANY, "loginByOAuth2"]) },
    Library { by: PASSWORD_FLOW, setup: &["createConnection"], ..called("nforce", JAVASCRIPT, &["'nforce'", "\"nforce\""], &[ANY, "authenticate"]) },
    // Java
    Library { positional: &[Password], by: SOAP, setup: &["setUsername", "setAuthEndpoint", "setServiceEndpoint"], ..called("Force.com Web Service Connector", JAVA, WSC, &[ANY, "setPassword"]) },
    Library { positional: LOGIN, by: SOAP, ..called("Force.com Web Service Connector", JAVA, WSC, &[ANY, "login"]) },
    Library { positional: LOGIN, by: SOAP, ..called("Force.com Web Service Connector", JAVA, WSC, &["Connector", "newConnection"]) },
    Library { positional: &[Password], by: PASSWORD_FLOW, setup: &["setUsername", "setClientId", "setClientSecret", "setLoginEndpoint"], ..called("force-rest-api", JAVA, &["com.force.api"], &[ANY, "setPassword"]) },
    Library { positional: LOGIN, by: SOAP, ..called("EMP connector", JAVA, &["com.salesforce.emp.connector"], &["LoginHelper", "login"]) },
    // C#
    Library { positional: CLIENT_FIRST, by: PASSWORD_FLOW, ..called("Force.com Toolkit for .NET", CSHARP, FORCE_DOT_NET, &[ANY, "UsernamePasswordAsync"]) },
    Library { positional: LOGIN, by: SOAP, ..called("SOAP API", CSHARP, SOAP_PROXY, &[ANY, "login"]) },
    Library { positional: &[Other, Other, Username, Password], by: SOAP, ..called("SOAP API", CSHARP, &["sforce"], &[ANY, "loginAsync"]) },
    Library { positional: CLIENT_FIRST, by: PASSWORD_FLOW, ..called("SalesforceSharp", CSHARP, &["salesforcesharp"], &["UsernamePasswordAuthenticationFlow"]) },
    // Go
    Library { positional: LOGIN_WITH_TOKEN, by: SOAP, setup: &["NewClient"], ..called("simpleforce", GO, &["simpleforce"], &[ANY, "LoginPassword"]) },
    Library { positional: &[ApiVersion, ClientId, ClientSecret, Username, Password, SecurityToken, Other], by: PASSWORD_FLOW, ..called("go-force", GO, &["go-force"], &[ANY, "Create"]) },
    Library { form: Form::Literal, ..called("go-salesforce", GO, &["go-salesforce"], &["Creds"]) },
    Library { form: Form::Literal, by: PASSWORD_FLOW, ..called("go-sfdc", GO, &["go-sfdc"], &["PasswordCredentials"]) },
    // Ruby
    Library { form: Form::RubyCall, by: PASSWORD_FLOW, ..called("Restforce", RUBY, &["restforce"], &["Restforce", "new"]) },
    Library { form: Form::RubyCall, by: PASSWORD_FLOW, ..called("Restforce", RUBY, &["restforce"], &["Restforce", "tooling"]) },
    Library { form: Form::RubyBlock, by: PASSWORD_FLOW, ..called("Restforce", RUBY, &["restforce"], &["Restforce", "configure"]) },
    Library { form: Form::RubyCall, by: PASSWORD_FLOW, ..called("databasedotcom", RUBY, &["databasedotcom"], &[ANY, "authenticate"]) },
    Library { form: Form::RubyCall, by: SOAP, positional: LOGIN, ..called("Soapforce", RUBY, &["soapforce"], &[ANY, "authenticate"]) },
    Library { form: Form::RubyCall, by: SOAP, ..called("Metaforce", RUBY, &["metaforce"], &["Metaforce", "new"]) },
    Library { form: Form::RubyCall, by: SOAP, positional: LOGIN, setup: &["new"], ..called("RForce", RUBY, &["'rforce'", "\"rforce\""], &[ANY, "login"]) },
    Library { form: Form::RubyCall, by: SOAP, positional: LOGIN, ..called("salesforce_bulk", RUBY, &["salesforce_bulk", "salesforcebulk"], &["SalesforceBulk", "Api", "new"]) },
    // PHP
    Library { positional: LOGIN, by: SOAP, ..called("Force.com Toolkit for PHP", PHP, &["sforcepartnerclient", "sforceenterpriseclient", "sforcebaseclient"], &[ANY, "login"]) },
    Library { positional: &[Host, Username, Password, SecurityToken], by: SOAP, ..called("phpforce", PHP, &["phpforce\\", "phpforce/"], &["ClientBuilder"]) },
    // Shells
    Library { form: Form::Command, by: SOAP, ..called("ForceCLI", SHELL, &["force login"], &["force", "login"]) },
];

/// Texts one of which stands in each source file of a language that holds a login, in lower case: what a
/// first look searches for.
pub fn markers(language: Language) -> impl Iterator<Item = &'static str> {
    let libraries = LIBRARIES.iter().filter(move |it| it.languages.contains(&language));
    let markers = libraries.flat_map(|library| library.marker).copied();
    markers.chain(["/services/soap/", "/services/oauth2/token", "grant_type", "granttype"])
}
