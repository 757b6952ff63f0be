// The client alone in a real VS Code: what it says when there is no usable server, how it starts one, and what it does when one crashes.
//
//   node client.test.mjs EXTENSION.vsix

import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { check, finish } from './checks.mjs';
import { address, changeSettings, emptyFolder, poll, ROOT, vscodeLogs } from './rig.mjs';
import { openWindow } from './window.mjs';

const RECORDING_SERVER = path.join(ROOT, 'tests/editors/vscode/fixtures/recording-server.mjs');
const ORG = '{\n  "name": "Acme",\n  "auth": { "type": "basic", "username": "", "password": "" }\n}\n';

/** The commands that the palette has whatever is open, where there is an org. */
const ANYWHERE = ['Copy GitHub Workflow', 'Explain a Salesforce Login Error…', 'Get Started with Salesforce Orgs', 'Import Salesforce Orgs…', 'New Salesforce Org…', 'Restart Server', 'Scan Workspace for Salesforce Logins', 'Show All Orgs', 'Show Failed Only', 'Show Log', 'Show Steps in Salesforce', 'Test All Logins'];

const CATEGORY = 'Salesforce Org (sforg): ';
const titled = (title) => `${CATEGORY}${title}`;
/** The packages with a simulator in them have one more, which pretend.test.mjs is about. */
const isOurs = (title) => title.startsWith(CATEGORY) && title !== titled('Try It with a Pretend Salesforce');

const vsix = process.argv[2];
if (vsix === undefined || !fs.existsSync(vsix)) {
  console.error('usage: node client.test.mjs EXTENSION.vsix (package.sh makes one)');
  process.exit(2);
}

/** Makes an executable shell script and gives its path. */
function script(folder, name, text, mode = 0o755) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode });
  return file;
}

/** What the recording server has written so far. */
function recorded(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
}

async function withVSCode(name, options, story) {
  const folder = emptyFolder(name);
  const workspace = path.join(folder, 'workspace');
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(workspace, 'acme.sforg.json'), ORG);
  fs.writeFileSync(path.join(workspace, 'other.sforg.json'), ORG);
  fs.writeFileSync(path.join(workspace, 'plain.json'), '{}\n');
  const record = path.join(folder, 'record.jsonl');
  const { env = {}, ...others } = options(folder);
  const window = await openWindow({ folder, vsix, env: { SFORG_TEST_RECORD: record, ...env }, ...others });
  await window.play(() => story({ folder, workspace, records: () => recorded(record), ...window }));
}

async function unusableServers({ folder, workspace, vscode, workbench, page }) {
  const gone = path.join(folder, 'gone');
  await workbench.open(address(vscode, workspace, path.join(workspace, 'acme.sforg.json')));
  const missing = await workbench.waitForToast('sforg.server.path');
  check(
    missing === 'Salesforce Org: The setting sforg.server.path names a file that does not exist. Correct the setting, or clear it to use the bundled server.',
    'a missing server: the message names the setting, and does not repeat its value',
    missing,
  );
  const buttons = await page.locator('.notification-toast .monaco-button').allTextContents();
  check(buttons.join() === 'Open Settings,Restart Server,Show Log', 'its buttons', buttons);
  await workbench.screenshot('1-server-missing');
  await workbench.pressButton('sforg.server.path', 'Open Settings');
  await page.locator('.settings-editor .setting-item-title', { hasText: 'Server: Path' }).waitFor();
  check(true, 'Open Settings leads to the setting');
  await workbench.screenshot('2-open-settings');

  const complaints = [
    ['not executable', script(folder, 'plain', 'echo sforg 1.0.0', 0o644), 'may not be executed (permission denied)'],
    ['another program', script(folder, 'other', 'echo Python 3.11.2'), 'is not sforg: it answers --version with "Python 3.11.2"'],
    ['a server that does not run', script(folder, 'broken', 'echo no such library >&2; exit 127'), 'ended with exit code 127 and said "no such library"'],
    ['a server that ends while starting', script(folder, 'ends', '[ "$1" = --version ] && echo sforg 1.0.0 && exit; echo "out of luck" >&2; exit 4'), 'did not start: it ended while starting (exit code 4) and said "out of luck".'],
    ['a name that PATH does not have', 'no-such-sforg', 'no folder of PATH has a program of that name'],
  ];
  for (const [what, server, expected] of complaints) {
    await workbench.clearToasts();
    changeSettings(vscode, { 'sforg.server.path': server });
    const message = await workbench.waitForToast('Salesforce Org: ');
    check(message.includes(expected), `${what}: at the change of the setting, without a restart of the editor`, message);
    await workbench.quiet();
    const toasts = await page.locator('.notification-toast').count();
    check(toasts === 1, `${what}: one message, not more`, toasts);
  }
  await workbench.clearToasts();
  await workbench.openFile(path.join(workspace, 'acme.sforg.json'));
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const notRunning = await workbench.waitForToast('Test Salesforce Login failed');
  check(notRunning.includes('The language server is not running'), 'a command without a server says so', notRunning);
}

