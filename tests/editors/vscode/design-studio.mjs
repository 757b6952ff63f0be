// What a person does with an org that Design Studio keeps, step by step.

import fs from 'node:fs';
import path from 'node:path';
import { check, say } from './checks.mjs';
import { FORMATTED, HOVER } from './other-xml.mjs';
import { eventually, poll } from './rig.mjs';

const IMPORT = 'Import into an org file';
const STEPS = 'Steps to OAuth 2.0 client credentials';
const TEST_LOGIN = 'Test Salesforce Login';

const STORY = [
  ['Open the XML of an org', seeFindings],
  ['Another extension is not disturbed', seeTheOtherExtension],
  ['What uses it', seeWhatUsesIt],
  ['What to do', seeSteps],
  ['Import it by its lens', importOrg],
  ['Enter the secret', enterSecret],
  ['Test its login from the XML', logIn],
  ['Change the sandbox flag in Design Studio', seeDrift],
];

/** @param story `workbench`, `page`; `workspace`; `xml`, the org's file; `account` and `simulator` that its login is tested with */
export async function playDesignStudio(story) {
  for (const [index, [title, step]] of STORY.entries()) {
    say(`--- ${index + 1}. ${title}`);
    const shot = async (name) => say(`     screenshot: ${path.relative(process.cwd(), await story.workbench.screenshot(`${index + 1}-${name}`))}`);
    await step({ ...story, shot });
  }
}

const orgFile = ({ workspace }) => path.join(workspace, 'orgs/integration-acme-example-com-dev.sforg.json');

async function seeFindings({ workbench, page, xml, shot }) {
  await workbench.openFile(xml);
  await workbench.lens(IMPORT).first().waitFor();
  check(await workbench.lens('Used by 2 operations').isVisible(), 'who uses the org stands at the top');
  check(await workbench.lens(STEPS).isVisible(), 'and what to do about its login');
  check((await page.locator('[id="status.editor.mode"]').textContent())?.trim() === 'XML', 'the file stays XML');
  const warned = await poll('the login is marked', async () => {
    const underlined = await workbench.underlined('warning');
    return underlined.length > 0 ? underlined : undefined;
  });
  check(warned.join() === 'password', 'at what tells basic authentication', warned);
  await shot('an-org-of-design-studio');
}

async function seeTheOtherExtension({ workbench, xml, shot }) {
  const before = fs.readFileSync(xml, 'utf8');
  await workbench.goTo('api_version', { inside: 3 });
  await workbench.showHover(HOVER);
  await workbench.showHover('API 63.0');
  check(true, 'both hovers are shown');
  await shot('both-hovers');
  await workbench.press('Escape');
  await workbench.runCommand('Format Document');
  await poll('the other extension formats', async () => (await workbench.text()).includes(FORMATTED));
  check(true, 'and formats, without a question which of two formatters is meant');
  await workbench.press('Control+Z');
  await poll('that is undone', async () => !(await workbench.text()).includes(FORMATTED));
  await workbench.save();
  check(fs.readFileSync(xml, 'utf8') === before, "Design Studio's file is as it was");
}

async function seeWhatUsesIt({ workbench, page, shot }) {
  await workbench.click(workbench.lens('Used by 2 operations'));
  await page.locator('.peekview-widget').first().waitFor();
  check(true, 'the lens leads to the operations');
  await shot('what-uses-it');
  await workbench.repeat(() => workbench.press('Escape'), page.locator('body:not(:has(.peekview-widget))'), () => undefined);
  await workbench.focusEditor();
}

async function seeSteps({ workbench, shot }) {
  await workbench.click(workbench.lens(STEPS));
  await workbench.toast(STEPS).waitFor();
  await workbench.quiet(); // a button that is still on its way in loses a click
  await workbench.pressButton(STEPS, 'Show Steps');
  const steps = await workbench.previewText();
  check(steps.includes('Select OAuth 2.0 Client Credentials') && steps.includes('2 operations use this org'), 'what to do in Salesforce and in Design Studio, for this org', steps);
  await shot('steps');
  await workbench.focusEditor();
  await workbench.runCommand('View: Close Editors in Other Groups');
  await workbench.clearToasts();
  await workbench.focusEditor();
}

