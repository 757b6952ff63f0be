// The answers to a question of the server, in the order in which they are offered.
// No `vscode` in here, so that plain Node.js can test it.

import { MessageType, type MessageActionItem } from 'vscode-languageserver-protocol';

/** A button and the answer that it gives. */
export interface Button {
  readonly title: string;
  readonly answer: MessageActionItem;
}

/**
 * The server's order is kept. In a question that follows from what a person did, its first answer is the one that
 * does no harm, since that is the button that a key pressed too soon takes; VS Code adds *Cancel* of its own.
 * Buttons that nobody asked for (marked so, or with no more than an information) stand beside a message.
 */
export function answersOf(type: MessageType, actions: readonly MessageActionItem[]): { unasked: boolean; buttons: Button[] } {
  const unasked = type > MessageType.Warning || actions.some((action) => action['unasked'] === true);
  return { unasked, buttons: actions.map((answer) => ({ title: answer.title, answer })) };
}
