// The main job in a real VS Code, and the same in a workspace that is not trusted:
//
//   node story.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM [PROJECT_FOLDER]
//
// SIMULATOR_PROGRAM is sforg-simulator, PROJECT_FOLDER the example project unless given.

import fs from 'node:fs';
import path from 'node:path';
import { finish, say } from './checks.mjs';
import { play } from './play.mjs';
import { playRestrictedMode } from './restricted.mjs';
import { ROOT } from './rig.mjs';
import { playStory } from './story.mjs';

const [vsix, simulatorProgram, project = path.join(ROOT, 'tests/example-project')] = process.argv.slice(2);
if (simulatorProgram === undefined || ![vsix, simulatorProgram, project].every((file) => fs.existsSync(file))) {
  console.error('usage: node story.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM [PROJECT_FOLDER]');
  process.exit(2);
}
await play({ name: 'vscode-story', vsix, simulatorProgram, project }, playStory);
say('--- In a workspace that is not trusted');
await play({ name: 'vscode-restricted', vsix, simulatorProgram, project, trust: true }, playRestrictedMode);
finish();
