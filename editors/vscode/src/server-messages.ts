// Messages of the server as VS Code can show them. A notification has room for one paragraph and drops line breaks,
// so the steps below a headline stand in a preview beside the file, opened by a button.

import * as vscode from 'vscode';
import type { ShowMessageParams } from 'vscode-languageclient';
import { headlineAndSteps, stepsAsMarkdown } from './steps';
import { notify, severityOf } from './window';

const SCHEME = 'sforg-steps';

/** A notification with a button is shown whole, one without is cut off at about this many characters. */
const CUT_OFF_LENGTH = 50;

/** Shows what the server says with `window/showMessage`. */
export class ServerMessages implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();

  register(): vscode.Disposable[] {
    return [this.changed, vscode.workspace.registerTextDocumentContentProvider(SCHEME, this)];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async show({ type, message }: ShowMessageParams): Promise<void> {
    const { headline, steps } = headlineAndSteps(message);
    const button = steps !== '' ? 'Show Steps' : headline.length > CUT_OFF_LENGTH ? 'OK' : undefined;
    const pressed = await notify(severityOf(type), headline, ...(button === undefined ? [] : [button]));
    if (pressed === 'Show Steps') {
      await this.showSteps(headline, steps);
    }
  }

  /** Shows a text that somebody asked for, without a notification before it. */
  async showPage(message: string): Promise<void> {
    const { headline, steps } = headlineAndSteps(message);
    await this.showSteps(headline, steps);
  }

  /** One preview, whose text is replaced by the next message's. */
  private async showSteps(headline: string, steps: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: '/Salesforce Org Steps' });
    this.texts.set(uri.toString(), stepsAsMarkdown(headline, steps));
    this.changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // The built-in Markdown extension may be disabled: its text will do.
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
    }
  }
}
