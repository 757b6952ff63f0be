// The page after a conversion in a real VS Code with the real server and the simulator: boxes for what the login still lacks,
// by keys alone, and links into Setup; at 800 pixels and in high contrast.
//
//   node steps.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, changeSettings, emptyFolder, poll, vscodeLogs } from './rig.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

const [vsix, simulatorProgram] = process.argv.slice(2);
const folder = emptyFolder('steps');
const workspace = path.join(folder, 'workspace');
const simulator = await startSimulator(simulatorProgram);
const { clientId, clientSecret } = simulator.accounts.find(({ organizationName }) => organizationName === 'Acme production') ?? simulator.accounts[0];

function write(name, content) {
  const file = path.join(workspace, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

const basic = (name, serverHost) => ({ name, serverHost, auth: { type: 'basic', username: 'integration@acme.example.com', password: '${env:NOT_SET}' } });
write('sforg-project.json', { name: 'Acme', apiVersion: '64.0' });
const org = write('acme.sforg.json', basic('Acme', new URL(simulator.instanceUrl).host));
const sandbox = write('uat.sforg.json', { sandbox: true, ...basic('Acme UAT', 'acme--uat.sandbox.my.salesforce.com') });

const { vscode, page, workbench, shot, play } = await openWindow({
  folder,
  vsix,
  traced: true,
  settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl] },
  env: { SFORG_UPGRADE_PROMPT: 'off' },
});

/** What `look` finds in the page of ours that is shown. */
async function onPage(look, argument) {
  for (const frame of page.frames()) {
    const found = await frame.evaluate(look, argument).catch(() => undefined);
    if (found !== undefined && found !== null) {
      return found;
    }
  }
  return undefined;
}

const focused = () => onPage(() => (document.hasFocus() && document.querySelector('main') !== null ? (document.activeElement?.dataset.input ?? document.activeElement?.textContent ?? '') : undefined));
const complaint = (member) => onPage((id) => document.getElementById(`bad-${id}`)?.textContent, member);

/** From the editor to a box of the page beside it, by keys. */
async function goToBox(member) {
  await poll(`keys lead to ${member}`, async () => {
    if ((await focused()) === undefined) {
      await workbench.press('Control+1');
      await workbench.quiet();
      await workbench.press('Control+2');
      await workbench.quiet();
    }
    for (let tabs = 0; tabs < 12; tabs++) {
      if ((await focused()) === member) {
        return true;
      }
      await workbench.press('Tab');
    }
    return false;
  });
}

async function enter(member, value) {
  await goToBox(member);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(value);
}

async function convert(file) {
  await workbench.openFile(file);
  await workbench.runCommand('Salesforce Org (sforg): Convert Org to OAuth 2.0…');
  await workbench.waitForToast('rewritten for OAuth 2.0');
  await workbench.pressButton('rewritten for OAuth 2.0', 'Show Steps');
  return workbench.pageText('Next: create the app in Salesforce.');
}

async function entered() {
  const text = await convert(org);
  check(text.includes('paste them below'), 'the steps lead to the boxes', text);
  const boxes = await onPage(() => {
    const all = [...document.querySelectorAll('[data-input]')].map((box) => `${box.labels[0]?.textContent}: ${box.type}`);
    return all.length > 0 ? all : undefined;
  });
  check(JSON.stringify(boxes) === JSON.stringify(['My Domain URL: text', 'Client ID (Consumer Key): text', 'Client secret (Consumer Secret): password']), 'each has its name, and the secret shows nothing', boxes);
  await shot('1-steps');
  await enter('instanceUrl', 'https://login.salesforce.com');
  await enter('clientId', clientId);
  await enter('clientSecret', clientSecret);
  await workbench.press('Enter');
  await poll('what is wrong stands below its box', async () => ((await complaint('instanceUrl')) ?? '').includes('Enter the My Domain URL'));
  check((await focused()) === 'instanceUrl', 'and has the focus', await focused());
  await shot('2-wrong');
  check(fs.existsSync(path.join(workspace, '.env')) === false, 'nothing is stored while a value is wrong');
  await page.setViewportSize({ width: 800, height: 600 });
  await workbench.quiet();
  await shot('2-wrong-narrow');
  await page.setViewportSize({ width: 1280, height: 800 });
  await hiddenAndShown();
  await enter('instanceUrl', `${simulator.instanceUrl}/lightning/setup`);
  await enter('clientId', clientId);
  await enter('clientSecret', clientSecret);
  await workbench.press('Enter');
  const shown = await workbench.pageText('Logged in');
  check(!shown.includes(clientSecret), 'Enter stores and tests, and the page shows no secret', shown);
  check((await onPage(() => document.querySelectorAll('form').length)) === 0, 'nothing is left to enter');
  await shot('3-logged-in');
  await where();
}

