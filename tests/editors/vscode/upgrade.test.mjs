// The question about an upgrade in a real VS Code with the real server: its details are a difference and a page. And what the
// status bar says of a project without orgs.
//
//   node upgrade.test.mjs EXTENSION.vsix

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, emptyFolder, poll } from './rig.mjs';
import { openWindow } from './window.mjs';

const [vsix] = process.argv.slice(2);
const folder = emptyFolder('upgrade');
const workspace = path.join(folder, 'workspace');

function write(name, content) {
  const file = path.join(workspace, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

const project = write('reporting/sforg-project.json', { name: 'Acme reporting', apiVersion: '58.0' });
write('reporting/acme.sforg.json', { name: 'Acme', auth: { type: 'oauth2-client-credentials', instanceUrl: 'https://acme.my.salesforce.com', clientId: '${env:ACME_ID}', clientSecret: '${env:ACME_SECRET}' } });
const empty = write('new/sforg-project.json', { name: 'Acme new', apiVersion: '66.0' });

const { vscode, page, workbench, shot, play } = await openWindow({ folder, vsix, env: { SFORG_UPGRADE_PROMPT: 'now' } });

const statusItem = page.locator('.statusbar-item[id$="sforg.org"]').first();
const status = async () => ((await statusItem.textContent().catch(() => '')) ?? '').trim();

/** The text of each side of the difference. */
const sides = async () => Promise.all(['original', 'modified'].map(async (side) => (await page.locator(`.monaco-diff-editor .editor.${side} .view-line`).allTextContents()).join('\n').replaceAll('\u00a0', ' ')));

async function details() {
  await workbench.openFile(project);
  await workbench.waitForToast('"Acme reporting" is on API 58.0');
  await workbench.pressButton('"Acme reporting" is on API 58.0', 'Details');
  const [before, after] = await poll('a difference', async () => {
    const both = await sides();
    return both.every((text) => text.includes('apiVersion')) ? both : undefined;
  });
  check(before.includes('"58.0"') && after.includes('"68.0"') && after.includes('Acme reporting'), 'the project file stands beside what the upgrade makes of it', { before, after });
  const shown = await workbench.pageText('Acme reporting');
  check(shown.includes('from 58.0') && shown.includes('Changes for Acme'), 'the page says what changes', shown);
  check((await page.locator('.tab', { hasText: 'Now and After the Upgrade' }).count()) === 1, 'in one tab');
  check(fs.readFileSync(project, 'utf8').includes('58.0') && (await page.locator('.tab.dirty').count()) === 0, 'nothing is changed, and nothing is asked to be saved');
  await shot('1-details');
  await page.setViewportSize({ width: 800, height: 600 });
  await workbench.quiet();
  await shot('2-narrow');
  await page.setViewportSize({ width: 1280, height: 800 });
  await upgradeOnPage();
  await workbench.runCommand('View: Close All Editors');
}

/** The first button of the page, by keys. */
async function upgradeOnPage() {
  const focused = async () => (await Promise.all(page.frames().map((frame) => frame.evaluate(() => (document.hasFocus() && document.querySelector('main') !== null ? document.activeElement?.textContent : '')).catch(() => '')))).join('');
  await poll('keys lead to the button', async () => {
    await workbench.press('Control+2');
    await workbench.quiet();
    return (await focused()) === 'Upgrade' || (await workbench.press('Tab'), (await focused()) === 'Upgrade');
  });
  await workbench.press('Enter');
  await workbench.waitForToast('Upgraded "Acme reporting" from API 58.0 to 68.0.');
  await page.locator('.tab', { hasText: 'Upgrade the API version' }).waitFor({ state: 'detached' });
  check(fs.readFileSync(project, 'utf8').includes('68.0'), 'its button upgrades, and the page goes with the offer');
  await workbench.clearToasts();
}

async function withoutOrgs() {
  await workbench.openFile(empty);
  await poll('a project without orgs', async () => (await status()) === 'Acme new · no orgs yet · API 66.0');
  check(true, 'the status bar says so');
  await workbench.click(statusItem);
  await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'New Salesforce Org Here…' }).waitFor();
  check(true, 'and its menu begins with a new org');
  await shot('3-no-orgs');
  await workbench.press('Escape');
  fs.writeFileSync(empty, fs.readFileSync(empty, 'utf8').replace('Acme new', 'Acme newer'));
  await poll('another name', async () => (await status()) === 'Acme newer · no orgs yet · API 66.0');
  check(true, 'it follows the file');
  await workbench.openFile(project);
  await poll('a project with an org', async () => (await status()).startsWith('Acme reporting · 1 org · API 68.0'));
  check(true, 'one with orgs is counted');
}

await play(async () => {
  await workbench.open(address(vscode, workspace));
  await details();
  await withoutOrgs();
});
finish();
