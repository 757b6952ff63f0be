// A workspace that is not trusted: it is checked as usual, and nothing is sent until trust is granted.

import fs from 'node:fs';
import path from 'node:path';
import { check } from './checks.mjs';
import { poll } from './rig.mjs';

export async function playRestrictedMode({ workbench, page, sandbox, simulator }) {
  const requests = async () => (await (await fetch(simulator.statsUrl)).json()).requests;
  // There is something to send: each reference of the org has a value.
  const names = Object.values(sandbox.org.auth).flatMap((value) => /^\$\{env:(\w+)\}$/.exec(value)?.[1] ?? []);
  fs.writeFileSync(path.join(path.dirname(sandbox.projectFile), '.env'), names.map((name) => `${name}=not-real\n`).join(''));
  await workbench.openFile(sandbox.file);
  await poll('the file is checked', async () => (await workbench.underlined('warning')).includes('"basic"'));
  check(true, 'findings are shown in restricted mode');

  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const refusal = await workbench.waitForToast(/trust/i);
  check(/trust/i.test(refusal), 'Test Login says that the workspace has to be trusted', refusal);
  await workbench.screenshot('1-restricted');
  check((await requests()) === 0, 'and sends nothing', await requests());
  await workbench.clearToasts();

  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.click(page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first());
  await page.locator('.workspace-trust-header', { hasText: 'You trust this folder' }).waitFor();
  await workbench.openFile(sandbox.file);
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const question = await workbench.waitForDialog(new URL(simulator.instanceUrl).host);
  check(question.buttons.length > 1, 'in the trusted workspace the login goes on, with its question', question);
  await workbench.press('Enter');
  await workbench.waitForToast(/nothing was sent/i);
  check((await requests()) === 0, 'the enter key is the answer that sends nothing', await requests());
}
