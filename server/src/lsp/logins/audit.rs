//! *Who Else Uses This Login?* in the editor: asks first, logs in once, shows what the history tells.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::Markdown;
use org_login::{Care, LoginAudit, ProcessSecrets};
use tokio_util::sync::CancellationToken;

use super::one::{self, Prepared, Stopped};
use super::{changes, told};
use crate::logins::audit::{self, Conditions, Looked};
use crate::lsp::client::progress::Progress;
use crate::lsp::client::{Answer, Message};
use crate::lsp::convert::uris::id_of;
use crate::lsp::logins::Logins;

/// The answers to the question; the one that does nothing is first, as wherever something is sent.
const DO_NOT_ASK: &str = "Don't Ask";
const ASK: &str = "Ask Salesforce";

/// Between what is told of one that logs in.
const BETWEEN: &str = " \u{b7} ";

/// So many rows of each kind are shown.
const SHOWN: usize = 50;

/// Asks the person, then Salesforce, and shows the answer.
pub async fn run(logins: &Arc<Logins>, uri: lsp::Url) {
    let id = id_of(&uri);
    let Some(org) = one::prepare(logins, &id) else {
        return Stopped::Unreadable.tell(logins, &id).await;
    };
    if org.target.is_ok() && logins.is_trusted() && !may_ask(logins, &org.name).await {
        return;
    }
    let cancel = CancellationToken::new();
    if !one::begin(logins, &uri, &cancel).await {
        return;
    }
    let looked = look(logins, &id, cancel).await;
    one::end(logins, &id);
    match looked {
        Ok((name, looked)) => {
            one::write_results(logins);
            changes::refresh_lenses(logins);
            tell(logins, &uri, &name, looked).await;
        }
        Err(stopped) => stopped.tell(logins, &id).await,
    }
}

/// Whether the person wants it: it is a login, and tells who works with this user.
async fn may_ask(logins: &Arc<Logins>, name: &str) -> bool {
    let question = format!(
        "{name}: ask Salesforce who else uses this login? sforg logs in once and reads the login history of \
         its user."
    );
    let kind = lsp::MessageType::INFO;
    match logins.client.ask(kind, question, &[DO_NOT_ASK, ASK]).await {
        Answer::Chosen(ASK) => true,
        Answer::Chosen(_) | Answer::Dismissed => false,
        Answer::CannotAsk => {
            let text = format!(
                "{name}: this editor cannot ask you first. Run \"sforg login --audit\" in a \
                 terminal to see who else uses the login."
            );
            logins.client.show(lsp::MessageType::WARNING, text).await;
            false
        }
    }
}

async fn look(
    logins: &Arc<Logins>,
    id: &str,
    cancel: CancellationToken,
) -> Result<(String, Looked), Stopped> {
    let Prepared { name, target, fingerprint } =
        one::prepare(logins, id).ok_or(Stopped::Unreadable)?;
    let looked = match target {
        _ if !logins.is_trusted() => Looked::refused(org_login::LoginResult::untrusted_workspace()),
        Err(refused) => Looked::refused(*refused),
        Ok(target) => match one::refusal(logins, id, &name, &target).await? {
            Some(refused) => Looked::refused(refused),
            None => {
                let title = format!("Asking who else uses {name}");
                let step = one::sending(logins, &target);
                let conditions = Conditions {
                    network: logins.network(),
                    today: one::today()?,
                    care: Care::Careful,
                    cancel: cancel.clone(),
                };
                let secrets = Arc::new(ProcessSecrets::new(logins.files.env_file_of(id)));
                let progress =
                    Progress::begin(&logins.client, &title, step.as_deref(), cancel).await;
                let looked = audit::look(&target, secrets, &conditions).await;
                progress.end(&looked.result.summary).await;
                looked
            }
        },
    };
    one::keep(logins, id, &name, fingerprint, &looked.result);
    Ok((name, looked))
}

async fn tell(logins: &Arc<Logins>, uri: &lsp::Url, name: &str, looked: Looked) {
    let audit = match looked.audit {
        None => return told::tell(logins, uri, name, &looked.result).await,
        Some(Err(why)) => {
            let text = format!(
                "{name}: logged in, but sforg could not find out who else uses this \
                         login: {why}."
            );
            return logins.client.show(lsp::MessageType::WARNING, text).await;
        }
        Some(Ok(audit)) => audit,
    };
    if logins.client.session.client.own.pages {
        return logins.client.show_login_history(uri, &page(name, &audit)).await;
    }
    logins.client.show(lsp::MessageType::INFO, message(name, &audit)).await;
}

/// For clients that show Markdown.
fn page(name: &str, audit: &LoginAudit) -> Markdown {
    let title = Markdown::default().own("# Who uses the login of ").text(name);
    if audit.logins == 0 {
        return title.paragraph(Markdown::default().own(audit::NOBODY));
    }
    let span = format!("Salesforce's login history of its user: {}.", audit::span(audit));
    let mut page = title.paragraph(Markdown::default().text(&span));
    if !audit.uses.is_empty() {
        page = page.own("\n\n| Logins | Who | Last |\n|---:|---|---|");
        for one in audit.uses.iter().take(SHOWN) {
            page = row(page, one.count, &audit::who(one, BETWEEN), one.last.as_deref());
        }
        page = left_out(page, audit.uses.len());
    }
    if !audit.refused.is_empty() {
        page = page.own("\n\n## Refused\n\n| Logins | Why | Last |\n|---:|---|---|");
        for one in audit.refused.iter().take(SHOWN) {
            page = row(page, one.count, &audit::why(one), one.last.as_deref());
        }
        page = left_out(page, audit.refused.len());
    }
    page
}

fn row(page: Markdown, count: usize, words: &str, last: Option<&str>) -> Markdown {
    let page = page.own("\n| ").text(&count.to_string()).own(" | ").text(words).own(" | ");
    page.text(&last.map(audit::day).unwrap_or_default()).own(" |")
}

fn left_out(page: Markdown, rows: usize) -> Markdown {
    match rows.saturating_sub(SHOWN) {
        0 => page,
        more => page.own("\n\n").text(&format!(
            "{more} more: `sforg login --audit --format json` in a terminal shows all."
        )),
    }
}

/// For clients that show lines.
fn message(name: &str, audit: &LoginAudit) -> Message {
    if audit.logins == 0 {
        return Message::from(format!("{name}: {}", audit::NOBODY));
    }
    let mut message = Message::from(format!("{name}: who uses this login, {}", audit::span(audit)));
    let line = |count: usize, words: String, last: Option<&str>| {
        let last = last.map(|last| format!(", last {}", audit::day(last))).unwrap_or_default();
        format!("{count} × {words}{last}")
    };
    for one in audit.uses.iter().take(SHOWN) {
        message = message.line(line(one.count, audit::who(one, BETWEEN), one.last.as_deref()));
    }
    for one in audit.refused.iter().take(SHOWN) {
        let words = format!("refused: {}", audit::why(one));
        message = message.line(line(one.count, words, one.last.as_deref()));
    }
    message
}
