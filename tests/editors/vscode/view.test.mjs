// The view Salesforce Orgs in a real VS Code with the real server and the simulator: what it says before, during and after logins,
// its badge, keys and menus, what it says when it is empty, at 800 pixels and in high contrast.
//
//   node view.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, changeSettings, emptyFolder, eventually, poll } from './rig.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

const [vsix, simulatorProgram] = process.argv.slice(2);

const folder = emptyFolder('view');
const workspace = path.join(folder, 'workspace');
const simulator = await startSimulator(simulatorProgram);
const production = simulator.accounts.find(({ organizationName }) => organizationName === 'Acme production') ?? simulator.accounts[0];

function write(name, content) {
  const file = path.join(workspace, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

function oauth(name, clientId, clientSecret, more = {}) {
  return { name, ...more, auth: { type: 'oauth2-client-credentials', instanceUrl: simulator.instanceUrl, clientId, clientSecret } };
}

const basic = (name) => ({ name, sandbox: true, auth: { type: 'basic', username: 'integration@acme.example.com.dev', password: '${env:ACME_DEV_PASSWORD}' }, serverHost: new URL(simulator.instanceUrl).host });

write('sforg-project.json', { name: 'Acme integrations', apiVersion: '64.0' });
write('.env', `ACME_DEV_PASSWORD=not-real\nGOOD=${production.clientSecret}\nBAD=${'0'.repeat(64)}\n`);
write('orgs/production.sforg.json', oauth('Acme production', production.clientId, '${env:GOOD}'));
const wrong = write('orgs/uat.sforg.json', oauth('Acme UAT', production.clientId, '${env:BAD}', { sandbox: true }));
const dev = write('orgs/dev.sforg.json', basic('Acme Dev'));
write('orgs/training.sforg.json', '{ "name": "Acme training", "sandbox": "yes" }\n');
write('reporting/sforg-project.json', { name: 'Acme reporting', apiVersion: '58.0' });
write('reporting/acme.sforg.json', oauth('Acme reporting', production.clientId, '${env:NOT_SET}'));

const { vscode, page, workbench, shot, play } = await openWindow({
  folder,
  vsix,
  settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl] },
  env: { SFORG_UPGRADE_PROMPT: 'off' },
});

const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: /^Orgs/ }) });
const row = (text) => pane.locator('.monaco-list-row', { hasText: text }).first();
/** The rows as one reads them: name, then description. */
const rows = async () => (await pane.locator('.monaco-list-row').evaluateAll((all) =>
  all.map((one) => [one.querySelector('.label-name')?.textContent ?? '', one.querySelector('.label-description')?.textContent ?? ''].join(' | ').trim())));
const icon = (text) => row(text).locator('.custom-view-tree-node-item-icon').getAttribute('class');
const described = (name, description) => poll(`${name} is "${description}"`, async () => (await rows()).includes(`${name} | ${description}`.trim()));
const badge = page.locator('.activitybar .action-item', { has: page.locator('[aria-label*="Salesforce Orgs"]') }).locator('.badge-content');
const menuItems = async () => (await page.locator('.monaco-menu .action-label').allTextContents()).map((label) => label.trim()).filter((label) => label !== '');
const menu = async (text) => {
  await row(text).click({ button: 'right' });
  await page.locator('.monaco-menu .action-label').first().waitFor();
  const items = await menuItems();
  return items;
};
const closeMenu = async () => {
  await workbench.press('Escape');
  await page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
};
const inline = async (text) => {
  await row(text).hover();
  const labels = await row(text).locator('.actions .action-label').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.replace(/ \(.*\)$/, ''));
};

