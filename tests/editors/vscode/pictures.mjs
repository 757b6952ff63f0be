// Makes the pictures of the extension's README anew:
//
//   node pictures.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { finish } from './checks.mjs';
import { play } from './play.mjs';
import { poll, ROOT, TARGET } from './rig.mjs';
import { convertSandbox, enterClientId, enterInstanceUrl, startLogin } from './story.mjs';
import { Wizard } from './wizard.mjs';

const IMAGES = path.join(ROOT, 'editors/vscode/images');
const WINDOW = { width: 1200, height: 640, scale: 1.5 };
/** Makes films. */
const SHARP = '0.35.5';
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

/** *New Salesforce Org…* from the palette to the login, a picture for each step, six seconds in all. */
async function filmOfTheWizard({ workbench, page, simulator, sandbox }) {
  const wizard = new Wizard(workbench, page);
  const frames = [];
  const frame = async () => frames.push(await workbench.screenshot(`new-org-${frames.length}`));
  const next = async (number, words, value, said) => {
    await wizard.step(number, words);
    if (value !== undefined) {
      await wizard.enter(value, said);
    }
    await frame();
    await page.keyboard.press('Enter');
  };
  await wizard.begin();
  await next(1, 'Name of the org', 'Acme QA', 'Will be saved as');
  await next(2, 'What kind of org is it?');
  await next(3, 'How does it log in?');
  await next(4, "The org's My Domain URL", `${simulator.instanceUrl}/lightning/setup`, `Will be saved as ${simulator.instanceUrl}`);
  await next(5, 'Client ID (Consumer Key)', sandbox.account.clientId);
  await next(6, 'Where do you keep the client secret?');
  await next(7, 'Client secret', sandbox.account.clientSecret);
  await next(8, 'Acme QA · sandbox');
  await workbench.statusText('Acme QA saved and logged in');
  await workbench.lens('Logged in as').first().waitFor();
  await workbench.quiet();
  await frame();
  await film(frames, path.join(IMAGES, 'new-org.gif'));
}

/** Makes a film of pictures; the last one stays longer. */
async function film(frames, file) {
  const folder = path.join(TARGET, 'rig/pictures');
  const packageFile = path.join(folder, 'package.json');
  if (!fs.existsSync(path.join(folder, 'node_modules/sharp'))) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(packageFile, '{ "private": true }');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `sharp@${SHARP}`], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  }
  const sharp = createRequire(packageFile)('sharp');
  const small = await Promise.all(frames.map((frame) => sharp(frame).resize({ width: WINDOW.width }).png().toBuffer()));
  const delay = frames.map((_, index) => (index === frames.length - 1 ? 1600 : 550));
  await sharp(small, { join: { animated: true } }).gif({ delay, loop: 0, colours: 64, dither: 0 }).toFile(file);
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

const stage = { vsix, simulatorProgram, project: PROJECT, window: WINDOW };
await play({ name: 'vscode-pictures', ...stage }, takePictures);
await play({ name: 'vscode-film', ...stage }, filmOfTheWizard);
finish();
