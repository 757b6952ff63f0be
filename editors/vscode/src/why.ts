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
    void notify('information', 'Salesforce Org: select or copy the error that a tool printed, then choose Explain a Salesforce Login Error again.');
    return;
  }
  const answer = await server.request<{ message: string }>('sforg/why', { text });
  if (answer !== undefined) {
    await messages.showPage(answer.message);
  }
}
