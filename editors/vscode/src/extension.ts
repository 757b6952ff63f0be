// The entry point: connects the editor's events to the server. What can be in the server is in the server.

import * as vscode from 'vscode';
import { Server } from './client';
import { registerChanges } from './changes';
import { registerApplyThenRun } from './code-actions';
import { registerCommands } from './commands';
import { followUp } from './design-studio';
import { registerOrgCommands } from './orgs/commands';
import { OrgList } from './orgs/list';
import { OrgsView } from './orgs/view';
import { Pretended } from './pretend';
import { ResultPages } from './result-page';
import { ServerMessages } from './server-messages';
import { showStatus } from './status-bar';
import { registerWalkthrough } from './walkthrough';
import { createLog } from './window';
import { noticeWrongNames } from './wrong-name';

let server: Server | undefined;
let pretended: Pretended | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = createLog('Salesforce Org');
  const messages = new ServerMessages();
  const pages = new ResultPages();
  const pretend = (pretended = new Pretended(context));
  const started: Server = (server = new Server(context.extensionPath, log, messages, followUp(() => started), pages, pretend));
  const orgs = new OrgList(started);
  const view = new OrgsView(orgs);
  context.subscriptions.push(
    log,
    orgs,
    view,
    ...registerOrgCommands(orgs, view),
    ...showStatus(started, orgs),
    ...registerWalkthrough(started, messages, context.extension.id),
    ...pretend.register(),
    ...noticeWrongNames(),
    pages,
    registerChanges(),
    ...messages.register(),
    registerApplyThenRun(),
    ...registerCommands(started, messages, log),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.announceTrust()),
    vscode.workspace.onDidChangeConfiguration(() => started.followSettings()),
  );
  void started.restart(); // commands wait for it, the editor does not have to
}

export async function deactivate(): Promise<void> {
  await server?.stop();
  pretended?.stop();
}
