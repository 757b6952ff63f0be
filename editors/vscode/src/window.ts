// Everything that this extension says to a person goes through here: messages, questions, the log; the boxes of the
// wizard are beside it (`wizard-window.ts`).
// Texts have foreign words in them (names, paths, what Salesforce answered), and VS Code runs `[label](command:…)` in
// a notification. A test holds that no other module calls what shows text.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { MessageType, type MessageActionItem, type ShowMessageRequestParams } from 'vscode-languageclient';
import { showChanges } from './changes';
import { buttonTitle, listText, logText, messageText, plainLine, plainLines } from './foreign-text';
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
  const pressed = await dialog(headline, rest.join('\n').trim(), titles);
  return buttons.find((button) => buttonTitle(button.title) === pressed)?.answer ?? null;
}

async function dialog(headline: string, detail: string, titles: readonly string[]): Promise<string | undefined> {
  return vscode.window.showWarningMessage(headline, { modal: true, detail }, ...titles.map(buttonTitle));
}

/** A question before something that is hard to take back; whether the button was pressed. */
export async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  return (await dialog(plainLine(question), plainLine(detail), [button])) === buttonTitle(button);
}

/** A line of text with what it is now, all of it selected; undefined when the box is closed or left empty. */
export async function askText(title: string, prompt: string, value: string): Promise<string | undefined> {
  const entered = await vscode.window.showInputBox({ title: plainLine(title), prompt: plainLine(prompt), value, ignoreFocusOut: true });
  return entered === undefined || entered.trim() === '' ? undefined : entered.trim();
}

