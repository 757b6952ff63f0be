use super::*;

fn check(cannot_be_right: fn(&str) -> bool, passes: &[&str], is_wrong: &[&str]) {
    for text in passes {
        assert!(!cannot_be_right(text), "{text:?} may be right");
    }
    for text in is_wrong {
        assert!(cannot_be_right(text), "{text:?} cannot be right");
    }
}

#[test]
fn usernames() {
    check(
        username_cannot_be_right,
        &[
            "integration@acme.example",
            "integration@acme.example.uat",
            "J.O'Neil+sf_1@sub.acme.co.uk",
            "INTEGRATION@ACME.EXAMPLE",
            "jörg@acme.example",
            "a@b.c",
            "-@x-y.z",
        ],
        &[
            "",
            "integration",
            "acme.example",
            "@acme.example",
            "integration@",
            "integration@acme",
            "a@.example",
            "a@acme.",
            "a@.acme.example",
            "a@acme.example.",
            "a@.",
            "a@..",
            "a@b@acme.example",
            "in tegration@acme.example",
            " a@acme.example",
            "a@acme.example ",
            "a@acme.example\n",
            "a\u{a0}b@acme.example",
            "a\0@acme.example",
            "[user]",
        ],
    );
}

#[test]
fn security_tokens() {
    let a = |n| "aB3".chars().cycle().take(n).collect::<String>();
    check(
        security_token_cannot_be_right,
        &[&a(24), &a(25), &a(20), &a(30), "012345678901234567890123"],
        &[
            "",
            "short",
            &a(19),
            &a(31),
            &format!("{}-", a(23)),
            &format!("{} ", a(24)),
            &format!("é{}", a(22)),
        ],
    );
}

#[test]
fn client_ids() {
    let id = |n| format!("3MVG9{}", "aZ0._+/=".chars().cycle().take(n).collect::<String>());
    check(
        client_id_cannot_be_right,
        &[&id(80), &id(81), &id(120), &id(251)],
        &[
            "",
            "3MVG9",
            "acme",
            &id(79),
            &id(252),
            &format!("x{}", id(80)),
            &id(80).to_lowercase(),
            &format!("{} ", id(80)),
            &format!(" {}", id(80)),
            &format!("{}-", id(79)),
            &format!("{}é", id(80)),
            &"A".repeat(85),
        ],
    );
}

#[test]
fn client_secrets() {
    let hex = "0123456789ABCDEF".repeat(4);
    check(
        client_secret_cannot_be_right,
        &[
            &hex,
            &"aZ9+/=.0".repeat(8),
            &"7".repeat(64),
            "5437293348319318299",
            "543729334831931829",
            "5437293348319318",
        ],
        &[
            "",
            "secret",
            &hex[1..],
            &format!("{hex}0"),
            &format!("{}-", &hex[1..]),
            &format!("{} ", &hex[1..]),
            "54372933483193182990",
            "543729334831931",
            "543729334831931829x",
            &"é".repeat(32),
        ],
    );
}

#[test]
fn placeholders() {
    check(
        |text| !is_placeholder(text),
        &[
            "<password>",
            "<the consumer key>",
            "<>",
            " <x> ",
            "<MyDomain>",
            "...",
            "3MVG9...",
            "3MVG9…",
            "…",
            "todo",
            "TODO",
            "ToDo",
            " todo ",
            "changeme",
            "ChangeMe",
            "CHANGE_ME",
            "change-me",
            "change me",
            "replaceme",
            "replace_me",
            "REPLACE_ME",
            "replace-me",
            "xxx",
            "XXX",
            "xXxX",
            "xxxxxxxxxxxx",
            "your-password",
            "your_client_id",
            "YOUR_CLIENT_ID",
            "your password here",
            "Your-Domain.my.salesforce.com",
            "https://your-domain.my.salesforce.com",
            "HTTPS://your-domain.my.salesforce.com/",
            "https://...",
            "https://<host>",
            "https://xxx/",
            "https://<MyDomain>.my.salesforce.com",
            "https://acme--<SandboxName>.sandbox.my.salesforce.com/",
            "<MyDomain>.my.salesforce.com",
            "https://xxx.my.salesforce.com",
        ],
        &[
            "",
            " ",
            "x",
            "xx",
            "xxy",
            "axxx",
            "x.x.x",
            "xxx1",
            "acme.my.salesforce.com",
            "todo1",
            "todos",
            "mytodo",
            "to do",
            "changeme1",
            "Changeme!",
            "dontchangeme",
            "yours",
            "your",
            "yourself@acme.example",
            "youral@acme.example",
            "<",
            ">",
            "<abc",
            "abc>",
            "a<b>c",
            "<a><b>",
            "<a>b<c>",
            "..",
            "a..",
            ".",
            "...x",
            "…x",
            "P4ssw0rd.",
            "x-your-host",
            "3MVG9abc",
            "${env:TODO}",
            "${keyring:your-password}",
            "https://acme.my.salesforce.com",
            "https://",
            "https://xx",
            "http://your-domain.example",
            "<a>b.example",
            "https://todos.my.salesforce.com",
        ],
    );
}

