// How often a server that ends by itself is started again.
// No `vscode` in here, so that plain Node.js can test it.

/** Start again a few times, then leave it stopped: a server that always fails must not run in circles. */
export class CrashLimit {
  private endings: number[] = [];

  /**
   * @param restarts how many restarts are allowed
   * @param withinMs in this many milliseconds
   */
  constructor(
    private readonly restarts = 3,
    private readonly withinMs = 3 * 60_000,
  ) {}

  /** The server ended by itself at `nowMs`: may it be started again? */
  mayRestart(nowMs: number): boolean {
    this.endings = [...this.endings.filter((time) => nowMs - time < this.withinMs), nowMs];
    return this.endings.length <= this.restarts;
  }

  /** A person asked for a new start: count from nothing. */
  forget(): void {
    this.endings = [];
  }
}
