use super::calls::{self, MAX_CALLS};
use super::lexer;
use crate::logins::{Flow, Format, Language, MAX_LOGINS, Secret, Written, read};

/// A login in one line.
fn shown(language: Language, text: &str) -> String {
    let lines = read(Format::Code(language), text).into_iter().map(|login| {
        assert!(login.is_possible);
        let username = match &login.username {
            Some(Written::Literal(text)) => text.value.as_str(),
            Some(Written::Reference(_)) => "→",
            None => "-",
        };
        let password = match &login.password {
            Some(Secret::Literal(_)) => "literal",
            Some(_) => "reference",
            None => "-",
        };
        let plain = |it: Option<&crate::Located>| it.map_or("-", |it| it.value.as_str()).to_owned();
        format!(
            "{} {} [{}] {} v={} {username} {password}{}",
            login.tool,
            login.flow.as_str(),
            login.place.text(text),
            plain(login.host.as_ref()),
            plain(login.api_version.as_ref()),
            if login.is_comment { " comment" } else { "" },
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn python() {
    let text = "from simple_salesforce import Salesforce\nsf = Salesforce(username='u@acme.example', password=os.environ['P'],\n    security_token='T', domain='test', version='42.0')\n# sf = Salesforce(username='x', password='y', security_token='z')\n";
    assert_eq!(
        shown(Language::Python, text),
        "simple-salesforce basic [Salesforce] test.salesforce.com v=42.0 u@acme.example reference\n\
         simple-salesforce basic [Salesforce] - v=- x literal comment"
    );
    let flow = |arguments: &str| {
        let text = format!("import simple_salesforce\nSalesforce({arguments})");
        read(Format::Code(Language::Python), &text).first().map(|login| login.flow)
    };
    assert_eq!(flow("'u', 'p', 't'"), Some(Flow::Basic));
    assert_eq!(
        flow("username=u, password=p, consumer_key=k, consumer_secret=s"),
        Some(Flow::UsernamePassword)
    );
    assert_eq!(flow("username=u, consumer_key=k, privatekey_file=f"), Some(Flow::Jwt));
    assert_eq!(
        flow("consumer_key=k, consumer_secret=s, domain='acme.my'"),
        Some(Flow::ClientCredentials)
    );
    assert_eq!(flow("session_id=s, instance=i"), Some(Flow::Session));
    assert_eq!(flow("**settings"), None);
    assert_eq!(flow(""), None);
}

#[test]
fn javascript() {
    let text = "const jsforce = require('jsforce');\nconst conn = new jsforce.Connection({ loginUrl: 'https://test.salesforce.com', version: '58.0' });\nawait conn.login('u@acme.example', 'NOTREAL' + token);\n";
    assert_eq!(
        shown(Language::JavaScript, text),
        "jsforce basic [login] https://test.salesforce.com v=58.0 u@acme.example literal"
    );
    let text = "import jsforce from 'jsforce';\nconst c = new jsforce.Connection({ oauth2: { clientId: id, clientSecret: s, loginUrl } });\nc.login(user, 'NOTREAL');";
    assert_eq!(
        shown(Language::JavaScript, text),
        "jsforce oauth-username-password [login] - v=- → literal"
    );
    let text = "import jsforce from 'jsforce';\nimport config from './config';\nnew jsforce.Connection({}).login(config.username, config.password);";
    assert_eq!(
        shown(Language::JavaScript, text),
        "jsforce basic [login] - v=- → reference",
        "the module is not the user"
    );
    assert_eq!(shown(Language::JavaScript, "function login(a, b) {}\napp.login('u', 'p')"), "");
    let own = "import jsforce from 'jsforce';\nclass A { async login(username: string, password: string) {} }";
    assert_eq!(shown(Language::JavaScript, own), "");
}

#[test]
fn java_csharp_and_go() {
    let text = "import com.sforce.ws.ConnectorConfig;\nconfig.setUsername(\"u@acme.example\");\nconfig.setPassword(PASSWORD);\nconfig.setAuthEndpoint(\"https://login.salesforce.com/services/Soap/u/31.0\");";
    assert_eq!(
        shown(Language::Java, text),
        "Force.com Web Service Connector basic [setPassword] https://login.salesforce.com/services/Soap/u/31.0 v=31.0 u@acme.example reference"
    );
    let text = "using Salesforce.Common;\nawait auth.UsernamePasswordAsync(clientId, secret, \"u@acme.example\", \"NOTREAL\");";
    assert_eq!(
        shown(Language::CSharp, text),
        "Force.com Toolkit for .NET oauth-username-password [UsernamePasswordAsync] - v=- u@acme.example literal"
    );
    let text = "import \"github.com/simpleforce/simpleforce\"\nclient := simpleforce.NewClient(\"https://acme.my.salesforce.com\", id, \"54.0\")\nclient.LoginPassword(user, pass, token)";
    assert_eq!(
        shown(Language::Go, text),
        "simpleforce basic [LoginPassword] https://acme.my.salesforce.com v=54.0 → reference"
    );
    let text = "import \"github.com/k-capehart/go-salesforce/v2\"\nsf, err := salesforce.Init(salesforce.Creds{\n Domain: \"https://acme.my.salesforce.com\", Username: \"u@acme.example\", Password: p, ConsumerKey: k, ConsumerSecret: s})";
    assert_eq!(
        shown(Language::Go, text),
        "go-salesforce oauth-username-password [Creds] https://acme.my.salesforce.com v=- u@acme.example reference"
    );
}

#[test]
fn ruby_php_and_shells() {
    let text = "require 'restforce'\nclient = Restforce.new(username: 'u@acme.example', password: ENV['P'],\n  client_id: 'k', client_secret: 's', api_version: '41.0')";
    assert_eq!(
        shown(Language::Ruby, text),
        "Restforce oauth-username-password [new] - v=41.0 u@acme.example reference"
    );
    let text = "require 'rforce'\nbinding = RForce::Binding.new 'https://www.salesforce.com/services/Soap/u/20.0'\nbinding.login 'u@acme.example', 'NOTREAL'\nputs 1";
    assert!(
        shown(Language::Ruby, text).starts_with("RForce basic [login]"),
        "{}",
        shown(Language::Ruby, text)
    );
    let text = "<?php\nrequire 'SforcePartnerClient.php';\n$c = new SforcePartnerClient();\n$c->login($user, \"NOTREAL\");";
    assert_eq!(
        shown(Language::Php, text),
        "Force.com Toolkit for PHP basic [login] - v=- → literal"
    );
    let text = "#!/bin/sh\nforce login -u=u@acme.example -p=\"$PASSWORD\"\n";
    assert_eq!(
        shown(Language::Shell, text),
        "ForceCLI basic [force login] - v=- u@acme.example reference"
    );
}

#[test]
fn addresses_and_grants() {
    let text = "curl https://acme.my.salesforce.com/services/Soap/u/37.0 -d @login.xml\n";
    assert_eq!(
        shown(Language::Shell, text),
        "SOAP API basic [https://acme.my.salesforce.com/services/Soap/u/37.0] https://acme.my.salesforce.com v=37.0 - -"
    );
    let text = "curl https://login.salesforce.com/services/oauth2/token -d \"grant_type=password\" -d \"username=$U\"";
    assert_eq!(
        shown(Language::Shell, text),
        "OAuth 2.0 oauth-username-password [grant_type=password] login.salesforce.com v=- - -"
    );
    for text in [
        "{'grant_type': 'password'}",
        "grant_type: \"password\"",
        "add(\"grant_type\", \"password\")",
        "'grant_type' => 'password'",
        "params['grant_type'] = 'password'",
    ] {
        let text = format!("x = '/services/oauth2/token'\n{text}");
        assert_eq!(read(Format::Code(Language::Python), &text).len(), 1, "{text}");
    }
    for text in [
        "grant_type=password",
        "/services/oauth2/token grant_type=client_credentials",
        "/services/oauth2/token grant_type=password_reset",
        "/services/Soap/u/",
        "/services/Soap/m/58.0",
        "login.salesforce.com",
    ] {
        assert_eq!(shown(Language::Python, text), "", "{text}");
    }
}

#[test]
fn an_environment_tells_a_sandbox() {
    let sandbox = |environment: &str| {
        let text = format!(
            "const nforce = require('nforce');\nconst org = nforce.createConnection({{ clientId: 'k', clientSecret: s, \
             environment: {environment} }});\norg.authenticate({{ username: 'u@acme.example', password: p }});\n"
        );
        let logins = read(Format::Code(Language::JavaScript), &text);
        assert_eq!(logins.len(), 1, "{text}");
        logins[0].sandbox.map(|(is_sandbox, place)| (is_sandbox, place.text(&text).to_owned()))
    };
    assert_eq!(sandbox("'sandbox'"), Some((true, "sandbox".to_owned())));
    assert_eq!(sandbox("'production'"), Some((false, "production".to_owned())));
    assert_eq!(sandbox("'qa'"), None);
    assert_eq!(sandbox("process.env.STAGE"), None);
}

#[test]
fn so_many_calls_of_one_file_are_logins_and_no_more() {
    let begin = "const jsforce = require('jsforce');\n";
    let many = "conn.login('u@acme.example', 'NOTREAL');\n".repeat(MAX_CALLS + 50);
    let text = format!("{begin}{many}");
    let tokens = lexer::read(Language::JavaScript, &text).code;
    assert_eq!(calls::read(Language::JavaScript, &text, &tokens).len(), MAX_CALLS);
    assert_eq!(read(Format::Code(Language::JavaScript), &text).len(), MAX_LOGINS);
    // What prepares each is looked for nearby alone.
    let setups = "new jsforce.Connection({ version: '58.0' });\n".repeat(MAX_CALLS);
    let login = "conn.login('u@acme.example', 'NOTREAL');\n";
    let logins = read(Format::Code(Language::JavaScript), &format!("{begin}{setups}{login}"));
    assert_eq!(logins.len(), 1);
    assert_eq!(logins[0].api_version.as_ref().map(|it| it.value.as_str()), Some("58.0"));
}
