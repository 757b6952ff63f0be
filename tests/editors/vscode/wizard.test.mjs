// New Salesforce Org… in a real VS Code: from an empty folder to a login that was tested, counting the keys; closed at
// every step, it leaves nothing behind.
//
//   node wizard.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, emptyFolder, poll } from './rig.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';
import { Wizard } from './wizard.mjs';

const [vsix, program] = process.argv.slice(2);
const folder = emptyFolder('wizard');
const workspace = path.join(folder, 'workspace');
fs.mkdirSync(workspace, { recursive: true });
fs.writeFileSync(path.join(workspace, 'README.md'), '# Integrations\n'); // the explorer shows that the folder is open

const simulator = await startSimulator(program);
const slow = await startSimulator(program, '--delay-ms', '600000');
const uat = simulator.accounts.find(({ key, organizationName }) => key === 'uat' || organizationName === 'Acme UAT');
const { vscode, page, workbench, shot, play } = await openWindow({
  folder,
  vsix,
  settings: { 'sforg.allowedLoginHosts': [simulator.httpUrl, slow.httpUrl] },
  env: { DBUS_SESSION_BUS_ADDRESS: '' },
});
const wizard = new Wizard(workbench, page);
const { widget, rows } = wizard;
const begin = () => wizard.begin();
const press = (key) => wizard.press(key);
const step = (number, words) => wizard.step(number, words);
const enter = (value, said) => wizard.enter(value, said);

function nothingIsThere(when) {
  const left = fs.readdirSync(workspace).filter((name) => name !== 'README.md' && name !== '.vscode');
  check(left.length === 0, `nothing is on the disk ${when}`, left);
}

/** Esc leaves nothing, and the next start goes on here: no key of the story, so none is counted. */
async function closedHere(number, words) {
  const counted = wizard.keys;
  await page.keyboard.press('Escape');
  await widget.waitFor({ state: 'hidden' });
  nothingIsThere(`after Esc at step ${number}`);
  await begin();
  await rows.filter({ hasText: 'Continue with "Acme UAT"' }).waitFor();
  await page.keyboard.press('Enter');
  await step(number, words);
  wizard.keys = counted;
}

/** The server ends as one that crashes does. */
function killServer() {
  const pids = execFileSync('pgrep', ['-f', `^${path.join(folder, 'extensions')}/.*/server/sforg lsp`], { encoding: 'utf8' }).trim().split('\n');
  pids.forEach((pid) => process.kill(Number(pid), 'SIGKILL'));
}

const settled = (of) => fs.readdirSync(of, { recursive: true }).filter((name) => !name.startsWith('.vscode')).sort();

/** A server that ends, a login that does not, a folder that is none: whatever happens, nothing is left. */
async function troubles() {
  const before = settled(workspace);
  const env = fs.readFileSync(path.join(workspace, '.env'), 'utf8');
  const same = (when) => check(settled(workspace).join() === before.join() && fs.readFileSync(path.join(workspace, '.env'), 'utf8') === env, `nothing has changed on the disk ${when}`, settled(workspace));
  await begin();
  await step(1, 'Name of the org');
  await enter('Acme Slow UAT', 'Will be saved as orgs/acme-slow-uat.sforg.json');
  await page.keyboard.press('Enter');
  await step(2, 'What kind of org is it?');
  await begin();
  await rows.filter({ hasText: 'Continue with "Acme Slow UAT"' }).waitFor();
  check(true, 'a second wizard takes the place of the first, with its answers');
  await page.keyboard.press('Enter');
  await step(2, 'What kind of org is it?');
  await page.keyboard.press('Enter');
  await step(3, 'How does it log in?');
  await page.keyboard.press('Enter');
  await step(4, "The org's My Domain URL");
  killServer();
  await workbench.waitForToast('ended unexpectedly and was started again');
  await enter(slow.httpUrl, `Will be saved as ${slow.httpUrl}`);
  check(true, 'after a crash the wizard goes on with what was entered');
  await page.keyboard.press('Enter');
  await step(5, 'Client ID (Consumer Key)');
  await enter(uat.clientId);
  await page.keyboard.press('Enter');
  await step(6, 'Where do you keep the client secret?');
  await page.keyboard.press('Enter');
  await step(7, 'Client secret');
  await enter(uat.clientSecret);
  await page.keyboard.press('Enter');
  for (const [end, when] of [[() => page.keyboard.press('Escape'), 'after Esc while the login is tested'], [killServer, 'after a crash while the login is tested']]) {
    await step(8, 'Acme Slow UAT · sandbox');
    await page.keyboard.press('Enter');
    await widget.filter({ hasText: 'Esc cancels' }).or(widget.filter({ has: page.locator('[placeholder*="Esc cancels"]') })).first().waitFor();
    await end();
    await step(8, 'Acme Slow UAT · sandbox');
    same(when);
  }
  await shot('14-after-crash');
  fs.renameSync(path.join(workspace, 'orgs'), path.join(folder, 'orgs'));
  fs.writeFileSync(path.join(workspace, 'orgs'), 'a file\n');
  await rows.filter({ hasText: 'Save Without Testing' }).click();
  const refused = await workbench.waitForToast(/orgs/);
  check(!/undefined|os error/.test(refused), 'a folder that cannot be written is told in words', refused);
  await shot('15-not-written');
  fs.rmSync(path.join(workspace, 'orgs'));
  fs.renameSync(path.join(folder, 'orgs'), path.join(workspace, 'orgs'));
  same('after it could not be written');
  await rows.filter({ hasText: 'Save Without Testing' }).click();
  await workbench.statusText('Acme Slow UAT saved');
  check(settled(workspace).includes('orgs/acme-slow-uat.sforg.json'), 'once the folder is there, the same answers are saved');
}

