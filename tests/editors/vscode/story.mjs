// The main job from beginning to end: open a sandbox file, see what is wrong, convert it, log in, fail, correct, complete.
// Every step is one function; `playStory` runs them in order.

import fs from 'node:fs';
import path from 'node:path';
import { check, say } from './checks.mjs';
import { eventually, poll } from './rig.mjs';

const CONVERT = 'Convert to OAuth 2.0 client credentials';
const TEST_LOGIN = 'Test Salesforce Login';
const WRONG_SECRET = '0'.repeat(64);

const STEPS = [
  ['Open a sandbox that logs in with a password', seeFindings],
  ['The project has an upgrade notice', seeUpgradeNotice],
  ['Hover on the user name', hoverUsername],
  ['Convert to OAuth 2.0 from the light bulb', convert],
  ['Enter the values of the external client app', enterValues],
  ['Test the login', logIn],
  ['Test it with a wrong secret', failToLogIn],
  ['Correct the secret', correctSecret],
  ['Write a new org file with completion', complete],
  ['Another program moves a folder', moveFolder],
];

/**
 * @param story `workbench`, `page`; `sandbox` from `findSandbox`; `project`, the opened folder; `simulator`
 */
export async function playStory(story) {
  for (const [index, [title, step]] of STEPS.entries()) {
    say(`--- ${index + 1}. ${title}`);
    const shot = (name) => story.workbench.screenshot(`${index + 1}-${name}`).then((file) => say(`     screenshot: ${path.relative(process.cwd(), file)}`));
    await step({ ...story, shot });
  }
}

