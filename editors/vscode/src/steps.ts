// The text of a message that has a headline and steps below it.
// No `vscode` in here, so that plain Node.js can test it.

/** Without a step or a hint all lines are the headline: nothing is hidden behind a button that leads to no steps. */
export function headlineAndSteps(message: string): { headline: string; steps: string } {
  const [headline = '', ...rest] = message.trim().split(/\r?\n/);
  const hasSteps = rest.some((line) => /^(\d+\.|-) /.test(line));
  return hasSteps ? { headline, steps: rest.join('\n').trim() } : { headline: [headline, ...rest].join(' ').trim(), steps: '' };
}

/** Numbered lines stay a list, every other line is a paragraph; nothing in the texts acts as markup but `code`. */
export function stepsAsMarkdown(headline: string, steps: string): string {
  const lines = steps.split('\n').map((line) => {
    const [, number = '', text = ''] = /^(\d+\. )?(.*)$/.exec(line) ?? [];
    return `${number === '' ? '\n' : ''}${number}${escapeMarkdown(text)}`;
  });
  return `### ${escapeMarkdown(headline)}\n\n${lines.join('\n')}\n`;
}

/**
 * Odd parts of the split are `code` spans, which know no escapes. Runs of backticks become one: a longer run would not
 * close what it seems to, and what stands between would act.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/`{2,}/g, '`')
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2').replace(/^([-+])/, '\\$1')))
    .join('');
}
