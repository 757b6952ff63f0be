// What breaks when, as text for an issue or a page.
// No `vscode` in here, so that plain Node.js can test it.

import { plainLine } from './foreign-text';
import { escapeMarkdown } from './steps';

interface Line {
  readonly label: string;
  readonly description: string;
}

/** A date with its logins as Markdown; nothing in their names acts as markup. */
export function groupAsMarkdown(group: Line & { readonly logins: readonly Line[] }): string {
  const text = ({ label, description }: Line) => escapeMarkdown(`${plainLine(label)}: ${plainLine(description)}`);
  return `### ${text(group)}\n\n${group.logins.map((login) => `- ${text(login)}`).join('\n')}\n`;
}
