// New Salesforce Org…: the steps of the server, one box or list after the other. What is asked, checked, tested and
// written is the server's; here it is shown, and what was entered is kept until the org is there.

import * as vscode from 'vscode';
import type { Server } from './client';
import { Entered, type Answers } from './newOrg-answers';
import { reportCommandFailure } from './messages';
import { showMarkdown } from './server-messages';
import { notify, status } from './window';
import { askStep, chooseStep, whileBusy, type Found, type StepItem, type StepShown } from './wizard-window';

/** A step as the server has it. */
interface Question extends StepShown {
  readonly id: string;
  readonly kind: 'text' | 'choice' | 'secret' | 'confirm';
  readonly back: string | null;
  readonly items: readonly (StepItem & { readonly isSeparator: boolean })[];
  /** What the value `help` shows, in Markdown. */
  readonly page: string;
  /** What is said while the login is tested. */
  readonly busy: { readonly title: string; readonly text: string };
}

/** What came of the last step. */
type Finish =
  | { readonly outcome: 'saved'; readonly uri: string; readonly message: string; readonly cursor: { readonly line: number; readonly character: number } }
  | { readonly outcome: 'question'; readonly title: string; readonly message: string; readonly items: readonly StepItem[]; readonly page: string; readonly step: string | null }
  | { readonly outcome: 'refused'; readonly step: string; readonly message: string };

/** What is done at the end. */
interface Choice {
  readonly test: boolean;
  readonly anyway?: boolean;
  readonly sandbox?: boolean;
}

const TITLE = vscode.l10n.t('New Salesforce Org');

/** Answers of a wizard that was closed, for the next one until the window closes. */
let unfinished: Entered | undefined;

/** The whole dialogue; it ends wherever the person closes a box, and nothing is written before its end. */
export async function newOrg(server: Server, folder?: vscode.Uri): Promise<void> {
  if (folder === undefined && vscode.workspace.workspaceFolders === undefined) {
    void notify('information', vscode.l10n.t('Salesforce Org: open a folder first, then choose {0} again: the org files go there.', TITLE));
    return;
  }
  const entered = await begin(folder === undefined ? undefined : server.uriText(folder));
  if (entered !== undefined) {
    unfinished = entered;
    const saved = await new Wizard(server, entered).run();
    unfinished = saved ? undefined : entered.withoutSecrets();
  }
}

/** New answers, or those of a wizard that was closed; undefined when the person thinks better of it. */
async function begin(folder: string | undefined): Promise<Entered | undefined> {
  const name = unfinished?.answers['name'];
  if (unfinished === undefined || name === undefined) {
    return new Entered(folder);
  }
  const items = [
    { id: 'continue', label: vscode.l10n.t('Continue with "{0}"', name), detail: '', note: '' },
    { id: 'over', label: vscode.l10n.t('Start Over'), detail: '', note: '' },
  ];
  const chosen = await chooseStep({ title: TITLE, prompt: vscode.l10n.t('You have not finished a new org'), items, value: 'continue' });
  if (chosen === undefined || chosen === 'back') {
    return undefined;
  }
  return chosen.value === 'continue' ? unfinished : new Entered(folder);
}

class Wizard {
  constructor(
    private readonly server: Server,
    private readonly entered: Entered,
  ) {}

  /** Whether the org was saved. */
  async run(): Promise<boolean> {
    // The first open one; else a step, or the one behind it.
    let wanted: { readonly step?: string; readonly after?: string } = {};
    for (;;) {
      const question = await this.server.request<Question>('sforg/newOrg', { ...this.place(), ...wanted });
      if (question === undefined) {
        return false;
      }
      const next = question.kind === 'confirm' ? await this.finish(question) : await this.ask(question);
      if (typeof next === 'boolean') {
        return next;
      }
      wanted = next;
    }
  }

  private place(): { folder?: string; answers: Answers } {
    const { folder, answers } = this.entered;
    return { answers, ...(folder === undefined ? {} : { folder }) };
  }

