// Design Studio's own org files in a real VS Code: what breaks and what uses it, the import, the login of the org
// file from there, and the drift.
//
//   node design-studio.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish, say } from './checks.mjs';
import { address, emptyFolder, openBrowser, poll, ROOT, startVSCode } from './rig.mjs';
import { Workbench } from './workbench.mjs';

const [vsix] = process.argv.slice(2);
const folder = emptyFolder('design-studio');
const workspace = path.join(folder, 'workspace');
const project = path.join(workspace, 'Initech payroll');
fs.cpSync(path.join(ROOT, 'tests/fixtures/design-studio/Initech payroll'), project, { recursive: true });
const orgFile = path.join(project, 'Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000001.xml');
const before = fs.readFileSync(orgFile, 'utf8');
const ant = path.join(workspace, 'build/project.xml');
fs.mkdirSync(path.dirname(ant));
fs.writeFileSync(ant, '<project name="ant">\n</project>\n');

const vscode = await startVSCode({ folder, vsix, env: { SFORG_TODAY: '2026-11-24', SFORG_UPGRADE_PROMPT: 'off' } });
const browser = await openBrowser(vscode);
const workbench = new Workbench(vscode, browser.page, path.join(folder, 'shots'));
const { page } = browser;
const rows = page.locator('.quick-input-list .monaco-list-row');
const shot = async (name) => say(`     screenshot: ${path.relative(process.cwd(), await workbench.screenshot(name))}`);

try {
  await workbench.open(address(vscode, workspace));
  await workbench.openFile(orgFile);
  await workbench.lens('Import into an org file').first().waitFor({ timeout: 90_000 });
  check(await workbench.lens('Used by 2 operations').isVisible(), 'who uses the org stands at the top');
  check(await workbench.lens('Steps to OAuth 2.0 client credentials').isVisible(), 'and what to do about its login');
  check((await page.locator('[id="status.editor.mode"]').textContent())?.trim() === 'XML', 'the file stays XML');
  const warned = await poll('the login is marked', async () => {
    const underlined = await workbench.underlined('warning');
    return underlined.length > 0 ? underlined : undefined;
  });
  check(warned.join() === 'password', 'at what tells basic authentication', warned);
  await shot('1-an-org-of-design-studio');

  await workbench.click(workbench.lens('Used by 2 operations'));
  const peek = page.locator('.peekview-widget');
  await peek.first().waitFor();
  await poll('the files of both operations are listed', async () => (await peek.locator('.monaco-list-row .monaco-count-badge').count()) === 2);
  await shot('2-what-uses-it');
  await workbench.press('Escape');
  await peek.first().waitFor({ state: 'detached' });

  await workbench.click(workbench.lens('Steps to OAuth 2.0 client credentials'));
  await workbench.pressButton('Steps to OAuth 2.0 client credentials', 'Show Steps');
  const steps = await workbench.previewText();
  check(steps.includes('tick Select OAuth 2.0 Client Credentials') && steps.includes('2 operations use this org'), 'the steps are about this org', steps);
  await shot('3-steps');
  await workbench.runCommand('View: Close Editor');

  await workbench.openFile(orgFile);
  await workbench.click(workbench.lens('Import into an org file'));
  await page.locator('.quick-input-widget', { hasText: '1 org is new' }).waitFor();
  check((await rows.count()) === 1, 'this org alone is offered');
  await shot('4-import');
  await page.keyboard.press('Enter');
  await workbench.waitForToast('1 org was imported');
  const made = fs.readdirSync(path.join(workspace, 'orgs')).filter((name) => name.endsWith('.sforg.json'));
  check(made.length === 1, 'the org file is made', made);
  await workbench.lens('Test Salesforce Login').first().waitFor({ timeout: 60_000 });
  check(true, 'its login can be tested from here');
  await shot('5-linked');

  await workbench.runCommand('Format Document').catch(() => undefined);
  await workbench.quiet();
  await workbench.press('Escape');
  check(fs.readFileSync(orgFile, 'utf8') === before, "Design Studio's file is as it was");

  const drifted = before.replace('key="sandbox" value="0"', 'key="sandbox" value="1"').replace('https://login.', 'https://test.');
  fs.writeFileSync(orgFile, drifted);
  const differs = await poll('the drift is told', async () => {
    const problems = await workbench.problems('design-studio-differs');
    return problems.find((row) => row.includes('Make both the same')) ?? undefined;
  });
  check(differs.includes('sandbox'), 'and what is not the same', differs);
  await shot('6-drift');
  const others = await workbench.problems('ant');
  check(!others.some((row) => row.includes('build')), 'other XML is left alone', others);
} catch (error) {
  check(false, error.message);
  await shot('0-failure').catch(() => undefined);
} finally {
  await browser.context.close().catch(() => undefined);
  vscode.stop();
}
finish();
