// A repository as an attacker would offer it (../hostile/make.sh), opened in a real VS Code: in Restricted Mode and trusted.
// Nothing in it may run, load or be sent, and nothing is asked or said unasked about its settings.
//
//   node hostile.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { check, finish, say } from './checks.mjs';
import { address, emptyFolder, poll, ROOT, vscodeLogs } from './rig.mjs';
import { startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

const [vsix, simulatorProgram] = process.argv.slice(2);
if (simulatorProgram === undefined || ![vsix, simulatorProgram].every((file) => fs.existsSync(file))) {
  console.error('usage: node hostile.test.mjs EXTENSION.vsix SIMULATOR_PROGRAM');
  process.exit(2);
}

/** What may leave the machine or reach a log under no circumstances. */
const OF_THE_PERSON = { AWS_SECRET_ACCESS_KEY: 'PERSONS-AWS-KEY-not-real', NPM_TOKEN: 'PERSONS-TOKEN-not-real' };
const OUTSIDE = /OUTSIDE-(KEY|SECRET|PASSWORD)-not-real/;

async function openHostile(name, { trust }, story) {
  const folder = emptyFolder(name);
  const simulator = await startSimulator(simulatorProgram);
  execFileSync('bash', [path.join(ROOT, 'tests/editors/hostile/make.sh'), folder, simulator.httpUrl]);
  const repository = path.join(folder, 'repository');
  const { vscode, page, workbench, shot, play } = await openWindow({
    folder,
    vsix,
    trust: !trust, // whether trust is asked for at all
    traced: true,
    settings: { 'sforg.allowedLoginHosts': [simulator.httpUrl] },
    env: OF_THE_PERSON,
  });
  const requests = async () => (await (await fetch(simulator.statsUrl)).json()).requests;
  const org = (part) => path.join(repository, 'orgs', fs.readdirSync(path.join(repository, 'orgs')).find((file) => file.includes(part)));
  const open = (file) => workbench.open(address(vscode, repository, file));
  await play(async () => {
    await story({ workbench, page, repository, org, open, requests, shot });
    check((await requests()) === 0, 'nothing was sent', await requests());
    check(!fs.existsSync(path.join(folder, 'outside/server-was-run')), "the repository's own server was not run");
    const logs = vscodeLogs(vscode);
    check(!OUTSIDE.test(logs) && !Object.values(OF_THE_PERSON).some((secret) => logs.includes(secret)), 'no log has a secret');
  });
  simulator.stop();
}

/** What is on the screen runs nothing, loads nothing, and says nothing backwards. */
async function checkScreen(workbench, when) {
  const { links, odd } = await workbench.activeContent();
  check(links.length === 0, `${when}: no link that runs or loads something`, links);
  check(odd.length === 0, `${when}: no character that does something`, odd.map((text) => JSON.stringify(text)));
}

/** The hover on a member, which shows what the file says. */
async function hoverOn(workbench, member, when, shot) {
  await workbench.goTo(`"${member}"`, { inside: 3 });
  await workbench.showHover(/./);
  await checkScreen(workbench, `${when}, hover on ${member}`);
  await shot(`${when}-hover-${member}`);
  await workbench.press('Escape');
}

async function inRestrictedMode({ workbench, page, org, open, repository, shot }) {
  await open(org('plain'));
  await workbench.squiggles('warning').or(workbench.squiggles('error')).first().waitFor();
  await workbench.quiet(2000);
  const said = (await page.locator('.notification-toast').allTextContents()).filter((text) => /salesforce|sforg/i.test(text));
  check(said.length === 0, 'nothing is said or asked unasked', said);
  await checkScreen(workbench, 'opened');
  await shot('1-opened');
  for (const member of ['name', 'username', 'password']) {
    await hoverOn(workbench, member, 'restricted', shot);
  }
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const refusal = await workbench.waitForToast(/trust/i);
  check(/trust/i.test(refusal), 'a login is refused: the workspace is not trusted', refusal);
  await checkScreen(workbench, 'refused');
  await shot('2-refused');
  await workbench.clearToasts();
  await workbench.openFile(path.join(repository, 'sforg-project.json'));
  await hoverOn(workbench, 'name', 'restricted-project', shot);
}

/** Asks for a login, takes the answer that the enter key gives, and reads what is said. */
async function testLogin(workbench, name, shot) {
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  // What is wrong with the repository's settings may be said at any time.
  const result = workbench.page.locator('.notification-toast').filter({ hasNotText: /sforg\.\w+/ }).first();
  await workbench.dialog().or(result).first().waitFor();
  if (await workbench.dialog().isVisible()) {
    const question = await workbench.waitForDialog();
    say(`     ${JSON.stringify(question)}`);
    check(question.links === 0, `${name}: the question has no link or picture`, question);
    check(question.buttons.some((button) => /^>Don't /.test(button)), `${name}: the button that a key takes sends nothing`, question.buttons);
    await checkScreen(workbench, `${name}, the question`);
    await shot(`question-${name}`);
    await workbench.press('Enter');
  }
  await result.waitFor();
  const answer = (await result.locator('.notification-list-item-message').textContent()) ?? '';
  say(`     ${answer}`);
  check(!/^.*\bLogged in\b/i.test(answer), `${name}: no login`, answer);
  await checkScreen(workbench, `${name}, the answer`);
  await shot(`answer-${name}`);
  await workbench.clearToasts();
}

async function whenTrusted({ workbench, org, open, shot }) {
  await open(org('plain'));
  await workbench.squiggles('warning').or(workbench.squiggles('error')).first().waitFor();
  const prompt = await workbench.waitForToast(/is on API/);
  say(`     ${prompt}`);
  check(prompt.includes('Project [Open] (command:'), 'the upgrade prompt shows the name of the project as words', prompt);
  const aboutSettings = (await workbench.page.locator('.notification-toast').allTextContents()).filter((text) => /sforg\.\w+/.test(text));
  check(!aboutSettings.some((text) => text.includes('toggleZenMode')), "a wrong setting's value is not repeated", aboutSettings);
  await checkScreen(workbench, 'the upgrade prompt');
  await shot('1-upgrade-prompt');
  await workbench.clearToasts();
  await testLogin(workbench, 'plain', shot);
  await open(org('user'));
  await workbench.squiggles('warning').or(workbench.squiggles('error')).first().waitFor();
  await hoverOn(workbench, 'username', 'trusted', shot);
  await testLogin(workbench, 'user', shot);
  await open(org('outside'));
  await workbench.focusEditor();
  await testLogin(workbench, 'outside', shot);
  await open(org('command'));
  await poll('the file with the long name is open', () => workbench.page.locator('.tab.active', { hasText: 'toggleZenMode' }).isVisible());
  await workbench.focusEditor();
  await testLogin(workbench, 'file', shot);
  await open(org('linked'));
  await workbench.focusEditor();
  await testLogin(workbench, 'linked', shot);
}

await openHostile('vscode-hostile-restricted', { trust: false }, inRestrictedMode);
say('--- trusted');
await openHostile('vscode-hostile-trusted', { trust: true }, whenTrusted);
finish();
