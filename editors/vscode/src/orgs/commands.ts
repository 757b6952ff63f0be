// What the view's menus and keys do with org files: rename, duplicate, delete, look at Salesforce.

import * as path from 'node:path';
import * as vscode from 'vscode';
import { askText, confirm, notify } from '../window';
import { chosenOrgs, chosenPlace } from './chosen';
import { uriOf, type OrgList } from './list';
import { fileOfCopy, nameOfCopy } from './names';
import { fileOf, type OrgRow, type TextRange } from './row';
import type { OrgNode } from './tree';
import { ORGS_VIEW, type OrgsView } from './view';

export function registerOrgCommands(list: OrgList, view: OrgsView): vscode.Disposable[] {
  const onOrgs = (id: string, work: (nodes: OrgNode[]) => Promise<void>) =>
    vscode.commands.registerCommand(id, async (first?: unknown, all?: unknown) => {
      const nodes = chosenOrgs(first, all, view.selection);
      if (nodes.length > 0) {
        await work(nodes).catch((error: unknown) => notify('error', `Salesforce Org: ${error instanceof Error ? error.message : String(error)}`));
      }
    });
  const onOrg = (id: string, work: (row: OrgRow) => Promise<void>) => onOrgs(id, async ([node]) => node && work(node.row));
  return [
    onOrg('salesforceOrg.renameOrg', rename),
    onOrg('salesforceOrg.duplicateOrg', (row) => duplicate(row, list.rows)),
    onOrgs('salesforceOrg.deleteOrg', (nodes) => remove(nodes.map(({ row }) => row))),
    onOrg('salesforceOrg.openInBrowser', async ({ host }) => void (host !== null && (await vscode.env.openExternal(vscode.Uri.parse(`https://${host}`))))),
    onOrg('salesforceOrg.copyInstanceUrl', async ({ host }) => void (host !== null && (await vscode.env.clipboard.writeText(`https://${host}`)))),
    onOrg('salesforceOrg.revealInExplorer', async ({ uri }) => void (await vscode.commands.executeCommand('revealInExplorer', uriOf(uri)))),
    vscode.commands.registerCommand('salesforceOrg.openProjectFile', async (node?: unknown) => {
      const file = chosenPlace(node);
      if (file !== undefined) {
        await vscode.window.showTextDocument(file);
      }
    }),
    vscode.commands.registerCommand('salesforceOrg.showOrgs', () => vscode.commands.executeCommand(`${ORGS_VIEW}.focus`)),
  ];
}

/** The server renames, as in the file: it knows which names cannot be. */
async function rename(row: OrgRow): Promise<void> {
  if (row.nameRange === null) {
    await vscode.window.showTextDocument(uriOf(row.uri));
    return;
  }
  const name = await askText(vscode.l10n.t('Rename Org'), vscode.l10n.t('Name of the org, as your operations call it'), row.name);
  if (name === undefined || name === row.name) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(uriOf(row.uri));
  const wasDirty = document.isDirty;
  const { line, character } = row.nameRange.start;
  const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
    'vscode.executeDocumentRenameProvider',
    document.uri,
    new vscode.Position(line, character + 1),
    name,
  );
  if (edit !== undefined && (await vscode.workspace.applyEdit(edit)) && !wasDirty) {
    await document.save();
  }
}

/** A file beside it, with a name that no other has. */
async function duplicate(row: OrgRow, rows: readonly OrgRow[]): Promise<void> {
  const file = uriOf(row.uri);
  const document = await vscode.workspace.openTextDocument(file);
  const folder = vscode.Uri.joinPath(file, '..');
  const files = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  const copy = vscode.Uri.joinPath(folder, fileOfCopy(path.posix.basename(file.path), files));
  const names = rows.filter(({ project }) => project?.uri === row.project?.uri).map(({ name }) => name);
  const text = renamed(document, row.nameRange, nameOfCopy(row.name, names));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(copy, { contents: Buffer.from(text), overwrite: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('{0} could not be written.', path.posix.basename(copy.path)));
  }
  await vscode.window.showTextDocument(copy);
}

function renamed(document: vscode.TextDocument, range: TextRange | null, name: string): string {
  const text = document.getText();
  if (range === null) {
    return text;
  }
  const at = ({ line, character }: TextRange['start']) => document.offsetAt(new vscode.Position(line, character));
  return text.slice(0, at(range.start)) + JSON.stringify(name) + text.slice(at(range.end));
}

/** Undone by *Undo* in the Explorer. */
async function remove(rows: readonly OrgRow[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) {
    return;
  }
  const one = rows.length === 1;
  const what = one ? fileOf(first) : vscode.l10n.t('{0} org files', rows.length);
  const detail = one ? vscode.l10n.t('Its keyring entry stays.') : vscode.l10n.t('Their keyring entries stay.');
  if (await confirm(vscode.l10n.t('Delete {0}?', what), detail, vscode.l10n.t('Delete'))) {
    const edit = new vscode.WorkspaceEdit();
    rows.forEach(({ uri }) => edit.deleteFile(uriOf(uri)));
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new Error(vscode.l10n.t('{0} could not be deleted.', what));
    }
  }
}
