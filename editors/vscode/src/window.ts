// Everything that this extension says to a person goes through here: messages, questions, the log.
// Texts have foreign words in them (names, paths, what Salesforce answered), and VS Code runs `[label](command:…)` in
// a notification. A test holds that no other module calls what shows text.

import * as vscode from 'vscode';
import { MessageType, type MessageActionItem, type ShowMessageRequestParams } from 'vscode-languageclient';
import { buttonTitle, logText, messageText, plainLine, plainLines } from './foreign-text';
import { answersOf } from './questions';

export type Severity = 'error' | 'warning' | 'information';

/** Shows a notification, and gives the button that was pressed, if any. */
export async function notify<Title extends string>(severity: Severity, text: string, ...buttons: readonly Title[]): Promise<Title | undefined> {
  const titles = buttons.map(buttonTitle);
  const pressed = await notificationOf(severity)(messageText(text), ...titles);
  return pressed === undefined ? undefined : buttons[titles.indexOf(pressed)];
}

/** A message's severity by LSP's number. */
export function severityOf(type: MessageType): Severity {
  switch (type) {
    case MessageType.Error:
      return 'error';
    case MessageType.Warning:
      return 'warning';
    default:
      return 'information';
  }
}

/**
 * Puts a question of the server's, and gives the answer; null when there is none.
 *
 * A question that nobody asked for is a notification, which takes no key from anyone. One that follows from what the
 * person has just done is a dialog, whose words are plain text and whose first button, which the enter key presses,
 * is the one that does nothing.
 */
export async function ask({ type, message, actions }: ShowMessageRequestParams): Promise<MessageActionItem | null> {
  const { unasked, buttons } = answersOf(type, actions ?? []);
  const titles = buttons.map((button) => button.title);
  if (unasked) {
    const pressed = await notify(severityOf(type), message, ...titles);
    return buttons.find((button) => button.title === pressed)?.answer ?? null;
  }
  const [headline = '', ...rest] = plainLines(message).trim().split('\n');
  const pressed = await vscode.window.showWarningMessage(headline, { modal: true, detail: rest.join('\n').trim() }, ...titles.map(buttonTitle));
  return buttons.find((button) => buttonTitle(button.title) === pressed)?.answer ?? null;
}

/** One line of a list. */
export interface Item {
  readonly label: string;
  readonly detail: string;
}

/** Quick picks make icons of `$(…)`. */
function listText(text: string): string {
  return plainLine(text).replaceAll('$(', '$ (');
}

function shownItems<T extends Item>(items: readonly T[]): (vscode.QuickPickItem & { readonly item: T })[] {
  return items.map((item) => ({ label: listText(item.label), detail: listText(item.detail), item }));
}

/** Puts a list; undefined when it is closed. */
export async function pickOne<T extends Item>(title: string, items: readonly T[]): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(shownItems(items), { title: plainLine(title), ignoreFocusOut: true });
  return picked?.item;
}

/** Puts a list with ticks, all of them set; undefined when it is closed. */
export async function pickMany<T extends Item>(title: string, items: readonly T[]): Promise<T[] | undefined> {
  const all = shownItems(items).map((item) => ({ ...item, picked: true }));
  const picked = await vscode.window.showQuickPick(all, { title: plainLine(title), canPickMany: true, ignoreFocusOut: true });
  return picked?.map(({ item }) => item);
}

/** The log, whose lines act on nothing either. */
export function createLog(name: string): vscode.OutputChannel {
  const log = vscode.window.createOutputChannel(name);
  return {
    name: log.name,
    append: (text) => log.append(logText(text)),
    appendLine: (text) => log.appendLine(logText(text)),
    replace: (text) => log.replace(logText(text)),
    clear: () => log.clear(),
    show: (first?: vscode.ViewColumn | boolean, second?: boolean) => log.show(typeof first === 'boolean' ? first : second),
    hide: () => log.hide(),
    dispose: () => log.dispose(),
  };
}

type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

function notificationOf(severity: Severity): Show {
  switch (severity) {
    case 'error':
      return vscode.window.showErrorMessage;
    case 'warning':
      return vscode.window.showWarningMessage;
    case 'information':
      return vscode.window.showInformationMessage;
  }
}
