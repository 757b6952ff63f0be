// The commands of the command palette and the menus. The server does the work.

import * as vscode from 'vscode';
import type { Server } from './client';
import { RESTART_SERVER, SHOW_LOG } from './ids';
import { importOrgs } from './import';
import { reportCommandFailure } from './messages';
import { chosenFiles, chosenFolder, chosenPlace } from './orgs/chosen';
import type { ServerMessages } from './server-messages';
import { scanWorkspace, WhatBreaksWhen } from './scan';
import { explainLoginError } from './why';
import { newOrg } from './newOrg';
import { notify } from './window';

/** Commands on org files: ours, the server's, how a message names it, and whether it works in the editor. */
const ON_AN_ORG_FILE = [
  { id: 'salesforceOrg.testLogin', serverCommand: 'sforg.testLogin', title: vscode.l10n.t('Test Salesforce Login'), edits: false },
  { id: 'salesforceOrg.convertToOAuth', serverCommand: 'sforg.convertToOAuth', title: vscode.l10n.t('Convert Org to OAuth 2.0'), edits: true },
  { id: 'salesforceOrg.showLastResult', serverCommand: 'sforg.showLastResult', title: vscode.l10n.t('Show Last Result'), edits: false },
  { id: 'salesforceOrg.auditLogin', serverCommand: 'sforg.auditLogin', title: vscode.l10n.t('Who Else Uses This Login'), edits: false },
  { id: 'salesforceOrg.enterSecret', serverCommand: 'sforg.enterSecret', title: vscode.l10n.t('Enter Secret'), edits: false },
] as const;

/** Commands on the project of the file that is shown. */
const ON_A_PROJECT = [
  { id: 'salesforceOrg.convertAll', serverCommand: 'sforg.convertAll', title: vscode.l10n.t('Convert All Orgs to OAuth 2.0') },
  { id: 'salesforceOrg.upgradeProject', serverCommand: 'sforg.upgradeProject', title: vscode.l10n.t("Upgrade Project's API Version") },
] as const;

export function registerCommands(server: Server, messages: ServerMessages, log: vscode.OutputChannel): vscode.Disposable[] {
  const breaks = new WhatBreaksWhen(server);
  return [
    ...breaks.register(),
    ...ON_AN_ORG_FILE.map(({ id, serverCommand, title, edits }) =>
      vscode.commands.registerCommand(id, async (first?: unknown, all?: unknown) => {
        const { files, inTree } = chosenFiles(first, all);
        if (files.length === 0) {
          void notify('information', vscode.l10n.t('Salesforce Org: open an org file (*.sforg.json) first, then choose {0} again.', title));
        }
        for (const file of files) {
          if (edits || (!inTree && files.length === 1)) {
            await vscode.window.showTextDocument(file); // the result stands in the file; chosen in the explorer it may not be open yet
          }
          await report(title, server.execute(serverCommand, file));
        }
      }),
    ),
    ...ON_A_PROJECT.map(({ id, serverCommand, title }) =>
      vscode.commands.registerCommand(id, async (place?: unknown) => {
        const file = chosenPlace(place) ?? vscode.window.activeTextEditor?.document.uri;
        if (file === undefined || !/(\.sforg|\/sforg-project)\.json$/.test(file.path)) {
          void notify('information', vscode.l10n.t('Salesforce Org: open a file of the project first, then choose {0} again.', title));
          return;
        }
        await report(title, server.execute(serverCommand, file));
      }),
    ),
    ...['salesforceOrg.testAllLogins', 'salesforceOrg.testAllLoginsHere'].map((id) =>
      vscode.commands.registerCommand(id, (place?: unknown) => report(vscode.l10n.t('Test All Logins'), server.execute('sforg.testAllLogins', chosenPlace(place)))),
    ),
    vscode.commands.registerCommand('salesforceOrg.newOrg', (folder?: unknown) => report(vscode.l10n.t('New Salesforce Org'), newOrg(server, folder instanceof vscode.Uri ? folder : undefined))),
    vscode.commands.registerCommand('salesforceOrg.newOrgHere', (place?: unknown) => report(vscode.l10n.t('New Salesforce Org'), newOrg(server, chosenFolder(place)))),
    vscode.commands.registerCommand('salesforceOrg.import', () => report(vscode.l10n.t('Import Salesforce Orgs'), importOrgs(server))),
    vscode.commands.registerCommand('salesforceOrg.scan', () => report(vscode.l10n.t('Scan Workspace for Salesforce Logins'), scanWorkspace(breaks))),
    vscode.commands.registerCommand('salesforceOrg.showScanFindings', () => breaks.showFindings()),
    vscode.commands.registerCommand('salesforceOrg.convertDate', (row?: unknown) => report(vscode.l10n.t('Convert All Orgs to OAuth 2.0'), breaks.convert(row))),
    vscode.commands.registerCommand('salesforceOrg.copyDate', (row?: unknown) => breaks.copy(row)),
    vscode.commands.registerCommand('salesforceOrg.explainLoginError', () => report(vscode.l10n.t('Explain a Salesforce Login Error'), explainLoginError(server, messages))),
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
