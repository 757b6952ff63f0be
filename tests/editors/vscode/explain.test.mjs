// Explain a Salesforce Login Error… and Who Else Uses This Login? in a real VS Code with the real server and the simulator.
//
//   node explain.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, emptyFolder, poll } from './rig.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

const [vsix, simulatorProgram] = process.argv.slice(2);
const folder = emptyFolder('explain');
const workspace = path.join(folder, 'workspace');
const simulator = await startSimulator(simulatorProgram);
const production = simulator.accounts.find(({ organizationName }) => organizationName === 'Acme production') ?? simulator.accounts[0];

fs.mkdirSync(workspace, { recursive: true });
const log = path.join(workspace, 'etl.log');
const TOKEN = 'NOTREALNOTREALNOTREAL1234';
fs.writeFileSync(log, [
  '2026-11-24T06:00:01Z INFO  starting',
  `2026-11-24T06:00:02Z ERROR POST https://acme.my.salesforce.com/services/oauth2/token client_secret=${TOKEN}`,
  '2026-11-24T06:00:02Z ERROR {"error":"invalid_grant","error_description":"no client credentials user enabled"}',
  '2026-11-24T06:00:03Z INFO  all is well elsewhere',
  '',
].join('\n'));
const org = path.join(workspace, 'acme.sforg.json');
const auth = { type: 'oauth2-client-credentials', instanceUrl: simulator.instanceUrl, clientId: production.clientId, clientSecret: production.clientSecret };
fs.writeFileSync(org, `${JSON.stringify({ name: 'Acme production', apiVersion: '61.0', auth }, null, 2)}\n`);

const { vscode, page, workbench, shot, play } = await openWindow({
  folder,
  vsix,
  settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl] },
  env: { SFORG_UPGRADE_PROMPT: 'off' },
});

const EXPLAIN = 'Salesforce Org (sforg): Explain a Salesforce Login Error…';

/** What another tool printed, selected in its log; without a selection what was copied. */
async function explain() {
  await workbench.openFile(log);
  await workbench.focusEditor();
  await page.keyboard.press('Control+a');
  await workbench.runCommand(EXPLAIN);
  const shown = await workbench.previewText();
  check(shown.includes('The app has no user to run as'), 'the page says what it means', shown);
  check(shown.includes('1. ') && shown.includes('Run As'), 'and what to do, step by step', shown);
  check(!shown.includes(TOKEN), 'a secret of the log is not shown', shown);
  await shot('1-explained');
  await workbench.openFile(log);
  await workbench.focusEditor();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+End');
  await workbench.runCommand(EXPLAIN);
  await poll('a line that is none is not explained', async () => (await workbench.previewText()).includes('does not recognize a login error'));
  await shot('2-none');
}

async function audit() {
  await workbench.runCommand('View: Close All Editors');
  await workbench.openFile(org);
  await workbench.runCommand('Salesforce Org (sforg): Who Else Uses This Login?');
  const asked = await workbench.waitForToast('who else uses this login');
  check(asked.includes('Acme production'), 'it asks first, and names the org', asked);
  await shot('3-asked');
  await workbench.pressButton('who else uses this login', 'Ask Salesforce');
  const host = await workbench.waitForDialog(/./);
  check(host.text.includes(new URL(simulator.instanceUrl).host), 'before anything is sent it names the host', host);
  await shot('4-host');
  await workbench.answerDialog(/^Send$/);
  const shown = await poll('a page says who logs in', async () => {
    const text = await workbench.previewText();
    return text.includes('login history') ? text : undefined;
  });
  check(shown.includes('51 logins'), 'as Salesforce knows it', shown);
  await shot('5-login-history');
}

await play(async () => {
  await workbench.open(address(vscode, workspace, org));
  await explain();
  await audit();
});
finish();