/** What the server's own tests take for this client is what it says. `UPDATE_FIXTURES=1` writes it. */
function checkFixture({ capabilities }) {
  const file = path.join(ROOT, 'tests/fixtures/initialize/vscode.json');
  const fixture = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (process.env.UPDATE_FIXTURES === '1') {
    fs.writeFileSync(file, `${JSON.stringify({ ...fixture, capabilities }, null, 1)}\n`);
    return;
  }
  const differ = Object.keys({ ...capabilities, ...fixture.capabilities }).filter((part) => !isDeepStrictEqual(capabilities[part], fixture.capabilities[part]));
  check(differ.length === 0, 'tests/fixtures/initialize/vscode.json is what the client says it can do (else: UPDATE_FIXTURES=1)', differ);
}

async function goodServer({ workspace, vscode, workbench, page, records }) {
  await workbench.open(address(vscode, workspace, path.join(workspace, 'acme.sforg.json')));
  await poll('the server got the file', () => records().some((event) => event.method === 'textDocument/didOpen'));
  const start = records().find((event) => event.started !== undefined);
  check(start.started.join(' ') === 'lsp --allow-login-host http://127.0.0.1:1 --allow-login-host proxy.example', 'arguments: one per allowed host', start.started);
  check(start.proxies.HTTPS_PROXY === 'http://proxy.example:3128' && start.proxies.NO_PROXY === 'localhost,.example.com', 'the proxy settings are handed on', start.proxies);
  check(start.cwd !== workspace, 'the working folder is not the workspace', start.cwd);
  const { initializationOptions, ...initialize } = records().find((event) => event.method === 'initialize').params;
  checkFixture(initialize);
  check(JSON.stringify(initializationOptions) === '{"workspaceTrusted":true}', 'initializationOptions', initializationOptions);
  check((await page.locator('[id="status.editor.mode"]').textContent()).trim() === 'Salesforce Org', 'the file has its own language');

  const methods = () => records().map((event) => event.method);
  await poll('the list of orgs is asked for', () => methods().lastIndexOf('sforg/orgs') > methods().indexOf('textDocument/didOpen'));
  await workbench.quiet(); // the menus know of it a moment later
  const offered = await workbench.offeredCommands('sforg');
  const expected = ['Convert All Orgs to OAuth 2.0…', 'Convert Org to OAuth 2.0…', 'Enter Secret…', ...ANYWHERE, 'Show Last Result', 'Test Salesforce Login', "Upgrade Project's API Version…", 'Who Else Uses This Login?'].map(titled).sort();
  check(JSON.stringify(offered.filter(isOurs).sort()) === JSON.stringify(expected), 'commands in an org file, found by the name of the program', offered);
  await workbench.openFile(path.join(workspace, 'plain.json'));
  const elsewhere = (await workbench.offeredCommands('Salesforce Org')).filter(isOurs);
  check(JSON.stringify(elsewhere.sort()) === JSON.stringify(ANYWHERE.map(titled)), 'commands in another file', elsewhere);

  await workbench.openFile(path.join(workspace, 'acme.sforg.json'));
  await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
  const command = await poll('the command arrives', () => records().find((event) => event.method === 'workspace/executeCommand'));
  check(
    command.params.command === 'sforg.testLogin' && JSON.stringify(command.params.arguments) === JSON.stringify([{ uri: `file://${workspace}/acme.sforg.json` }]),
    'Test Login calls the server with the file',
    command.params,
  );

  const commands = () => records().filter((event) => event.method === 'workspace/executeCommand');
  check(!(await explorerMenu(page, 'plain.json')).includes('Test Salesforce Login'), 'the explorer does not offer Test Login on another file');
  await page.keyboard.press('Escape');
  await explorerMenu(page, 'other.sforg.json');
  await workbench.chooseInMenu('Test Salesforce Login');
  await poll('the explorer\'s Test Login arrives', () => commands().length === 2);
  check(commands()[1].params.arguments[0].uri.endsWith('/other.sforg.json'), 'the explorer\'s Test Login is about the file that was chosen', commands()[1].params);
  await page.locator('.tab.active', { hasText: 'other.sforg.json' }).waitFor();
  await page.locator('.editor-actions .action-label[aria-label^="Test Salesforce Login"], .editor-actions .action-label[aria-label*="Test Salesforce Login"]').first().click();
  await poll('the button\'s Test Login arrives', () => commands().length === 3);
  check(true, 'the button in the title of the editor calls the server too');
  await workbench.openFile(path.join(workspace, 'acme.sforg.json'));

  // Even with `verbose` written by hand nothing that is typed reaches the log.
  changeSettings(vscode, { 'sforg.trace.server': 'verbose' });
  await workbench.setLogLevel('Salesforce Org', 'Trace');
  await poll('the trace is on', () => records().some((event) => event.method === '$/setTrace' && event.params.value === 'verbose'));
  await workbench.goTo('"password": "', { behind: true });
  await workbench.type('fake-password-7');
  await poll('the server got the typing', () => records().filter((event) => event.method === 'textDocument/didChange').length >= 15);
  if (vscodeLogs(vscode) !== '') {
    await poll('the log names the messages', () => vscodeLogs(vscode).includes("Sending notification 'textDocument/didChange'"));
    const logs = vscodeLogs(vscode);
    check(!/fake-password-7|"text": ?"/.test(logs), 'the log has no content of the file');
  }
  await workbench.setLogLevel('Salesforce Org', 'Info');

  changeSettings(vscode, { 'sforg.allowedLoginHosts': 'proxy.example' });
  const malformed = await workbench.waitForToast('Salesforce Org: ');
  check(malformed === 'Salesforce Org: sforg.allowedLoginHosts has to be a list of strings. The value is ignored.', 'a setting of the wrong type', malformed);
  await poll('the server is started without it', () => records().some((event) => event.started?.join(' ') === 'lsp'));
  await poll('and gets the file', () => records().filter((event) => event.method === 'textDocument/didOpen' && event.pid !== start.pid).length > 0);
  await workbench.clearToasts();
  changeSettings(vscode, { 'sforg.allowedLoginHosts': [] });

  const runs = () => records().filter((event) => event.started !== undefined).length - 1;
  const crash = () => workbench.runCommand('Salesforce Org (sforg): Convert Org to OAuth 2.0…');
  const opened = () => records().filter((event) => event.method === 'textDocument/didOpen' && event.pid === records().at(-1).pid).length;
  for (const restarts of [2, 3, 4]) {
    await crash();
    await workbench.waitForToast('ended unexpectedly and was started again');
    await poll(`start number ${restarts}`, () => runs() === restarts && opened() > 0);
    if (restarts === 2) {
      await workbench.screenshot('3-crashed-and-restarted');
      const toasts = await page.locator('.notification-toast').count();
      check(toasts === 1, 'a crash in the middle of a command gives one message', toasts);
    }
    await workbench.clearToasts();
  }
  check(true, 'after a crash the server is started again and gets the open file');
  await crash();
  await workbench.waitForToast('keeps ending unexpectedly and stays stopped');
  await workbench.screenshot('4-stays-stopped');
  check(runs() === 4, 'the fourth crash in three minutes is the last', runs());
  await workbench.pressButton('stays stopped', 'Restart Server');
  await poll('Restart Server starts it', () => runs() === 5);
  await poll('it is initialised', () => opened() > 0);
  await workbench.clearToasts();
  const last = records().at(-1).pid;
  await workbench.runCommand('Salesforce Org (sforg): Restart Server');
  await poll('the next start', () => runs() === 6);
  await poll('the one before has ended', () => records().some((event) => event.pid === last && event.ended !== undefined));
  check(records().find((event) => event.pid === last && event.ended !== undefined).ended === 0, 'Restart Server ends the old server in order', records().slice(-6));
  await workbench.runCommand('Salesforce Org (sforg): Show Log');
  await page.locator('.panel .view-line', { hasText: 'Starting' }).first().waitFor();
  check(true, 'Show Log shows what was started');
  await workbench.screenshot('5-log');
}

/** Opens the explorer's menu of a file and gives its items. */
async function explorerMenu(page, name) {
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).click({ button: 'right' });
  await page.locator('.monaco-menu .action-label').first().waitFor();
  return (await page.locator('.monaco-menu .action-label').allTextContents()).map((label) => label.trim());
}