/** A page behind another one forgets what stood in its boxes, and goes on following the file. */
async function hiddenAndShown() {
  await goToBox('clientId');
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.runCommand('View: Close Editor');
  await poll('its boxes are empty', async () => (await onPage(() => (document.querySelector('form') === null ? undefined : [...document.querySelectorAll('[data-input]')].map((box) => box.value).join('')))) === '');
  await workbench.press('Control+1');
  await workbench.quiet();
  const text = fs.readFileSync(org, 'utf8');
  await workbench.goTo('"Acme"', { inside: 5 });
  await page.keyboard.insertText('x');
  await poll('and it follows the file', async () => (await onPage(() => document.querySelector('.about')?.textContent))?.startsWith('Acmex'));
  check(text === fs.readFileSync(org, 'utf8'), 'a page that was hidden has empty boxes and follows the file');
  await workbench.press('Backspace');
}

async function where() {
  await workbench.press('Control+1');
  await workbench.quiet();
  const text = await workbench.text();
  check(text.includes(clientId) && text.includes(simulator.instanceUrl) && !text.includes(clientSecret), 'key and URL are in the file, the secret is not', text);
  check(fs.readFileSync(path.join(workspace, '.env'), 'utf8').includes(clientSecret), 'it is in .env');
  await workbench.focusEditor();
  await workbench.press('Control+z');
  await poll('one undo takes both back', async () => !(await workbench.text()).includes(clientId) && (await workbench.text()).includes('oauth2-client-credentials'));
  check(!vscodeLogs(vscode).includes(clientSecret), 'no log has the secret');
  // The extension itself brings the simulator, which knows it.
  const installed = path.join(folder, 'extensions');
  const kept = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== '.env' && !entry.parentPath.startsWith(installed)).map((entry) => path.join(entry.parentPath, entry.name));
  const having = kept.filter((file) => fs.statSync(file).size < 20_000_000 && fs.readFileSync(file).includes(clientSecret));
  check(kept.length > 10 && having.length === 0, 'nor has any other file of the editor', having);
  await workbench.runCommand('File: Revert File');
  await workbench.runCommand('View: Close All Editors');
}

async function links() {
  await convert(sandbox);
  const hrefs = await onPage(() => (document.querySelector('form') === null ? undefined : [...document.querySelectorAll('li a')].map((link) => `${link.textContent} ${link.href}`)));
  const setup = 'https://acme--uat.sandbox.my.salesforce-setup.com/lightning/setup';
  check(hrefs?.[0] === `Setup > External Client App Manager ${setup}/ManageExternalClientApplication/home`, 'a step leads to its page of Setup', hrefs);
  check(hrefs?.every((one) => one.includes(` ${setup}/`)), 'at the host of the org alone', hrefs);
  changeSettings(vscode, { 'workbench.colorTheme': 'Default High Contrast' });
  await page.locator('.monaco-workbench.hc-black').waitFor();
  await goToBox('clientId');
  await workbench.clearToasts();
  await goToBox('clientId');
  await shot('4-high-contrast');
  await page.setViewportSize({ width: 800, height: 600 });
  await workbench.quiet();
  await shot('5-high-contrast-narrow');
  const wide = await onPage(() => (document.querySelector('form') === null ? undefined : document.documentElement.scrollWidth - document.documentElement.clientWidth));
  check(wide <= 1, 'nothing is cut at 800 pixels', wide);
}

await play(async () => {
  await workbench.open(address(vscode, workspace));
  await entered();
  await links();
});
simulator.stop();
finish();
