// What the server writes to its standard error, in the log at the level that it has there.
// No `vscode` import at run time, so that plain Node.js can test it.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LogOutputChannel } from 'vscode';

/** As the server writes its entries; the log has a time and a level of its own. */
const ENTRY = /^\d{4}-\d\d-\d\dT\S+\s+(TRACE|DEBUG|INFO|WARN|ERROR)\s+(.*)$/;

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Writes each line of `errors` to the log, until there are no more. What is no entry of the server's is an error. */
export function logServerErrors(errors: Readable, log: Pick<LogOutputChannel, (typeof LEVELS)[keyof typeof LEVELS]>): void {
  createInterface({ input: errors }).on('line', (line) => {
    const [, level, text] = ENTRY.exec(line) ?? [];
    if (level === undefined || text === undefined) {
      log.error(line);
    } else {
      log[LEVELS[level as keyof typeof LEVELS]](text);
    }
  });
}