#[test]
fn what_is_shown_in_place_of_a_secret() {
    check(
        |text| !is_masked(text),
        &[
            "[REDACTED] Use 'sf org auth show-user-password' to view",
            "[REDACTED] Use 'sf org auth show-access-token' to view",
            "[REDACTED]",
            "<REDACTED>",
            "(redacted)",
            "REDACTED",
            "Secret([REDACTED alloc::string::String])",
            "SecretStr('**********')",
            "*",
            "**",
            "***",
            "********",
            "••••••••",
            "●●●●●●",
            "·······",
            "∙∙∙∙",
            "████████",
            "■■■■",
            "＊＊＊＊",
            "########",
            "--------",
            "-",
            "—",
            "?",
            "????",
            "________",
            "........",
            "* * * *",
            "xxxxxxxx",
            "XXXX-XXXX-XXXX",
            "\u{200b}********",
            " ******** ",
            "abcd••••••••",
            "3MVG9••••",
            "3MVG9********************",
            "****1234",
            "3MV************************************wXy",
            "hidden",
            "HIDDEN",
            "(hidden)",
            "[hidden]",
            "<hidden>",
            "*hidden*",
            "***hidden***",
            "<access_token - HIDDEN>",
            "'<client_secret - HIDDEN>'",
            "[FILTERED]",
            "[Filtered]",
            "[MASKED]",
            "{masked}",
            "<masked>",
            "(sensitive value)",
            "(sensitive)",
            "(known after apply)",
            "[secure]",
            "[secret]",
            "<secret>",
            "***REMOVED***",
            "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER",
            "System.Security.SecureString",
            "[object Object]",
            "<concealed by 1Password>",
            "Click to reveal",
            "Click to Reveal",
            "click here to show",
            "Show secret",
            "Manage Consumer Details",
            "(unchanged)",
            "null",
            "NULL",
            "(null)",
            "<null>",
            "nil",
            "None",
            "<none>",
            "undefined",
            "NaN",
            "N/A",
            "n.a.",
            "#N/A",
            "#REF!",
            "not set",
            "(not set)",
            "unknown",
            "[empty]",
        ],
        &[
            "",
            " ",
            "not-a-real-password",
            "N0ne-of-this",
            "My*Pass*word",
            "a**b",
            "p***word",
            "My***Pass1",
            "nullable",
            "Undefined1",
            "hidden-treasure",
            "redactedness",
            "secret",
            "password",
            "integration@acme.example",
            "u-x_x@acme.example",
            "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
            "3MVG9.EXAMPLE.EXAMPLE.EXAMPLE",
            "x1",
            "a.b",
            "a·b",
            "Pa$$w0rd!!",
            "5437293348319318299",
        ],
    );
}

#[test]
fn an_address_with_something_around_it_is_no_placeholder() {
    for text in [
        "<https://acme.my.salesforce.com>",
        "<acme.my.salesforce.com>",
        "<https://acme.my.salesforce.com|acme.my.salesforce.com>",
        "https://acme.my.salesforce.com...",
        "https://acme.my.salesforce.com…",
        "<%= ENV['SF_PASSWORD'] %>",
    ] {
        assert!(!is_placeholder(text), "{text}");
    }
    for text in [
        "<https://your-domain.my.salesforce.com>",
        "<MyDomain>.my.salesforce.com",
        "https://<acme>.my.salesforce.com",
        "https://your-domain.my.salesforce.com/...",
        "<https://example.com>",
    ] {
        assert!(is_placeholder(text), "{text}");
    }
}
