// Icons in place of the marks with which the server's lenses begin.
// No `vscode` in here, so that plain Node.js can test it.

/** VS Code drops a plain blank behind an icon. */
const BLANK = '\u00a0';

const ICONS: readonly (readonly [mark: string, icon: string])[] = [
  ['✓ ', `$(pass)${BLANK}`],
  ['! ', `$(warning)${BLANK}`],
  ['✗ ', `$(error)${BLANK}`],
  ['– ', `$(circle-slash)${BLANK}`],
  ['Testing…', `$(loading~spin)${BLANK}Testing…`],
];

/** A title whose own `$(…)` would be an icon gets none by what a name or Salesforce says. */
export function lensTitle(title: string): string {
  const harmless = title.replaceAll('$(', '$ (');
  const icon = ICONS.find(([mark]) => harmless.startsWith(mark));
  return icon === undefined ? harmless : icon[1] + harmless.slice(icon[0].length);
}
