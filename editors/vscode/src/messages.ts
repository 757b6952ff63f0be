// What the client itself has to say to the user. All else is the server's to say.

import * as vscode from 'vscode';
import { RESTART_SERVER, SHOW_LOG } from './ids';
import { SERVER_PATH_SETTING, ServerProblem } from './server';
import type { MalformedSetting } from './settings';
import { notify, type Severity } from './window';

interface Button {
  readonly title: string;
  readonly press: () => Thenable<unknown>;
}

const openSettings = (...names: string[]): Button => ({
  title: 'Open Settings',
  press: () => {
    // A setting of machine scope stands on the page of the machine where the server runs.
    const page = vscode.env.remoteName === undefined ? 'workbench.action.openSettings' : 'workbench.action.openRemoteSettings';
    return vscode.commands.executeCommand(page, { query: `@id:${names.join(',')}` });
  },
});
const showLog: Button = { title: 'Show Log', press: () => vscode.commands.executeCommand(SHOW_LOG) };
const restartServer: Button = { title: 'Restart Server', press: () => vscode.commands.executeCommand(RESTART_SERVER) };

/** There is no usable server, or it did not come up. */
export function reportStartFailure(reason: Error): void {
  if (reason instanceof ServerProblem) {
    offer('error', `Salesforce Org: ${reason.message}`, [openSettings(SERVER_PATH_SETTING), restartServer, showLog]);
  } else {
    offer('error', `Salesforce Org: the language server did not start: ${reason.message}`, [restartServer, showLog]);
  }
}

/** Settings whose value cannot be used; the server starts without them. */
export function reportMalformedSettings(malformed: readonly MalformedSetting[]): void {
  if (malformed.length > 0) {
    const complaints = malformed.map(({ name, expected }) => `${name} has to be ${expected}.`).join(' ');
    offer('warning', `Salesforce Org: ${complaints} The value is ignored.`, [openSettings(...malformed.map(({ name }) => name))]);
  }
}

/** The server ended by itself and is being started again. */
export function reportCrash(): void {
  offer('warning', 'Salesforce Org: the language server ended unexpectedly and was started again. The log says more.', [showLog]);
}

/** The server ended by itself too often. */
export function reportGivingUp(): void {
  offer(
    'error',
    'Salesforce Org: the language server keeps ending unexpectedly and stays stopped. Your files are safe; checks and commands rest until it is restarted.',
    [restartServer, showLog],
  );
}

/** A command of the user's could not be carried out. */
export function reportCommandFailure(title: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  offer('error', `Salesforce Org: ${title} failed: ${reason}`, [restartServer, showLog]);
}

function offer(severity: Severity, message: string, buttons: readonly Button[]): void {
  void notify(severity, message, ...buttons.map((button) => button.title)).then((title) => buttons.find((button) => button.title === title)?.press());
}
