import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { copyIn, copyProject, environmentThere, isTheCopy, startProgram } from '../src/pretended';
import { ServerProblem } from '../src/server';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sforg-pretended-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Writes a file and gives its path. */
function file(name: string, text: string, mode = 0o644): string {
  const full = path.join(folder, name);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, text, { mode });
  return full;
}

test('the copy is known by where it really is, and by nothing else', async () => {
  const storage = path.join(folder, 'storage');
  const copy = copyIn(storage);
  assert.equal(await isTheCopy([copy], storage), false, 'before it exists');
  fs.mkdirSync(path.join(copy, 'orgs'), { recursive: true });
  const elsewhere = copyIn(path.join(folder, 'repository/storage'));
  fs.mkdirSync(elsewhere, { recursive: true });
  const link = path.join(folder, 'link');
  fs.symlinkSync(copy, link, 'junction');
  const storageBehindLink = path.join(folder, 'storage-link');
  fs.symlinkSync(storage, storageBehindLink, 'junction');
  assert.equal(await isTheCopy([copy], storage), true);
  assert.equal(await isTheCopy([link], storage), true, 'a link to it shows the same files');
  assert.equal(await isTheCopy([copy], storageBehindLink), true);
  for (const others of [[], [elsewhere], [path.join(copy, 'orgs')], [path.dirname(copy)], [copy, elsewhere], ['']]) {
    assert.equal(await isTheCopy(others, storage), false, others.join());
  }
  fs.rmdirSync(path.join(copy, 'orgs'));
  fs.rmdirSync(copy);
  fs.symlinkSync(elsewhere, copy, 'junction');
  assert.equal(await isTheCopy([copy], storage), false, 'a link in its place');
});

test('the project is copied whole, may be changed, and is there once', async () => {
  file('package/pretend/orgs/acme.sforg.json', '{}', 0o444);
  file('package/pretend/env', 'ACME=not-real\n', 0o444);
  const storage = path.join(folder, 'new/storage');
  await copyProject(path.join(folder, 'package'), storage);
  assert.deepEqual(fs.readdirSync(copyIn(storage), { recursive: true }).sort(), ['.env', 'orgs', path.join('orgs', 'acme.sforg.json')]);
  fs.appendFileSync(path.join(copyIn(storage), '.env'), 'CHANGED=1\n');
  await assert.rejects(copyProject(path.join(folder, 'package'), storage), 'what was changed is not overwritten');
  assert.match(fs.readFileSync(path.join(copyIn(storage), '.env'), 'utf8'), /CHANGED/);
  assert.deepEqual(fs.readdirSync(path.dirname(copyIn(storage))), ['pretend-salesforce'], 'nothing is left half-way');
});

test('nothing of the network of the user is left, whatever its spelling', () => {
  const there = environmentThere(
    { PATH: '/bin', https_proxy: 'http://proxy.example', NO_PROXY: '*', All_Proxy: 'socks://x', SFORG_CA_FILE: '/mine', SFORG_STATE_DIR: '/mine' },
    { proxyUrl: 'http://127.0.0.1:1', caFile: '/ca.pem' },
    '/storage',
  );
  assert.deepEqual(there, { PATH: '/bin', HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'localhost', SFORG_CA_FILE: '/ca.pem', SFORG_STATE_DIR: path.join('/storage', 'pretend', 'state') });
});

test('what does not start says why', { skip: process.platform === 'win32' && 'the programs are scripts' }, async () => {
  const program = (name: string, script: string) => file(name, `#!/bin/sh\n${script}\n`, 0o755);
  const cases: [string, RegExp][] = [
    [path.join(folder, 'none'), /its program is missing/],
    [file('not-executable', ''), /its program may not be executed/],
    [program('ends', 'exit 1'), /it ended at once/],
    [program('silent', 'exec sleep 60'), /did not answer within 0.3 seconds/],
    [program('nonsense', 'echo "{}"; exec sleep 60'), /did not say where it is/],
    [program('no-json', 'echo hello; exec sleep 60'), /did not say where it is/],
  ];
  for (const [path, reason] of cases) {
    await assert.rejects(startProgram(path, 300), (error) => error instanceof ServerProblem && reason.test(error.message), String(reason));
  }
});
