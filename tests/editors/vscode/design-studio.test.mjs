// Design Studio's own org files in a real VS Code, beside another extension for XML: see that an org will break and what
// uses it, import it, enter its secret, test its login, and see the drift when Design Studio's file changes.
//
//   node design-studio.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { playDesignStudio } from './design-studio.mjs';
import { address, emptyFolder, ROOT, vscodeLogs } from './rig.mjs';
import { packageOtherXmlExtension } from './other-xml.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

const [vsix, simulatorProgram] = process.argv.slice(2);
const folder = emptyFolder('design-studio');
const workspace = path.join(folder, 'workspace');
const project = path.join(workspace, 'Initech payroll');
fs.cpSync(path.join(ROOT, 'tests/fixtures/design-studio/Initech payroll'), project, { recursive: true });

const simulator = await startSimulator(simulatorProgram);
const account = simulator.accounts.find(({ organizationName }) => organizationName === 'Acme Dev');
const xml = path.join(project, 'Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000001.xml');
const told = fs.readFileSync(xml, 'utf8')
  .replace('[payroll_user]', account.username)
  .replace('key="sandbox" value="0"', 'key="sandbox" value="1"')
  .replace('https://login.salesforce.com/', 'https://test.salesforce.com/');
fs.writeFileSync(xml, told);

const { vscode, page, workbench, play } = await openWindow({
  folder,
  vsix: [vsix, packageOtherXmlExtension(folder)],
  traced: true,
  settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl] },
  env: { SFORG_UPGRADE_PROMPT: 'off' },
});
await play(async () => {
  await workbench.open(address(vscode, workspace));
  await playDesignStudio({ workbench, page, workspace, xml, account, simulator });
  check(!vscodeLogs(vscode).includes(account.password), 'no log has the password');
});
simulator.stop();
finish();
