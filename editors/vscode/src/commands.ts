// The commands of the command palette and the menus. The server does the work.

import * as vscode from 'vscode';
import type { Server } from './client';
import { RESTART_SERVER, SHOW_LOG } from './ids';
import { importOrgs } from './import';
import { reportCommandFailure } from './messages';
import type { ServerMessages } from './server-messages';
import { scanWorkspace, WhatBreaksWhen } from './scan';
import { explainLoginError } from './why';
import { notify } from './window';

/** Commands on one org file: ours, the server's, and how a message names it. */
const ON_AN_ORG_FILE = [
  { id: 'salesforceOrg.testLogin', serverCommand: 'sforg.testLogin', title: 'Test Login' },
  { id: 'salesforceOrg.convertToOAuth', serverCommand: 'sforg.convertToOAuth', title: 'Convert to OAuth 2.0' },
  { id: 'salesforceOrg.showLastResult', serverCommand: 'sforg.showLastResult', title: 'Show Last Result' },
  { id: 'salesforceOrg.enterSecret', serverCommand: 'sforg.enterSecret', title: 'Enter Secret' },
] as const;

/** Commands on the project of the file that is shown. */
const ON_A_PROJECT = [
  { id: 'salesforceOrg.convertAll', serverCommand: 'sforg.convertAll', title: 'Convert All to OAuth 2.0' },
  { id: 'salesforceOrg.upgradeProject', serverCommand: 'sforg.upgradeProject', title: 'Upgrade Project' },
] as const;

export function registerCommands(server: Server, messages: ServerMessages, log: vscode.OutputChannel): vscode.Disposable[] {
  const breaks = new WhatBreaksWhen();
  return [
    ...breaks.register(),
    ...ON_AN_ORG_FILE.map(({ id, serverCommand, title }) =>
      vscode.commands.registerCommand(id, async (resource?: unknown) => {
        const file = resource instanceof vscode.Uri ? resource : vscode.window.activeTextEditor?.document.uri;
        if (file === undefined || !file.path.endsWith('.sforg.json')) {
          void notify('information', `Salesforce Org: open an org file (*.sforg.json) first, then choose ${title} again.`);
          return;
        }
        await vscode.window.showTextDocument(file); // the result stands in the file; chosen in the explorer it may not be open yet
        await report(title, server.execute(serverCommand, file));
      }),
    ),
    ...ON_A_PROJECT.map(({ id, serverCommand, title }) =>
      vscode.commands.registerCommand(id, async (resource?: unknown) => {
        const file = resource instanceof vscode.Uri ? resource : vscode.window.activeTextEditor?.document.uri;
        if (file === undefined || !/(\.sforg|\/sforg-project)\.json$/.test(file.path)) {
          void notify('information', `Salesforce Org: open a file of the project first, then choose ${title} again.`);
          return;
        }
        await report(title, server.execute(serverCommand, file));
      }),
    ),
    vscode.commands.registerCommand('salesforceOrg.testAllLogins', async (folder?: unknown) => {
      await report('Test All Logins', server.execute('sforg.testAllLogins', folder instanceof vscode.Uri ? folder : undefined));
    }),
    vscode.commands.registerCommand('salesforceOrg.import', () => report('Import Salesforce Orgs', importOrgs(server))),
    vscode.commands.registerCommand('salesforceOrg.scan', () => report('Scan Workspace for Salesforce Logins', scanWorkspace(server, breaks))),
    vscode.commands.registerCommand('salesforceOrg.showScanFindings', () => breaks.showFindings()),
    vscode.commands.registerCommand('salesforceOrg.explainLoginError', () => report('Explain a Salesforce Login Error', explainLoginError(server, messages))),
    vscode.commands.registerCommand(RESTART_SERVER, () => server.restart()),
    vscode.commands.registerCommand(SHOW_LOG, () => log.show(true)),
  ];
}

async function report(title: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    reportCommandFailure(title, error);
  }
}
