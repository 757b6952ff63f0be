// *Explain a Salesforce Login Error…*: what another tool printed, explained by the server.

import * as vscode from 'vscode';
import type { Server } from './client';
import type { ServerMessages } from './server-messages';
import { notify } from './window';

/** Explains the selected text, or the clipboard's when none is selected. */
export async function explainLoginError(server: Server, messages: ServerMessages): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  const text = selected.trim() === '' ? await vscode.env.clipboard.readText() : selected;
  if (text.trim() === '') {
    void notify('information', vscode.l10n.t('Salesforce Org: select or copy the error that a tool printed, then choose {0} again.', vscode.l10n.t('Explain a Salesforce Login Error')));
    return;
  }
  const answer = await server.request<{ message: string }>('sforg/why', { text });
  if (answer !== undefined) {
    await messages.showPage(answer.message);
  }
}
