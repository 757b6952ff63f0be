//! The forms in which other programs write references, each once.

/// A form that a value has.
pub(super) struct Form<'a> {
    /// Completes "This is …".
    pub whose: &'static str,
    /// Name of the environment variable that it stands for, where that can be told.
    pub name: Option<std::borrow::Cow<'a, str>>,
}

/// What may stand between the two ends of a form.
#[derive(Clone, Copy)]
enum Inside {
    /// Anything with a name in it: nobody's password has these ends.
    Anything,
    /// A name alone, with blanks around it: `[A-Za-z_][A-Za-z0-9_.-]*`.
    Name,
    /// A name of an environment variable in capitals, two characters or more.
    Capitals,
}

/// Whether the name in a form is that of an environment variable, or of something else.
#[derive(Clone, Copy)]
enum Names {
    /// As it is written.
    Environment,
    /// In capitals: variables of other kinds become environment variables.
    Others,
}

type Ends = (&'static str, &'static str, Inside, Names, &'static str);

/// Beginning and end of a value; of two that fit the first counts.
#[rustfmt::skip]
static ENDS: &[Ends] = &[
    ("={{", "}}", Inside::Anything, Names::Others, "an expression of n8n"),
    ("{{{", "}}}", Inside::Anything, Names::Others, "a variable of a template"),
    ("{{", "}}", Inside::Anything, Names::Others, "a variable of a template"),
    ("<%", "%>", Inside::Anything, Names::Environment, "an expression of ERB"),
    ("<?", "?>", Inside::Anything, Names::Environment, "an expression of PHP"),
    ("<<", ">>", Inside::Anything, Names::Others, "a parameter of CircleCI"),
    ("#{", "}#", Inside::Name, Names::Others, "a token of a deployment"),
    ("#{", "}", Inside::Anything, Names::Others, "a variable of Octopus, Ruby or Spring"),
    ("#[", "]", Inside::Anything, Names::Others, "an expression of Mule"),
    ("@{", "}", Inside::Anything, Names::Others, "an expression of Azure Data Factory"),
    ("%{", "}", Inside::Anything, Names::Others, "a variable of a template"),
    ("$ENV{", "}", Inside::Anything, Names::Environment, "a variable of Perl or CMake"),
    ("$ENV(", ")", Inside::Anything, Names::Environment, "a variable of another program"),
    ("$::env(", ")", Inside::Name, Names::Environment, "a variable of Tcl"),
    ("$__env{", "}", Inside::Name, Names::Environment, "a variable of Grafana"),
    ("$__file{", "}", Inside::Anything, Names::Others, "a file of Grafana"),
    ("$_ENV[", "]", Inside::Anything, Names::Environment, "a variable of PHP"),
    ("$_SERVER[", "]", Inside::Anything, Names::Environment, "a variable of PHP"),
    ("$connections('", "')", Inside::Name, Names::Others, "an expression of Azure Logic Apps"),
    ("$(", ")", Inside::Anything, Names::Others, "a variable of a shell, Make or Azure Pipelines"),
    ("$[", "]", Inside::Anything, Names::Others, "an expression of Azure Pipelines"),
    ("((", "))", Inside::Name, Names::Others, "a variable of Concourse"),
    ("%env(", ")%", Inside::Anything, Names::Environment, "a variable of Symfony"),
    ("%(", ")s", Inside::Name, Names::Others, "a variable of Python's configuration files"),
    ("%%", "%%", Inside::Name, Names::Environment, "a variable of Windows"),
    ("%", "%", Inside::Name, Names::Environment, "a variable of Windows"),
    ("!", "!", Inside::Capitals, Names::Environment, "a variable of Windows"),
    ("[[", "]]", Inside::Name, Names::Others, "a variable of a template"),
    ("[$", "]", Inside::Name, Names::Others, "a variable of Jitterbit"),
    ("[", "{}]", Inside::Name, Names::Others, "a variable of Jitterbit"),
    ("[", "]", Inside::Name, Names::Others, "a variable of Jitterbit"),
    ("__", "__", Inside::Name, Names::Others, "a token of a deployment"),
    ("##", "##", Inside::Name, Names::Others, "a token of a deployment"),
    ("@@", "@@", Inside::Name, Names::Others, "a token of a deployment"),
    ("@", "@", Inside::Capitals, Names::Environment, "a property of Maven, Ant or CMake"),
    ("$$", "$$", Inside::Capitals, Names::Environment, "a variable of a template"),
    ("$", "$", Inside::Capitals, Names::Environment, "a variable of a template"),
    ("$<", ">", Inside::Capitals, Names::Environment, "a variable of a template"),
    ("{%", "%}", Inside::Anything, Names::Others, "an expression of a template"),
    ("{#", "#}", Inside::Name, Names::Others, "a variable of a template"),
    ("~", "~", Inside::Capitals, Names::Environment, "a variable of a template"),
    ("|", "|", Inside::Capitals, Names::Environment, "a variable of a template"),
    ("&&", "", Inside::Capitals, Names::Environment, "a variable of SQL*Plus"),
    ("{$", "}", Inside::Name, Names::Others, "a variable of a template"),
    ("{", "}", Inside::Capitals, Names::Environment, "a variable of a template"),
    ("$$", "", Inside::Capitals, Names::Environment, "a variable of a shell"),
    ("\\$", "", Inside::Capitals, Names::Environment, "a variable of a shell"),
    ("$", "", Inside::Capitals, Names::Environment, "a variable of a shell"),
    ("process.env.", "", Inside::Name, Names::Environment, "a variable of Node.js"),
    ("import.meta.env.", "", Inside::Name, Names::Environment, "a variable of Vite"),
    ("ENV[", "]", Inside::Anything, Names::Environment, "a variable of Ruby"),
    ("ENV.fetch(", ")", Inside::Anything, Names::Environment, "a variable of Ruby"),
    ("process.env[", "]", Inside::Anything, Names::Environment, "a variable of Node.js"),
    ("os.environ", "]", Inside::Anything, Names::Environment, "a variable of Python"),
    ("os.environ", ")", Inside::Anything, Names::Environment, "a variable of Python"),
    ("os.getenv(", ")", Inside::Anything, Names::Environment, "a variable of Python"),
    ("getenv(", ")", Inside::Anything, Names::Environment, "a variable of PHP or C"),
    ("System.getenv(", ")", Inside::Anything, Names::Environment, "a variable of Java"),
    ("Deno.env.get(", ")", Inside::Anything, Names::Environment, "a variable of Deno"),
    ("Environment.GetEnvironmentVariable(", ")", Inside::Anything, Names::Environment, "a variable of .NET"),
    ("env(", ")", Inside::Anything, Names::Environment, "a variable of Laravel"),
    ("=env(", ")", Inside::Anything, Names::Environment, "a variable of Laravel"),
    ("ENV(", ")", Inside::Anything, Names::Environment, "a variable of another program"),
    ("lookup(", ")", Inside::Anything, Names::Environment, "an expression of Ansible"),
    ("get_env(", ")", Inside::Anything, Names::Environment, "an expression of Terragrunt"),
    ("p(", ")", Inside::Anything, Names::Others, "a property of Mule"),
    ("Mule::p(", ")", Inside::Anything, Names::Others, "a property of Mule"),
    ("@variables(", ")", Inside::Anything, Names::Others, "an expression of Azure Data Factory"),
    ("@parameters(", ")", Inside::Anything, Names::Others, "an expression of Azure Data Factory"),
    ("@pipeline().parameters.", "", Inside::Name, Names::Others, "an expression of Azure Data Factory"),
    ("@pipeline().globalParameters.", "", Inside::Name, Names::Others, "an expression of Azure Data Factory"),
    ("@linkedService().", "", Inside::Name, Names::Others, "an expression of Azure Data Factory"),
    ("@dataset().", "", Inside::Name, Names::Others, "an expression of Azure Data Factory"),
    ("@activity(", "", Inside::Anything, Names::Others, "an expression of Azure Data Factory"),
    ("=$env.", "", Inside::Name, Names::Environment, "an expression of n8n"),
    ("$env.", "", Inside::Name, Names::Environment, "an expression of n8n"),
    ("ENV.", "", Inside::Name, Names::Environment, "a variable of another program"),
    ("env.", "", Inside::Name, Names::Environment, "a variable of a pipeline"),
    ("secrets.", "", Inside::Name, Names::Others, "a secret of a pipeline"),
    ("vars.", "", Inside::Name, Names::Others, "a variable of a pipeline"),
    ("var.", "", Inside::Name, Names::Others, "a variable of Terraform"),
];

/// Beginnings of a value that stand for a place in a store of secrets, or for encrypted text. No
/// name can be told from the rest.
#[rustfmt::skip]
static BEGINNINGS: &[(&str, &str)] = &[
    ("@Microsoft.KeyVault(", "a reference to Azure Key Vault"),
    ("azurekeyvault://", "a reference to Azure Key Vault"),
    ("akv://", "a reference to Azure Key Vault"),
    ("keyvault:", "a reference to Azure Key Vault"),
    ("op://", "a reference to 1Password"),
    ("vault:", "a reference to Vault"),
    ("hashivault://", "a reference to Vault"),
    ("ref+", "a reference of vals"),
    ("arn:aws", "a reference to AWS"),
    ("aws-sm://", "a reference to AWS Secrets Manager"),
    ("awssm://", "a reference to AWS Secrets Manager"),
    ("secretsmanager:", "a reference to AWS Secrets Manager"),
    ("ssm:", "a reference to AWS Systems Manager"),
    ("gcp-sm://", "a reference to Google Secret Manager"),
    ("gcpsm://", "a reference to Google Secret Manager"),
    ("gsm://", "a reference to Google Secret Manager"),
    ("sm://", "a reference to Google Secret Manager"),
    ("secret://", "a reference to a store of secrets"),
    ("secrets://", "a reference to a store of secrets"),
    ("doppler://", "a reference to Doppler"),
    ("bws://", "a reference to Bitwarden"),
    ("bitwarden://", "a reference to Bitwarden"),
    ("infisical://", "a reference to Infisical"),
    ("akeyless:", "a reference to Akeyless"),
    ("keepass://", "a reference to KeePass"),
    ("lastpass://", "a reference to LastPass"),
    ("keychain:", "a reference to a keychain"),
    ("credstash:", "a reference to credstash"),
    ("file://", "the address of a file"),
    ("/run/secrets/", "the path of a Docker secret"),
    ("/var/run/secrets/", "the path of a Kubernetes secret"),
    ("!secret ", "a reference of Home Assistant"),
    ("!vault ", "text that Ansible Vault has encrypted"),
    ("$ANSIBLE_VAULT;", "text that Ansible Vault has encrypted"),
    ("!env ", "a tag of YAML"),
    ("!ENV ", "a tag of YAML"),
    ("!Ref ", "a reference of CloudFormation"),
    ("!Sub ", "a reference of CloudFormation"),
    ("!ImportValue ", "a reference of CloudFormation"),
    ("{\"Ref\"", "a reference of CloudFormation"),
    ("((/", "a variable of Concourse"),
    ("!GetAtt ", "a reference of CloudFormation"),
    ("ENC[", "text that SOPS has encrypted"),
    ("ENC(", "text that Jasypt has encrypted"),
    ("![", "text that Mule has encrypted"),
    ("{cipher}", "text that Spring Cloud Config has encrypted"),
];

/// Words in a form that are no name: what stands around one.
const NO_NAMES: [&str; 22] = [
    "b64enc",
    "config",
    "context",
    "default",
    "env",
    "environ",
    "environment",
    "fetch",
    "get",
    "inputs",
    "lookup",
    "p",
    "parameters",
    "process",
    "quote",
    "secret",
    "secrets",
    "secure",
    "toJSON",
    "trim",
    "variables",
    "vars",
];

/// The form of a value without blanks around it.
pub(super) fn find(value: &str) -> Option<Form<'_>> {
    let first = value.bytes().next()?;
    let may_begin = |open: &str| open.bytes().next() == Some(first);
    let mut rows = ENDS.iter().filter(|row| may_begin(row.0));
    let of_ends = rows.find_map(|&(open, close, inside, names, whose)| {
        let between = value.strip_prefix(open)?.strip_suffix(close)?;
        inside.fits(between).then(|| Form { whose, name: name_in(between, inside, names) })
    });
    of_ends.or_else(|| {
        let has_rest = |start: &str| value.len() > start.len() && value.starts_with(start);
        let mut rows = BEGINNINGS.iter().filter(|row| may_begin(row.0));
        let of_store = rows.find(|(start, _)| has_rest(start)).map(|row| row.1);
        if let Some(name) = value.strip_prefix('$').filter(|name| is_lower_case_variable(name)) {
            let whose = "a variable of a shell or of Jitterbit";
            return Some(Form { whose, name: Some(in_capitals(name).into()) });
        }
        let whose = of_store.or_else(|| other_place(value))?;
        Some(Form { whose, name: yaml_name(value) })
    })
}

