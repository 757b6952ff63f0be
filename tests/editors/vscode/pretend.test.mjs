// *Try It with a Pretend Salesforce* in a real VS Code: from the walkthrough to a login that works and one that fails, in a
// window of its own whose Salesforce ends with it; once more; and what does not start.
//
//   node pretend.test.mjs EXTENSION.vsix       (made with SIMULATOR=…)

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, emptyFolder, poll } from './rig.mjs';
import { openWindow } from './window.mjs';
import { Workbench } from './workbench.mjs';

const [vsix] = process.argv.slice(2);
const folder = emptyFolder('pretend');
const workspace = path.join(folder, 'workspace');
fs.mkdirSync(workspace, { recursive: true });
fs.writeFileSync(path.join(workspace, 'README.md'), '# Integrations\n'); // the explorer shows that the folder is open

const { vscode, page, workbench, shot, play } = await openWindow({ folder, vsix, trust: true, env: { SFORG_UPGRADE_PROMPT: 'off' } });
const storage = path.join(vscode.profile, 'User/globalStorage/sforg.salesforce-org/pretend');
const copy = path.join(storage, 'pretend-salesforce');
const TRY = 'Salesforce Org (sforg): Try It with a Pretend Salesforce';

/** The processes of a program that came with the extension. */
function running(program) {
  try {
    return execFileSync('pgrep', ['-f', `^${path.join(folder, 'extensions')}/.*/server/${program}`], { encoding: 'utf8' }).trim().split('\n');
  } catch {
    return []; // none
  }
}

const environment = (pid) => fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');

/** Does what opens a window, and gives that with a workbench of its own. */
async function windowThat(opens) {
  const [popup] = await Promise.all([page.context().waitForEvent('page'), opens()]);
  await popup.setViewportSize({ width: 1280, height: 800 });
  const other = new Workbench(vscode, popup, path.join(folder, 'shots'));
  await popup.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  return { popup, other };
}

async function closed(popup) {
  await popup.close({ runBeforeUnload: true });
  await poll('its Salesforce has ended', () => running('sforg-simulator').length === 0);
}

async function trust({ popup, other }) {
  await other.runCommand('Workspaces: Manage Workspace Trust');
  await other.click(popup.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first());
  await popup.locator('.workspace-trust-header', { hasText: 'You trust this folder' }).waitFor();
}

/** Tests the login of an org by its lens, with the question before it. */
async function test({ other }, name) {
  await other.openFile(path.join(copy, 'orgs', name));
  await other.click(other.lens('Test Salesforce Login').first());
  const question = await other.waitForDialog('Send');
  await other.answerDialog(/^Send$/);
  return question.text;
}

async function fromTheWalkthrough() {
  await page.setViewportSize({ width: 1600, height: 900 }); // a narrow editor has no room for pictures
  await workbench.open(address(vscode, workspace));
  await workbench.runCommand('View: Show Salesforce Orgs');
  await workbench.click(page.locator('.welcome-view-content a', { hasText: 'See how it works' }));
  await page.locator('.welcome-view-content a', { hasText: 'Try it with a pretend Salesforce' }).waitFor();
  check(true, 'the view without orgs has the link');
  await workbench.click(page.locator('.getting-started-step', { hasText: 'No org at hand?' }));
  const button = page.locator('.getting-started-step.expanded .monaco-button', { hasText: 'Try it with a pretend Salesforce' });
  await button.waitFor();
  await shot('1-walkthrough');
  return windowThat(() => workbench.click(button));
}