async function importOrg(story) {
  const { workbench, page, simulator, shot } = story;
  await workbench.click(workbench.lens(IMPORT).first());
  await page.locator('.quick-input-widget', { hasText: 'Import Salesforce Orgs' }).waitFor();
  const rows = await page.locator('.quick-input-list .monaco-list-row').allTextContents();
  check(rows.length === 1, 'the org is offered, and no other', rows);
  await shot('import');
  await workbench.press('Enter');
  await workbench.waitForToast('was imported');
  const org = JSON.parse(fs.readFileSync(orgFile(story), 'utf8'));
  check(org.sandbox === true && org.auth.type === 'basic' && org.designStudioOrg !== undefined, 'the org file is there, linked', org);
  await workbench.clearToasts();
  // A login on this computer: the simulator in the place of Salesforce.
  fs.writeFileSync(orgFile(story), JSON.stringify({ ...org, serverHost: new URL(simulator.instanceUrl).host }, null, 2));
}

async function enterSecret(story) {
  const { workbench, account, shot } = story;
  await workbench.openFile(orgFile(story));
  await workbench.goTo('"password": "', { behind: true, inside: 3 });
  const action = await workbench.codeAction('Enter Secret…');
  await workbench.click(action);
  await storeInEnv(story, account.password, () => shot('where-it-goes'));
  await shot('stored');
  check(!fs.readFileSync(orgFile(story), 'utf8').includes(account.password), 'the secret is in .env, and not in the org file');
}

/** Answers where a secret goes, and enters it. */
async function storeInEnv(story, secret, atTheQuestion = () => undefined) {
  const { workbench, page } = story;
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: '.env' }).first();
  await row.waitFor();
  await atTheQuestion();
  await workbench.click(row);
  await page.locator('.quick-input-widget input[type="password"]:focus').waitFor();
  await page.keyboard.insertText(secret);
  await workbench.press('Enter');
  const env = path.join(path.dirname(orgFile(story)), '.env');
  await poll('.env has it', () => fs.readFileSync(env, 'utf8').includes(secret));
}

async function logIn(story) {
  const { workbench, xml, account, shot } = story;
  const test = async () => {
    await workbench.openFile(xml);
    await workbench.lens(TEST_LOGIN).first().waitFor();
    await workbench.click(workbench.lens(TEST_LOGIN).first());
  };
  await test();
  // The security token is encrypted in Design Studio, too: the message leads to what is still missing.
  await workbench.waitForToast('no secret');
  await workbench.quiet();
  await shot('still-missing');
  await workbench.pressButton('no secret', 'Enter Secret…');
  await storeInEnv(story, account.securityToken);
  await workbench.clearToasts();
  await test();
  await workbench.dialog().or(workbench.toast(/./)).or(workbench.status('logged in')).first().waitFor();
  if (await workbench.dialog().isVisible()) {
    await shot('question');
    await workbench.answerDialog(/^Send$/);
  }
  await shot('tested');
  await workbench.openFile(orgFile(story));
  await workbench.lens(/Logged in/).first().waitFor();
  check(true, 'the linked org file has the result');
  await shot('logged-in');
}

async function seeDrift(story) {
  const { workbench, page, xml, shot } = story;
  await workbench.openFile(xml);
  const flag = 'key="sandbox" value="';
  await workbench.goTo(flag, { behind: true });
  await workbench.press('Delete');
  await workbench.type('0');
  await workbench.press('Escape');
  await workbench.openFile(orgFile(story));
  const drift = await eventually(async () => (await workbench.underlined('warning')).includes('true'));
  check(drift, 'the org file differs from Design Studio, at its sandbox flag, before anything is saved', await workbench.underlined('warning'));
  await workbench.goTo('"sandbox": ', { behind: true, inside: 2 });
  await workbench.showHover('This org is a sandbox here, but not in Design Studio');
  await shot('drift');
  await workbench.press('Escape');
  await workbench.openFile(xml);
  await workbench.save();
  check(fs.readFileSync(xml, 'utf8').includes(`${flag}0"`), 'what was typed into the XML, and nothing else, is saved');
  check((await page.locator('[id="status.editor.mode"]').textContent())?.trim() === 'XML', 'it is still XML');
}
