// What reaches the log when messages between editor and server are traced: while its level is "Trace".
// No `vscode` import at run time, so that plain Node.js can test it.

import type { LogOutputChannel } from 'vscode';

/** `Sending notification 'textDocument/didChange'.` and its kin: a method and a duration, no content. */
const METHOD = /^(?:Sending|Received) (?:request|response|notification) '[^']*'(?: in \d+ms)?\.(?: Processing request took \d+ms\.)?/;

/**
 * A channel that takes what names a message and drops the rest.
 * The language client would also write whole messages if its own setting for that were made by hand, and an
 * error of the server's may quote what it could not read. What is typed into an org file may be a password.
 */
export function traceWithoutContent(log: LogOutputChannel): LogOutputChannel {
  const drop = () => undefined;
  return {
    name: log.name,
    get logLevel() {
      return log.logLevel;
    },
    onDidChangeLogLevel: log.onDidChangeLogLevel,
    trace: (message) => {
      const known = METHOD.exec(message)?.[0];
      if (known !== undefined) {
        log.trace(known);
      }
    },
    debug: drop,
    info: drop,
    warn: drop,
    error: drop,
    append: drop,
    appendLine: drop,
    replace: drop,
    clear: drop,
    show: drop,
    hide: drop,
    dispose: drop,
  };
}
