// Messages of the server as VS Code can show them. A notification has room for one paragraph and drops line breaks,
// so the steps below a headline stand in a preview beside the file, opened by a button.

import * as vscode from 'vscode';
import type { ShowMessageParams } from 'vscode-languageclient';
import { headlineAndSteps, stepsAsMarkdown } from './steps';
import { notify, severityOf } from './window';

const SCHEME = 'sforg-steps';

const STEPS = vscode.l10n.t('Salesforce Org Steps');

const texts = new Map<string, string>();

/** Each text has an address of its own: VS Code keeps what it has shown of one, whatever it says later. */
let counter = 0;

/** Shows what the server says with `window/showMessage`. */
export class ServerMessages implements vscode.TextDocumentContentProvider {
  register(): vscode.Disposable[] {
    return [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void (uri.scheme === SCHEME && !isShown(uri) && texts.delete(uri.toString()))),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return texts.get(uri.toString()) ?? '';
  }

  async show({ type, message }: ShowMessageParams): Promise<void> {
    const { headline, steps } = headlineAndSteps(message);
    const showSteps = vscode.l10n.t('Show Steps');
    const pressed = await notify(severityOf(type), headline, ...(steps === '' ? [] : [showSteps]));
    if (pressed === showSteps) {
      await showMarkdown(STEPS, stepsAsMarkdown(headline, steps));
    }
  }

  /** Shows a text that somebody asked for, without a notification before it. */
  async showPage(message: string): Promise<void> {
    const { headline, steps } = headlineAndSteps(message);
    await showMarkdown(STEPS, stepsAsMarkdown(headline, steps));
  }
}

/** Shows Markdown in a preview of its own beside the file. */
export async function showMarkdown(title: string, text: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}`, query: String(++counter) });
  texts.set(uri.toString(), text);
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  } catch {
    // The built-in Markdown extension may be disabled: its text will do.
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }
}

/** The document of a preview is closed after some minutes, and asked for again when the preview is drawn anew. */
function isShown(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ label, input }) => label.includes(uri.path.slice(1)) || (input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()));
}