async function trust({ workspace, vscode, workbench, page, records }) {
  await workbench.open(address(vscode, workspace, path.join(workspace, 'acme.sforg.json')));
  const initialize = await poll('the server starts in restricted mode', () => records().find((event) => event.method === 'initialize'));
  check(initialize.params.initializationOptions.workspaceTrusted === false, 'restricted mode: the server is told', initialize.params);
  await poll('the file is open', () => records().some((event) => event.method === 'textDocument/didOpen'));
  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().waitFor();
  await workbench.screenshot('1-restricted-mode');
  await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
  const notice = await poll('trust is announced', () => records().find((event) => event.method === 'sforg/trustChanged'));
  check(JSON.stringify(notice.params) === '{"workspaceTrusted":true}', 'granting trust is announced', notice.params);
  check(records().filter((event) => event.started !== undefined).length === 1, 'without a new start of the server');
}

/** Whatever a server sends, VS Code runs and loads nothing of it. */
async function hostileServer({ workspace, vscode, workbench, page, records }) {
  await workbench.open(address(vscode, workspace, path.join(workspace, 'acme.sforg.json')));
  for (const when of ['early', 'late']) {
    for (const word of [`${when} message`, `${when} question`]) {
      const text = await workbench.waitForToast(word);
      check(text.startsWith(`${word} [Open] (command:`), `${word}: shown as words`, text);
    }
    if (when === 'early') {
      await screenIsInert(workbench, 'before the answer to initialize');
      await workbench.clearToasts();
      await workbench.runCommand('Salesforce Org (sforg): Test Salesforce Login');
    }
  }
  await page.locator('.statusbar-item', { hasText: 'work [Open] (command:' }).waitFor();
  const counting = await workbench.waitForToast('counting');
  check(/^counting \[Open\] \(command:.*: \[Open\] \(command:/.test(counting), 'progress: shown as words', counting);
  await screenIsInert(workbench, 'progress');
  await workbench.pressButton('counting', 'Cancel');
  await workbench.toast('counting').waitFor({ state: 'detached' });
  check(true, 'work that counts can be cancelled, and its message goes');
  const reply = await poll('the server is told that it may not open that', () => records().find((event) => event.result?.id === 'show'));
  check(reply.result.value?.success === false, 'a command is no document to be shown', reply);
  await screenIsInert(workbench, 'messages');
  await workbench.screenshot('1-messages');
  await workbench.clearToasts();
  await workbench.goTo('"name"', { inside: 3 });
  await workbench.showHover('hover');
  await screenIsInert(workbench, 'hover');
  await workbench.screenshot('2-hover');
  const links = await page.locator('.editor-instance .detected-link, .editor-instance .detected-link-active').count();
  check(links === 0, 'a link of the file that would run a command is no link', links);
  await workbench.press('Escape');
  await workbench.runCommand('View: Show Salesforce Orgs');
  const org = page.locator('.pane .monaco-list-row', { hasText: 'Acme [Open]' }).first();
  await org.waitFor();
  await org.hover();
  await page.locator('.monaco-hover', { hasText: 'No luck [Open]' }).first().waitFor();
  await screenIsInert(workbench, 'the list of orgs');
  await workbench.screenshot('3-orgs');
  await workbench.runCommand('View: Show Explorer');
  await workbench.goTo('"Acme",', { behind: true });
  await workbench.repeat(() => workbench.press('Control+Space'), workbench.suggestion('evil'));
  await workbench.press('Control+Space');
  await workbench.quiet();
  await screenIsInert(workbench, 'documentation of a completion');
  await workbench.screenshot('4-completion');
  if (vscodeLogs(vscode) !== '') {
    const log = vscodeLogs(vscode).split('\n').filter((line) => line.includes('late log'));
    check(log.length > 0 && !/[\u0000-\u0008\u000b-\u001f\u200b\u202e]/.test(log.join('')), 'the log has no control characters', log);
  }
}

async function screenIsInert(workbench, what) {
  const { links, odd } = await workbench.activeContent();
  check(links.length === 0, `${what}: no link and no picture`, links);
  check(odd.length === 0, `${what}: no character that does something`, odd.map((text) => JSON.stringify(text)));
}

await withVSCode('vscode-client-hostile', () => ({ settings: { 'sforg.server.path': RECORDING_SERVER }, env: { SFORG_TEST_HOSTILE: '1' } }), hostileServer);
await withVSCode('vscode-client-unusable', (folder) => ({ settings: { 'sforg.server.path': path.join(folder, 'gone') } }), unusableServers);
await withVSCode(
  'vscode-client-good',
  () => ({
    settings: {
      'sforg.server.path': RECORDING_SERVER,
      'sforg.allowedLoginHosts': ['http://127.0.0.1:1', 'proxy.example'],
      'http.proxy': 'http://proxy.example:3128',
      'http.noProxy': ['localhost', '.example.com'],
    },
    env: Object.fromEntries(Object.keys(process.env).filter((name) => /^(https?|no)_proxy$/i.test(name)).map((name) => [name, ''])),
  }),
  goodServer,
);
await withVSCode('vscode-client-trust', () => ({ trust: true, settings: { 'sforg.server.path': RECORDING_SERVER } }), trust);
finish();
