// Text that others wrote (names of files, projects and orgs, what the server and Salesforce said) on its way to a person.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';

/** How many characters of a message are shown; VS Code itself would cut it off at 1000. */
const MESSAGE_LIMIT = 800;

/** How many characters of a button's title are shown. */
const TITLE_LIMIT = 60;

/** How much of one line of the log is kept, and how many lines of what comes at once. */
const LOG_LINE_LIMIT = 4000;
const LOG_LINES_LIMIT = 1000;

/** How many lines a message may have: a headline and its steps. */
const LINES_LIMIT = 60;

/**
 * Characters that nobody sees or that change how others are shown: controls, format characters (bidirectional marks,
 * zero width, soft hyphens, tags), lone surrogates, private use, separators, fillers and variation selectors.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/gu;

/** Marks piled upon one letter reach into the lines above and below. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** One line without invisible characters, `limit` characters at most. Line ends become blanks. */
export function plainLine(text: string, limit = MESSAGE_LIMIT): string {
  // A bound before the work keeps it small however much was sent.
  const line = text
    .slice(0, 4 * limit)
    .replace(/[\t-\r\u0085\p{Z}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(PILED_MARKS, '$1')
    .trim();
  const characters = [...line];
  return characters.length > limit || text.length > 4 * limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

/** Like {@link plainLine} for each line of a text; the last says how many are left out. */
export function plainLines(text: string, limit = MESSAGE_LIMIT, lines = LINES_LIMIT): string {
  const all = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  const shown = all.length > lines ? [...all.slice(0, lines - 1), l10n.t('({0} more lines are not shown.)', all.length - lines + 1)] : all;
  return shown.map((line) => `${/^ */.exec(line)?.[0].slice(0, 16) ?? ''}${plainLine(line, limit)}`).join('\n');
}

/**
 * A message as VS Code may show it: it makes links of `[label](https://…)` and runs `[label](command:…)` on a click,
 * in every notification, whoever wrote the words. The two characters that such a link needs side by side are parted.
 */
export function messageText(text: string): string {
  return withoutLinks(plainLine(text));
}

/** Like {@link messageText}, with its lines kept. */
export function messageLines(text: string): string {
  return withoutLinks(plainLines(text));
}

/** The title of a button. */
export function buttonTitle(text: string): string {
  return withoutLinks(plainLine(text, TITLE_LIMIT));
}

/** A line of a list, in which VS Code makes icons of `$(…)`. */
export function listText(text: string): string {
  return plainLine(text).replaceAll('$(', '$ (');
}

/** Lines for the log. */
export function logText(text: string): string {
  return plainLines(text, LOG_LINE_LIMIT, LOG_LINES_LIMIT);
}

/** Takes effect after invisible characters are gone: one of them could stand between the two. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/**
 * Markdown in which links lead to `https://` alone and nothing is loaded: no image, no `command:`, no `file:`, no
 * `data:`, however it is written (inline, by reference, in angle brackets).
 */
export function inertMarkdown(markdown: string): string {
  return markdown
    .replace(/[^\P{Cc}\n\r\t]|\p{Cf}/gu, '')
    .replace(/!\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, '$1')
    .replace(/!(?=\[)/g, '! ')
    .replace(/\]\((?!https:\/\/)/gi, '] (')
    .replace(/^([ \t>]*\[[^\]]*\]:)(?!\s*https:\/\/)/gim, '$1 \\')
    .replace(/<(?=[a-z][a-z0-9+.-]*:)(?!https:\/\/)/gi, '< ');
}