/** One line of a list. */
export interface Item {
  readonly label: string;
  readonly detail: string;
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

/** Good news: in the status bar for some seconds, where nobody has to close it. */
export function status(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${messageText(text).replaceAll('$(', '$ (')}`, 5000);
}

/** What `sforg/chooseOrgs` asks. */
export interface OrgChoice {
  readonly title: string;
  readonly items: readonly { readonly uri: string; readonly label: string; readonly detail: string; readonly newText: string }[];
}

type OrgPick = vscode.QuickPickItem & { readonly uri: string };

/** A list of orgs, all ticked; null when it is closed. A button shows what each file would become. */
export function chooseOrgs({ title, items }: OrgChoice): Promise<{ uris: string[] } | null> {
  const pick = vscode.window.createQuickPick<OrgPick>();
  const changes: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('diff-multiple'), tooltip: vscode.l10n.t('Show Changes') };
  pick.title = plainLine(title);
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.buttons = [changes];
  pick.items = items.map(({ uri, label, detail }) => ({ uri, label: listText(label), detail: listText(detail) }));
  pick.selectedItems = pick.items;
  pick.onDidTriggerButton(() => void showChanges(title, items));
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve({ uris: pick.selectedItems.map(({ uri }) => uri) });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(null); // after an answer it says nothing more
      pick.dispose();
    });
    pick.show();
  });
}

/** What `sforg/enterSecret` asks. */
export interface SecretPrompt {
  readonly title: string;
  readonly places: readonly { readonly id: string; readonly label: string; readonly detail: string; readonly prompt: string }[];
}

const PLACE_ICONS: Readonly<Record<string, string>> = { keyring: '$(lock) ', env: '$(file) ' };

/** The box that is open, or was last: a second one would close it. */
let secretBox: Promise<unknown> = Promise.resolve();

/** Where to keep a secret, if there is a choice, and the secret; null when the person thinks better of it. One after another. */
export function enterSecret(prompt: SecretPrompt): Promise<{ place: string; value: string } | null> {
  const entered = secretBox.then(() => askForSecret(prompt));
  secretBox = entered.catch(() => undefined);
  return entered;
}

async function askForSecret({ title, places }: SecretPrompt): Promise<{ place: string; value: string } | null> {
  const choices = places.map((place) => ({ place, label: `${PLACE_ICONS[place.id] ?? ''}${listText(place.label)}`, detail: listText(place.detail) }));
  const chosen = choices.length > 1 ? await vscode.window.showQuickPick(choices, { title: plainLine(title), placeHolder: vscode.l10n.t('Where do you keep it?'), ignoreFocusOut: true }) : choices[0];
  if (chosen === undefined) {
    return null;
  }
  const value = await vscode.window.showInputBox({ title: plainLine(title), prompt: plainLine(chosen.place.prompt), password: true, ignoreFocusOut: true });
  return value === undefined || value.trim() === '' ? null : { place: chosen.place.id, value };
}

/** Work whose progress is shown. */
export interface ShownProgress {
  report(message: string, percentage: number): void;
  end(): void;
}

/** Shows the progress of work in a notification, whose button calls `cancel`. */
export function showProgress(title: string, cancel: () => void): ShownProgress {
  let shown: vscode.Progress<{ message: string; increment: number }> | undefined;
  let reached = 0;
  let end = () => {}; // until the next line
  const over = new Promise<void>((resolve) => (end = resolve));
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: messageText(title) };
  void vscode.window.withProgress(options, (progress, token) => {
    shown = progress;
    token.onCancellationRequested(cancel);
    return over;
  });
  return {
    report: (message, percentage) => {
      shown?.report({ message: messageText(message), increment: Math.max(0, percentage - reached) });
      reached = Math.max(reached, percentage);
    },
    end,
  };
}

/** A page beside the file. */
export interface Page {
  /** Shows HTML that runs the script of this nonce and nothing else. */
  show(title: string, html: (nonce: string) => string): void;
  /** Tells its script something. */
  post(message: unknown): void;
  reveal(): void;
  close(): void;
}

/** Opens a page; `receive` gets what its script sends. */
export function openPage(title: string, receive: (sent: unknown) => void, closed: () => void): Page {
  const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const panel = vscode.window.createWebviewPanel('sforg-result', title, place, { enableScripts: true, localResourceRoots: [], enableFindWidget: true });
  panel.webview.onDidReceiveMessage(receive);
  panel.onDidDispose(closed);
  return {
    show: (newTitle, html) => {
      panel.title = plainLine(newTitle);
      panel.webview.html = html(randomUUID());
    },
    post: (message) => void panel.webview.postMessage(message),
    reveal: () => panel.reveal(undefined, true),
    close: () => panel.dispose(),
  };
}

/** A view with a tree. Whoever fills it cleans its texts: labels and descriptions are plain text. */
export function createTree<Node>(id: string, treeDataProvider: vscode.TreeDataProvider<Node>): vscode.TreeView<Node> {
  return vscode.window.createTreeView(id, { treeDataProvider, showCollapseAll: true, canSelectMany: true });
}

/** What an item of the status bar says. */
export interface StatusText {
  readonly icon: string;
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly background?: 'warning' | 'error' | undefined;
  readonly command: string;
}

/** An item on the left of the status bar; undefined hides it. */
export function createStatusItem(id: string, name: string): { show(what: StatusText | undefined): void; dispose(): void } {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, 10);
  item.name = name;
  return {
    show: (what) => {
      if (what === undefined) {
        item.hide();
        return;
      }
      item.text = `$(${what.icon}) ${listText(what.text)}`;
      item.tooltip = plainLines(what.tooltip);
      item.accessibilityInformation = { label: plainLine(what.spoken), role: 'button' };
      item.backgroundColor = what.background && new vscode.ThemeColor(`statusBarItem.${what.background}Background`);
      item.command = what.command;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

/** Lines in the menu `{}` of our languages: each a text with a command. */
export function createLanguageStatus(id: string, selector: vscode.DocumentSelector, name: string): { show(text: string, detail: string, command: vscode.Command): void; dispose(): void } {
  const item = vscode.languages.createLanguageStatusItem(id, selector);
  item.name = name;
  return {
    show: (text, detail, command) => {
      item.text = listText(text);
      item.detail = listText(detail);
      item.command = command;
    },
    dispose: () => item.dispose(),
  };
}

/** The log, whose lines act on nothing either. How much it says is chosen with *Developer: Set Log Level…*. */
export function createLog(name: string): vscode.LogOutputChannel {
  const log = vscode.window.createOutputChannel(name, { log: true });
  return {
    name: log.name,
    get logLevel() {
      return log.logLevel;
    },
    onDidChangeLogLevel: log.onDidChangeLogLevel,
    trace: (text) => log.trace(logText(text)),
    debug: (text) => log.debug(logText(text)),
    info: (text) => log.info(logText(text)),
    warn: (text) => log.warn(logText(text)),
    error: (text) => log.error(logText(String(text))),
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
