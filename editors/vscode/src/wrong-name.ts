// An org that was saved under a name that is none: with another ending the file is plain JSON, and everything is
// silently gone.

import * as path from 'node:path';
import * as vscode from 'vscode';
import { asOrgFile } from './orgs/names';
import { notify } from './window';

const RENAME = vscode.l10n.t('Rename');

/** How long after an untitled org was closed a file that comes may be what it was saved as, in milliseconds. */
const SAVED_WITHIN_MS = 10_000;

/** Offers to rename the file. */
export function noticeWrongNames(): vscode.Disposable[] {
  let closed: { readonly text: string; readonly at: number } | undefined;
  const noticed = new Set<string>();
  const look = (document: vscode.TextDocument) => {
    const wasOrg = openOrgs().includes(document.getText()) || (closed?.text === document.getText() && Date.now() - closed.at < SAVED_WITHIN_MS);
    if (isWrongName(document) && wasOrg && !noticed.has(document.uri.toString())) {
      noticed.add(document.uri.toString());
      void offer(document.uri);
    }
  };
  return [
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
    vscode.workspace.onDidCloseTextDocument((document) => {
      // A change of language closes, too, and opens again: that is a person's choice.
      if (isUntitledOrg(document)) {
        closed = { text: document.getText(), at: Date.now() };
        vscode.workspace.textDocuments.filter((other) => !other.isClosed).forEach(look);
      }
    }),
  ];
}

function isUntitledOrg({ languageId, isUntitled }: vscode.TextDocument): boolean {
  return languageId === 'salesforce-org' && isUntitled;
}

function openOrgs(): string[] {
  return vscode.workspace.textDocuments.filter(isUntitledOrg).map((document) => document.getText());
}

function isWrongName({ uri, languageId, isDirty }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && languageId !== 'salesforce-org' && !isDirty && !uri.path.endsWith('.sforg.json') && !uri.path.endsWith('/sforg-project.json');
}

async function offer(file: vscode.Uri): Promise<void> {
  const name = path.posix.basename(file.path);
  const pressed = await notify('warning', vscode.l10n.t('{0} is no org file: its name has to end in .sforg.json.', name), RENAME);
  if (pressed === RENAME) {
    const folder = vscode.Uri.joinPath(file, '..');
    const taken = (await vscode.workspace.fs.readDirectory(folder)).map(([other]) => other);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(file, vscode.Uri.joinPath(folder, asOrgFile(name, taken)));
    await vscode.workspace.applyEdit(edit);
  }
}
