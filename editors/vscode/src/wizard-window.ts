// The boxes and lists of a wizard. Like all words for a person (`window.ts`), those of a step come from elsewhere and
// act on nothing.

import * as vscode from 'vscode';
import { listText, plainLine } from './foreign-text';

/** One step of a wizard. */
export interface StepShown {
  readonly title: string;
  readonly prompt: string;
  readonly number?: number;
  readonly total?: number;
  readonly placeholder?: string;
  /** What stands there, or the item that is chosen. */
  readonly value: string;
  readonly kind?: string;
  readonly back?: string | null;
  readonly items: readonly (StepItem & { readonly isSeparator?: boolean })[];
}

/** A value to choose in a wizard. */
export interface StepItem {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly note?: string;
}

/** What is said about a value while it is entered. */
export interface Found {
  readonly severity: 'error' | 'warning' | 'information' | null;
  readonly message: string;
  readonly accepts: boolean;
}

/** What a person did with a step: undefined when they closed it. */
export type StepAnswer = { readonly value: string } | 'back' | undefined;

const SEVERITIES = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  information: vscode.InputBoxValidationSeverity.Info,
} as const;

/** A box of a wizard; each value is checked as it is typed, and once more when it is to be taken. */
export function askStep(step: StepShown, check: (value: string) => Promise<Found | undefined>): Promise<StepAnswer> {
  const box = vscode.window.createInputBox();
  place(box, step);
  box.prompt = plainLine(step.prompt);
  box.placeholder = plainLine(step.placeholder ?? '');
  box.value = step.value;
  box.password = step.kind === 'secret';
  let turn = 0;
  const look = async (): Promise<Found | undefined> => {
    const own = ++turn;
    const found = await check(box.value).catch(notChecked);
    if (own === turn) {
      box.validationMessage = found?.severity ? { message: plainLine(found.message), severity: SEVERITIES[found.severity] } : undefined;
    }
    return own === turn ? found : undefined;
  };
  if (step.value !== '') {
    void look();
  }
  return new Promise((resolve) => {
    const end = (answer: StepAnswer) => {
      resolve(answer);
      box.hide();
    };
    box.onDidChangeValue(() => void look());
    box.onDidAccept(async () => {
      const { value } = box;
      if ((await look())?.accepts === true && value === box.value) {
        end({ value });
      }
    });
    box.onDidTriggerButton(() => end('back'));
    box.onDidHide(() => {
      resolve(undefined); // after an answer it says nothing more
      box.dispose();
    });
    box.show();
  });
}

/** Nothing is taken that nobody could look at, and whoever presses Enter sees why. */
function notChecked(error: unknown): Found {
  const message = plainLine(error instanceof Error ? error.message : String(error));
  return { severity: 'error', message, accepts: false };
}

/** What stands before the values of a wizard. */
const STEP_ICONS: Readonly<Record<string, string>> = {
  production: 'globe', sandbox: 'beaker', 'oauth2-client-credentials': 'key', basic: 'person', help: 'question', keyring: 'lock', env: 'file',
  variable: 'terminal', file: 'warning', test: 'plug', save: 'save', folder: 'folder', again: 'edit', steps: 'list-ordered', anyway: 'warning', back: 'arrow-left',
};

type StepPick = vscode.QuickPickItem & { readonly id: string };

/** A list of a wizard. */
export function chooseStep(step: StepShown): Promise<StepAnswer> {
  const pick = vscode.window.createQuickPick<StepPick>();
  place(pick, step);
  pick.placeholder = plainLine(step.prompt);
  pick.items = step.items.map(({ id, label, detail, note, isSeparator }) => {
    const icon = STEP_ICONS[id] === undefined ? '' : `$(${STEP_ICONS[id]}) `;
    const shown = { id, label: `${icon}${listText(label)}`, description: listText(note ?? ''), detail: listText(detail) };
    return isSeparator === true ? { id, label: listText(label), kind: vscode.QuickPickItemKind.Separator } : shown;
  });
  pick.activeItems = pick.items.filter(({ id, kind }) => id === step.value && kind !== vscode.QuickPickItemKind.Separator);
  return new Promise((resolve) => {
    const end = (answer: StepAnswer) => {
      resolve(answer);
      pick.hide();
    };
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (chosen !== undefined) {
        end({ value: chosen.id });
      }
    });
    pick.onDidTriggerButton(() => end('back'));
    pick.onDidHide(() => {
      resolve(undefined); // after an answer it says nothing more
      pick.dispose();
    });
    pick.show();
  });
}

/** What boxes and lists of a wizard have in common: they stay while values are fetched from a browser. */
function place(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, { title, number, total, back }: StepShown): void {
  input.title = plainLine(title);
  input.ignoreFocusOut = true;
  input.step = number;
  input.totalSteps = total;
  input.buttons = back === undefined || back === null ? [] : [vscode.QuickInputButtons.Back];
}

/** Shows that something is under way; whoever closes it cancels that. */
export async function whileBusy<Result>(title: string, text: string, work: (token: vscode.CancellationToken) => Promise<Result>): Promise<Result | undefined> {
  const pick = vscode.window.createQuickPick();
  const stop = new vscode.CancellationTokenSource();
  pick.title = plainLine(title);
  pick.placeholder = plainLine(text);
  pick.ignoreFocusOut = true;
  pick.busy = true;
  pick.onDidHide(() => stop.cancel());
  pick.show();
  try {
    return await work(stop.token);
  } catch (error) {
    if (stop.token.isCancellationRequested) {
      return undefined;
    }
    throw error;
  } finally {
    pick.dispose();
    stop.dispose();
  }
}
