use super::*;

fn ours(value: &str) -> Option<String> {
    parse(value).unwrap_or_else(|| panic!("{value:?} is meant as a reference")).ours
}

#[test]
fn forms_of_other_programs() {
    for value in [
        "$SF_PASSWORD",
        "$$SF_PASSWORD",
        "\\$SF_PASSWORD",
        "{{SF_PASSWORD}}",
        "{{ SF_PASSWORD }}",
        "{{sf_password}}",
        "{{{SF_PASSWORD}}}",
        "{{ secrets.SF_PASSWORD }}",
        "{{ env.SF_PASSWORD }}",
        "{{ .Env.SF_PASSWORD }}",
        "{{ .Values.sf_password }}",
        "{{ .Values.SF_PASSWORD | b64enc }}",
        "{{ env \"SF_PASSWORD\" }}",
        "{{env['SF_PASSWORD']}}",
        "{{ lookup('env', 'SF_PASSWORD') }}",
        "{{ $env.SF_PASSWORD }}",
        "={{ $env.SF_PASSWORD }}",
        "{{ vault_secrets['SF_PASSWORD'] }}",
        "%SF_PASSWORD%",
        "%%SF_PASSWORD%%",
        "!SF_PASSWORD!",
        "#{SF_PASSWORD}",
        "#{sf_password}",
        "#{ENV['SF_PASSWORD']}",
        "#[p('secure::sf.password')]",
        "#[vars.sf_password]",
        "p('sf.password')",
        "[SF_Password]",
        "[sf.password]",
        "[ SF_PASSWORD ]",
        "[SF_PASSWORD{}]",
        "[[SF_PASSWORD]]",
        "$(SF_PASSWORD)",
        "$[variables.SF_PASSWORD]",
        "$[variables['SF_PASSWORD']]",
        "$ENV{SF_PASSWORD}",
        "((sf_password))",
        "((sf-password))",
        "<%= ENV['SF_PASSWORD'] %>",
        "<%= ENV.fetch(\"SF_PASSWORD\") %>",
        "<%= SF_PASSWORD %>",
        "<?= getenv('SF_PASSWORD') ?>",
        "<< parameters.sf_password >>",
        "<<SF_PASSWORD>>",
        "@{variables('SF_PASSWORD')}",
        "@variables('sf_password')",
        "%env(SF_PASSWORD)%",
        "%(sf_password)s",
        "%{SF_PASSWORD}",
        "__SF_PASSWORD__",
        "##SF_PASSWORD##",
        "@@SF_PASSWORD@@",
        "@SF_PASSWORD@",
        "$SF_PASSWORD$",
        "{SF_PASSWORD}",
        "{$sf_password}",
        "process.env.SF_PASSWORD",
        "process.env['SF_PASSWORD']",
        "import.meta.env.SF_PASSWORD",
        "ENV['SF_PASSWORD']",
        "ENV.fetch('SF_PASSWORD')",
        "os.environ['SF_PASSWORD']",
        "os.environ.get(\"SF_PASSWORD\")",
        "os.getenv('SF_PASSWORD')",
        "getenv('SF_PASSWORD')",
        "System.getenv(\"SF_PASSWORD\")",
        "Environment.GetEnvironmentVariable(\"SF_PASSWORD\")",
        "env('SF_PASSWORD')",
        "env.SF_PASSWORD",
        "secrets.SF_PASSWORD",
        "vars.SF_PASSWORD",
        "var.sf_password",
        "!secret sf_password",
        "!ENV SF_PASSWORD",
        "#{SF_PASSWORD}#",
        "[$sf_password]",
        "$ENV(SF_PASSWORD)",
        "$::env(SF_PASSWORD)",
        "$__env{SF_PASSWORD}",
        "$_ENV['SF_PASSWORD']",
        "$<SF_PASSWORD>",
        "{%SF_PASSWORD%}",
        "{#SF_PASSWORD#}",
        "~SF_PASSWORD~",
        "&&SF_PASSWORD",
        "ENV(SF_PASSWORD)",
        "=env(\"SF_PASSWORD\")",
        "lookup('env', 'SF_PASSWORD')",
        "ENV.SF_PASSWORD",
        "=$env.SF_PASSWORD",
        "@pipeline().parameters.sf_password",
        "@linkedService().sf_password",
        "$sf_password",
        "$sf.password",
        "\"$SF_PASSWORD\"",
        "'$SF_PASSWORD'",
        "\"${SF_PASSWORD}\"",
        "'%SF_PASSWORD%'",
        "\"{{ SF_PASSWORD }}\"",
        " {{SF_PASSWORD}} ",
        "\u{200b}%SF_PASSWORD%",
    ] {
        assert_eq!(ours(value).as_deref(), Some("${env:SF_PASSWORD}"), "{value}");
    }
}

#[test]
fn places_in_stores_and_encrypted_texts() {
    for value in [
        "op://Private/Salesforce/password",
        "vault:secret/data/sf#password",
        "vault://secret/sf",
        "ref+vault://secret/sf#/password",
        "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/sf/)",
        "@Microsoft.KeyVault(VaultName=acme;SecretName=sf)",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:sf",
        "ssm:/acme/sf",
        "secretsmanager:sf",
        "gcpsm://acme/sf",
        "/run/secrets/sf_password",
        "file:///run/secrets/sf",
        "ENC[AES256_GCM,data:aaaa,iv:bbbb]",
        "ENC(bm90IHJlYWw=)",
        "![bm90IHJlYWw=]",
        "{cipher}bm90IHJlYWw=",
        "keychain:salesforce",
    ] {
        assert_eq!(ours(value), None, "{value}");
    }
}