await play(async () => {
  await workbench.open(address(vscode, workspace));
  await begin();
  await step(1, 'Name of the org');
  await enter('a/b', 'A name cannot contain / or :.');
  await page.keyboard.press('Enter');
  await workbench.quiet();
  check(await widget.filter({ hasText: '(1/' }).isVisible(), 'Enter does not take what is wrong');
  await shot('1-error');

  // Esc keeps what was entered, and leaves nothing.
  await wizard.clear();
  await enter('Acme UAT', 'Will be saved as orgs/acme-uat.sforg.json');
  await page.keyboard.press('Enter');
  await step(2, 'What kind of org is it?');
  await page.keyboard.press('Escape');
  await widget.waitFor({ state: 'hidden' });
  nothingIsThere('after Esc at the second step');
  await begin();
  await rows.filter({ hasText: 'Continue with "Acme UAT"' }).waitFor();
  await shot('2-continue');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await step(1, 'Name of the org');
  await page.keyboard.press('Escape');
  await widget.waitFor({ state: 'hidden' });

  wizard.keys = 0;
  await begin();
  await step(1, 'Name of the org');
  await enter('Acme UAT', 'Will be saved as orgs/acme-uat.sforg.json');
  await shot('3-name');
  await press('Enter');
  await step(2, 'What kind of org is it?');
  check(await rows.filter({ hasText: 'Sandbox' }).and(page.locator('.focused')).first().isVisible(), 'Sandbox is chosen for Acme UAT');
  await shot('4-kind');
  await press('Enter');
  await step(3, 'Which API version');
  await closedHere(3, 'Which API version');
  check((await page.locator('.quick-input-list .monaco-list-row.focused').textContent()).includes("66.0 · Spring '26"), 'the newest that agents support is chosen');
  await shot('5-version');
  await press('Enter');
  await step(4, 'How does it log in?');
  await closedHere(4, 'How does it log in?');
  await shot('6-auth');
  await press('Enter');
  await step(5, "The org's My Domain URL");
  await closedHere(5, "The org's My Domain URL");
  await enter(`${simulator.httpUrl}/lightning/setup`, `Will be saved as ${simulator.httpUrl}`);
  await shot('7-url');
  await press('Enter');
  await step(6, 'Client ID (Consumer Key)');
  await closedHere(6, 'Client ID (Consumer Key)');
  await enter(uat.clientId);
  await press('Enter');
  await step(7, 'Where do you keep the client secret?');
  await closedHere(7, 'Where do you keep the client secret?');
  check((await rows.first().textContent()).includes('.env'), 'without a keyring, .env comes first', await rows.allTextContents());
  await shot('8-where');
  await press('Enter');
  await step(8, 'Client secret');
  await closedHere(8, 'Client secret');
  await enter('notreal', 'A consumer secret has 64 characters; this has 7.');
  await shot('9-secret');
  await wizard.clear();
  await enter('0'.repeat(64));
  await press('Enter');
  await step(9, 'Acme UAT · sandbox');
  nothingIsThere('before the last step');
  await shot('10-finish');
  await press('Enter');
  const counted = wizard.keys;
  await widget.filter({ hasText: 'Login failed: wrong client secret' }).waitFor();
  await shot('11-failed');
  check((await page.locator('.quick-input-list .monaco-list-row.focused').textContent()).includes('Enter the Client Secret Again'), 'the way back comes first');
  nothingIsThere('after a login that failed');
  await page.keyboard.press('Enter');
  await step(8, 'Client secret');
  await enter(uat.clientSecret);
  await page.keyboard.press('Enter');
  await step(9, 'Acme UAT · sandbox');
  await page.keyboard.press('Enter');
  await workbench.statusText('Acme UAT saved and logged in');
  check(counted <= 12, `${counted} keys besides the values`, counted);
  await page.locator('.tab.active', { hasText: 'acme-uat.sforg.json' }).waitFor();
  const org = JSON.parse(fs.readFileSync(path.join(workspace, 'orgs/acme-uat.sforg.json'), 'utf8'));
  check(org.sandbox === true && org.auth.clientSecret === '${env:ACME_UAT_CLIENT_SECRET}', 'the file refers to its secret', org);
  check(fs.readFileSync(path.join(workspace, '.env'), 'utf8').includes(uat.clientSecret), 'which is in .env');
  check(fs.existsSync(path.join(workspace, 'sforg-project.json')), 'the project has its file');
  await poll('the lens shows the result', () => workbench.lens('Logged in as').first().isVisible());
  await shot('12-saved');
  check((await page.locator('.notification-toast').count()) === 0, 'no message has to be closed');

  // The folder's own menu, and its name.
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'orgs' }).first().click({ button: 'right' });
  await page.locator('.monaco-menu .action-label', { hasText: 'New Salesforce Org Here…' }).waitFor();
  await page.locator('.monaco-menu .action-label', { hasText: 'Test All Logins Here' }).waitFor();
  check(true, 'a folder has New Salesforce Org Here… and Test All Logins Here');
  await shot('13-menu');
  await page.keyboard.press('Escape');
  await troubles();
});
simulator.stop();
slow.stop();
finish();
