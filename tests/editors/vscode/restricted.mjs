// A workspace that is not trusted: it is checked as usual, and nothing is sent until trust is granted.

import { check } from './checks.mjs';
import { poll } from './rig.mjs';

export async function playRestrictedMode({ workbench, page, sandbox, simulator }) {
  const requests = async () => (await (await fetch(simulator.statsUrl)).json()).requests;
  await workbench.openFile(sandbox.file);
  await poll('the file is checked', async () => (await workbench.underlined('warning')).includes('"basic"'));
  check(true, 'findings are shown in restricted mode');

  await workbench.runCommand('Salesforce Org: Test Login');
  const refusal = await workbench.waitForToast(/trust/i);
  check(/trust/i.test(refusal), 'Test Login says that the workspace has to be trusted', refusal);
  await workbench.screenshot('1-restricted');
  check((await requests()) === 0, 'and sends nothing', await requests());
  await workbench.clearToasts();

  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.click(page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first());
  await page.locator('.workspace-trust-header', { hasText: 'You trust this folder' }).waitFor({ timeout: 30_000 });
  await workbench.openFile(sandbox.file);
  await workbench.runCommand('Salesforce Org: Test Login');
  const question = await workbench.waitForToast(new URL(simulator.instanceUrl).host);
  check(/is not a Salesforce host/.test(question), 'in the trusted workspace the login goes on, with its question', question);
  await workbench.pressButton(new URL(simulator.instanceUrl).host, 'Cancel');
  await workbench.quiet();
  check((await requests()) === 0, 'Cancel sends nothing either', await requests());
}
