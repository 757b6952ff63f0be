// What the server sends to be shown, before anything shows it. The language client has handlers of its own that put
// messages, questions and progress on the screen as they come, some of them before ours are in place; what reaches
// them has been through here.
// No `vscode` in here, so that plain Node.js can test it.

import type { Message } from 'vscode-languageserver-protocol';
import { buttonTitle, logText, messageLines, messageText } from './foreign-text';

type Clean = (text: string) => string;

/** For each method that shows something: where its texts are in `params` (`*`: in each item), and what is done with them. */
const TEXTS: Readonly<Record<string, readonly (readonly [path: readonly string[], clean: Clean])[]>> = {
  'window/showMessage': [[['message'], messageLines]],
  'window/showMessageRequest': [[['message'], messageLines], [['actions', '*', 'title'], buttonTitle]],
  'window/logMessage': [[['message'], logText]],
  '$/logTrace': [[['message'], logText], [['verbose'], logText]],
  '$/progress': [[['value', 'title'], messageText], [['value', 'message'], messageText]],
};

/** Cleans the texts of a message in place. */
export function cleanIncoming(message: Message): void {
  const { method, params } = message as { method?: unknown; params?: unknown };
  for (const [path, clean] of (typeof method === 'string' && Object.hasOwn(TEXTS, method) && TEXTS[method]) || []) {
    cleanAt(params, path, clean);
  }
}

function cleanAt(value: unknown, [name, ...rest]: readonly string[], clean: Clean): void {
  if (!isObject(value) || name === undefined) {
    return;
  }
  for (const key of name === '*' ? Object.keys(value) : [name]) {
    const inner = value[key];
    if (rest.length > 0) {
      cleanAt(inner, rest, clean);
    } else if (typeof inner === 'string') {
      value[key] = clean(inner);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
