// Another extension for XML files, made up for the tests: it formats, and shows a hover. Ours has to leave both alone.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './rig.mjs';

/** What its formatter writes at the end of a file. */
export const FORMATTED = '<!-- formatted by another extension -->';
/** What its hover says. */
export const HOVER = 'a hover of another extension';

const MANIFEST = {
  name: 'other-xml',
  displayName: 'Other XML',
  publisher: 'initech',
  version: '1.0.0',
  engines: { vscode: '^1.90.0' },
  main: './extension.js',
  activationEvents: ['onLanguage:xml'],
};

const EXTENSION = `
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.languages.registerDocumentFormattingEditProvider('xml', {
      provideDocumentFormattingEdits: (document) => [vscode.TextEdit.insert(document.lineAt(document.lineCount - 1).range.end, '${FORMATTED}')],
    }),
    vscode.languages.registerHoverProvider('xml', { provideHover: () => new vscode.Hover('${HOVER}') }),
  );
};
`;

/** Packages it below `folder`; gives the package. */
export function packageOtherXmlExtension(folder) {
  const source = path.join(folder, 'other-xml');
  const vsix = path.join(folder, 'other-xml.vsix');
  fs.mkdirSync(source, { recursive: true });
  fs.writeFileSync(path.join(source, 'package.json'), JSON.stringify(MANIFEST));
  fs.writeFileSync(path.join(source, 'extension.js'), EXTENSION);
  fs.writeFileSync(path.join(source, '.vscodeignore'), '');
  fs.writeFileSync(path.join(source, 'LICENSE'), 'None: it is never published.\n');
  const vsce = path.join(ROOT, 'editors/vscode/node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsix], { cwd: source, stdio: ['ignore', 'ignore', 'inherit'] });
  return vsix;
}