  /** Where to go on; false when the box was closed. */
  private async ask(question: Question): Promise<false | { step?: string; after?: string }> {
    const answer = question.kind === 'choice' ? await this.choose(question) : await askStep(question, (value) => this.check(question, value));
    if (answer === undefined) {
      return false;
    }
    if (answer === 'back') {
      return question.back === null ? {} : { step: question.back };
    }
    if (question.kind === 'secret') {
      this.entered.setSecret(question.id, answer.value);
    } else {
      this.entered.answers[question.id] = answer.value;
    }
    return this.entered.isMending() ? {} : { after: question.id };
  }

  private async choose(question: Question): Promise<{ value: string } | 'back' | undefined> {
    for (;;) {
      const answer = await chooseStep(question);
      if (answer === undefined || answer === 'back') {
        return answer;
      }
      if (answer.value === 'help') {
        await showMarkdown(vscode.l10n.t('Set Up the App in Salesforce'), question.page);
        continue;
      }
      const found = await this.check(question, answer.value);
      if (found?.accepts !== false) {
        return answer;
      }
      void notify('warning', `Salesforce Org: ${found.message}`);
    }
  }

  private check({ id }: Question, value: string): Promise<Found | undefined> {
    return this.server.request<Found>('sforg/newOrg/check', { ...this.place(), id, value });
  }

  /** The last step: true when the org was saved, false when the list was closed. */
  private async finish(question: Question): Promise<boolean | { step?: string }> {
    const chosen = await chooseStep(question);
    if (chosen === undefined) {
      return false;
    }
    if (chosen === 'back') {
      return question.back === null ? {} : { step: question.back };
    }
    if (chosen.value === 'folder') {
      const [folder] = (await vscode.window.showOpenDialog({ title: TITLE, openLabel: vscode.l10n.t('Save Here'), canSelectFiles: false, canSelectFolders: true })) ?? [];
      this.entered.folder = folder === undefined ? this.entered.folder : this.server.uriText(folder);
      return { step: question.id };
    }
    return this.carryOut(question, { test: chosen.value === 'test' });
  }

  private async carryOut(question: Question, choice: Choice): Promise<boolean | { step?: string }> {
    for (let next: Choice = choice; ; ) {
      const done = await this.send(question, next).catch((error: unknown) => reportCommandFailure(TITLE, error));
      if (done === undefined) {
        return this.finish(question); // stopped before there was a result, or refused: the answers are still there
      }
      if (done.outcome === 'saved') {
        await open(done.uri, done.cursor);
        status(done.message);
        return true;
      }
      if (done.outcome === 'refused') {
        void notify('warning', `Salesforce Org: ${done.message}`);
        this.entered.mend();
        return { step: done.step };
      }
      const chosen = await this.whatNow(done);
      if (typeof chosen === 'boolean') {
        return chosen;
      }
      if ('step' in chosen) {
        return { step: chosen.step ?? question.id };
      }
      next = chosen;
    }
  }

  private send({ busy }: Question, choice: Choice): Promise<Finish | undefined> {
    const params = { ...this.place(), secret: this.entered.secrets, ...choice };
    const request = (token?: vscode.CancellationToken) => this.server.request<Finish>('sforg/newOrg/finish', params, token);
    return choice.test ? whileBusy(busy.title, busy.text, request) : request();
  }

  /** What to do about a login that is not simply right. */
  private async whatNow(done: Finish & { outcome: 'question' }): Promise<false | Choice | { step: string | undefined }> {
    for (;;) {
      const chosen = await chooseStep({ title: done.title, prompt: done.message, items: done.items, value: done.items[0]?.id ?? '' });
      if (chosen === undefined) {
        return false;
      }
      switch (chosen === 'back' ? 'back' : chosen.value) {
        case 'steps':
          await showMarkdown(done.title, done.page);
          continue;
        case 'test':
          return { test: true };
        case 'anyway':
          return { test: true, anyway: true };
        case 'save':
          return { test: false };
        case 'production':
          return { test: false, sandbox: false };
        case 'sandbox':
          return { test: false, sandbox: true };
        case 'again':
          this.entered.mend();
          return { step: done.step ?? undefined };
        default:
          return { step: undefined };
      }
    }
  }
}

async function open(uri: string, { line, character }: { readonly line: number; readonly character: number }): Promise<void> {
  const at = new vscode.Position(line, character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at), preview: false });
}
