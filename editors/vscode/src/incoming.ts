// What the server sends to be shown, before anything shows it. The language client has handlers of its own that put
// messages, questions and progress on the screen as they come, some of them before ours are in place; what reaches
// them has been through here.
// No `vscode` in here, so that plain Node.js can test it.

import type { Message } from 'vscode-languageserver-protocol';
import { logText, messageLines, messageText } from './foreign-text';

type Clean = (text: string) => string;

/** For each method that shows something: where its texts are in `params`, and what is done with them. */
const TEXTS: Readonly<Record<string, readonly (readonly [path: readonly string[], clean: Clean])[]>> = {
  'window/showMessage': [[['message'], messageLines]],
  'window/showMessageRequest': [[['message'], messageLines]],
  'window/logMessage': [[['message'], logText]],
  '$/logTrace': [[['message'], logText], [['verbose'], logText]],
  '$/progress': [[['value', 'title'], messageText], [['value', 'message'], messageText]],
};

/** Cleans the texts of a message in place. */
export function cleanIncoming(message: Message): void {
  const { method, params } = message as { method?: unknown; params?: unknown };
  for (const [path, clean] of (typeof method === 'string' && Object.hasOwn(TEXTS, method) && TEXTS[method]) || []) {
    const owner = path.slice(0, -1).reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), params);
    const name = path.at(-1);
    if (isObject(owner) && name !== undefined && typeof owner[name] === 'string') {
      owner[name] = clean(owner[name]);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
