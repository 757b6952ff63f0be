// The first minutes in a real VS Code: the walkthrough, an org file saved under a name that is none, a folder that is not
// trusted, and what the log says of a login and of a server that was mended.
//
//   node begin.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish, say } from './checks.mjs';
import { address, changeSettings, emptyFolder, poll, vscodeLogs } from './rig.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

const [vsix, simulatorProgram] = process.argv.slice(2);
const simulator = await startSimulator(simulatorProgram);
const [account] = simulator.accounts;

async function withVSCode(name, options, story) {
  const folder = emptyFolder(name);
  const workspace = path.join(folder, 'workspace');
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(workspace, 'notes.txt'), 'nothing\n');
  const window = await openWindow({ folder, vsix, env: { SFORG_UPGRADE_PROMPT: 'off' }, ...options });
  await window.play(() => story({ folder, workspace, ...window }));
}

const org = (secret) => ({ name: 'Acme', apiVersion: '66.0', auth: { type: 'oauth2-client-credentials', instanceUrl: simulator.instanceUrl, clientId: account.clientId, clientSecret: secret } });

async function walkthrough({ vscode, workspace, workbench, page, shot }) {
  await page.setViewportSize({ width: 1600, height: 900 }); // a narrow editor has no room for pictures
  const pictureIsThere = () => poll('a picture', async () => {
    const drawn = await Promise.all(page.frames().map((frame) => frame.evaluate(() => document.querySelectorAll('svg text').length).catch(() => 0)));
    return drawn.some((texts) => texts > 0);
  });
  await workbench.open(address(vscode, workspace));
  await workbench.runCommand('View: Show Salesforce Orgs');
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: /^Orgs/ }) });
  await workbench.click(pane.locator('.welcome-view-content a', { hasText: 'See how it works' }));
  const steps = page.locator('.getting-started-step');
  await steps.first().waitFor();
  const titles = (await page.locator('.getting-started-step .step-title').allTextContents()).map((title) => title.trim());
  const always = titles.filter((title) => title !== 'No org at hand?'); // a step of packages with a simulator: pretend.test.mjs
  check(always.join() === 'Add your first org,Set up the app in Salesforce,Test the login,See what breaks when,Check in CI', 'the steps of the walkthrough', titles);
  await pictureIsThere();
  await shot('1-walkthrough');
  await workbench.click(steps.filter({ hasText: 'Set up the app' }));
  await shot('2-set-up');
  await workbench.click(page.locator('.getting-started-step.expanded .monaco-button', { hasText: 'Show Steps' }));
  const said = await workbench.previewText();
  check(/^An app in Salesforce/.test(said) && said.includes('1. In Setup > External Client App Manager'), 'Show Steps shows what an administrator does', said);
  await workbench.runCommand('View: Close Editor');
  for (const [step, picture] of [['Test the login', '3-test-login'], ['See what breaks', '4-what-breaks-when']]) {
    await workbench.click(steps.filter({ hasText: step }));
    await shot(picture);
  }
  changeSettings(vscode, { 'workbench.colorTheme': 'Default High Contrast' });
  await page.locator('.monaco-workbench.hc-black').waitFor();
  await workbench.click(steps.filter({ hasText: 'Check in CI' }));
  await shot('5-check-in-ci-high-contrast');
  await workbench.click(page.locator('.getting-started-step.expanded .monaco-button', { hasText: 'Copy GitHub Workflow' }));
  await workbench.statusText('Workflow copied');
  check(true, 'the workflow is copied');
  const done = await poll('what was done is ticked', async () => (await page.locator('.getting-started-step .codicon-getting-started-step-checked.complete').count()) >= 2 || undefined).catch(() => undefined);
  check(done === true, 'what was done is ticked');
}

