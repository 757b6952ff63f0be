// The status bar's item for the org or project in the editor, its menu, and the server's line in the menu `{}`.

import * as vscode from 'vscode';
import type { Server, ServerState } from './client';
import { RESTART_SERVER, SHOW_LOG } from './ids';
import { reportCommandFailure } from './messages';
import { uriOf, type OrgList } from './orgs/list';
import { needsSecret, type OrgProject, type OrgRow } from './orgs/row';
import { statusOf, statusOfProject, type Status } from './orgs/status';
import { createLanguageStatus, createStatusItem, pickOne, type Item } from './window';

const MENU = 'salesforceOrg.orgMenu';
const CANCEL = 'salesforceOrg.cancelLogin';
const LANGUAGE = { language: 'salesforce-org' };

export function showStatus(server: Server, list: OrgList): vscode.Disposable[] {
  const item = createStatusItem('sforg.org', 'Salesforce Org');
  const draw = () => {
    const status = statusOfEditor(list);
    item.show(status && { ...status, command: status.click === 'cancel' ? CANCEL : MENU });
  };
  draw();
  return [
    item,
    list.onDidChange(draw),
    vscode.window.onDidChangeActiveTextEditor(draw),
    vscode.workspace.onDidGrantWorkspaceTrust(draw),
    vscode.workspace.onDidChangeConfiguration(draw),
    vscode.commands.registerCommand(MENU, () => showMenu(list)),
    vscode.commands.registerCommand(CANCEL, async () => {
      for (const file of underTest(list)) {
        await server.execute('sforg.cancelLogin', file).catch((error: unknown) => reportCommandFailure(vscode.l10n.t('Cancel'), error));
      }
    }),
    ...serverStatus(server),
  ];
}

/** The org in the editor if its login is being tested, else all whose are. */
function underTest(list: OrgList): vscode.Uri[] {
  const testing = list.rows.filter(({ state }) => state === 'testing').map(({ uri }) => uriOf(uri));
  const inEditor = vscode.window.activeTextEditor?.document.uri.toString();
  const own = testing.filter((file) => file.toString() === inEditor);
  return own.length > 0 ? own : testing;
}

/** Whether the server runs, and which one; a click leads to its log, or starts it anew. */
function serverStatus(server: Server): vscode.Disposable[] {
  const version = createLanguageStatus('sforg.version', LANGUAGE, vscode.l10n.t('Salesforce Org: Server'));
  const restart = createLanguageStatus('sforg.restart', LANGUAGE, vscode.l10n.t('Salesforce Org: Restart'));
  const says = { starting: vscode.l10n.t('starts'), running: vscode.l10n.t('runs'), stopped: vscode.l10n.t('does not run') };
  const draw = (state: ServerState) => {
    version.show(server.version === undefined ? 'sforg' : `sforg ${server.version}`, says[state], { command: SHOW_LOG, title: vscode.l10n.t('Show Log') });
    restart.show(vscode.l10n.t('Language server'), '', { command: RESTART_SERVER, title: vscode.l10n.t('Restart') });
  };
  draw('starting');
  return [version, restart, server.onDidChangeState(draw)];
}

function statusOfEditor(list: OrgList): Status | undefined {
  const file = vscode.window.activeTextEditor?.document.uri;
  const row = file && list.of(file);
  if (row === undefined) {
    const project = file && projectAt(list, file);
    return project && statusOfProject(project, list.ofProject(file));
  }
  const highlightProduction = vscode.workspace.getConfiguration('sforg').get('statusBar.highlightProduction') === true;
  return statusOf(row, { isTrusted: vscode.workspace.isTrusted, highlightProduction });
}

/** The project of a project file; of another file there is none. */
function projectAt(list: OrgList, file: vscode.Uri): OrgProject | undefined {
  return list.ofProject(file)[0]?.project ?? (file.path.endsWith('/sforg-project.json') ? list.project(file) : undefined);
}

interface Action extends Item {
  readonly command: string;
}

const action = (label: string, command: string): Action => ({ label, detail: '', command });
const ALL_ORGS = action(vscode.l10n.t('All Orgs'), 'salesforceOrg.showOrgs');
const TEST_ALL = action(vscode.l10n.t('Test All Logins'), 'salesforceOrg.testAllLogins');
const CONVERT_ALL = action(vscode.l10n.t('Convert All Orgs to OAuth 2.0…'), 'salesforceOrg.convertAll');
const NEW_ORG = action(vscode.l10n.t('New Salesforce Org Here…'), 'salesforceOrg.newOrgHere');
const UPGRADE = action(vscode.l10n.t("Upgrade Project's API Version…"), 'salesforceOrg.upgradeProject');

async function showMenu(list: OrgList): Promise<void> {
  const file = vscode.window.activeTextEditor?.document.uri;
  const row = file && list.of(file);
  const project = row?.project ?? (file && projectAt(list, file));
  const actions = row !== undefined ? actionsOf(row) : file !== undefined && list.ofProject(file).length === 0 ? [NEW_ORG, UPGRADE, ALL_ORGS] : [TEST_ALL, UPGRADE, CONVERT_ALL, ALL_ORGS];
  const chosen = await pickOne(row?.name ?? project?.name ?? 'Salesforce Org', actions);
  if (chosen !== undefined) {
    const target = chosen.command === 'salesforceOrg.openProjectFile' && project ? vscode.Uri.parse(project.uri) : file;
    await vscode.commands.executeCommand(chosen.command, ...(target === undefined ? [] : [target]));
  }
}

/** What helps stands first. */
function actionsOf(row: OrgRow): Action[] {
  const test = vscode.workspace.isTrusted ? action(vscode.l10n.t('Test Salesforce Login'), 'salesforceOrg.testLogin') : action(vscode.l10n.t('Manage Workspace Trust'), 'workbench.trust.manage');
  const secret = action(vscode.l10n.t('Enter Secret…'), 'salesforceOrg.enterSecret');
  return [
    ...(needsSecret(row) ? [secret, test] : [test, secret]),
    ...(row.auth === 'basic' ? [action(vscode.l10n.t('Convert to OAuth 2.0…'), 'salesforceOrg.convertToOAuth')] : []),
    action(vscode.l10n.t('Show Last Result'), 'salesforceOrg.showLastResult'),
    ...(row.project === null ? [] : [UPGRADE, action(vscode.l10n.t('Open Project File'), 'salesforceOrg.openProjectFile')]),
    ALL_ORGS,
  ];
}