async function seeFindings({ workbench, sandbox, shot }) {
  await workbench.openFile(sandbox.file);
  await workbench.squiggles('warning').first().waitFor();
  const underlined = await eventually(async () => (await workbench.underlined('warning')).includes('"basic"'));
  check(underlined, 'the value of auth.type is underlined as a warning', await workbench.underlined('warning'));
  for (const lens of [TEST_LOGIN, 'Convert to OAuth']) {
    await workbench.lens(lens).first().waitFor();
    check(true, `code lens: ${lens}`);
  }
  await shot('findings');
  const retiring = await findProblem(workbench, 'basic-auth-retiring');
  check(/Summer '27/.test(retiring), 'the problems panel: basic-auth-retiring, until when', retiring);
  await shot('problems');
  await workbench.closePanel();
}

async function seeUpgradeNotice({ workbench, sandbox, shot }) {
  const { apiVersion } = JSON.parse(fs.readFileSync(sandbox.projectFile, 'utf8'));
  await workbench.openFile(sandbox.projectFile);
  // As long as the upgrade would break a basic org, that is what the version is told.
  const blocked = await findProblem(workbench, 'basic-auth-blocks-upgrade');
  check(blocked.includes(sandbox.org.name), 'the notice names the org that an upgrade would break', blocked);
  const free = await findProblem(workbench, 'upgrade-available');
  check(/API \d+\.0 .*is available/.test(free), 'a project whose orgs are all on OAuth 2.0 may upgrade at once', free);
  await workbench.closePanel();
  const stands = await eventually(async () => (await workbench.underlined('warning')).includes(`"${apiVersion}"`));
  check(stands, "it stands under the project's apiVersion", await workbench.underlined('warning'));
  await shot('upgrade');
}

async function hoverUsername({ workbench, sandbox, shot }) {
  await workbench.openFile(sandbox.file);
  await workbench.goTo('"username"', { inside: 3 });
  await workbench.showHover(/MFA|multi-factor authentication/i);
  check(true, 'the hover speaks of multi-factor authentication');
  await shot('hover');
  await workbench.press('Escape');
}

async function convert({ workbench, sandbox, shot }) {
  const before = await workbench.text();
  const converted = await convertSandbox(workbench, async () => {
    check(await workbench.page.locator('.action-widget .monaco-list-row.action', { hasText: TEST_LOGIN }).isVisible(), `the light bulb also offers ${TEST_LOGIN}`);
    await shot('light-bulb');
  });
  check(!('serverHost' in converted) && !('username' in converted.auth) && !('password' in converted.auth), 'nothing of basic authentication is left', converted);
  check(/^\$\{env:[A-Z_][A-Z0-9_]*_CLIENT_SECRET\}$/.test(converted.auth.clientSecret), 'the secret is a reference', converted.auth.clientSecret);
  check(converted.name === sandbox.org.name && converted.sandbox === true, 'the rest is as it was', converted);

  const first = converted.auth.instanceUrl === '' ? 'instanceUrl' : 'clientId';
  const line = (await workbench.text()).split('\n');
  const row = line.findIndex((candidate) => candidate.includes(`"${first}": ""`));
  const wanted = `Ln ${row + 1}, Col ${line[row].indexOf(': ""') + 4}`;
  await poll(`the cursor goes to ${wanted}`, async () => (await workbench.cursor()) === wanted);
  check(true, `the cursor is between the quotes of ${first}, the first value to enter`);
  await shot('converted');
  await workbench.pressButton('rewritten for OAuth 2.0', 'Show Steps');
  const steps = await workbench.pageText('external client app');
  check(/Enable Client Credentials Flow.*Run As/s.test(steps), 'the steps to take in Salesforce are shown', steps);
  await shot('steps');
  await closeSteps(workbench);
  await workbench.press('Control+Z');
  check(await eventually(async () => (await workbench.text()) === before), 'one undo restores the text', await workbench.text());
  await workbench.press('Control+Shift+Z');
  await poll('redo', async () => parse(await workbench.text())?.auth?.type === 'oauth2-client-credentials');
}

async function enterValues({ workbench, sandbox, simulator, shot }) {
  const values = { instanceUrl: simulator.instanceUrl, clientId: sandbox.account.clientId };
  await enterInstanceUrl(workbench, values.instanceUrl);
  await enterClientId(workbench, values.clientId);
  const auth = async () => parse(await workbench.text())?.auth ?? {};
  const entered = await eventually(async () => (await auth()).instanceUrl === values.instanceUrl && (await auth()).clientId === values.clientId);
  check(entered, 'what was typed stands in the file, nothing else', await auth());
  await workbench.save();
  check(JSON.parse(fs.readFileSync(sandbox.file, 'utf8')).auth.clientId === values.clientId, 'and is saved');

  // The reference leads nowhere yet; the server sees that `.env` has it from now on.
  const { clientSecret } = await auth();
  await poll('the reference is marked', async () => (await workbench.underlined('info')).includes(`"${clientSecret}"`));
  const variable = /^\$\{env:(.*)\}$/.exec(clientSecret)[1];
  fs.appendFileSync(path.join(path.dirname(sandbox.projectFile), '.env'), `\n${variable}=${sandbox.account.clientSecret}\n`);
  await poll('the mark goes', async () => (await workbench.underlined('info')).length === 0);
  check(true, 'a secret that is put into .env is seen at once');
  await shot('values');
}

async function logIn({ workbench, sandbox, simulator, shot }) {
  const questions = await startLogin(workbench, () => shot('question'));
  const asked = questions.map((question) => question.text).join(' ');
  check(/CLIENT_SECRET/.test(asked) && asked.includes(new URL(simulator.instanceUrl).host), 'before the first login: a question that names the host and the reference', questions);
  check(questions.every(({ buttons }) => buttons.some((button) => /^>Don't /.test(button))), 'the button that a key takes is the one that sends nothing', questions);
  await workbench.press('Home');
  await workbench.lens(sandbox.account.username).first().waitFor();
  check(true, 'the code lens tells the result, and is clickable');
  check((await workbench.page.locator('.notification-toast').count()) === 0, 'good news is no message that somebody has to close');
  await shot('logged-in');
  await workbench.click(workbench.lens(sandbox.account.username).first());
  const details = await workbench.pageText(sandbox.account.username);
  say(`     ${details.replaceAll('\n', ' | ')}`);
  check(details.includes(sandbox.account.organizationName), 'the page names user and org', details);
  check(!details.includes(sandbox.account.clientSecret), 'and no secret', details);
  await shot('details');
  await closeSteps(workbench);
  await workbench.statusGoes('logged in');
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  await workbench.statusText('logged in');
  check(!(await workbench.dialog().isVisible()), 'the second time nothing is asked');
  await workbench.statusGoes('logged in'); // or it would seem to be the result of the next test
}

async function failToLogIn({ workbench, shot }) {
  await replaceValue(workbench, 'clientSecret', WRONG_SECRET);
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  await agreeToQuestions(workbench); // a secret that stands in the file goes to a host of one's own after a question, too
  const message = await workbench.waitForToast(/secret/i);
  say(`     ${message}`);
  check(/secret/i.test(message) && !message.includes(WRONG_SECRET), 'the message names the secret and does not show it', message);
  const stands = await eventually(async () => (await workbench.underlined('error')).includes(`"${WRONG_SECRET}"`));
  await workbench.lens(/secret/i).first().waitFor();
  check(true, 'the code lens tells it too');
  check(stands, 'the error stands under the value of clientSecret', await workbench.underlined('error'));
  check((await findProblem(workbench, 'login-failed')).includes('1.'), 'it is login-failed, with the steps');
  await shot('failed');
  await workbench.closePanel();
  await workbench.pressButton(/secret/i, 'Show Steps');
  const steps = await workbench.pageText('Consumer Secret');
  check(/Consumer Secret/s.test(steps) && !steps.includes(WRONG_SECRET), 'the steps name the consumer secret', steps);
  await shot('failed-steps');
  await closeSteps(workbench);
}

async function correctSecret({ workbench, sandbox, shot }) {
  await replaceValue(workbench, 'clientSecret', JSON.parse(fs.readFileSync(sandbox.file, 'utf8')).auth.clientSecret);
  await poll('the error goes', async () => (await workbench.squiggles('error').count()) === 0);
  check(true, 'the error goes as soon as the member is edited');
  await shot('corrected');
  await workbench.save();
}

async function complete({ workbench, sandbox, shot }) {
  const empty = path.join(path.dirname(sandbox.file), 'empty.sforg.json');
  fs.writeFileSync(empty, '{}\n');
  await workbench.openFile(empty);
  await workbench.goTo('{', { behind: true });
  await workbench.press('Enter');
  await poll('the list of members', async () => (await workbench.suggestion('name').count()) > 0);
  check(true, 'in an empty object the list opens by itself on a new line');
  await workbench.press('Escape');
  fs.rmSync(empty);
  const file = path.join(path.dirname(sandbox.file), 'new.sforg.json');
  fs.writeFileSync(file, '{\n  "name": "New",\n  \n}\n');
  await workbench.openFile(file);
  await workbench.goTo('"New",', { behind: true });
  await workbench.press('ArrowDown');
  await workbench.press('End');
  await workbench.type('"sand');
  await accept(workbench, 'sandbox');
  await poll('the member is there', async () => /"sandbox": (true|false)/.test(await workbench.text()));
  const text = await workbench.text();
  check(!text.includes('""') && parse(text) !== undefined, 'a member begun with a quote: no doubled quote, valid JSON', text);
  await shot('completed');

  await workbench.press('Escape');
  await workbench.goTo('"New",', { behind: true });
  await workbench.press('Enter');
  await workbench.type('"auth": { "type": "');
  await accept(workbench, 'basic');
  await poll('the value is there', async () => (await workbench.text()).includes('"type": "basic"'));
  check(!/"basic""/.test(await workbench.text()), 'a value between quotes: no doubled quote', await workbench.text());
}

async function moveFolder({ workbench, sandbox, shot }) {
  const project = path.dirname(sandbox.projectFile);
  const [from, to] = [path.join(project, 'moving'), path.join(project, 'moved')];
  const found = async (folder) => {
    const rows = await workbench.problems('**/roaming*');
    const inFolder = rows.some((row) => row.includes('roaming.sforg.json') && row.includes(path.basename(folder)));
    return inFolder && rows.some((row) => row.includes('syntax-error'));
  };
  // It comes as a whole, as from a checkout or an archive.
  const outside = fs.mkdtempSync(path.join(path.dirname(project), 'outside-'));
  fs.writeFileSync(path.join(outside, 'roaming.sforg.json'), '{');
  fs.renameSync(outside, from);
  await poll('the findings in a folder that came', () => found(from));
  check(true, 'a folder that came: its findings are there, unopened');
  fs.renameSync(from, to);
  await poll('the findings are at the new place', () => found(to));
  await poll('and not at the old one', async () => !(await found(from)));
  check(true, 'the folder was renamed: its findings went with it');
  await shot('moved');
  fs.rmSync(to, { recursive: true });
  const rows = await eventually(async () => (await workbench.problems('**/roaming*')).every((row) => !row.includes('roaming')));
  check(rows, 'it was deleted: nothing is left');
  await workbench.closePanel();
}

/** Chooses *Convert…* from the light bulb at `"basic"`, and gives the org that comes out. `atTheMenu` may look at the open menu. */
export async function convertSandbox(workbench, atTheMenu = () => undefined) {
  await workbench.goTo('"basic"', { inside: 2 });
  const action = await workbench.codeAction(CONVERT);
  await atTheMenu();
  await workbench.click(action);
  return poll('auth is rewritten', async () => {
    const org = parse(await workbench.text());
    return org?.auth?.type === 'oauth2-client-credentials' && org;
  });
}

export const enterInstanceUrl = (workbench, value) => enterWhereEmpty(workbench, 'instanceUrl', value);
export const enterClientId = (workbench, value) => enterWhereEmpty(workbench, 'clientId', value);

async function enterWhereEmpty(workbench, member, value) {
  const { auth } = await poll('the file is whole', async () => parse(await workbench.text()));
  if (auth[member] === '') {
    await workbench.goTo(`"${member}": "`, { behind: true });
    await workbench.type(value);
    await workbench.press('Escape'); // whatever is suggested
  }
}

/** The answers that let a login go on: to a host of one's own, and with a secret that was not sent there before. */
const GO_ON = /^Send$/;

/** Clicks the code lens and agrees to whatever is asked until there is a result; gives the questions. */
export async function startLogin(workbench, atTheQuestion = () => undefined) {
  await workbench.focusEditor();
  await workbench.click(workbench.lens(TEST_LOGIN).first());
  return agreeToQuestions(workbench, atTheQuestion);
}

async function agreeToQuestions(workbench, atTheQuestion = () => undefined) {
  const questions = [];
  for (;;) {
    await workbench.dialog().or(workbench.toast(/./)).or(workbench.status('logged in')).first().waitFor();
    if (!(await workbench.dialog().isVisible())) {
      return questions;
    }
    questions.push(await workbench.waitForDialog());
    await atTheQuestion();
    await workbench.answerDialog(GO_ON);
  }
}

/** The first row of the problems panel that names this rule, waited for. */
function findProblem(workbench, rule) {
  return poll(`the problems panel has ${rule}`, async () => (await workbench.problems(rule)).find((row) => row.includes(`sforg(${rule})`) || row.includes(`sforg${rule}`)));
}

async function closeSteps(workbench) {
  await workbench.focusEditor();
  await workbench.runCommand('View: Close Editors in Other Groups');
  await workbench.clearToasts();
  await workbench.focusEditor();
}

/** Waits for the suggestion, then takes it with the keyboard. */
async function accept(workbench, label) {
  const row = workbench.suggestion(label);
  await workbench.repeat(() => workbench.press('Control+Space'), row, () => undefined);
  for (let i = 0; i < 20 && !(await row.evaluate((element) => element.classList.contains('focused'))); i++) {
    await workbench.press('ArrowDown');
  }
  await workbench.press('Enter');
}

async function replaceValue(workbench, member, value) {
  const current = (await poll('the file is whole', async () => parse(await workbench.text()))).auth[member];
  await workbench.goTo(`"${member}": "`, { behind: true });
  for (let i = 0; i < current.length; i++) {
    await workbench.press('Delete');
  }
  await workbench.page.keyboard.insertText(value);
  await poll('the value is replaced', async () => parse(await workbench.text())?.auth[member] === value);
  await workbench.press('Escape');
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