async function beforeAnyTest() {
  await workbench.runCommand('View: Show Salesforce Orgs');
  await poll('the orgs are there', async () => (await rows()).length === 7);
  check(
    JSON.stringify(await rows()) ===
      JSON.stringify(['Acme integrations | 64.0', 'Acme Dev | ends Jun 2027', 'Acme production | PROD', 'Acme training | 2 problems', 'Acme UAT |', 'Acme reporting | 58.0', 'Acme reporting | PROD · no secret']),
    'projects and orgs with what is known before any test',
    await rows(),
  );
  const icons = await Promise.all(['Acme Dev', 'Acme production', 'Acme training', 'Acme UAT', 'no secret'].map(icon));
  const wanted = ['warning', 'circle-outline', 'bracket-error', 'circle-outline', 'circle-slash'];
  check(wanted.every((name, index) => icons[index].includes(`codicon-${name}`)), 'each state has its icon', icons);
  check((await badge.count()) === 0 || !(await badge.isVisible()), 'no badge while nothing has failed');
  await shot('1-before');
}

async function buttonsAndMenus() {
  check((await inline('Acme Dev')).join() === 'Convert Org to OAuth 2.0…,Test Salesforce Login', 'buttons of a basic org', await inline('Acme Dev'));
  check((await inline('no secret')).join() === 'Enter Secret…,Test Salesforce Login', 'buttons of an org without its secret', await inline('no secret'));
  check((await inline('Acme integrations')).join() === 'Test All Logins', 'button of a project', await inline('Acme integrations'));
  const items = await menu('Acme Dev');
  check(items.join() === 'Test Salesforce Login,Show Last Result,Enter Secret…,Who Else Uses This Login?,Convert Org to OAuth 2.0…,Rename Org…,Duplicate Org…,Open Salesforce in Browser,Copy Instance URL,Reveal in Explorer,Delete…', 'the menu of an org, in groups', items);
  await shot('2-menu');
  await closeMenu();
  const ofProject = await menu('Acme integrations');
  check(ofProject.join() === "Test All Logins,Upgrade Project's API Version…,Convert All Orgs to OAuth 2.0…,New Salesforce Org Here…,Open Project File", 'the menu of a project', ofProject);
  await closeMenu();
}

async function testAll() {
  await workbench.runCommand('Salesforce Org (sforg): Test All Logins');
  await workbench.waitForDialog('Send');
  await workbench.answerDialog(/^Send$/);
  const said = await workbench.waitForToast('logins failed');
  check(said === '2 of 5 logins failed, 2 not tested.', 'the summary', said);
  await described('Acme UAT', 'wrong client secret');
  await described('Acme integrations', '64.0 · 2 failed');
  check((await icon('Acme production')).includes('codicon-pass-filled'), 'the good one is marked', await icon('Acme production'));
  check((await icon('Acme UAT')).includes('codicon-error'), 'the bad one is marked', await icon('Acme UAT'));
  await poll('the badge counts', async () => (await badge.textContent()).trim() === '2');
  check(true, 'the badge counts what failed');
  await shot('3-after');
  await workbench.pressButton('logins failed', 'Show Results');
  await poll('what works is left out', async () => !(await rows()).includes('Acme production | PROD'));
  check((await rows()).length === 6, 'Show Results shows what failed or could not be tried', await rows());
  await poll('the first failure is selected', async () => (await row('Acme Dev').getAttribute('aria-selected')) === 'true');
  check(true, 'the first failure is selected');
  await shot('4-failed-only');
  await workbench.clearToasts();
  await workbench.click(pane.locator('.pane-header .action-label[aria-label^="Show All"]'));
  await described('Acme production', 'PROD');
}

const statusItem = page.locator('[id="sforg.org"], .statusbar-item[id*="sforg.org"]').first();
const status = async () => ((await statusItem.textContent()) ?? '').trim();
const statusIs = (text) => poll(`the status bar says ${text}`, async () => (await statusItem.isVisible()) && (await status()) === text);

