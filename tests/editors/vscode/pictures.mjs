// Makes the pictures of the extension's README anew:
//
//   node pictures.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { finish } from './checks.mjs';
import { play } from './play.mjs';
import { poll, ROOT } from './rig.mjs';
import { convertSandbox, enterClientId, enterInstanceUrl, startLogin } from './story.mjs';

const IMAGES = path.join(ROOT, 'editors/vscode/images');
const WINDOW = { width: 1200, height: 640, scale: 1.5 };
const PROJECT = path.join(ROOT, 'tests/example-project');

const [vsix, simulatorProgram] = process.argv.slice(2);
if (simulatorProgram === undefined) {
  console.error('usage: node pictures.mjs EXTENSION.vsix SIMULATOR_PROGRAM');
  process.exit(2);
}

async function takePictures(stage) {
  await pictureOfFindings(stage);
  await pictureOfALogin(stage);
}

async function pictureOfFindings({ workbench, project, sandbox }) {
  const towardsSimulator = fs.readFileSync(sandbox.file, 'utf8');
  fs.copyFileSync(path.join(PROJECT, path.relative(project, sandbox.file)), sandbox.file); // with the host names that people have
  await workbench.openFile(sandbox.file);
  await workbench.lens('Convert to OAuth').first().waitFor();
  await workbench.problems('**/acme-uat*');
  await workbench.focusEditor();
  fs.copyFileSync(await workbench.screenshot('editor'), path.join(IMAGES, 'editor.png'));
  await workbench.closePanel();
  fs.writeFileSync(sandbox.file, towardsSimulator);
  await poll('the file is read again', async () => (await workbench.text()).includes('127.0.0.1'));
}

/** With one that failed and some that will break or lack something. */
async function pictureOfTheView({ workbench, page }) {
  await workbench.runCommand('View: Show Salesforce Orgs');
  await page.locator('.pane .monaco-list-row', { hasText: 'wrong client secret' }).first().waitFor();
  await workbench.focusEditor(); // an editor without the focus does not ask for lenses
  await workbench.press('Control+Home');
  await workbench.lens('Wrong client secret').first().waitFor();
  fs.copyFileSync(await workbench.screenshot('orgs'), path.join(IMAGES, 'orgs.png'));
}

async function pictureOfALogin({ workbench, page, sandbox, simulator }) {
  await convertSandbox(workbench);
  await workbench.waitForToast('rewritten for OAuth 2.0');
  await workbench.clearToasts();
  await enterInstanceUrl(workbench, simulator.instanceUrl);
  await enterClientId(workbench, sandbox.account.clientId);
  fs.writeFileSync(path.join(path.dirname(sandbox.projectFile), '.env'), `ACME_UAT_CLIENT_SECRET=${'0'.repeat(64)}\n`);
  await workbench.save();
  await poll('the secret is found', async () => (await workbench.squiggles('info').count()) === 0);
  await startLogin(workbench);
  await workbench.squiggles('error').first().waitFor();
  await pictureOfTheView({ workbench, page });
  await workbench.pressButton(/secret/i, 'Show Steps');
  await workbench.pageText('Consumer');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await workbench.focusEditor();
  await workbench.press('Control+Home');
  fs.copyFileSync(await workbench.screenshot('login'), path.join(IMAGES, 'login.png'));
}

await play({ name: 'vscode-pictures', vsix, simulatorProgram, project: PROJECT, window: WINDOW }, takePictures);
finish();
