// Import Salesforce Orgs…: a person names a folder or a file, ticks the orgs that get a file, and says where secrets
// go. What is read, shown and written is the server's.

import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Server } from './client';
import { showMarkdown } from './server-messages';
import { notify, pickMany, pickOne } from './window';

const TITLE = vscode.l10n.t('Import Salesforce Orgs');

/** What the first step answers. */
interface Preview {
  readonly plan: string;
  readonly message: string;
  readonly orgs: readonly { readonly file: string; readonly label: string; readonly detail: string }[];
  readonly secrets: number;
  readonly envFile: string;
}

/** What the second step answers. */
interface Written {
  readonly message: string;
  readonly files: readonly string[];
  readonly leftToDo: string | null;
}

/** What is imported where a person need not name it: a Design Studio project, of which one org is meant. */
export interface Named {
  readonly source: vscode.Uri;
  readonly org?: string;
}

/** The whole dialogue; it ends wherever the person closes a list. */
export async function importOrgs(server: Server, named?: Named): Promise<void> {
  if (vscode.workspace.workspaceFolders === undefined) {
    void notify('information', vscode.l10n.t('Salesforce Org: open a folder first, then choose {0} again: the org files go there.', TITLE));
    return;
  }
  const source = named?.source ?? (await chosenSource());
  if (source === undefined) {
    return;
  }
  const asked = { source: server.uriText(source), ...(named?.org === undefined ? {} : { org: named.org }) };
  const preview = await server.request<Preview>('sforg/import', asked);
  if (preview === undefined) {
    return;
  }
  if (preview.orgs.length === 0) {
    void notify('information', `Salesforce Org: ${path.basename(source.fsPath)}: ${preview.message}`);
    return;
  }
  const orgs = await pickMany(`${TITLE}: ${preview.message}`, preview.orgs);
  if (orgs === undefined || orgs.length === 0) {
    return;
  }
  const secrets = preview.secrets === 0 ? 'none' : await placeOfSecrets(preview);
  if (secrets === undefined) {
    return;
  }
  const write = { plan: preview.plan, files: orgs.map(({ file }) => file), secrets };
  const written = await server.request<Written>('sforg/import', { ...asked, write });
  if (written !== undefined) {
    await tell(written);
  }
}

async function chosenSource(): Promise<vscode.Uri | undefined> {
  const kind = await pickOne(vscode.l10n.t('{0}: from what?', TITLE), [
    { id: 'folder', label: vscode.l10n.t('Folder'), detail: vscode.l10n.t('A Design Studio project') },
    { id: 'file', label: vscode.l10n.t('File'), detail: vscode.l10n.t('A Jitterpak (.jpk), an export of Integration Studio, what sf org list --json prints, or a .env file') },
  ]);
  if (kind === undefined) {
    return undefined;
  }
  const isFolder = kind.id === 'folder';
  const chosen = await vscode.window.showOpenDialog({ title: TITLE, openLabel: vscode.l10n.t('Import'), canSelectFiles: !isFolder, canSelectFolders: isFolder });
  return chosen?.[0];
}

async function placeOfSecrets({ secrets, envFile }: Preview): Promise<string | undefined> {
  const title =
    secrets === 1
      ? vscode.l10n.t('{0}: where does the secret of the source go?', TITLE)
      : vscode.l10n.t('{0}: where do the {1} secrets of the source go?', TITLE, secrets);
  const place = await pickOne(title, [
    { id: 'none', label: vscode.l10n.t('Nowhere'), detail: vscode.l10n.t('The org files refer to variables that you set later') },
    { id: 'keyring', label: vscode.l10n.t('Keyring'), detail: vscode.l10n.t('The keyring of this computer') },
    { id: 'env', label: vscode.l10n.t('Environment file'), detail: envFile },
  ]);
  return place?.id;
}

async function tell({ message, files, leftToDo }: Written): Promise<void> {
  const [first] = files;
  const showLeft = vscode.l10n.t('Show What Is Left');
  const open = vscode.l10n.t('Open');
  const buttons = [...(leftToDo === null ? [] : [showLeft]), ...(first === undefined ? [] : [open])];
  const pressed = await notify('information', `Salesforce Org: ${message}`, ...buttons);
  if (pressed === showLeft && leftToDo !== null) {
    await showMarkdown(vscode.l10n.t('What Is Left to Do'), leftToDo);
  } else if (pressed === open && first !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.parse(first));
  }
}
