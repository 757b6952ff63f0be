// The story of story.mjs in a real VS Code, with every check:
//
//   node story.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM [PROJECT_FOLDER]
//
// SIMULATOR_PROGRAM is sforg-simulator, PROJECT_FOLDER the example project unless given.

import fs from 'node:fs';
import path from 'node:path';
import { finish } from './checks.mjs';
import { play } from './play.mjs';
import { ROOT } from './rig.mjs';

const [vsix, simulator, project = path.join(ROOT, 'tests/example-project')] = process.argv.slice(2);
if (simulator === undefined || ![vsix, simulator, project].every((file) => fs.existsSync(file))) {
  console.error('usage: node story.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM [PROJECT_FOLDER]');
  process.exit(2);
}
await play({ name: 'vscode-story', vsix, simulatorProgram: simulator, project });
finish();
