// *Try It with a Pretend Salesforce*: a copy of the example project in a window of its own, whose server logs in to a
// Salesforce that this computer plays.

import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { TRY_PRETEND } from './ids';
import { reportCopyFailure, reportPretendedEnded } from './messages';
import { copyIn, copyProject, environmentThere, isTheCopy, programIn, startProgram, type Running } from './pretended';
import { createStatusItem, notify } from './window';

/** The Salesforce that this computer plays, in the one window that shows its project. */
export class Pretended {
  private running: Running | undefined;
  private readonly program: string;
  private readonly storage: string;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.program = programIn(context.extensionPath, process.platform);
    this.storage = context.globalStorageUri.fsPath;
  }

  /**
   * Starts it where this window is the one that it is for, and gives the environment of a server there; undefined in
   * every other window.
   * @throws ServerProblem when it does not start: a server without it would log in to Salesforce itself
   */
  async environment(): Promise<NodeJS.ProcessEnv | undefined> {
    if (!(await this.isHere())) {
      return undefined;
    }
    if (this.running === undefined) {
      const running = (this.running = await startProgram(this.program));
      running.process.once('exit', () => {
        if (this.running === running) {
          this.running = undefined;
          reportPretendedEnded();
        }
      });
    }
    return environmentThere(process.env, this.running.addresses, this.storage);
  }

  /** Ends it, if it runs. */
  stop(): void {
    const running = this.running;
    this.running = undefined;
    running?.process.stdin?.end();
    running?.process.kill();
  }

  /** The command, and in the window that it opens what says where one is. */
  register(): vscode.Disposable[] {
    // For the manifest: whether this package has one.
    void vscode.commands.executeCommand('setContext', 'sforg.canPretend', fs.existsSync(this.program));
    const item = createStatusItem('sforg.pretend', vscode.l10n.t('Pretend Salesforce'));
    void this.isHere().then(async (here) => {
      if (here) {
        const said = vscode.l10n.t('Every login in this window goes to a Salesforce that runs on this computer. Close the window to end it.');
        item.show({ icon: 'beaker', text: vscode.l10n.t('Pretend Salesforce'), tooltip: said, spoken: said, command: TRY_PRETEND });
        if (vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0)) {
          await this.showReadme();
        }
      }
    });
    return [item, vscode.commands.registerCommand(TRY_PRETEND, () => this.open())];
  }

  private isHere(): Promise<boolean> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return isTheCopy(folders.map(({ uri }) => (uri.scheme === 'file' ? uri.fsPath : '')), this.storage);
  }

  private async open(): Promise<void> {
    if (await this.isHere()) {
      await this.showReadme();
    } else if (await this.prepare()) {
      await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(copyIn(this.storage)), { forceNewWindow: true });
    }
  }

  /** Makes the copy where there is none, or a new one if that is wanted; whether there is one to open. */
  private async prepare(): Promise<boolean> {
    const copy = copyIn(this.storage);
    const isThere = fs.existsSync(copy);
    if (isThere) {
      const goOn = vscode.l10n.t('Open It');
      const startOver = vscode.l10n.t('Start Over');
      const pressed = await notify('information', vscode.l10n.t('The project of the pretend Salesforce is still there from last time. Start Over deletes what was changed in it.'), goOn, startOver);
      if (pressed !== startOver) {
        return pressed === goOn;
      }
    }
    try {
      if (isThere) {
        await fs.promises.rm(copy, { recursive: true, force: true });
      }
      await copyProject(this.context.extensionPath, this.storage);
      return true;
    } catch (error) {
      reportCopyFailure(this.storage, error);
      return false;
    }
  }

  private async showReadme(): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(vscode.Uri.file(copyIn(this.storage)), 'README.md'));
  }
}
