// What was entered so far for a new org. No `vscode` in here, so that plain Node.js can test it.

export type Answers = Record<string, string>;

/** Answers by their steps; secrets apart, which no wizard outlives. */
export class Entered {
  readonly answers: Answers = {};
  readonly secrets: Record<string, string> = {};
  private mending = false;

  constructor(public folder: string | undefined) {}

  /** A secret; an empty one is left for later, unless there is one already. */
  setSecret(step: string, value: string): void {
    if (value.trim() !== '') {
      this.secrets[step] = value;
      this.answers[step] = 'entered';
    } else if (this.secrets[step] === undefined) {
      this.answers[step] = 'later';
    }
  }

  /** One answer is given again: what is open behind it comes next, not all that follows. */
  mend(): void {
    this.mending = true;
  }

  /** Whether an answer was given again just now. */
  isMending(): boolean {
    const was = this.mending;
    this.mending = false;
    return was;
  }

  /** The same for another wizard: its secrets are to be entered again. */
  withoutSecrets(): Entered {
    const kept = new Entered(this.folder);
    for (const [step, answer] of Object.entries(this.answers)) {
      if (answer !== 'entered' || this.secrets[step] === undefined) {
        kept.answers[step] = answer;
      }
    }
    return kept;
  }
}