/// What is meant is not told: somebody has to say which name it is.
#[test]
fn references_without_a_name() {
    for value in ["`pass show sf`", "projects/acme/secrets/sf/versions/latest"] {
        let reference = parse(value);
        assert!(reference.is_some_and(|reference| reference.ours.is_none()), "{value}");
    }
}

#[test]
fn ours_with_slips() {
    for value in [
        " ${env:SF_PASSWORD}",
        "${env:SF_PASSWORD} ",
        "\t${env:SF_PASSWORD}\n",
        "${env:SF_PASSWORD}\u{200b}",
        "\u{feff}${env:SF_PASSWORD}",
        "\u{a0}${env:SF_PASSWORD}",
        "\u{200b} ${env:SF_PASSWORD} \u{a0}",
        "\"${env:SF_PASSWORD}\"",
        "'${env:SF_PASSWORD}'",
        "“${env:SF_PASSWORD}”",
        "`${env:SF_PASSWORD}`",
        "${env:SF_PASSWORD},",
        "${env:SF_PASSWORD};",
        "\\${env:SF_PASSWORD}",
        "=${env:SF_PASSWORD}",
        "$env:SF_PASSWORD",
        "$Env:SF_PASSWORD",
        "{env:SF_PASSWORD}",
        "env:SF_PASSWORD",
        "ENV:SF_PASSWORD",
        "$(env:SF_PASSWORD)",
        "$[env:SF_PASSWORD]",
        "{$env:SF_PASSWORD}",
        "$ {env:SF_PASSWORD}",
        "${env:SF_PASSWORD",
        "$env:SF_PASSWORD}",
        "${ env:SF_PASSWORD",
        "env://SF_PASSWORD",
        "＄{env:SF_PASSWORD}",
        "${env:SF_PASSWORD｝",
        "$｛env:SF_PASSWORD}",
    ] {
        assert_eq!(ours(value).as_deref(), Some("${env:SF_PASSWORD}"), "{value:?}");
    }
    for value in
        ["keyring:Acme UAT", "{keyring:Acme UAT}", "$keyring:Acme UAT", " ${keyring:Acme UAT} "]
    {
        assert_eq!(ours(value).as_deref(), Some("${keyring:Acme UAT}"), "{value:?}");
    }
}

#[test]
fn what_may_be_a_password_is_none() {
    for value in [
        "",
        " ",
        "$",
        "$$",
        "$1",
        "$ecret",
        "$ecretly",
        "$ecretPassword",
        "$alty",
        "$password",
        "$ecretword_7",
        "`back`",
        "`tick tock",
        "\"quoted\"",
        "'$ecret'",
        "&&",
        "&&and",
        "~home~",
        "pa${env:x",
        "prefix${env:SF_PASSWORD}",
        "${env:SF_PASSWORD}-suffix",
        "pa${env:}ss",
        "a#{b}#c",
        "pa$SWORD",
        "Pa$$w0rd",
        "$A",
        "$a_b",
        "100%",
        "%",
        "%%",
        "50%off%",
        "a%b%",
        "[",
        "]",
        "[]",
        "[a b]",
        "[1]",
        "[a]b",
        "{",
        "{}",
        "{a}",
        "{password}",
        "{1}",
        "}{",
        "#",
        "#1",
        "#{}",
        "{{}}",
        "((",
        "()",
        "!",
        "!!",
        "!a!",
        "!Password!",
        "!secret",
        "@",
        "@home@",
        "a@b",
        "____",
        "__",
        "_a_",
        "$HOME/x",
        "x $SF_PASSWORD",
        "env",
        "env:",
        "env: a b",
        "environment",
        "op:",
        "op://",
        "vault",
        "arn",
        "file",
        "not-a-real-password",
        "correct horse battery staple",
        "${env:SF_PASSWORD}",
        "${keyring:Acme}",
        "$${env:SF_PASSWORD}",
        "${SF_PASSWORD}",
        "${{ secrets.SF_PASSWORD }}",
        "integration@acme.example",
        "3MVG9.EXAMPLE.EXAMPLE",
        "p",
        "p()",
        "var",
        "variable.x",
        "-$SF_PASSWORD",
        "ENV[",
        "<%",
        "<%%>",
        "${a}${b}",
    ] {
        assert_eq!(parse(value), None, "{value:?}");
    }
    assert_eq!(parse(&format!("[{}]", "a".repeat(MAX_LENGTH))), None);
}

#[test]
fn a_reference_of_any_kind_is_told() {
    for value in [
        "${env:A}",
        "${A}",
        " ${env:A} ",
        "{{A}}",
        "$AB",
        "${env:A",
        "[url]",
        "https://${env:A}.my.salesforce.com",
    ] {
        assert!(is_any(value), "{value:?}");
    }
    for value in
        ["", "acme.my.salesforce.com", "https://acme.my.salesforce.com", "[::1]", "127.0.0.1:80"]
    {
        assert!(!is_any(value), "{value:?}");
    }
}
