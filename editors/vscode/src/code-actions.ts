// Code actions that change the text and then run a command of the server.
//
// VS Code applies the edit first and runs the command when that is done. Should the light bulb ask for
// new code actions meanwhile (a slow machine, a remote workspace), it throws the old ones away and then
// logs "Actual command not found": the text is converted, but nothing puts the cursor on the first value
// or shows the steps. A single command that does both in turn is not thrown away.

import * as vscode from 'vscode';
import { notify } from './window';

/** Not in the command palette: its arguments come from a code action. */
const APPLY_THEN_RUN = 'salesforceOrg.applyThenRun';

type Offered = vscode.Command | vscode.CodeAction;

/** Joins edit and command of every action that has both. */
export function joinEditAndCommand(document: vscode.TextDocument, offered: Offered[] | null | undefined): Offered[] | null | undefined {
  for (const action of offered ?? []) {
    if (action instanceof vscode.CodeAction && action.edit !== undefined && action.command !== undefined) {
      const { title } = action;
      action.command = { title, command: APPLY_THEN_RUN, arguments: [title, document, document.version, action.edit, action.command] };
      delete action.edit;
    }
  }
  return offered;
}

export function registerApplyThenRun(): vscode.Disposable {
  return vscode.commands.registerCommand(
    APPLY_THEN_RUN,
    async (title: string, document: vscode.TextDocument, version: number, edit: vscode.WorkspaceEdit, then: vscode.Command) => {
      if (document.version !== version) {
        void notify('warning', vscode.l10n.t('Salesforce Org: the file has changed since "{0}" was offered. Choose it again.', title));
      } else if (await vscode.workspace.applyEdit(edit, { isRefactoring: true })) {
        await vscode.commands.executeCommand(then.command, ...(then.arguments ?? []));
      }
    },
  );
}