async function statusBar() {
  check((await statusItem.count()) === 0 || !(await statusItem.isVisible()), 'nothing of ours in the status bar without an org file');
  await workbench.click(row('Acme UAT'));
  await statusIs('Acme UAT · wrong client secret');
  check(((await statusItem.getAttribute('class')) ?? '').includes('error-kind'), 'a failure has the background of errors', await statusItem.getAttribute('class'));
  await shot('5-status-failed');
  await workbench.openFile(path.join(workspace, 'orgs/production.sforg.json'));
  await statusIs('Acme production · PRODUCTION · API 64.0');
  check((await row('Acme production').getAttribute('aria-selected')) === 'true', 'the selection follows the editor');
  await workbench.openFile(path.join(workspace, 'reporting/acme.sforg.json'));
  await statusIs('Acme reporting · no secret');
  await workbench.openFile(path.join(workspace, 'sforg-project.json'));
  await statusIs('Acme integrations · 4 orgs · API 64.0 · 2 failed');
  await workbench.openFile(dev);
  await poll('the status bar is about the org', async () => (await status()).startsWith('Acme Dev'));
  await workbench.click(statusItem);
  const offered = page.locator('.quick-input-list .monaco-list-row .label-name');
  await offered.first().waitFor();
  const actions = (await offered.allTextContents()).map((label) => label.trim());
  check(actions.includes('Convert to OAuth 2.0…') && actions.includes('Open Project File') && actions.at(-1) === 'All Orgs', 'a click shows what can be done', actions);
  await shot('6-status-menu');
  await workbench.press('Escape');
  write('reporting/.env', 'NOT_SET=now-it-is\n');
  await described('Acme reporting', 'PROD');
  check(true, 'a secret that comes is seen without a test');
}

async function keys() {
  await workbench.click(row('Acme UAT'));
  await workbench.runCommand('View: Show Salesforce Orgs');
  await row('Acme UAT').click();
  await pane.locator('.monaco-list').first().focus();
  await workbench.press('F2');
  const input = page.locator('.quick-input-widget input:focus').first();
  await input.waitFor();
  check((await input.inputValue()) === 'Acme UAT', 'F2 asks for the new name', await input.inputValue());
  await input.fill('Acme/UAT');
  await workbench.press('Enter');
  const refused = await workbench.waitForToast('Salesforce Org: ');
  check(!/undefined|Error:/.test(refused), 'a name that cannot be is refused in words', refused);
  await workbench.clearToasts();
  await pane.locator('.monaco-list').first().focus();
  await workbench.press('F2');
  await input.waitFor();
  await input.fill('Acme UAT 2');
  await workbench.press('Enter');
  await described('Acme UAT 2', 'wrong client secret');
  check(JSON.parse(fs.readFileSync(wrong, 'utf8')).name === 'Acme UAT 2', 'and is saved');
  await row('Acme UAT 2').click({ button: 'right' });
  await workbench.chooseInMenu('Duplicate Org…');
  await poll('the copy is there', async () => (await rows()).some((text) => text.startsWith('Acme UAT 2 copy')));
  const copy = path.join(workspace, 'orgs/uat-copy.sforg.json');
  check(JSON.parse(fs.readFileSync(copy, 'utf8')).name === 'Acme UAT 2 copy', 'a copy has a name of its own');
  await page.locator('.tab.active', { hasText: 'uat-copy.sforg.json' }).waitFor();
  await row('Acme UAT 2 copy').click();
  await pane.locator('.monaco-list').first().focus();
  for (const [answer, isThere] of [['Cancel', true], ['Delete', false]]) {
    await workbench.press('Delete');
    const question = await workbench.waitForDialog('Delete');
    check(question.text.includes('Delete orgs/uat-copy.sforg.json?') && question.text.includes('Its keyring entry stays.'), 'Del asks', question.text);
    await workbench.answerDialog(answer);
    check(await eventually(async () => fs.existsSync(copy) === isThere), `${answer} means it`);
    await pane.locator('.monaco-list').first().focus();
  }
  await poll('it is gone from the list', async () => !(await rows()).some((text) => text.includes('copy')));
}

