// Work that says at its beginning that it counts is shown as a notification with *Cancel*; what else takes its time is
// shown by the language client, in the status bar alone.

import type { ProgressToken, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient';
import { showProgress, type ShownProgress } from './window';

type Step = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

export class CountingProgress {
  private readonly shown = new Map<ProgressToken, ShownProgress>();

  constructor(private readonly cancel: (token: ProgressToken) => void) {}

  /** Takes a step of any work; `next` passes it on to the language client. */
  handle(token: ProgressToken, step: Step, next: () => void): void {
    if (step.kind === 'begin' && step.percentage !== undefined) {
      this.shown.set(token, showProgress(step.title, () => this.cancel(token)));
      return;
    }
    const shown = this.shown.get(token);
    if (shown !== undefined && step.kind === 'report') {
      shown.report(step.message ?? '', step.percentage ?? 0);
      return;
    }
    if (step.kind === 'end') {
      this.end(token);
    }
    next();
  }

  /** The server is gone: nobody else would end them. */
  endAll(): void {
    [...this.shown.keys()].forEach((token) => this.end(token));
  }

  private end(token: ProgressToken): void {
    this.shown.get(token)?.end();
    this.shown.delete(token);
  }
}