/// Places and commands that no table has to list.
fn other_place(value: &str) -> Option<&'static str> {
    let command = value.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    if command.is_some_and(|command| is_command(command.trim())) {
        return Some("a command of a shell");
    }
    let is_google = value.starts_with("projects/") && value.contains("/secrets/");
    is_google.then_some("a reference to Google Secret Manager")
}

/// A word and what follows it.
fn is_command(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(program, rest)| is_name(program) && !rest.trim().is_empty())
}

/// `$sf_password`, `$sfPassword`: a name of two words or more that says what it holds. `$ecret` and
/// `$ecretPassword` may be passwords.
fn is_lower_case_variable(name: &str) -> bool {
    let folded = name.to_ascii_lowercase();
    let says =
        ["password", "passwd", "pwd", "secret", "token", "client_id", "clientid", "username"];
    let has_words =
        name.contains(['_', '.']) || folded.starts_with("sf") || folded.starts_with("sal");
    is_name(name) && has_words && says.iter().any(|word| folded.ends_with(word))
}

/// The name behind a tag of YAML.
fn yaml_name(value: &str) -> Option<std::borrow::Cow<'_, str>> {
    let (_, name) = value.strip_prefix('!')?.split_once(' ')?;
    is_name(name.trim()).then(|| in_capitals(name.trim()).into())
}

