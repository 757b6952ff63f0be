// VS Code in the browser, to try the extension by hand or to watch it being tried:
//
//   node try.mjs EXTENSION.vsix FOLDER [--allow-login-host ORIGIN]...   opens FOLDER, prints the address, stays until Ctrl-C or the end of its input
//   node try.mjs --headless EXTENSION.vsix SIMULATOR [PROJECT]          plays the story, and prints it with the screenshots
//
// Nothing outside target/rig is written but what you save in FOLDER.

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { finish } from './checks.mjs';
import { play } from './play.mjs';
import { address, emptyFolder, ROOT, startVSCode } from './rig.mjs';
import { playStory } from './story.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { headless: { type: 'boolean', default: false }, 'allow-login-host': { type: 'string', multiple: true, default: [] } },
});
const [vsix, second, project = path.join(ROOT, 'tests/example-project')] = positionals.map((file) => path.resolve(file));
if (second === undefined) {
  console.error('usage: node try.mjs EXTENSION.vsix FOLDER [--allow-login-host ORIGIN]...\n       node try.mjs --headless EXTENSION.vsix SIMULATOR [PROJECT]');
  process.exit(2);
}
for (const file of [vsix, second]) {
  if (!fs.existsSync(file)) {
    console.error(`try.mjs: ${file} does not exist`);
    process.exit(2);
  }
}

if (values.headless) {
  await play({ name: 'vscode-try-headless', vsix, simulatorProgram: second, project }, playStory);
  finish();
}

const folder = second;
process.once('SIGINT', () => process.exit(0)); // the way to end this, so no failure
const vscode = await startVSCode({ folder: emptyFolder('vscode-try'), vsix, settings: { 'sforg.allowedLoginHosts': values['allow-login-host'] } });
console.log(`VS Code shows ${folder} at\n\n    ${address(vscode, folder, fileToBeginWith(folder))}\n\nCtrl-C ends it.`);
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();

/** A sandbox on basic authentication if there is one: it has something to find, to convert and to log in with. */
function fileToBeginWith(top) {
  const names = fs.readdirSync(top, { recursive: true }).filter((name) => name.endsWith('.sforg.json') && !name.includes('node_modules'));
  const files = names.sort().map((name) => path.join(top, name));
  const isBasicSandbox = (file) => /"sandbox":\s*true[^]*"type":\s*"basic"/.test(fs.readFileSync(file, 'utf8'));
  return files.reverse().find(isBasicSandbox) ?? files[0];
}
