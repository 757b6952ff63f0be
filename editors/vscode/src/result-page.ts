// The details of one org's login: a page for each org, which shows that org alone and follows each test of it.

import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { showChange } from './changes';
import { plainLines } from './foreign-text';
import { enteredOf, type Problem } from './result-form';
import { resultHtml, TEST_LOGIN, type ResultPage } from './result-html';
import { openPage, type Page } from './window';

/** What a button, a link or the boxes of the page may send: one of these. */
interface Sent {
  readonly run?: unknown;
  readonly goTo?: unknown;
  readonly copy?: unknown;
  readonly leave?: unknown;
  readonly isEntering?: unknown;
  readonly enter?: unknown;
  readonly test?: unknown;
}

interface OpenPage {
  readonly page: Page;
  shown: ResultPage | undefined;
  /** Something stands in a box: drawn anew, the page would lose it. */
  isEntering: boolean;
}

export class ResultPages implements vscode.Disposable {
  private readonly pages = new Map<string, OpenPage>();

  /** Opens the page of an org beside its file, or brings it to the front. */
  async open(client: LanguageClient, uri: string): Promise<void> {
    let open = this.pages.get(uri);
    if (open === undefined) {
      open = { page: openPage('Salesforce Org', (sent) => void this.receive(client, uri, (sent ?? {}) as Sent), () => this.pages.delete(uri)), shown: undefined, isEntering: false };
      this.pages.set(uri, open);
    } else {
      open.page.reveal();
    }
    const result = await this.fill(client, uri);
    if (result?.newText !== undefined) {
      const file = uri.slice(uri.lastIndexOf('/') + 1);
      await showChange(vscode.l10n.t('{0}: Now and After the Upgrade', file), { uri, newText: result.newText });
    }
  }

  /** Something has changed: the open pages ask again. */
  refresh(client: LanguageClient): void {
    for (const uri of this.pages.keys()) {
      void this.fill(client, uri);
    }
  }

  dispose(): void {
    for (const { page } of this.pages.values()) {
      page.close();
    }
  }

  /** Asks for the page, draws it anew where it is another one, and gives it. */
  private async fill(client: LanguageClient, uri: string): Promise<ResultPage | undefined> {
    const result = await client.sendRequest<ResultPage | null>('sforg/result', { uri }).catch(() => null);
    const open = this.pages.get(uri);
    if (result === null && uri.endsWith('/sforg-project.json')) {
      // There is no upgrade to offer any more.
      open?.page.close();
      return undefined;
    }
    // Drawn anew it would be read anew, and its own clock counts the seconds of a test.
    const counted = (page: ResultPage | undefined) => page && { ...page, testing: page.testing !== undefined };
    if (open === undefined || open.isEntering || result === null || isDeepStrictEqual(counted(result), counted(open.shown))) {
      return result ?? undefined;
    }
    open.shown = result;
    open.page.show(result.title, (nonce) => resultHtml(result, nonce));
    return result;
  }

  private async receive(client: LanguageClient, uri: string, sent: Sent): Promise<void> {
    const open = this.pages.get(uri);
    const shown = open?.shown;
    if (open === undefined || shown === undefined) {
      return;
    }
    if (typeof sent.isEntering === 'boolean') {
      const wasEntering = open.isEntering;
      open.isEntering = sent.isEntering;
      await (wasEntering && !open.isEntering ? this.fill(client, uri) : undefined);
    } else if (sent.enter !== undefined) {
      await this.enter(client, open, shown, sent.enter, sent.test === true);
    } else if (typeof sent.copy === 'string') {
      await vscode.env.clipboard.writeText(sent.copy);
    } else if (sent.leave === true) {
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { viewColumn: vscode.ViewColumn.One });
    } else if (sent.goTo === true) {
      const range = shown.member && client.protocol2CodeConverter.asRange(shown.member.range);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { viewColumn: vscode.ViewColumn.One, ...(range === undefined ? {} : { selection: range }) });
    } else if (typeof sent.run === 'number') {
      const action = shown.actions[sent.run];
      if (action !== undefined) {
        await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
      }
    }
  }

  /** Stores what was entered; what is wrong with it stands below its box. */
  private async enter(client: LanguageClient, open: OpenPage, { uri, inputs = [], actions }: ResultPage, sent: unknown, test: boolean): Promise<void> {
    const entered = enteredOf(sent, inputs);
    if (entered === undefined) {
      return;
    }
    // What the error says may repeat what was entered.
    const message = vscode.l10n.t('The server did not answer. Run Salesforce Org: Restart Server, then enter the values again.');
    const failed = (): Problem[] => [{ member: Object.keys(entered)[0] ?? '', message }];
    const problems = await client.sendRequest<{ problems: Problem[] }>('sforg/enterValues', { uri, ...entered }).then((done) => done.problems, failed);
    if (problems.length > 0) {
      open.page.post({ problems: problems.map(({ member, message }) => ({ member, message: plainLines(message) })) });
      return;
    }
    open.isEntering = false;
    await this.fill(client, uri);
    const action = actions.find(({ command }) => test && command === TEST_LOGIN);
    if (action !== undefined) {
      await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
    }
  }
}
