// Of VS Code as much as those sources need that plain Node.js can test: the words, untranslated.

export const l10n = {
  t: (message: string, ...values: (string | number | boolean)[]): string => message.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole)),
};
