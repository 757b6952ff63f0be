// Import Salesforce Orgs… in a real VS Code: from a Design Studio project to org files and what is left to do.
//
//   node import.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import fs from 'node:fs';
import path from 'node:path';
import { check, finish } from './checks.mjs';
import { address, emptyFolder, poll } from './rig.mjs';
import { openWindow } from './window.mjs';

const [vsix] = process.argv.slice(2);
const folder = emptyFolder('import');
const workspace = path.join(folder, 'workspace');
const project = path.join(workspace, 'Acme orders');

function write(name, text) {
  fs.mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
  fs.writeFileSync(path.join(project, name), text);
}

function connector(id, name, version) {
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<Entity type="SalesforceConnector">
  <Header Deleted="false" ID="${id}" Name="${name}"/>
  <Properties>
    <Item key="api_version" value="${version}"/>
    <Item enc="true" key="password" value="$00bm90IHJlYWw="/>
    <Item key="sandbox" value="0"/>
    <Item key="server_host" value="https://login.salesforce.com/"/>
    <Item enc="true" key="user_name" value="$00bm90IHJlYWw="/>
  </Properties>
</Entity>`;
}

write('project.xml', '<?xml version="1.0"?><Project name="Acme orders" projectId="1"/>');
write('environment.properties', 'saved-in-version=11.63.0.12\n');
write('Data/SalesforceConnector/g-1.xml', connector('g-1', 'integration@acme.example', '64.0'));
write('Data/SalesforceConnector/g-2.xml', connector('g-2', '[sf_user]', '64.0'));
const before = fs.readFileSync(path.join(project, 'Data/SalesforceConnector/g-1.xml'), 'utf8');

const { vscode, page, workbench, shot, play } = await openWindow({ folder, vsix });
const rows = page.locator('.quick-input-list .monaco-list-row');
const list = (title) => page.locator('.quick-input-widget', { hasText: title });

await play(async () => {
  await workbench.open(address(vscode, workspace));
  await workbench.runCommand('Salesforce Org (sforg): Import Salesforce Orgs…');
  await list('from what?').waitFor();
  await shot('1-from-what');
  await workbench.click(rows.filter({ hasText: 'Folder' }).first());
  const input = page.locator('.quick-input-widget input[type="text"]:focus');
  await list('Import Salesforce Orgs').filter({ has: page.getByText('Import', { exact: true }) }).waitFor();
  await poll('the folder is entered', async () => {
    await input.fill(`${project}/`);
    await workbench.quiet(); // the dialog may put its own path before it once it has read the folder
    return (await input.inputValue()) === `${project}/`;
  });
  await page.keyboard.press('Enter');
  await list('2 orgs are new').waitFor();
  const offered = await rows.allTextContents();
  check(offered.length === 2 && offered.some((text) => text.includes('[sf_user]')), 'the orgs are listed', offered);
  const ticked = await page.locator('.quick-input-list .monaco-list-row [role="checkbox"][aria-checked="true"], .quick-input-list .monaco-list-row input[type="checkbox"]:checked').count();
  check(ticked >= 2, 'all of them ticked', ticked);
  await shot('2-which-orgs');
  await page.keyboard.press('Enter');
  const said = await workbench.waitForToast('2 orgs were imported');
  check(said.includes('sforg-project.json'), 'it says what was made', said);
  const made = fs.readdirSync(path.join(workspace, 'orgs')).sort();
  check(made.join() === 'integration-acme-example.sforg.json,sf_user.sforg.json,sforg-project.json', 'the files are there', made);
  const org = JSON.parse(fs.readFileSync(path.join(workspace, 'orgs/sf_user.sforg.json'), 'utf8'));
  check(org.designStudioOrg === 'g-2' && org.auth.username === '${env:SF_USER}', 'an org file knows its org in Design Studio', org);
  check(JSON.parse(fs.readFileSync(path.join(workspace, 'orgs/sforg-project.json'), 'utf8')).designStudioProject === '../Acme orders', 'the project is linked');
  check(fs.readFileSync(path.join(project, 'Data/SalesforceConnector/g-1.xml'), 'utf8') === before, "Design Studio's file is as it was");
  await workbench.pressButton('2 orgs were imported', 'Show What Is Left');
  await poll('what is left to do is shown', () => page.locator('.tab', { hasText: 'What Is Left to Do' }).isVisible());
  const left = await workbench.previewText();
  check(left.includes('orgs/.env') && left.includes('sforg convert'), 'with what to do', left);
  await shot('3-what-is-left');
});
finish();
