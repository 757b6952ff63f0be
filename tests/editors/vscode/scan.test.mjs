// Scan Workspace for Salesforce Logins in a real VS Code: the view What Breaks When, a click that opens the place, and the
// findings among the problems once somebody asks.
//
//   node scan.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, emptyFolder, poll } from './rig.mjs';
import { openWindow } from './window.mjs';

const [vsix] = process.argv.slice(2);
const folder = emptyFolder('scan');
const workspace = path.join(folder, 'workspace');

function write(name, lines) {
  const file = path.join(workspace, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${lines.join('\n')}\n`);
}

write('etl/load.py', ['from simple_salesforce import Salesforce', '', "sf = Salesforce(username='etl@acme.example', password=secret, security_token=token, version='58.0')"]);
write('mule/global.xml', [
  '<mule xmlns:salesforce="http://www.mulesoft.org/schema/mule/salesforce">',
  '  <salesforce:sfdc-config name="Orders">',
  '    <salesforce:basic-connection username="${user}" password="${password}" url="https://login.salesforce.com/services/Soap/u/28.0"/>',
  '  </salesforce:sfdc-config>',
  '</mule>',
]);
write('orgs/acme.sforg.json', ['{ "name": "Acme", "apiVersion": "66.0", "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com", "clientId": "${env:ID}", "clientSecret": "${env:SECRET}" } }']);

write('orgs/legacy.sforg.json', ['{ "name": "Acme legacy", "apiVersion": "58.0", "auth": { "type": "basic", "username": "integration@acme.example", "password": "${env:LEGACY}" } }']);

const { vscode, page, workbench, shot, play } = await openWindow({ folder, vsix });
const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'What Breaks When' }) });
const rows = pane.locator('.monaco-list-row');

const buttonsOf = async (row) => {
  await row.hover();
  return row.locator('.action-label').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
};

/** *Convert All…* at a date: the org files of ours alone, which then are no longer there. */
async function convertOrgsOfADate() {
  const date = rows.filter({ hasText: '1 Jun 2027' }).first();
  check(!(await buttonsOf(rows.first())).join().includes('Convert'), 'a conversion is offered only where it helps', await buttonsOf(rows.first()));
  await date.hover();
  await workbench.click(date.locator('.action-label[aria-label^="Convert All Orgs"]'));
  const ticks = page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
  await ticks.first().waitFor();
  const shown = (await ticks.allTextContents()).map((text) => text.trim());
  check(shown.length === 1 && shown[0].startsWith('Acme legacy'), 'the list has the org files of the date, and no others', shown);
  await shot('5-tick-list');
  await page.keyboard.press('Enter');
  await workbench.waitForToast('rewritten for OAuth 2.0');
  await poll('what is converted leaves its date', async () => {
    const texts = (await rows.allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    return texts.some((text) => text.includes('1 Jun 2027') && text.includes('1 login')) && texts.some((text) => text.includes('2 logins') && text.includes('No deadline'));
  });
  check(!(await buttonsOf(date)).join().includes('Convert'), 'then there is nothing to convert there', await buttonsOf(date));
  await shot('6-converted');
}

await play(async () => {
  await workbench.open(address(vscode, workspace));
  check((await pane.count()) === 0, 'nothing is shown before somebody scans');
  await workbench.runCommand('Salesforce Org (sforg): Scan Workspace for Salesforce Logins');
  const said = await workbench.waitForToast('Salesforce logins');
  check(said.includes('3 of 4 Salesforce logins stop working within a year.'), 'it says what it came to', said);
  await poll('the view has the logins', async () => (await rows.count()) >= 6);
  const shown = (await rows.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
  check(shown[0].includes('Now') && shown[0].includes('API version retired'), 'what does not work stands first', shown);
  check(shown[1].includes('Orders') && shown[1].includes('mule/global.xml:3'), 'with its logins', shown);
  check(shown.some((text) => text.includes('1 Jun 2027')) && shown.some((text) => text.includes('etl@acme.example')), 'what stops one day stands below its day', shown);
  check(shown.at(-1).includes('No deadline'), 'what does not stop stands last', shown);
  await shot('1-what-breaks-when');
  const before = await workbench.problems('Salesforce');
  check(!before.join().includes('MuleSoft'), 'nobody has asked for findings yet', before);
  await workbench.pressButton('Salesforce logins', 'Show in Problems');
  await poll('the findings are among the problems', async () => (await workbench.problems('MuleSoft')).length > 0);
  await shot('2-problems');
  await workbench.click(rows.filter({ hasText: 'etl@acme.example' }).first());
  await poll('a click opens the place', async () => (await workbench.cursor()).startsWith('Ln 3, Col'));
  await shot('3-place');
  await rows.first().hover();
  await workbench.click(rows.first().locator('.action-label[aria-label^="Copy as Markdown"]'));
  await workbench.runCommand('Create: New File...');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Text File' }).first().click();
  await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await workbench.focusEditor();
  await page.keyboard.press('Control+v');
  await poll('a date is copied with its logins', async () => (await page.locator('.editor-instance .view-lines').last().textContent()).replace(/\s/g, ' ').includes('### Now: '));
  await shot('4-copied');
  await convertOrgsOfADate();
});
finish();
