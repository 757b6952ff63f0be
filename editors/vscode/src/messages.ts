// What the client itself has to say to the user. All else is the server's to say.

import * as vscode from 'vscode';
import { LSPErrorCodes, ResponseError } from 'vscode-languageclient';
import { RESTART_SERVER, SHOW_LOG, TRY_PRETEND } from './ids';
import { PretendedProblem } from './pretended';
import { SERVER_PATH_SETTING, ServerProblem } from './server';
import type { MalformedSetting } from './settings';
import { notify, type Severity } from './window';

interface Button {
  readonly title: string;
  readonly press: () => Thenable<unknown>;
}

const openSettings = (...names: string[]): Button => ({
  title: vscode.l10n.t('Open Settings'),
  press: () => {
    // A setting of machine scope stands on the page of the machine where the server runs.
    const page = vscode.env.remoteName === undefined ? 'workbench.action.openSettings' : 'workbench.action.openRemoteSettings';
    return vscode.commands.executeCommand(page, { query: `@id:${names.join(',')}` });
  },
});
const showLog: Button = { title: vscode.l10n.t('Show Log'), press: () => vscode.commands.executeCommand(SHOW_LOG) };
const restartServer: Button = { title: vscode.l10n.t('Restart Server'), press: () => vscode.commands.executeCommand(RESTART_SERVER) };
const tryAgain: Button = { title: vscode.l10n.t('Try Again'), press: () => vscode.commands.executeCommand(TRY_PRETEND) };

/** There is no usable server, or it did not come up. */
export function reportStartFailure(reason: Error): void {
  if (reason instanceof PretendedProblem) {
    offer('error', reason.message, [restartServer, showLog]);
  } else if (reason instanceof ServerProblem) {
    offer('error', `Salesforce Org: ${reason.message}`, [openSettings(SERVER_PATH_SETTING), restartServer, showLog]);
  } else {
    offer('error', vscode.l10n.t('Salesforce Org: the language server did not start: {0}', reason.message), [restartServer, showLog]);
  }
}

/** Settings whose value cannot be used; the server starts without them. */
export function reportMalformedSettings(malformed: readonly MalformedSetting[]): void {
  if (malformed.length > 0) {
    const complaints = malformed.map(({ name, expected }) => vscode.l10n.t('{0} has to be {1}.', name, expected)).join(' ');
    offer('warning', vscode.l10n.t('Salesforce Org: {0} The value is ignored.', complaints), [openSettings(...malformed.map(({ name }) => name))]);
  }
}

/** The server ended by itself and is being started again. */
export function reportCrash(): void {
  offer('warning', vscode.l10n.t('Salesforce Org: the language server ended unexpectedly and was started again. The log says more.'), [showLog]);
}

/** The server ended by itself too often. */
export function reportGivingUp(): void {
  offer(
    'error',
    vscode.l10n.t('Salesforce Org: the language server keeps ending unexpectedly and stays stopped. Your files are safe; checks and commands rest until it is restarted.'),
    [restartServer, showLog],
  );
}

/** The Salesforce that this computer plays has ended by itself. */
export function reportPretendedEnded(): void {
  offer('warning', vscode.l10n.t('The pretend Salesforce has ended: no login works in this window. Restart Server starts it again.'), [restartServer, showLog]);
}

/** The example project could not be copied to where the pretended Salesforce has it. */
export function reportCopyFailure(folder: string, error: unknown): void {
  const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
  offer('error', vscode.l10n.t('The example project could not be written ({0}). Make sure that the disk has room and that you may write to {1}.', reason, folder), [tryAgain]);
}

/** A command of the user's could not be carried out. What the server refuses in words has nothing to do with how it runs. */
export function reportCommandFailure(title: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestFailed) {
    offer('warning', vscode.l10n.t('{0}: {1}', title, reason), []);
    return;
  }
  offer('error', vscode.l10n.t('Salesforce Org: {0} failed: {1}', title, reason), [restartServer, showLog]);
}

function offer(severity: Severity, message: string, buttons: readonly Button[]): void {
  void notify(severity, message, ...buttons.map((button) => button.title)).then((title) => buttons.find((button) => button.title === title)?.press());
}
