// What reaches the log when messages between editor and server are traced.
// No `vscode` import at run time, so that plain Node.js can test it.

import type { OutputChannel } from 'vscode';

/** `[Trace - 10:15:00 AM] Sending notification 'textDocument/didChange'.` and its kin: a method and a duration, no content. */
const METHOD_LINE = /^\[Trace - [^\]]*\] (?:Sending|Received) (?:request|response|notification) '[^']*'/;

/**
 * A channel that takes trace lines which name a message and drops the rest.
 * The language client would also write whole messages if `sforg.trace.server` were set to
 * `verbose` by hand, and what is typed into an org file may be a password.
 */
export function traceWithoutContent(log: OutputChannel): OutputChannel {
  return {
    name: log.name,
    append: () => undefined,
    appendLine: (line) => {
      const known = METHOD_LINE.exec(line);
      if (known !== null) {
        log.appendLine(line.split('\n', 1)[0] ?? known[0]);
      }
    },
    replace: () => undefined,
    clear: () => undefined,
    show: () => undefined,
    hide: () => undefined,
    dispose: () => undefined,
  };
}
