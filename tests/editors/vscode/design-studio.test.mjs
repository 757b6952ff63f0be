// Design Studio's own org files in a real VS Code: what breaks and what uses it, and that the file stays XML.
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

const vscode = await startVSCode({ folder, vsix, env: { SFORG_TODAY: '2026-11-24', SFORG_UPGRADE_PROMPT: 'off' } });
const browser = await openBrowser(vscode);
const workbench = new Workbench(vscode, browser.page, path.join(folder, 'shots'));
const { page } = browser;
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
  await page.locator('.peekview-widget').first().waitFor();
  check(true, 'and leads to the operations');
  await shot('2-what-uses-it');
  check(fs.readFileSync(orgFile, 'utf8') === before, "Design Studio's file is as it was");
} catch (error) {
  check(false, error.message);
  await shot('0-failure').catch(() => undefined);
} finally {
  await browser.context.close().catch(() => undefined);
  vscode.stop();
}
finish();
