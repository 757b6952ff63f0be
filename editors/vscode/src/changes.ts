// What files would become, beside what they are: texts that nobody can change, and that nobody is asked to save.

import * as vscode from 'vscode';
import { plainLine } from './foreign-text';

const SCHEME = 'sforg-after';

/** So many texts are kept: those that are shown are among the last ones. */
const KEPT = 200;

/** What one file would become. */
export interface Change {
  readonly uri: string;
  readonly newText: string;
}

const texts = new Map<string, string>();

/** Each text has an address of its own: VS Code keeps what it has shown of one, whatever it says later. */
let counter = 0;

export function registerChanges(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '' });
}

/** One file beside what it would become, in the group of the files; whoever types goes on typing. */
export async function showChange(title: string, change: Change): Promise<void> {
  const [file, after] = sides(change);
  await vscode.commands.executeCommand('vscode.diff', file, after, plainLine(title), { viewColumn: vscode.ViewColumn.One, preserveFocus: true });
}

/** Each file beside what it would become. */
export async function showChanges(title: string, changes: readonly Change[]): Promise<void> {
  const resources = changes.map((change) => {
    const [file, after] = sides(change);
    return [file, file, after] as const;
  });
  await vscode.commands.executeCommand('vscode.changes', plainLine(title), resources);
}

function sides({ uri, newText }: Change): readonly [file: vscode.Uri, after: vscode.Uri] {
  const file = vscode.Uri.parse(uri);
  const after = file.with({ scheme: SCHEME, authority: '', query: String(++counter), fragment: '' });
  texts.set(after.toString(), newText);
  for (const old of [...texts.keys()].slice(0, -KEPT)) {
    texts.delete(old);
  }
  return [file, after];
}