async function firstTime() {
  const there = await fromTheWalkthrough();
  const { popup, other } = there;
  const said = await other.previewText();
  check(said.includes('Nothing here is real.'), 'the copy begins with what it is', said);
  await other.status('Pretend Salesforce').waitFor();
  await other.screenshot('2-restricted');
  await trust(there);
  const question = await test(there, 'acme-production.sforg.json');
  check(question.includes('acme.my.salesforce.com'), 'before the first login: the usual question', question);
  await other.lens('Logged in as integration@acme.example.com').first().waitFor();
  check(true, 'one login works');
  await other.screenshot('3-works');
  await test(there, 'acme-dev.sforg.json');
  const failed = await other.waitForToast('Acme Dev');
  check(/password is wrong|wrong password/i.test(failed), 'one fails, and the cause is told', failed);
  await poll('it is underlined', async () => (await other.underlined('error')).join().includes('ACME_DEV_PASSWORD'));
  await other.screenshot('4-fails');
  await other.clearToasts();
  const env = path.join(copy, '.env');
  fs.writeFileSync(env, fs.readFileSync(env, 'utf8').replace('NotReal-Dev-Old', 'NotReal-Dev-3'));
  await other.click(other.lens('Test Salesforce Login').first());
  await other.lens('integration@acme.example.com.dev').first().waitFor();
  check(true, 'with the password that the copy names it works');
  await other.screenshot('5-mended');

  const servers = running('sforg lsp').map(environment);
  const there2 = servers.filter((variables) => variables.some((variable) => /^HTTPS_PROXY=http:\/\/127\.0\.0\.1:\d+$/.test(variable)));
  check(running('sforg-simulator').length === 1 && servers.length === 2 && there2.length === 1, 'one window alone has a pretend Salesforce', servers.length);
  await closed(popup);
  check(true, 'it ends with its window');
}

async function again() {
  await workbench.runCommand(TRY);
  await workbench.waitForToast('still there from last time');
  await shot('6-again');
  const { popup, other } = await windowThat(() => workbench.pressButton('still there', 'Open It'));
  check(fs.readFileSync(path.join(copy, '.env'), 'utf8').includes('NotReal-Dev-3'), 'what was changed is still there');
  await other.status('Pretend Salesforce').waitFor();
  await closed(popup);
  await workbench.runCommand(TRY);
  const anew = await windowThat(() => workbench.pressButton('still there', 'Start Over'));
  check(fs.readFileSync(path.join(copy, '.env'), 'utf8').includes('NotReal-Dev-Old'), 'Start Over makes it as it was');
  await anew.other.status('Pretend Salesforce').waitFor();
  await poll('it runs', () => running('sforg-simulator').length === 1);
  process.kill(Number(running('sforg-simulator')[0]), 'SIGKILL');
  await anew.other.waitForToast('The pretend Salesforce has ended');
  await anew.other.pressButton('has ended', 'Restart Server');
  await poll('it runs again', () => running('sforg-simulator').length === 1);
  check(true, 'one that ends by itself is told, and starts again with the server');
  await closed(anew.popup);
}

/** A name and a place that look like the copy's make nothing of a folder, nor does a link to a folder of its own. */
async function impostor() {
  const likeIt = path.join(folder, 'globalStorage/sforg.salesforce-org/pretend/pretend-salesforce');
  fs.cpSync(copy, likeIt, { recursive: true });
  const file = path.join(likeIt, 'orgs/acme-production.sforg.json');
  await workbench.open(address(vscode, likeIt, file));
  await workbench.lens('Test Salesforce Login').first().waitFor();
  check(running('sforg-simulator').length === 0 && running('sforg lsp').length === 1, 'a folder that looks like the copy is none');
  check((await page.locator('.statusbar-item', { hasText: 'Pretend Salesforce' }).count()) === 0, 'and is not said to be one');
}

async function failures() {
  const extensions = path.join(folder, 'extensions');
  const program = path.join(extensions, fs.readdirSync(extensions, { recursive: true }).find((name) => name.endsWith('server/sforg-simulator')));
  fs.chmodSync(program, 0o644);
  await workbench.runCommand(TRY);
  const { popup, other } = await windowThat(() => workbench.pressButton('still there', 'Open It'));
  const said = await other.waitForToast('pretend Salesforce');
  check(said === 'The pretend Salesforce did not start: its program may not be executed. Install the extension again, or close this window.', 'one that does not start is told', said);
  check(running('sforg lsp').length === 1, 'and no server logs in to Salesforce instead', running('sforg lsp'));
  await other.screenshot('7-not-started');
  await popup.close();
  fs.rmSync(storage, { recursive: true });
  fs.writeFileSync(storage, 'a file\n');
  await workbench.runCommand(TRY);
  const refused = await workbench.waitForToast('The example project could not be written');
  check(/\((EEXIST|ENOTDIR)\)\. Make sure that the disk has room/.test(refused), 'a folder that cannot be written is told', refused);
  await shot('8-not-written');
}

await play(async () => {
  await firstTime();
  await again();
  await impostor();
  await failures();
});
finish();