/** The boxes for the secrets of several orgs come one after another. */
async function secretsOfSeveral() {
  const files = ['one', 'two'].map((name) => write(`orgs/${name}.sforg.json`, oauth(`Acme ${name}`, production.clientId, `\${env:NO_${name.toUpperCase()}}`)));
  await described('Acme one', 'PROD · no secret');
  await described('Acme two', 'PROD · no secret');
  await row('Acme one').click();
  await row('Acme two').click({ modifiers: ['Control'] });
  await row('Acme two').click({ button: 'right' });
  await workbench.chooseInMenu('Enter Secret…');
  const asked = [];
  const titleIsNew = async () => {
    const title = (await page.locator('.quick-input-widget:visible .quick-input-title').textContent({ timeout: 500 }).catch(() => '')) ?? '';
    return title.endsWith(': client secret') && !asked.includes(title) ? title : undefined;
  };
  while (asked.length < files.length) {
    asked.push(await poll('the box for a secret', titleIsNew));
    await workbench.press('Escape');
  }
  check(asked.sort().join() === 'Acme one: client secret,Acme two: client secret', 'the secret of each chosen org is asked for', asked);
  files.forEach((file) => fs.rmSync(file));
  await workbench.runCommand('View: Close All Editors');
  await poll('they are gone from the list', async () => !(await rows()).some((text) => /^Acme (one|two)/.test(text)));
}

/** While a login hangs: where it says so, what a second test shows, and how it ends; all of it by keys. */
async function whileTesting() {
  const hanging = `3MVG9BEHAVE.hang${'.NOTREAL'.repeat(9)}`;
  const slow = write('orgs/slow.sforg.json', oauth('Acme slow', hanging, '1'.repeat(64), { sandbox: true }));
  await workbench.openFile(slow);
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  await workbench.waitForDialog('Send');
  await workbench.answerDialog(/^Send$/);
  await described('Acme slow', 'testing…');
  await poll('the status bar counts', async () => /^Acme slow · testing… \d+ s$/.test(await status()));
  await workbench.lens('Cancel').first().waitFor();
  check(true, 'a running login is in the view, the status bar and the lens, which can end it');
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const shown = await workbench.pageText('Testing…');
  check(shown.includes('The login is being tested.') && (await page.locator('.tab', { hasText: 'Acme slow: testing' }).count()) === 1, 'a second test shows the one that runs', shown);
  await shot('7-running');
  await poll('the first key in the page leads to what ends the login', async () => {
    await goToPage();
    return (await focusedOnPage()) === 'Cancel' || (await workbench.press('Tab'), await focusedOnPage()) === 'Cancel';
  });
  check(true, 'the first key in the page leads to what ends the login');
  await workbench.press('Escape');
  const inEditor = page.locator('.tab.active', { hasText: 'slow.sforg.json' });
  await poll('Escape leads back to the file', async () => (await inEditor.count()) === 1 && (await page.locator('.editor-instance .monaco-editor.focused').count()) > 0);
  check(true, 'Escape in the page leads back to the file');
  await poll('the page knows where one was', async () => {
    await goToPage();
    return (await focusedOnPage()) === 'Cancel';
  });
  await workbench.press('Enter');
  await workbench.waitForToast('Acme slow: ');
  await poll('the page is about what is next', async () => (await focusedOnPage()) === 'Enter Secret…');
  check(true, 'Enter ends it, and the page keeps the place of whoever uses keys');
  await workbench.clearToasts();
  await workbench.runCommand('View: Close All Editors');
  await testAllAndCancel();
  fs.rmSync(slow);
  await poll('it is gone from the list', async () => !(await rows()).some((text) => text.startsWith('Acme slow')));
}

/** From the editor to the page beside it, by keys. One that goes there too soon VS Code leaves outside of the page. */
async function goToPage() {
  await workbench.press('Control+1');
  await workbench.quiet();
  await workbench.press('Control+2');
  await workbench.quiet();
}

/** The words of what has the focus in a page of ours. */
async function focusedOnPage() {
  const words = await Promise.all(page.frames().map((frame) => frame.evaluate(() => (document.hasFocus() && document.querySelector('main') !== null ? document.activeElement?.textContent : '') ?? '').catch(() => '')));
  return words.find((text) => text !== '') ?? '';
}