impl Inside {
    fn fits(self, between: &str) -> bool {
        let between = between.trim();
        match self {
            Inside::Anything => between.contains(|c: char| c.is_ascii_alphabetic()),
            Inside::Name => is_name(between),
            Inside::Capitals => {
                is_name(between)
                    && between.len() > 1
                    && between.bytes().any(|b| b.is_ascii_uppercase())
                    && between
                        .bytes()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

/// The one name that the text between the ends of a form is about: the first in quotes, else the
/// last word of its first part.
fn name_in(between: &str, inside: Inside, names: Names) -> Option<std::borrow::Cow<'_, str>> {
    let quoted = between.split(['"', '\'']).skip(1).step_by(2);
    let is_wanted = |word: &&str| is_name(word) && !NO_NAMES.contains(word);
    let quoted = quoted.filter_map(|text| text.rsplit("::").next()).find(is_wanted);
    let first_part = between.split('|').next().unwrap_or(between);
    let mut words = first_part.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let is_path = matches!(inside, Inside::Anything) && between.contains('.');
    let whole = Some(between.trim().trim_start_matches('$')).filter(|it| is_name(it) && !is_path);
    let name = quoted.or(whole).or_else(|| words.rfind(is_wanted))?;
    match names {
        Names::Environment if crate::secret_ref::is_env_name(name) => Some(name.into()),
        _ => Some(in_capitals(name).into()),
    }
}

/// A name as one of an environment variable.
fn in_capitals(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    name.chars().map(letter).collect()
}
