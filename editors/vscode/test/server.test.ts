import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { checkServer, findServer, ServerProblem, type ServerProgram, type Surroundings } from '../src/server';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sforg-vscode-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

const around: Surroundings = {
  extensionPath: path.join(folder, 'extension'),
  homeFolder: path.join(folder, 'home'),
  platform: 'linux',
  architecture: 'x64',
  searchPath: ['relative', path.join(folder, 'empty'), path.join(folder, 'bin')].join(':'),
};

/** Makes a file (executable unless `mode` says otherwise) and gives its path. */
function file(name: string, text: string, mode = 0o755): string {
  const full = path.join(folder, name);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, text);
  fs.chmodSync(full, mode);
  return full;
}

const named = (command: string): ServerProgram => ({ command, chosenBy: 'setting' });
const bundled = (command: string): ServerProgram => ({ command, chosenBy: 'bundle' });

/** The message of the ServerProblem that `promise` must end with. */
async function problem(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => assert.fail('no problem reported'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ServerProblem, String(error));
  return error.message;
}

test('an empty setting means the bundled server', async () => {
  assert.match(await problem(findServer('', around)), /without a language server for linux-x64\. Install the package for this platform/);
  const command = file('extension/server/sforg', '');
  assert.deepEqual(await findServer('  ', around), bundled(command));
});

test('on Windows the bundled server ends in .exe', async () => {
  const command = file('extension/server/sforg.exe', '');
  assert.deepEqual(await findServer('', { ...around, platform: 'win32' }), bundled(command));
});

test('the setting takes an absolute path and one below the home folder', async () => {
  const command = file('home/tools/sforg', '');
  assert.deepEqual(await findServer(command, around), named(command));
  assert.deepEqual(await findServer(` ${command} `, around), named(command));
  assert.deepEqual(await findServer('~/tools/sforg', around), named(command));
});

test('a name alone is looked up in PATH, where a folder or a file that is not executable does not count', async () => {
  fs.mkdirSync(path.join(folder, 'empty', 'sforg'), { recursive: true });
  file('empty/my-sforg', '', 0o644);
  const command = file('bin/sforg', '');
  const other = file('bin/my-sforg', '');
  assert.deepEqual(await findServer('sforg', around), named(command));
  assert.deepEqual(await findServer('my-sforg', around), named(other));
  assert.match(await problem(findServer('nosuch', around)), /sforg\.server\.path is a name, and no folder of PATH/);
});

test('a relative folder in PATH is not searched: it would mean a folder of the workspace', async () => {
  const relative = path.relative(process.cwd(), path.dirname(file('workspace/sforg', '')));
  assert.match(await problem(findServer('sforg', { ...around, searchPath: relative })), /no folder of PATH/);
});

test('a path that leads nowhere: the setting is named, its value is not repeated', async () => {
  const gone = path.join(folder, 'gone');
  assert.equal(
    await problem(findServer(gone, around)),
    `The setting sforg.server.path names a file that does not exist. Correct the setting, or clear it to use the bundled server.`,
  );
  assert.match(await problem(findServer(folder, around)), /names a folder\./);
  assert.match(await problem(findServer('tools/sforg', around)), /is a relative path\. Write an absolute one/);
});

test('a program that says it is sforg is taken, with its version', async () => {
  const command = file('good', '#!/bin/sh\n[ "$1" = --version ] && echo "sforg 1.2.3-beta.1 (release)"\n');
  assert.deepEqual(await checkServer(named(command)), { ...named(command), version: '1.2.3-beta.1' });
});

test('a program that says something else is no sforg', async () => {
  const command = file('python', '#!/bin/sh\necho "Python 3.11.2"\n');
  assert.equal(
    await problem(checkServer(named(command))),
    'The program that the setting sforg.server.path names is not sforg: it answers --version with "Python 3.11.2". ' +
      'Correct the setting, or clear it to use the bundled server.',
  );
});

test('a program that may not be executed', async () => {
  const command = file('plain', '#!/bin/sh\necho sforg 1.0.0\n', 0o644);
  assert.match(await problem(checkServer(named(command))), /may not be executed \(permission denied\)\. Correct the setting/);
});

test('a program that does not run says why', async () => {
  const failing = file('failing', '#!/bin/sh\necho "libfoo.so: not found" >&2\nexit 127\n');
  assert.match(await problem(checkServer(named(failing))), /ended with exit code 127 and said "libfoo\.so: not found"/);
  const killed = file('killed', '#!/bin/sh\nkill -TERM $$\n');
  assert.match(await problem(checkServer(named(killed))), /was ended by SIGTERM/);
  const orphan = file('orphan', '#!/nonexistent/interpreter\n');
  assert.match(await problem(checkServer(named(orphan))), /the interpreter it asks for, was not found/);
  assert.match(await problem(checkServer(bundled(failing))), /came with this extension.*Install the extension again/);
});

test('a program that never answers is ended', async () => {
  const command = file('hanging', '#!/bin/sh\nexec sleep 60\n');
  assert.match(await problem(checkServer(named(command), 200)), /did not answer --version within 0\.2 seconds/);
});

test('a program that floods its output is no sforg', async () => {
  const command = file('flood', '#!/bin/sh\nexec yes\n');
  assert.match(await problem(checkServer(named(command))), /does not run: ERR_CHILD_PROCESS_STDIO_MAXBUFFER/);
});