async function wrongName({ vscode, workspace, workbench, page, shot }) {
  await workbench.open(address(vscode, workspace));
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.runCommand('Change Language Mode');
  await page.locator('.quick-input-widget input:focus').first().waitFor();
  await page.keyboard.insertText('Salesforce Org');
  await workbench.click(page.locator('.quick-input-list .monaco-list-row', { hasText: 'Salesforce Org' }).first());
  await page.locator('[id="status.editor.mode"]', { hasText: 'Salesforce Org' }).waitFor();
  await workbench.focusEditor();
  await page.keyboard.insertText('{ "name": "Northwind UAT" }');
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const untested = await workbench.waitForToast('Northwind UAT');
  check(untested.startsWith('Northwind UAT: not tested.'), 'an org that was never saved can be tested', untested);
  await workbench.clearToasts();
  await workbench.focusEditor();
  await workbench.press('Control+S');
  const input = page.locator('.quick-input-widget input:focus').first();
  await input.waitFor();
  const wanted = path.join(workspace, 'northwind-uat.json');
  // The dialog writes its own proposal when it has read the folder.
  await poll('the name stays', async () => {
    await workbench.quiet();
    if ((await input.inputValue()) !== wanted) {
      await input.fill(wanted);
      return false;
    }
    return true;
  });
  await workbench.press('Enter');
  const said = await workbench.waitForToast('northwind-uat.json');
  check(said === 'northwind-uat.json is no org file: its name has to end in .sforg.json.', 'an org that is saved under another name is noticed', said);
  await shot('1-wrong-name');
  await workbench.pressButton('northwind-uat.json', 'Rename');
  await page.locator('.tab', { hasText: 'northwind-uat.sforg.json' }).first().waitFor();
  await page.locator('[id="status.editor.mode"]', { hasText: 'Salesforce Org' }).waitFor();
  check(fs.existsSync(path.join(workspace, 'northwind-uat.sforg.json')) && !fs.existsSync(path.join(workspace, 'northwind-uat.json')), 'Rename makes it an org file', fs.readdirSync(workspace));
}

async function restricted({ vscode, workspace, workbench, page, shot }) {
  const file = path.join(workspace, 'acme.sforg.json');
  fs.writeFileSync(file, `${JSON.stringify(org('${env:NONE}'), null, 2)}\n`);
  await workbench.open(address(vscode, workspace, file));
  await workbench.runCommand('View: Show Salesforce Orgs');
  await page.locator('.pane', { hasText: 'Restricted Mode: logins are not tested.' }).first().waitFor();
  check(true, 'the view says that logins are not tested');
  const status = page.locator('[id="sforg.org"], .statusbar-item[id*="sforg.org"]').first();
  await poll('the status bar says so', async () => ((await status.textContent()) ?? '').trim() === 'Acme · not trusted');
  await shot('1-restricted');
  await workbench.click(status);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Manage Workspace Trust' }).first().waitFor();
  check(true, 'a click offers to trust');
  await workbench.press('Escape');
}

async function log({ folder, vscode, workspace, workbench, page, shot }) {
  const file = path.join(workspace, 'acme.sforg.json');
  fs.writeFileSync(file, `${JSON.stringify(org(account.clientSecret), null, 2)}\n`);
  changeSettings(vscode, { 'sforg.server.path': path.join(folder, 'gone') });
  await workbench.open(address(vscode, workspace, file));
  await workbench.waitForToast('sforg.server.path');
  changeSettings(vscode, { 'sforg.server.path': '' });
  await workbench.lens('Test Salesforce Login').first().waitFor();
  await workbench.clearToasts();
  await workbench.click(workbench.lens('Test Salesforce Login').first());
  await workbench.waitForDialog('Send');
  await workbench.answerDialog(/^Send$/);
  await workbench.statusText('logged in');
  await workbench.runCommand('Salesforce Org (sforg): Show Log');
  const lines = page.locator('.panel .view-line');
  await poll('the log says what went where', async () => (await lines.allTextContents()).join('\n').replaceAll('\u00a0', ' ').includes('Acme: logged in'));
  const shown = (await lines.allTextContents()).join('\n').replaceAll('\u00a0', ' ');
  const whole = shown.replaceAll('\n', ''); // long lines go on in the next row
  say(`     ${shown.split('\n').join(' | ')}`);
  const host = new URL(simulator.instanceUrl).host;
  check(whole.includes(`to ${host}`) && !whole.includes(account.clientSecret), 'a login has a line with what went where, and no secret', shown);
  check(!/^\s+at .*:\d+/m.test(vscodeLogs(vscode).split('\n').filter((line) => /sforg|Salesforce/.test(line)).join('\n')) && !/\n\s+at /.test(shown), 'the log has no stack trace', shown);
  await shot('1-log');
}

await withVSCode('begin-walkthrough', {}, walkthrough);
await withVSCode('begin-wrong-name', {}, wrongName);
await withVSCode('begin-restricted', { trust: true }, restricted);
await withVSCode('begin-log', { settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl] } }, log);
simulator.stop();
finish();
