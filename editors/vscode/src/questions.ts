// The answers to a question of the server, in the order in which they are offered.
// No `vscode` in here, so that plain Node.js can test it.

import { MessageType, type MessageActionItem } from 'vscode-languageserver-protocol';

/** A button and the answer that it gives. */
export interface Button {
  readonly title: string;
  readonly answer: MessageActionItem;
}

/**
 * The server's last answer is the one that does nothing (*Don't send*, *Cancel*), its first the one that it expects.
 * Where the person did something to be asked, doing nothing comes first, since the first button is the one that a key
 * pressed too soon takes. VS Code adds *Cancel* of its own there, so ours says what is cancelled.
 * A question that nobody asked for (marked so, or no more than an information) keeps its order.
 */
export function answersOf(type: MessageType, actions: readonly MessageActionItem[]): { unasked: boolean; buttons: Button[] } {
  const unasked = type > MessageType.Warning || actions.some((action) => action['unasked'] === true);
  const buttons = actions.map((answer) => ({ title: answer.title, answer }));
  const last = buttons.at(-1);
  if (unasked || last === undefined || buttons.length === 1) {
    return { unasked, buttons };
  }
  const refusal = { ...last, title: /^cancel$/i.test(last.title) ? refusalOf(buttons[0]?.title ?? '') : last.title };
  return { unasked, buttons: [refusal, ...buttons.slice(0, -1)] };
}

/** `Log in` → `Don't log in`. */
function refusalOf(title: string): string {
  return `Don't ${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}