async function testAllAndCancel() {
  await page.setViewportSize({ width: 800, height: 600 });
  await workbench.runCommand('Salesforce Org (sforg): Test All Logins');
  await workbench.dialog().or(workbench.toast('Testing 6 logins')).first().waitFor();
  if (await workbench.dialog().isVisible()) {
    await workbench.answerDialog(/^Send$/);
  }
  await poll('all but one are done', async () => ((await workbench.toast('Testing 6 logins').textContent()) ?? '').includes('5 done, 3 failed'));
  check(true, 'Test All says in a message how far it is');
  await notCut('Testing 6 logins');
  await workbench.pressButton('Testing 6 logins', 'Cancel');
  const said = await workbench.waitForToast('Stopped');
  check(said.startsWith('Stopped. ') && said.includes('not tested'), 'and its button ends it', said);
  await notCut('Stopped');
  await workbench.clearToasts();
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** A message at 800 pixels: three lines at most, every button whole. */
async function notCut(text) {
  const toast = workbench.toast(text);
  const { lines, cut } = await toast.evaluate((one) => {
    const message = one.querySelector('.notification-list-item-message');
    const buttons = [...one.querySelectorAll('.notification-list-item-buttons-container .monaco-button')];
    return { lines: Math.round(message.scrollHeight / parseFloat(getComputedStyle(message).lineHeight)), cut: buttons.filter((button) => button.scrollWidth > button.clientWidth).map((button) => button.textContent) };
  });
  check(lines <= 3 && cut.length === 0, `"${text}" has three lines at most and no button is cut at 800 pixels`, { lines, cut });
}

/** The words of a view that has nothing to show. */
const welcome = async () => (await pane.locator('.welcome-view-content').allTextContents()).join(' ').replace(/\s+/g, ' ').trim();

async function narrowAndHighContrast() {
  // The longest words that a production org below a project has often; its secret was entered, and is wrong.
  write('reporting/acme.sforg.json', oauth('Acme EU', production.clientId, '${env:NOT_SET}'));
  await described('Acme EU', 'PROD · wrong secret');
  await page.setViewportSize({ width: 800, height: 600 });
  await workbench.quiet();
  const cut = await pane.locator('.monaco-list-row .label-description').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
  check(cut.length === 0, 'no description is cut at 800 pixels', cut);
  await shot('8-narrow');
  await page.setViewportSize({ width: 1280, height: 800 });
  changeSettings(vscode, { 'workbench.colorTheme': 'Default High Contrast' });
  await page.locator('.monaco-workbench.hc-black').waitFor();
  await shot('9-high-contrast');
  changeSettings(vscode, { 'workbench.colorTheme': 'Default Dark Modern' });
  await page.locator('.monaco-workbench.vs-dark').waitFor();
  await shot('10-dark');
}

async function serverDown() {
  changeSettings(vscode, { 'sforg.server.path': path.join(folder, 'gone') });
  await poll('the view says so', async () => (await welcome()).includes('sforg is not running.'));
  check((await welcome()).includes('Restart') && (await welcome()).includes('Show Log'), 'a server that does not run: what to do', await welcome());
  check((await badge.count()) === 0 || !(await badge.isVisible()), 'and no badge of what was');
  await shot('11-server-down');
  changeSettings(vscode, { 'sforg.server.path': '' });
  await described('Acme production', 'PROD');
  await workbench.clearToasts();
}

async function nothingToShow() {
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, 'notes.txt'), 'nothing\n');
  await workbench.open(address(vscode, empty));
  await workbench.runCommand('View: Show Salesforce Orgs');
  await poll('an empty folder', async () => (await welcome()).includes('No Salesforce orgs in this folder yet.'));
  const text = await welcome();
  check(['New Salesforce Org…', 'Import from Jitterbit…'].every((button) => text.includes(button)), 'a folder without orgs: how to begin', text);
  await shot('12-empty');
  write('../empty/new.sforg.json', oauth('Acme new', production.clientId, '${env:NONE}'));
  await poll('a file that comes', async () => (await rows()).some((text) => text.startsWith('Acme new')));
  check(true, 'an org file that comes is listed');
}

await play(async () => {
  await workbench.open(address(vscode, workspace));
  await beforeAnyTest();
  await buttonsAndMenus();
  await testAll();
  await statusBar();
  await keys();
  await secretsOfSeveral();
  await whileTesting();
  await narrowAndHighContrast();
  await serverDown();
  await nothingToShow();
});
simulator.stop();
finish();
