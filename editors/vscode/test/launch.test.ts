import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashLimit } from '../src/crashes';
import { proxyEnvironment, serverArguments } from '../src/launch';

test('every allowed host becomes an argument of its own', () => {
  assert.deepEqual(serverArguments([]), ['lsp']);
  assert.deepEqual(serverArguments(['a.example', 'http://127.0.0.1:8080']), [
    'lsp',
    '--allow-login-host',
    'a.example',
    '--allow-login-host',
    'http://127.0.0.1:8080',
  ]);
});

test('the proxy settings become variables', () => {
  assert.deepEqual(proxyEnvironment({ proxy: 'http://proxy.example:3128', noProxy: ['localhost', '.example.com'] }, {}), {
    HTTPS_PROXY: 'http://proxy.example:3128',
    HTTP_PROXY: 'http://proxy.example:3128',
    NO_PROXY: 'localhost,.example.com',
  });
  assert.deepEqual(proxyEnvironment({ proxy: '', noProxy: [] }, {}), {});
});

test('a variable of the environment wins, in upper and in lower case', () => {
  const settings = { proxy: 'http://proxy.example:3128', noProxy: ['localhost'] };
  assert.deepEqual(proxyEnvironment(settings, { https_proxy: 'http://other.example', NO_PROXY: '*' }), {
    HTTP_PROXY: 'http://proxy.example:3128',
  });
});

test('a crashing server is started again three times in three minutes, then no more', () => {
  const limit = new CrashLimit(3, 180_000);
  assert.deepEqual(
    [0, 1000, 2000, 3000, 4000].map((time) => limit.mayRestart(time)),
    [true, true, true, false, false],
  );
  assert.equal(limit.mayRestart(200_000), true, 'old crashes do not count');
  limit.mayRestart(200_001);
  limit.mayRestart(200_002);
  limit.forget();
  assert.equal(limit.mayRestart(200_003), true, 'a restart by hand begins anew');
});
